// What must be true before anything is built. Each thing that is missing is said in one line that names the remedy.
//   node preflight.mjs build            a JDK and npm
//   node preflight.mjs run NAME=PORT …  the same, and the ports that `mvn -Prun` will use; writes .parley/preflight.properties
//   node preflight.mjs conformance port=PORT   the same for `mvn -Pconformance`
// Plain JavaScript without packages: it runs before anything is installed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const JAVA = 21;
const NODE = 20;
const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const problems = [];

const node = Number(process.versions.node.split('.')[0]);
if (node < NODE) {
  problems.push(
    `Node.js ${NODE} or newer is needed, this is ${process.versions.node}: install it from https://nodejs.org/`,
  );
}
try {
  execFileSync('npm', ['--version'], { stdio: ['ignore', 'pipe', 'ignore'], shell: process.platform === 'win32' });
} catch {
  problems.push('npm is needed beside Node.js and was not found: install it (Debian: apt-get install npm)');
}

const jdk = newestJdk();
if (!jdk) {
  problems.push(
    `a JDK ${JAVA} or newer is needed and none was found (JAVA_HOME, JAVA*_HOME, /usr/lib/jvm, ~/.sdkman, ~/.jdks): ` +
      'install one, for example Eclipse Temurin from https://adoptium.net/ or apt-get install openjdk-21-jdk-headless',
  );
}

const [mode, ...ports] = process.argv.slice(2);
for (const [name, port] of ports.map((argument) => argument.split('='))) {
  const reason = await whyNot(Number(port));
  const option = mode === 'run' ? `-Dparley.port.${name}` : `-D${name}`;
  if (reason) problems.push(`${reason}: stop what uses it${owner(name)}, or choose another with ${option}=PORT`);
}

if (problems.length > 0) {
  for (const problem of problems) console.error(`Parley cannot start: ${problem}`);
  process.exit(1);
}
if (mode !== 'build') {
  mkdirSync(join(project, '.parley'), { recursive: true });
  const escaped = jdk.home.replaceAll('\\', '\\\\').replaceAll(':', '\\:');
  writeFileSync(join(project, '.parley', 'preflight.properties'), `jdk=${escaped}\n`);
  console.log(`Pre-flight: JDK ${jdk.version} (${jdk.home}), Node.js ${process.versions.node}, all ports are free.`);
}

/** A long-term release before others, then the newest; undefined when there is none. */
function newestJdk() {
  const longTerm = (version) => (version === 21 || (version > 21 && (version - 21) % 4 === 0) ? 1 : 0);
  return candidates()
    .map((home) => ({ home, version: javaVersion(home) }))
    .filter(({ version }) => version >= JAVA)
    .sort((a, b) => longTerm(b.version) - longTerm(a.version) || b.version - a.version)[0];
}

function candidates() {
  const fromEnvironment = Object.entries(process.env)
    .filter(([name]) => /^JAVA(\d+|_\d+)?_HOME(_\d+.*)?$/.test(name))
    .map(([, home]) => home);
  const folders = [
    '/usr/lib/jvm',
    '/usr/lib64/jvm',
    '/opt',
    '/opt/java',
    '/Library/Java/JavaVirtualMachines',
    'C:\\Program Files\\Eclipse Adoptium',
    'C:\\Program Files\\Java',
    ...['.sdkman/candidates/java', '.jdks', '.asdf/installs/java', '.m2/jdks', '.gradle/jdks'].map((path) =>
      join(homedir(), path),
    ),
  ];
  const installed = folders
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  return [...fromEnvironment, ...installed, ...installed.map((home) => join(home, 'Contents', 'Home'))];
}

/** The feature version of a JDK (not of a mere runtime), 0 if the folder is none. */
function javaVersion(home) {
  const compiler = join(home, 'bin', process.platform === 'win32' ? 'javac.exe' : 'javac');
  const release = join(home, 'release');
  if (!existsSync(compiler) || !existsSync(release)) return 0;
  return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'))?.[1] ?? 0);
}

/** Why nothing can listen on a port of this machine; undefined when it is free. */
function whyNot(port) {
  if (!Number.isInteger(port) || port < 1 || port > 65535) return `"${port}" is not a port`;
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) =>
      resolve(error.code === 'EACCES' ? `port ${port} is not allowed for this user` : `port ${port} is already in use`),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function owner(name) {
  return (
    { http: '', port: '', management: '', storage: ' (another Azurite?)', turn: ' (another TURN server?)' }[name] ??
    ' (another Parley?)'
  );
}
