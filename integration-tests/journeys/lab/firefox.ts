import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { serverAddress, type Network, type Side } from './network';

/** A Firefox whose whole network is that of one household; Playwright drives only one of its own making, hence WebDriver BiDi. */
export class Firefox {
  readonly #driver: ChildProcess;
  readonly #answers: Interface;
  /** One thing after another: the answers come in that order. */
  #last: Promise<unknown>;
  #waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void } | null = null;

  constructor(network: Network, side: Side) {
    const program = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync);
    if (program === undefined) throw new Error('there is no Firefox (Debian: firefox-esr)');
    const script = new URL('firefox.mjs', import.meta.url).pathname;
    this.#driver = network.start(side, process.execPath, [script, program, serverAddress], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (this.#driver.stdout === null) throw new Error('the driver of Firefox has no output');
    this.#answers = createInterface({ input: this.#driver.stdout });
    this.#answers.on('line', (line) => {
      const { value, error } = JSON.parse(line) as { value?: unknown; error?: string };
      if (error === undefined) this.#waiting?.resolve(value);
      else this.#waiting?.reject(new Error(`Firefox: ${error}`));
    });
    this.#answers.on('close', () => this.#waiting?.reject(new Error('Firefox ended')));
    this.#last = this.#answer();
  }

  /** Its version, once it is there. */
  async ready(): Promise<string> {
    return String(await this.#last);
  }

  /** Runs in every page of the laboratory before its own scripts; an empty one has no devices. */
  async before<T>(script: (given: T) => void, given: T): Promise<void> {
    await this.#do({
      deed: 'before',
      script: `location.protocol === 'http:' && (${script.toString()})(${JSON.stringify(given) ?? ''})`,
    });
  }

  async goto(url: string): Promise<void> {
    await this.#do({ deed: 'goto', url });
  }

  async type(label: string, text: string): Promise<void> {
    await this.#do({ deed: 'type', selector: `aria/${label}`, text });
  }

  async click(button: string): Promise<void> {
    await this.#do({ deed: 'click', selector: `aria/${button}[role="button"]` });
  }

  /** Opens a conversation that stands in the list. */
  async openRoom(name: string): Promise<void> {
    await this.#do({ deed: 'click', selector: `a.room-link::-p-text(${name})` });
  }

  async see(selector: string): Promise<void> {
    await this.#do({ deed: 'see', selector });
  }

  /** Waits until there is no such button any more. */
  async gone(button: string): Promise<void> {
    await this.#do({ deed: 'gone', selector: `aria/${button}[role="button"]` });
  }

  async evaluate<T>(script: () => T | Promise<T>): Promise<T> {
    return (await this.#do({ deed: 'evaluate', script: `(${script.toString()})()` })) as T;
  }

  /** What went wrong on its pages. */
  async problems(): Promise<string[]> {
    return (await this.#do({ deed: 'problems' })) as string[];
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.#driver.once('exit', resolve));
    this.#driver.stdin?.end();
    // what does not end by itself ends with its namespace
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
  }

  #do(order: object): Promise<unknown> {
    const done = this.#last.then(() => {
      this.#driver.stdin?.write(`${JSON.stringify(order)}\n`);
      return this.#answer();
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }));
  }
}
