import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { RelayFinding, RelayTrial, RelayWarning, ServerResult } from './api';
import { tryLoop } from './relay-loop';
import type { OneServer, TestOptions } from './server-test';
import { eachAddress, isRelay, testServer } from './server-test';
import type { RelaySettings } from './wire';

type Known = Extract<RelayFinding, { warnings: unknown }>;

/** Asks each server by each of its addresses with credentials of now, and sends bytes to itself through the first relay that works. */
export class RelayRound implements RelayTrial {
  readonly #settings: (() => Promise<RelaySettings>) | undefined;
  readonly #options: TestOptions;
  readonly #finding = signal<RelayFinding>({ state: 'asking' });
  #round = new AbortController();

  constructor(settings?: () => Promise<RelaySettings>, options: TestOptions = {}) {
    this.#settings = settings;
    this.#options = options;
    this.askAgain();
  }

  get finding(): ReadonlySignal<RelayFinding> {
    return this.#finding;
  }

  askAgain(): void {
    this.close();
    this.#round = new AbortController();
    this.#finding.value = { state: 'asking' };
    void this.#run(this.#round.signal);
  }

  /** Ends what is under way. */
  close(): void {
    this.#round.abort();
  }

  async #run(round: AbortSignal): Promise<void> {
    const say = (finding: RelayFinding): void => {
      if (!round.aborted) this.#finding.value = finding;
    };
    try {
      if (this.#settings === undefined) throw new Error('This server cannot be asked.');
      const settings = await this.#settings();
      if (!round.aborted) await this.#test(settings, round, say);
    } catch (error) {
      say({ state: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  async #test(settings: RelaySettings, round: AbortSignal, say: (finding: RelayFinding) => void): Promise<void> {
    const options = { ...this.#options, signal: round };
    const servers = eachAddress(settings.iceServers);
    const results = new Map<OneServer, ServerResult>();
    const known = (state: Known['state'], loop: Known['loop']): void =>
      say({
        state,
        warnings: settings.warnings.filter((warning): warning is RelayWarning => warning !== ''),
        addresses: servers.map((server) => ({ url: server.urls, result: results.get(server) ?? null })),
        loop,
      });
    known('testing', null);
    await Promise.all(
      servers.map(async (server) => {
        results.set(server, await testServer(server, options));
        known('testing', null);
      }),
    );
    const relay = servers.find((server) => isRelay(server.urls) && results.get(server)?.works === true);
    known('done', relay === undefined || round.aborted ? null : await tryLoop(relay, options));
  }
}
