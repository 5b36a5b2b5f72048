// Starts the servers, drives them in turns and prints the table. Called by ./run, which has built everything.
import { execFileSync, spawn } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { JVM, jdk25, median, running, shown, sleep, stop, told, wildfly } from "./common.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const DRIVER = join(here, "target/driver");

// name: what the driver is told; `unit` says what one operation is; `not` lists servers that cannot do it
const SCENARIOS = {
  "fanout-open": { title: "fan-out to 1,000, open loop 20/s", unit: "delivery", args: { mode: "fanout", clients: 1000, rate: 20 } },
  "fanout-closed": { title: "fan-out to 1,000, 4 in flight", unit: "delivery", args: { mode: "fanout", clients: 1000, inflight: 4 } },
  "echo-1": { title: "echo with ack, 100 sockets × 1 in flight", unit: "echo", args: { mode: "echo", clients: 100, inflight: 1 } },
  "echo-10": { title: "echo with ack, 100 sockets × 10 in flight", unit: "echo", args: { mode: "echo", clients: 100, inflight: 10 } },
  "echo-1k": { title: "echo with ack, 1 kB", unit: "echo", args: { mode: "echo", clients: 100, inflight: 1, payload: 1024 } },
  "echo-64k": { title: "echo with ack, 64 kB, 10 sockets", unit: "echo", args: { mode: "echo", clients: 10, inflight: 1, payload: 65536 } },
  "fanout-1k": { title: "fan-out to 1,000, 1 kB, 4 in flight", unit: "delivery", args: { mode: "fanout", clients: 1000, inflight: 4, payload: 1024 } },
  "fanout-64k": { title: "fan-out to 100, 64 kB, 4 in flight", unit: "delivery", args: { mode: "fanout", clients: 100, inflight: 4, payload: 65536 } },
  "echo-binary": { title: "echo with ack, binary 64 B", unit: "echo", args: { mode: "echo", clients: 100, inflight: 1, binary: 1 } },
  "fanout-binary": { title: "fan-out to 1,000, binary 64 B, 4 in flight", unit: "delivery", args: { mode: "fanout", clients: 1000, inflight: 4, binary: 1 } },
  "echo-polling": { title: "echo with ack over polling, 100 clients", unit: "echo", args: { mode: "echo", clients: 100, inflight: 1, polling: 1 }, not: ["floor"] },
  "fanout-100": { title: "fan-out to 100, open loop 200/s", unit: "delivery", args: { mode: "fanout", clients: 100, rate: 200 } },
  "fanout-10000": { title: "fan-out to 10,000, open loop 2/s", unit: "delivery", args: { mode: "fanout", clients: 10000, rate: 2 }, longer: 2 },
  storm: { title: "connect, join, abort; 50 at once", unit: "connect", args: { mode: "storm", clients: 50 } },
  idle: { title: "10,000 idle sockets, fresh server", unit: "socket", idle: true, args: { mode: "idle", clients: 10000 } },
};
const QUICK = ["fanout-open", "fanout-closed", "echo-1", "echo-10"];

const SERVERS = {
  parley: {
    title: "Parley on WildFly",
    boot: 60,
    java: true,
    command: (port) => wildfly(join(here, "parley/target/server"), port, [`-Dbenchmark.io-threads=${cpus().length}`], [`--yaml=${join(here, "parley/server.yml")}`]),
  },
  node: { title: "Socket.IO 4.8.4 on Node", boot: 10, command: (port) => [process.execPath, join(here, "node/node.mjs"), String(port)] },
  bun: { title: "Socket.IO 4.8.4 on Bun", boot: 10, command: (port) => [join(here, "node/node_modules/.bin/bun"), join(here, "node/bun.mjs"), String(port)] },
  netty: {
    title: "netty-socketio 2.0.14",
    boot: 20,
    java: true,
    command: (port) => [join(jdk25(), "bin/java"), ...JVM, "-cp", `${here}/netty/target/server.jar:${here}/netty/target/lib/*`, "dev.parley.benchmarks.NettyServer", String(port)],
  },
  floor: { title: "physical floor in C", boot: 5, command: (port) => [join(here, "target/floor"), String(port)] },
};

const usage = `benchmarks/run [options]
  --quick              the four main scenarios, 3 rounds (about 4 minutes)
  --rounds N           rounds; the table shows medians (5)
  --scenario A,B       only these: ${Object.keys(SCENARIOS).join(" ")}
  --server A,B         only these: ${Object.keys(SERVERS).join(" ")}
  --seconds S          measured of each scenario in each round (2)
  --warmup S           work of each scenario before anything is measured (8 for Java, whose compiler is busy at first, 1 for the others)
  --port P             first port of the block used, on 127.0.0.1 (21200)
  --no-build           what is built is current
  --self-test          does the driver notice loss, duplication and disorder?`;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean" }, rounds: { type: "string" }, scenario: { type: "string" }, server: { type: "string" }, seconds: { type: "string" }, warmup: { type: "string" },
    port: { type: "string", default: "21200" }, "no-build": { type: "boolean" }, "self-test": { type: "boolean" }, help: { type: "boolean" },
  },
});
const rounds = Number(options.rounds ?? (options.quick ? 3 : 5));
const seconds = Number(options.seconds ?? 2);
const warmup = (server) => Number(options.warmup ?? (SERVERS[server].java ? 8 : 1));

const wanted = (given, all, usual) => {
  const names = given ? given.split(",") : usual;
  for (const name of names) if (!(name in all)) throw new Error(`there is no ${name}; there are: ${Object.keys(all).join(" ")}`);
  return names;
};

async function answers(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling`, { signal: AbortSignal.timeout(1000) });
    await response.text();
    return response.status === 200;
  } catch {
    return false;
  }
}

async function start(name, port, args = []) {
  const [command, ...rest] = SERVERS[name].command(port);
  mkdirSync(join(here, "target/log"), { recursive: true });
  const server = spawn(command, [...rest, ...args], { stdio: ["ignore", "ignore", process.env.BENCH_VERBOSE ? "inherit" : "ignore"] });
  running.add(server);
  server.once("exit", () => running.delete(server));
  const until = Date.now() + SERVERS[name].boot * 1000;
  if (name === "floor") await sleep(200);
  else while (!(await answers(port))) {
    if (Date.now() > until || server.exitCode !== null) throw new Error(`${name} does not answer on port ${port}: ${command} ${rest.join(" ")}`);
    await sleep(250);
  }
  return { name, port, pid: server.pid, process: server };
}

// One run of the driver; rejects when a message was lost, came twice, in the wrong order or changed.
async function drive(server, given, prompt) {
  const child = spawn(DRIVER, told({ port: server.port, pid: server.pid, ...given }), { stdio: ["pipe", "pipe", "pipe"] });
  let out = "", error = "";
  child.stderr.on("data", (data) => (error += data));
  child.stdout.on("data", async (data) => {
    out += data;
    if (prompt && data.toString().includes("connected\n")) {
      await prompt();
      child.stdin.end();
    }
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${server.name}: ${error.trim().replace(/^driver: /, "")}`);
  return JSON.parse(out.trim().split("\n").at(-1));
}

const gc = (server) => SERVERS[server.name].java && execFileSync(join(jdk25(), "bin/jcmd"), [String(server.pid), "GC.run"], { stdio: "ignore" });

// Memory needs a server that has done nothing yet. Java is asked to collect its garbage before either look, so that what is counted is what sockets hold.
async function idle(name, port, scenario) {
  const server = await start(name, port);
  try {
    await drive(server, { ...scenario.args, clients: 200, seconds: 0.2 });
    gc(server);
    await sleep(300);
    const result = await drive(server, { ...scenario.args, prompt: 1, seconds: 1 }, async () => {
      gc(server);
      await sleep(300);
    });
    return { ...result, serverCpuUs: result.connectCpuUs, rssPerSocketKb: (result.rssAfterKb - result.rssBeforeKb) / result.clients };
  } finally {
    await stop(server);
  }
}

function table(results, scenarios, servers) {
  const head = ["median of " + rounds, "", ...servers];
  const rows = [head, head.map(() => "---")];
  const cell = (scenario, server, value) => {
    const found = (results[scenario]?.[server] ?? []).map(value).filter((number) => Number.isFinite(number));
    return found.length ? median(found) : undefined;
  };
  const row = (title, what, scenario, value) => {
    const ours = cell(scenario, "parley", value);
    rows.push([title, what, ...servers.map((server) => {
      const number = cell(scenario, server, value);
      if (number === undefined) return "–";
      return server === "parley" || ours === undefined || !number ? shown(number) : `${shown(number)} (×${(ours / number).toFixed(2)})`;
    })]);
  };
  for (const name of scenarios) {
    const { title, unit, idle } = SCENARIOS[name];
    row(title, idle ? "µs CPU per connect (cold)" : `µs CPU per ${unit}`, name, (r) => r.serverCpuUs);
    if (idle) row(title, "kB RSS per socket", name, (r) => r.rssPerSocketKb);
    else {
      rows.push(["", "per second; p50, p99 µs; driver's µs", ...servers.map((server) => {
        const of = (value) => cell(name, server, value);
        return of((r) => r.ops) === undefined ? "–" : `${Math.round(of((r) => r.opsPerSecond))}; ${of((r) => r.p50Us)}, ${of((r) => r.p99Us)}; ${shown(of((r) => r.driverCpuUs))}`;
      })]);
    }
  }
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

async function selfTest() {
  const port = Number(options.port);
  for (const [index, fault] of ["", "lose", "duplicate", "swap"].entries()) {
    for (const mode of ["echo", "fanout"]) {
      const server = await start("floor", port + 2 * index + (mode === "echo" ? 0 : 1), fault ? [fault] : []);
      const error = await drive(server, { mode, clients: 100, inflight: 4, seconds: 1, warmup: 0.2 }).then(() => undefined, (failure) => failure);
      server.process.kill("SIGKILL");
      const noticed = error !== undefined;
      console.log(`${mode}, ${fault || "no fault"}: ${noticed ? error.message : "passed"}`);
      if (noticed !== (fault !== "")) {
        console.error("self-test failed");
        process.exit(1);
      }
    }
  }
  console.log("The driver notices lost, doubled and swapped messages.");
}

async function main() {
  const scenarios = wanted(options.scenario, SCENARIOS, options.quick ? QUICK : Object.keys(SCENARIOS));
  const servers = wanted(options.server, SERVERS, Object.keys(SERVERS));
  const began = Date.now();
  const port = (name) => Number(options.port) + 10 * (1 + Object.keys(SERVERS).indexOf(name));
  const results = {};
  const note = (scenario, server, result) => ((results[scenario] ??= {})[server] ??= []).push(result);
  const failures = new Map();
  const say = (text) => process.stderr.write(`[${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s] ${text}\n`);

  const lasting = scenarios.filter((name) => !SCENARIOS[name].idle);
  const able = (scenario, server) => !(SCENARIOS[scenario].not ?? []).includes(server) && !failures.has(`${scenario} ${server}`);
  // A peer that loses messages or closes connections is named and left out of that row; Parley may not.
  const attempt = async (alive, index, scenario, args) => {
    const server = alive[index];
    try {
      return await drive(server, args);
    } catch (error) {
      if (server.name === "parley") throw error;
      failures.set(`${scenario} ${server.name}`, error.message);
      say(`${scenario} ${error.message}`);
      await stop(server);
      alive[index] = await start(server.name, server.port);
    }
  };
  if (lasting.length) {
    const alive = [];
    for (const name of servers) alive.push(await start(name, port(name)));
    for (const [index, server] of servers.entries()) {
      say(`warming up ${server}`);
      for (const name of lasting) {
        if (able(name, server)) await attempt(alive, index, name, { ...SCENARIOS[name].args, warmup: 0, seconds: warmup(server) });
      }
    }
    for (let round = 1; round <= rounds; round++) {
      for (const name of lasting) {
        for (const [index, server] of servers.entries()) {
          if (!able(name, server)) continue;
          const { args, longer = 1 } = SCENARIOS[name];
          const result = await attempt(alive, index, name, { ...args, warmup: 0.7, seconds: seconds * longer });
          if (!result) continue;
          note(name, server, result);
          say(`round ${round} ${name} ${server}: ${shown(result.serverCpuUs)} µs, ${Math.round(result.opsPerSecond)}/s`);
        }
      }
    }
    for (const server of alive) await stop(server);
  }
  for (const name of scenarios.filter((name) => SCENARIOS[name].idle)) {
    for (let round = 1; round <= Math.min(rounds, 3); round++) {
      for (const server of servers) {
        const result = await idle(server, port(server) + 5, SCENARIOS[name]);
        note(name, server, result);
        say(`round ${round} ${name} ${server}: ${shown(result.rssPerSocketKb)} kB, ${shown(result.serverCpuUs)} µs per connect`);
      }
    }
  }

  const machine = { cpu: cpus()[0].model, cpus: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), kernel: execFileSync("uname", ["-r"], { encoding: "utf8" }).trim(), node: process.version };
  mkdirSync(join(here, "results"), { recursive: true });
  const file = join(here, "results", `${new Date().toISOString().replace(/[:.]/g, "-")}.json`);
  writeFileSync(file, JSON.stringify({ machine, jvm: JVM, rounds, seconds, results }, undefined, 1));
  console.log(`\n${machine.cpus} × ${machine.cpu}, ${machine.memoryGb} GB, Linux ${machine.kernel}, Node ${machine.node}, JDK 25; ${rounds} rounds of ${seconds} s; ×n: Parley's cost is n times this one's\n`);
  console.log(table(results, scenarios, servers));
  for (const [what, why] of failures) console.log(`\nleft out, ${what}: ${why}`);
  console.log(`\nall figures: ${file}`);
}

if (options.help) console.log(usage);
else await (options["self-test"] ? selfTest() : main()).catch((error) => {
  console.error(`benchmarks/run: ${error.message}`);
  process.exit(1);
});
