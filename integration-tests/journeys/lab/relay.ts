import { execFileSync, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverAddress, type Network } from './network';

const shipped = new URL('../../../wildfly-config/coturn/turnserver.conf', import.meta.url);

/** coturn with the configuration that we ship: only what it says in capitals is filled in. */
export class Relay {
  readonly #network: Network;
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-lab-turn-'));
  #process: ChildProcess | null = null;

  /** @param change what a test wants otherwise than we ship it */
  constructor(
    network: Network,
    secret: string,
    change: (configuration: string) => string = (shippedOne) => shippedOne,
  ) {
    this.#network = network;
    const [certificate, key] = [join(this.#folder, 'cert.pem'), join(this.#folder, 'key.pem')];
    const subject = ['-subj', `/CN=${serverAddress}`, '-addext', `subjectAltName=IP:${serverAddress}`];
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', ...kind, '-keyout', key, '-out', certificate, ...subject], { stdio: 'ignore' });
    const filled = Object.entries({
      'EXAMPLE.ORG': 'parley.test',
      A_LONG_RANDOM_SECRET: secret,
      '/etc/coturn/FULLCHAIN.pem': certificate,
      '/etc/coturn/PRIVKEY.pem': key,
    }).reduce(
      (text, [blank, value]) => {
        if (!text.includes(blank)) throw new Error(`${shipped.pathname} does not say ${blank} any more`);
        return text.replace(blank, value);
      },
      readFileSync(shipped, 'utf8'),
    );
    writeFileSync(join(this.#folder, 'turnserver.conf'), change(filled), { mode: 0o600 });
  }

  async start(): Promise<void> {
    // two files that a service has in places of its own
    const own = [`--pidfile=${join(this.#folder, 'pid')}`, `--userdb=${join(this.#folder, 'db')}`];
    const coturn = this.#network.start('srv', 'turnserver', ['-c', join(this.#folder, 'turnserver.conf'), ...own], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = coturn;
    const log = createWriteStream(join(this.#folder, 'log'), { flags: 'a' });
    coturn.stdout?.pipe(log);
    coturn.stderr?.pipe(log);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (coturn.exitCode !== null) throw new Error(`coturn ended: ${this.log}`);
      if (this.#answers()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`coturn does not answer: ${this.log}`);
  }

  get log(): string {
    return readFileSync(join(this.#folder, 'log'), 'utf8');
  }

  /** Everything that it relayed is gone. */
  async stop(): Promise<void> {
    const coturn = this.#process;
    this.#process = null;
    if (coturn === null || coturn.exitCode !== null) return;
    const gone = new Promise((resolve) => coturn.once('exit', resolve));
    coturn.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #answers(): boolean {
    try {
      const asked = [`/dev/tcp/${serverAddress}/3478`];
      execFileSync('ip', ['netns', 'exec', this.#network.of('srv'), 'bash', '-c', `: < ${asked.join('')}`], {
        stdio: 'ignore',
        timeout: 2_000,
      });
      return true;
    } catch {
      return false;
    }
  }
}
