// node scenarios.mjs URL polling|websocket|upgrade [json|msgpack] [plain|recovery]
// Runs the stock client through each scenario and prints one line of JSON for each: {"name", "ok", "error"?}.
import assert from "node:assert/strict";
import { once } from "node:events";
import { io } from "socket.io-client";
import msgpack from "socket.io-msgpack-parser";
import { CuttingProxy } from "./proxy.mjs";

const [url, mode, parser = "json", kind = "plain"] = process.argv.slice(2);
const transports = mode === "upgrade" ? ["polling", "websocket"] : [mode];
const LIMIT = 10_000;
const open = new Set();

/** Rejects when the promise takes longer than any of them should. */
function bounded(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${LIMIT} ms`)), LIMIT);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function client(name, { namespace = "/", base = url, ...options } = {}) {
  const socket = io(new URL(namespace, base).href, {
    transports,
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 100,
    auth: { name },
    ...(parser === "msgpack" ? { parser: msgpack } : {}),
    ...options,
  });
  open.add(socket);
  return socket;
}

function heard(socket, event) {
  return bounded(
    new Promise((resolve) => socket.once(event, (...args) => resolve(args))),
    event,
  );
}

function ask(socket, event, ...args) {
  return socket.timeout(LIMIT).emitWithAck(event, ...args);
}

async function connected(name, options) {
  const socket = client(name, options);
  await heard(socket, "connect");
  if (mode === "upgrade" && socket.io.engine.transport.name !== "websocket") {
    await bounded(once(socket.io.engine, "upgrade"), "upgrade");
  }
  return socket;
}

/** Answers come after what was emitted before: a round trip shows that nothing else is under way. */
const nothingHeard = async (socket, event, action) => {
  let heardIt = false;
  socket.once(event, () => (heardIt = true));
  await action();
  await ask(socket, "echo");
  assert.equal(heardIt, false, `${event} was not for this socket`);
};

const scenarios = {
  async "connects and is welcomed by name"() {
    const socket = client("ada");
    const [name] = await heard(socket, "welcome");
    assert.equal(name, "ada");
    assert.notEqual(socket.id, socket.io.engine.id);
  },

  async "uses the transport it was told to"() {
    const socket = await connected("ada");
    assert.equal(socket.io.engine.transport.name, mode === "polling" ? "polling" : "websocket");
    assert.equal(await ask(socket, "add", { a: 1, b: 2 }), 3);
  },

  async "is refused with message and data"() {
    const socket = client(undefined);
    const [error] = await heard(socket, "connect_error");
    assert.equal(error.message, "who are you?");
    assert.deepEqual(error.data, { code: "no_name" });
    assert.equal(socket.connected, false);
  },

  async "is refused an unknown namespace"() {
    const [error] = await heard(client("ada", { namespace: "/nowhere" }), "connect_error");
    assert.equal(error.message, "Invalid namespace");
  },

  async "joins two namespaces over one connection"() {
    const socket = await connected("ada", { forceNew: false, multiplex: true });
    const admin = socket.io.socket("/admin", { auth: { name: "ada" } });
    await heard(admin, "connect");
    assert.equal(await ask(admin, "where"), "/admin");
    assert.equal(await ask(socket, "add", { a: 2, b: 2 }), 4);
  },

  async "is answered through interceptors"() {
    assert.equal(await ask(await connected("ada"), "logged"), "logged ada");
  },

  async "gets back what it sent, in kind"() {
    const socket = await connected("ada");
    const echoed = heard(socket, "echoed");
    const sent = [1, "2", { 3: [true, null] }, "ä€😀\u2028", -0.5, 9007199254740991, []];
    const answer = await bounded(
      new Promise((resolve) => socket.emit("echo", ...sent, (...args) => resolve(args))),
      "ack",
    );
    assert.deepEqual(answer, sent);
    assert.deepEqual(await echoed, sent);
  },

  async "is told what went wrong"() {
    const socket = await connected("ada");
    assert.deepEqual(await ask(socket, "fail"), { error: "internal" });
    assert.deepEqual(await ask(socket, "add", { a: "x" }), { error: "sum.a: not a whole number in range" });
    assert.deepEqual(await ask(socket, "unwritable"), { error: "internal" });
    assert.deepEqual(await ask(socket, "no such event"), { error: "unknown event" });
    assert.equal(await ask(socket, "add", { a: 20, b: 1 }), 21);
  },

  async "answers what the server asks"() {
    const socket = await connected("ada");
    socket.once("question", (text, answer) => answer(`${text} fine`));
    assert.equal(await ask(socket, "ask me"), "how are you? fine");
  },

  async "exchanges binary, nested too"() {
    const socket = await connected("ada");
    const told = heard(socket, "reversed");
    const answer = await ask(socket, "reverse", Buffer.from([1, 2, 3]));
    assert.deepEqual([...answer.reversed], [3, 2, 1]);
    const [bytes, nested] = await told;
    assert.deepEqual([...bytes], [3, 2, 1]);
    assert.deepEqual([...nested.again[0]], [3, 2, 1]);
    const large = Buffer.alloc(200_000, 7);
    assert.equal(Buffer.compare(Buffer.from((await ask(socket, "reverse", large)).reversed), large), 0);
  },

  async "hears what is said in its room, and only there"() {
    const [ada, bob, eve] = await Promise.all(["ada", "bob", "eve"].map((name) => connected(name)));
    await Promise.all([ada, bob].map((socket) => ask(socket, "join", "lobby")));
    const said = heard(bob, "said");
    await nothingHeard(eve, "said", () =>
      nothingHeard(ada, "said", () => ask(ada, "say", { room: "lobby", text: "hello" })),
    );
    assert.deepEqual(await said, ["ada", "hello"]);
    assert.deepEqual(await ask(eve, "say", { room: "lobby", text: "let me in" }), { error: "internal" });
    await ask(bob, "leave", "lobby");
    await nothingHeard(bob, "said", () => ask(ada, "say", { room: "lobby", text: "still there?" }));
  },

  async "hears what is announced to everybody"() {
    const [ada, bob] = await Promise.all(["ada", "bob"].map((name) => connected(name)));
    const all = [heard(ada, "announced"), heard(bob, "announced")];
    ada.emit("announce", "fire");
    assert.deepEqual(await Promise.all(all), [["fire"], ["fire"]]);
  },

  async "keeps a thousand events in order"() {
    const socket = await connected("ada");
    const seen = [];
    const done = bounded(
      new Promise((resolve) => socket.on("echoed", (i) => seen.push(i) === 1000 && resolve())),
      "a thousand events",
    );
    for (let i = 0; i < 1000; i++) {
      socket.emit("echo", i);
    }
    await done;
    assert.deepEqual(seen, [...Array(1000).keys()]);
  },

  async "keeps the order of each of twenty clients, also while they upgrade"() {
    await Promise.all(
      [...Array(20).keys()].map(async (i) => {
        const socket = client(`client ${i}`);
        const seen = [];
        const done = bounded(
          new Promise((resolve) => socket.on("echoed", (n) => seen.push(n) === 200 && resolve())),
          "two hundred events",
        );
        await heard(socket, "connect");
        for (let n = 0; n < 200; n++) {
          socket.emit("echo", n);
          if (n % 10 === 0) {
            await new Promise((resolve) => setImmediate(resolve)); // so that transports change in between
          }
        }
        await done;
        assert.deepEqual(seen, [...Array(200).keys()]);
      }),
    );
  },

  async "says when it leaves"() {
    const [ada, bob] = await Promise.all(["ada", "bob"].map((name) => connected(name)));
    await ask(ada, "join", "lobby");
    const left = heard(ada, "left");
    bob.disconnect();
    assert.deepEqual(await left, ["bob"]);
  },

  async "is disconnected by the server, and comes back when it wants to"() {
    const socket = await connected("ada");
    const gone = heard(socket, "disconnect");
    socket.emit("bye", false);
    assert.equal((await gone)[0], "io server disconnect");
    const back = heard(socket, "welcome");
    socket.connect();
    await back;
  },

  async "is disconnected with its connection"() {
    const socket = await connected("ada");
    const gone = heard(socket, "disconnect");
    const closed = bounded(once(socket.io.engine, "close"), "close");
    socket.emit("bye", true);
    assert.match((await gone)[0], /^(io server disconnect|transport close)$/);
    await closed;
  },

  async "reconnects after its connection was cut, and is served again"() {
    const proxy = await CuttingProxy.before(new URL(url));
    try {
      const socket = await connected("ada", { base: proxy.url });
      const before = socket.id;
      const gone = heard(socket, "disconnect");
      const back = heard(socket, "connect");
      proxy.cut();
      assert.match((await gone)[0], /^transport (close|error)$/);
      proxy.mend();
      await back;
      assert.notEqual(socket.id, before);
      assert.equal(await ask(socket, "add", { a: 3, b: 4 }), 7);
    } finally {
      proxy.close();
    }
  },
};

/** Against a server with connection state recovery. */
const recovery = {
  async "goes on where it was when its connection was cut, and hears once what it missed"() {
    const proxy = await CuttingProxy.before(new URL(url));
    try {
      const [ada, bob] = await Promise.all([connected("ada", { base: proxy.url }), connected("bob")]);
      await Promise.all([ada, bob].map((socket) => ask(socket, "join", "lobby")));
      const say = (text) => ask(bob, "say", { room: "lobby", text });
      const seen = [];
      const all = bounded(
        new Promise((resolve) => ada.on("said", (_, text) => seen.push(text) === 5 && resolve())),
        "five messages",
      );
      await say("before");
      const { id } = ada;
      const gone = heard(ada, "disconnect");
      proxy.cut();
      await gone;
      for (const text of ["one", "two", "three"]) await say(text);
      const back = heard(ada, "connect");
      proxy.mend();
      await back;
      assert.equal(ada.recovered, true);
      assert.equal(ada.id, id);
      await say("after"); // its rooms are kept
      await all;
      assert.deepEqual(await ask(ada, "add", { a: 3, b: 4 }), 7);
      assert.deepEqual(seen, ["before", "one", "two", "three", "after"]);
    } finally {
      proxy.close();
    }
  },

  async "recovers binary too"() {
    const proxy = await CuttingProxy.before(new URL(url));
    try {
      const socket = await connected("ada", { base: proxy.url });
      const told = heard(socket, "reversed");
      await ask(socket, "reverse", Buffer.from([1, 2, 3]));
      await told;
      const gone = heard(socket, "disconnect");
      const back = heard(socket, "connect");
      proxy.cut();
      await gone;
      proxy.mend();
      await back;
      assert.equal(socket.recovered, true);
      assert.deepEqual([...(await ask(socket, "reverse", Buffer.from([4, 5]))).reversed], [5, 4]);
    } finally {
      proxy.close();
    }
  },

  async "begins anew after it has left by itself"() {
    const socket = await connected("ada");
    const { id } = socket;
    socket.disconnect();
    const back = heard(socket, "connect");
    socket.connect();
    await back;
    assert.equal(socket.recovered, false);
    assert.notEqual(socket.id, id);
  },
};

let failed = 0;
for (const [name, scenario] of Object.entries(kind === "recovery" ? recovery : scenarios)) {
  const result = { name, ok: true };
  try {
    await bounded(scenario(), name);
  } catch (error) {
    result.ok = false;
    result.error = error.stack;
    failed++;
  }
  open.forEach((socket) => socket.disconnect());
  open.clear();
  console.log(JSON.stringify(result));
}
process.exit(failed === 0 ? 0 : 1);
