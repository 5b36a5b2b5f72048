import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { number, object, otherwise, string } from '../protocol/decode';

interface TabState {
  /** The room that is on screen in a focused window; empty for none. */
  readonly shown: string;
  readonly actedAt: number;
}

const word = object({ tab: string, shown: otherwise(string, ''), actedAt: otherwise(number, 0) });
/** A tab that said nothing for so long was closed without a word. */
const silenceMs = 15_000;
/** Not shorter than the pause after which `watchActivity` tells of somebody who comes back. */
const hereMs = 60_000;

/**
 * The tabs of one person in this browser. One of them leads, by a lock that passes on when it closes; all of them know
 * what the others show and when somebody last did something in any of them.
 */
export class Tabs {
  readonly #lead = signal(false);
  readonly #id = crypto.randomUUID();
  readonly #others = new Map<string, TabState & { readonly heardAt: number }>();
  readonly #channel: BroadcastChannel;
  readonly #stop = new AbortController();
  readonly #actedAt: () => number;
  #shown = '';

  /** @param actedAt when the person last did something at this tab, in ms since 1970 */
  constructor(userId: string, actedAt: () => number) {
    this.#actedAt = actedAt;
    this.#channel = new BroadcastChannel(`parley-tabs-${userId}`);
    this.#channel.onmessage = ({ data }) => {
      const { tab, ...state } = otherwise(word, { tab: '', shown: '', actedAt: 0 })(data);
      if (tab !== '') this.#others.set(tab, { ...state, heardAt: Date.now() });
    };
    const locks = (navigator as { locks?: LockManager | null }).locks;
    if (locks == null) {
      // Without locks (insecure origins) each tab speaks for itself.
      this.#lead.value = true;
    } else {
      locks
        .request(`parley-lead-${userId}`, { signal: this.#stop.signal }, () => {
          this.#lead.value = true;
          return new Promise<void>((resolve) => this.#stop.signal.addEventListener('abort', () => resolve()));
        })
        .catch(() => undefined);
    }
    const repeat = setInterval(() => this.#say(), silenceMs / 3);
    this.#stop.signal.addEventListener('abort', () => clearInterval(repeat));
  }

  get lead(): ReadonlySignal<boolean> {
    return this.#lead;
  }

  /** Which room this tab shows in a focused window; empty for none. */
  show(roomId: string): void {
    if (roomId === this.#shown) return;
    this.#shown = roomId;
    this.#say();
  }

  /** The person came back to this tab: the others hear of it now, of whatever follows with the next round. */
  cameBack(): void {
    this.#say();
  }

  isShown(roomId: string): boolean {
    return this.#shown === roomId || this.#living().some(({ shown }) => shown === roomId);
  }

  isHere(): boolean {
    const last = Math.max(this.#actedAt(), ...this.#living().map(({ actedAt }) => actedAt));
    return Date.now() - last < hereMs;
  }

  close(): void {
    this.show('');
    this.#stop.abort();
    this.#channel.close();
    this.#lead.value = false;
  }

  #living(): TabState[] {
    const since = Date.now() - silenceMs;
    for (const [tab, { heardAt }] of this.#others) if (heardAt < since) this.#others.delete(tab);
    return [...this.#others.values()];
  }

  #say(): void {
    const state: TabState = { shown: this.#shown, actedAt: this.#actedAt() };
    this.#channel.postMessage({ tab: this.#id, ...state });
  }
}
