// Messages that are kept: the deployed product against the bare driver, on the same PostgreSQL, in turns. Called by ./durable.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { JVM, jdk25, median, running, shown, sleep, stop, told, wildfly } from "./common.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const WORK = join(here, "target/durable");
const TEAM = 4;
const PEOPLE = 64;
// seconds of each scenario, of both sides, before anything is measured: Java compiles what it runs often
const WARM_UP = 12;

// people: in teams of four with a room each, or all in one room
const SCENARIOS = {
  "send-1": { title: "1 sender", senders: 1, layout: "teams" },
  "send-8": { title: "8 senders, 2 rooms of 4", senders: 8, layout: "teams" },
  "send-64": { title: "64 senders, 16 rooms of 4", senders: 64, layout: "teams" },
  "send-64-one-room": { title: "64 senders in one room", senders: 64, layout: "together" },
};

const usage = `benchmarks/durable [options]
  --rounds N           rounds; the table shows medians (5)
  --seconds S          measured of each scenario in each round (5)
  --scenario A,B       only these: ${Object.keys(SCENARIOS).join(" ")}
  --port P             first of ten ports used, on 127.0.0.1 (21250)
  --no-build           what is built is current
  --no-bare            Parley alone, to profile it: its process id is printed`;

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" }, seconds: { type: "string", default: "5" }, scenario: { type: "string" },
    port: { type: "string", default: "21250" }, "no-build": { type: "boolean" }, "no-bare": { type: "boolean" }, help: { type: "boolean" },
  },
});
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const port = Number(options.port);
const began = Date.now();
const say = (text) => process.stderr.write(`[${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s] ${text}\n`);

// A PostgreSQL, and the bare driver that writes into it when it is told to.
async function bare() {
  const child = spawn(join(jdk25(), "bin/java"), [...JVM, "-cp", `${here}/jdbc/target/bare.jar:${here}/jdbc/target/lib/*`, "dev.parley.benchmarks.jdbc.Bare", String(port + 5), join(WORK, "data")],
    { stdio: ["pipe", "pipe", "inherit"] });
  running.add(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the bare driver has ended");
    return JSON.parse(value);
  };
  const database = await next();
  return {
    ...database,
    async write(file, senders, warmup, time, counted) {
      child.stdin.write(`${file} ${senders} ${warmup} ${time} ${counted}\n`);
      return next();
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.stdin.end();
      await ended;
      running.delete(child);
    },
  };
}

// The product as it is shipped: the provisioned server and the EAR, no limits in the way.
async function product(database) {
  const home = join(here, "../ear/target/server");
  cpSync(join(home, "standalone"), join(WORK, "server"), { recursive: true });
  const [command, ...args] = wildfly(home, port, [`-Djboss.server.base.dir=${join(WORK, "server")}`, "-Djboss.node.name=parley"]);
  const server = spawn(command, args, {
    stdio: "ignore",
    env: {
      ...process.env,
      PARLEY_DB_DRIVER: "postgresql", PARLEY_DB_URL: database.url, PARLEY_DB_USER: "postgres", PARLEY_DB_PASSWORD: "postgres",
      PARLEY_REGISTRATION_ENABLED: "true", PARLEY_TOKEN_LIFE: "PT4H",
      PARLEY_LIMITS_REGISTER: "10000/min", PARLEY_LIMITS_ROOM: "10000/min", PARLEY_LIMITS_HANDSHAKE: "1000/s", PARLEY_LIMITS_READ: "1000/s",
      PARLEY_LIMITS_MESSAGE: "100000/s", PARLEY_LIMITS_EVENT: "100000/s",
      PARLEY_CLUSTER_PORT: String(port + 3), PARLEY_CLUSTER_FD_PORT: String(port + 4), PARLEY_CLUSTER_HOSTS: `127.0.0.1[${port + 3}]`,
    },
  });
  running.add(server);
  server.once("exit", () => running.delete(server));
  const until = Date.now() + 240_000;
  while (!(await answers())) {
    if (Date.now() > until || server.exitCode !== null) throw new Error(`Parley does not answer: see ${WORK}/server/log/server.log`);
    await sleep(500);
  }
  return { pid: server.pid, process: server };
}

const url = (path) => `http://127.0.0.1:${port}${path}`;

async function answers() {
  try {
    return (await fetch(url("/api/auth/config"), { signal: AbortSignal.timeout(2000) })).status === 200;
  } catch {
    return false;
  }
}

async function rest(method, path, body, token) {
  const response = await fetch(url(path), {
    method, body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

// Registers everybody and writes who speaks where, for the driver and for the bare one.
async function people() {
  const everybody = [];
  for (let i = 0; i < PEOPLE; i++) {
    const { accessToken, user } = await rest("POST", "/api/auth/register", { username: `sender${i}`, password: "correct horse battery", displayName: `Sender ${i}` });
    everybody.push({ token: accessToken, id: user.id });
  }
  const room = async (name, [owner, ...members]) => {
    const { id } = await rest("POST", "/api/rooms", { name, kind: "private" }, owner.token);
    for (const member of members) await rest("PUT", `/api/rooms/${id}/members/${member.id}`, { role: "member" }, owner.token);
    return id;
  };
  const teams = [];
  for (let i = 0; i < PEOPLE; i += TEAM) {
    const id = await room(`team ${i / TEAM}`, everybody.slice(i, i + TEAM));
    teams.push(...Array(TEAM).fill(id));
  }
  const together = Array(PEOPLE).fill(await room("everybody", everybody));
  for (const [layout, rooms] of Object.entries({ teams, together })) {
    writeFileSync(join(WORK, `${layout}.people`), everybody.map(({ token }, i) => `${token} ${rooms[i]}\n`).join(""));
    writeFileSync(join(WORK, `${layout}.bare`), everybody.map(({ id }, i) => `${id} ${rooms[i]}\n`).join(""));
  }
}

async function drive(server, database, { senders, layout }, warmup, time) {
  const args = { mode: "chat", port, pid: server.pid, database: database.pid, clients: senders, people: join(WORK, `${layout}.people`), warmup, seconds: time };
  const child = spawn(join(here, "target/driver"), told(args), { stdio: ["ignore", "pipe", "pipe"] });
  let out = "", error = "";
  child.stdout.on("data", (data) => (out += data));
  child.stderr.on("data", (data) => (error += data));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(error.trim());
  return JSON.parse(out);
}

function table(results) {
  const rows = [
    ["", "", "messages/s", "p50 ms", "p99 ms", "µs CPU of server", "of PostgreSQL"],
    ["---", "---", "---", "---", "---", "---", "---"],
  ];
  for (const [name, { title }] of Object.entries(SCENARIOS)) {
    const found = results[name];
    if (!found) continue;
    const of = (who, value) => median(found[who].map(value));
    const row = (what, who) => [what, of(who, (r) => r.opsPerSecond).toFixed(0), ...["p50Us", "p99Us"].map((key) => shown(of(who, (r) => r[key]) / 1000)),
      ...["serverCpuUs", "databaseCpuUs"].map((key) => shown(of(who, (r) => r[key])))];
    rows.push([title, ...row("Parley", "parley")]);
    if (!found.bare.length) continue;
    rows.push(["", ...row("bare JDBC", "bare")]);
    rows.push(["", ...row("bare JDBC, the row alone", "rows")]);
    // each round has its own weather: the ratio is that of neighbours
    for (const [what, who] of [["Parley / bare", "bare"], ["Parley / the row alone", "rows"]]) {
      const ratios = found.parley.map((result, i) => result.opsPerSecond / found[who][i].opsPerSecond);
      rows.push(["", what, `**${shown(median(ratios))}** (${ratios.map(shown).sort().join(" ")})`, "", "", "", ""]);
    }
  }
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

async function main() {
  const names = options.scenario?.split(",") ?? Object.keys(SCENARIOS);
  for (const name of names) if (!(name in SCENARIOS)) throw new Error(`there is no ${name}; there are: ${Object.keys(SCENARIOS).join(" ")}`);
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  const database = await bare();
  say(`PostgreSQL ${database.version}`);
  const server = await product(database);
  say(`Parley is there, process ${server.pid}`);
  await people();
  say(`${PEOPLE} people`);
  const results = Object.fromEntries(names.map((name) => [name, { parley: [], bare: [], rows: [] }]));
  for (let round = 0; round <= rounds; round++) { // the first one warms up
    for (const name of names) {
      const { senders, layout } = SCENARIOS[name];
      const time = round ? seconds : WARM_UP;
      const write = (counted) => (options["no-bare"] ? undefined : database.write(join(WORK, `${layout}.bare`), senders, 1, time, counted));
      const turns = {
        bare: () => write(true),
        rows: () => write(false),
        parley: () => drive(server, database, SCENARIOS[name], 1, time),
      };
      for (const [who, turn] of Object.entries(turns)) {
        const result = await turn();
        if (!result) continue;
        if (round) results[name][who].push(result);
        say(`${round ? `round ${round}` : "warming up"} ${name} ${who}: ${result.opsPerSecond}/s, p99 ${shown(result.p99Us / 1000)} ms, CPU ${shown(result.serverCpuUs)} + ${shown(result.databaseCpuUs)} µs`);
      }
    }
  }
  await stop(server);
  await database.stop();

  const machine = { cpu: cpus()[0].model, cpus: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), kernel: execFileSync("uname", ["-r"], { encoding: "utf8" }).trim() };
  mkdirSync(join(here, "results"), { recursive: true });
  const file = join(here, "results", `durable-${new Date().toISOString().replace(/[:.]/g, "-")}.json`);
  writeFileSync(file, JSON.stringify({ machine, jvm: JVM, postgresql: database.version, rounds, seconds, results }, undefined, 1));
  console.log(`\n${machine.cpus} × ${machine.cpu}, ${machine.memoryGb} GB, Linux ${machine.kernel}, JDK 25, PostgreSQL ${database.version} with fsync; median of ${rounds} rounds of ${seconds} s\n`);
  console.log(table(results));
  console.log(`\nall figures: ${file}`);
}

if (options.help) console.log(usage);
else await main().catch((error) => {
  console.error(`benchmarks/durable: ${error.message}`);
  process.exit(1);
});
