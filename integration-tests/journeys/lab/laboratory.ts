import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test as base, type APIRequestContext, type Browser } from '@playwright/test';
import { newAccount, open, signIn, writeTo, type Account, type Person } from '../people';
import { Network, serverAddress, type Gate, type Quality, type Side } from './network';
import { Relay } from './relay';
import { watchMedia } from './media';

const page = `http://${serverAddress}/`;
const figures = process.env['LAB_FIGURES'] ?? '../target/call-laboratory.txt';

export interface Household {
  readonly side: Side;
  readonly account: Account;
  readonly person: Person;
}

export interface Wishes {
  readonly a: Gate;
  readonly b: Gate;
  /** The line of a can be made bad. */
  readonly badLine?: boolean;
  /** Direct paths are not used, whatever there is. */
  readonly relayOnly?: boolean;
  /** What the cameras give; a test that is not about pictures has small ones, for the machine that tests has better to do. */
  readonly picture?: { readonly width: number; readonly height: number; readonly fps: number };
  /** Microphones hear somebody who never stops; else a short tone each second, and nothing is sent in between. */
  readonly talks?: boolean;
}

/** The network, the server in it, and two people who can write to each other, each with a browser of their own at home. */
export interface Laboratory {
  readonly network: Network;
  readonly relay: Relay;
  readonly a: Household;
  readonly b: Household;
  /** A calls b, who answers: gives what it took until both saw a picture, in milliseconds from the answer. */
  call(): Promise<number>;
  hangUp(): Promise<void>;
  /** Kills the server as a power cut would, or starts it again: then it returns when it is there. */
  server(what: 'crash' | 'restart'): Promise<void>;
  /** Makes the line of a as bad as this, from now on; `{}` makes it good again. */
  line(quality: Quality): void;
}

export const test = base.extend<{ laboratory: (wishes: Wishes) => Promise<Laboratory> }>({
  laboratory: async ({ request }, use) => {
    const toClose: (() => Promise<unknown> | void)[] = [];
    try {
      await use((wishes) => build(wishes, request, toClose));
    } finally {
      // each of them, whatever the others do: the network is the last one
      const ends = await toClose.reduceRight(
        (all, close) => all.then(async (before) => [...before, ...(await Promise.allSettled([close()]))]),
        Promise.resolve<PromiseSettledResult<unknown>[]>([]),
      );
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    }
  },
});

export { expect };

/** For whoever wants to know how long things took: one line. */
export function report(line: string): void {
  appendFileSync(figures, `${line}\n`);
  console.log(line);
}

async function build(
  wishes: Wishes,
  request: APIRequestContext,
  toClose: (() => Promise<unknown> | void)[],
): Promise<Laboratory> {
  const network = new Network();
  toClose.push(() => network.close());
  const wire = new Line(network);
  toClose.push(() => wire.close());
  const setLine = wishes.badLine === true ? await network.badHousehold('a') : undefined;
  if (setLine === undefined) network.household('a');
  network.household('b');
  network.gate('a', wishes.a);
  network.gate('b', wishes.b);
  const relay = new Relay(network, process.env['LAB_TURN_SECRET'] ?? '');
  toClose.push(() => relay.close());
  await Promise.all([relay.start(), wire.start()]);
  const live = async (side: Side, name: string): Promise<Household> => {
    const account = await newAccount(request, name);
    const browser = await launch(network, side, wishes);
    toClose.push(() => browser.close());
    const person = await open(browser, name, { baseURL: page });
    await person.context.addInitScript(watchMedia, wishes);
    await signIn(person.page, account);
    return { side, account, person };
  };
  const [a, b] = await Promise.all([live('a', 'Ann'), live('b', 'Ben')]);
  await writeTo(a.person, b.account);
  const server = async (what: 'crash' | 'restart'): Promise<void> => {
    const answer = await fetch(`${process.env['LAB_CONTROL']}/${what}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`the server did not ${what}: ${await answer.text()}`);
  };
  const line = (quality: Quality): void => {
    if (setLine === undefined) throw new Error('this laboratory was built with a good line');
    setLine(quality);
  };
  return { network, relay, a, b, call: () => callAndAnswer(a, b), hangUp: () => endCall(a, b), server, line };
}

async function callAndAnswer(a: Household, b: Household): Promise<number> {
  for (const { person } of [a, b]) await person.page.evaluate(() => window.parleyMedia.begin());
  await a.person.page.getByRole('button', { name: 'Video call' }).click();
  await b.person.page.getByRole('alertdialog').getByRole('button', { name: 'With video' }).click();
  const firstFrame = ({ person }: Household): Promise<number | null> =>
    person.page.evaluate(() => window.parleyMedia.firstFrameAt);
  for (const household of [a, b]) {
    await expect.poll(() => firstFrame(household), { timeout: 30_000, intervals: [100] }).not.toBeNull();
  }
  const seen = await Promise.all([a, b].map(firstFrame));
  const answered = await b.person.page.evaluate(() => window.parleyMedia.lastClickAt);
  return Math.max(...seen.map((at) => at ?? Infinity)) - answered;
}

async function endCall(a: Household, b: Household): Promise<void> {
  const button = { name: 'Hang up' } as const;
  await a.person.page.getByRole('button', button).click();
  for (const { person } of [a, b]) await expect(person.page.getByRole('button', button)).toHaveCount(0);
}

/** A browser whose whole network is that of one household. */
export async function launch(
  network: Network,
  side: Side,
  { picture }: Pick<Wishes, 'picture'> = {},
): Promise<Browser> {
  const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  const folder = mkdtempSync(join(tmpdir(), 'parley-lab-'));
  const executablePath = join(folder, 'chromium');
  const program = process.env['CHROMIUM'] ?? found ?? 'chromium';
  writeFileSync(executablePath, `#!/bin/sh\nexec ip netns exec ${network.of(side)} ${program} "$@"\n`, { mode: 0o755 });
  try {
    return await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--use-fake-device-for-media-stream=fps=${picture?.fps ?? 10}`,
        // what a certificate would say of https: the certificates of the laboratory are nobody's
        `--unsafely-treat-insecure-origin-as-secure=http://${serverAddress}`,
        '--ignore-certificate-errors',
      ],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The server is outside: what is said to it at the public address comes out here by a Unix socket. */
export class Line {
  readonly #network: Network;
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-lab-line-'));
  readonly #open = new Set<() => void>();
  #outside: Server | null = null;

  constructor(network: Network) {
    this.#network = network;
  }

  async start(): Promise<void> {
    const server = new URL(process.env['PARLEY_URL'] ?? 'http://localhost:8080/');
    const socket = join(this.#folder, 'socket');
    const outside = createServer({ noDelay: true }, (one) => {
      const other = connect({ port: Number(server.port), host: '127.0.0.1', noDelay: true });
      const end = (): void => {
        this.#open.delete(end);
        one.destroy();
        other.destroy();
      };
      this.#open.add(end);
      for (const half of [one, other]) half.on('error', end).on('close', end);
      one.pipe(other).pipe(one);
    });
    this.#outside = outside;
    outside.listen(socket);
    await once(outside, 'listening');
    const script = new URL('line.mjs', import.meta.url).pathname;
    const inside = this.#network.start('srv', process.execPath, [script, serverAddress, '80', socket], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (inside.stdout === null) throw new Error('the line has no output');
    await Promise.race([
      once(inside.stdout, 'data'),
      once(inside, 'exit').then(() => Promise.reject(new Error('the line into the laboratory ended'))),
    ]);
  }

  async close(): Promise<void> {
    for (const end of [...this.#open]) end();
    await new Promise((resolve) => (this.#outside === null ? resolve(null) : this.#outside.close(resolve)));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
