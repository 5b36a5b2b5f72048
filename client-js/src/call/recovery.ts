import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { LinkFailure, LinkState } from './api';
import { Hooks } from './ledger';

/** Chromium says disconnected after five seconds without an answer, and often takes it back. */
const patienceMs = 2_000;
const retryMs = 5_000;
const giveUpMs = 30_000;
/** Whoever waits for the first path is told after so long why there is none yet. */
const tellMs = 15_000;
/** Restarts of ICE before the whole connection is made anew. */
const restarts = 2;

export interface RecoveryOptions {
  /** Whether the server takes what is said to the other side: a new connection needs it. */
  readonly isHeard: () => boolean;
  readonly onConnected: () => void;
  readonly restart: () => void;
  readonly rebuild: () => void;
  /** It is over. */
  readonly onFailed: () => void;
  /** Why it is over. */
  readonly name: () => LinkFailure;
}

/** Seeks a path that is lost: other candidates twice, then a new connection each time, and after thirty seconds no more. */
export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #state = signal<LinkState>('connecting');
  readonly #failure = signal<LinkFailure | null>(null);
  readonly #hooks = new Hooks();
  #next: (() => void) | null = null;
  #deadline: (() => void) | null = null;
  #telling: (() => void) | null = null;
  #tries = 0;
  #closed = false;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  get state(): ReadonlySignal<LinkState> {
    return this.#state;
  }

  /** Why there is no path: of one that is sought no more, or that has not been found for a while. */
  get failure(): ReadonlySignal<LinkFailure | null> {
    return this.#failure;
  }

  /** Both states are looked at: either may know of a failure that the other one does not show. */
  look({ connectionState, iceConnectionState }: RTCPeerConnection): void {
    if (connectionState === 'failed' || iceConnectionState === 'failed') {
      this.#seek(0);
    } else if (connectionState === 'disconnected' || iceConnectionState === 'disconnected') {
      this.#seek(patienceMs);
    } else if (connectionState === 'connected') {
      this.#found();
    }
  }

  /** There is no connection: from now on it is sought, for a while; also by who had given up. */
  lost(): void {
    if (this.#closed) return;
    if (this.#state.value === 'connected') this.#state.value = 'reconnecting';
    if (this.#state.value === 'failed') this.#state.value = 'connecting';
    if (this.#state.value === 'connecting') this.#telling ??= this.#hooks.after(tellMs, () => this.#tell());
    this.#deadline ??= this.#hooks.after(giveUpMs, () => this.#giveUp());
    // for a connection that never says failed, because nothing of the other side ever comes
    this.#next ??= this.#hooks.after(2 * retryMs, () => this.#tryAgain());
  }

  close(): void {
    this.#closed = true;
    this.#hooks.close();
  }

  #found(): void {
    this.#stop();
    this.#tries = 0;
    this.#failure.value = null;
    this.#state.value = 'connected';
    this.#options.onConnected();
  }

  #seek(afterMs: number): void {
    if (this.#closed || this.#state.value === 'failed') return;
    this.lost();
    this.#next?.();
    this.#next = this.#hooks.after(afterMs, () => this.#tryAgain());
  }

  #tryAgain(): void {
    // as long as the server does not listen, the connection that is there may come back by itself
    const isHeard = this.#options.isHeard();
    if (isHeard) this.#tries += 1;
    if (this.#tries > restarts && isHeard) this.#options.rebuild();
    else this.#options.restart();
    this.#next = this.#hooks.after(retryMs, () => this.#tryAgain());
  }

  #tell(): void {
    this.#failure.value = this.#options.name();
  }

  #giveUp(): void {
    this.#stop();
    this.#tell();
    this.#state.value = 'failed';
    this.#options.onFailed();
  }

  #stop(): void {
    this.#next?.();
    this.#next = null;
    this.#deadline?.();
    this.#deadline = null;
    this.#telling?.();
    this.#telling = null;
  }
}
