import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { IncomingCall } from './api';
import { Hooks } from './ledger';

/** However the server is doing, nothing rings longer than this after it was started. */
const ringMs = 45_000;

/** What rings on this device, and what does not ring here any more although it still does elsewhere. */
export class Ringing {
  readonly #hooks = new Hooks();
  readonly #incoming = signal<readonly IncomingCall[]>([]);
  readonly #ends = new Map<string, () => void>();
  readonly #settled = new Set<string>();
  /** By how much the server's clock is ahead of this one; null before it has told the time. */
  #ahead: number | null = null;

  get incoming(): ReadonlySignal<readonly IncomingCall[]> {
    return this.#incoming;
  }

  /** @param serverTime ISO-8601, as it was just now */
  serverTime(serverTime: string | undefined): void {
    const told = Date.parse(serverTime ?? '');
    if (!Number.isNaN(told)) this.#ahead = told - Date.now();
  }

  /** Begins to ring for what is left of its time; whether it does. What slept for long in some queue does not. */
  begin(incoming: IncomingCall): boolean {
    const { call } = incoming;
    const left = Math.min(ringMs, ringMs - this.#age(call.startedAt));
    if (left <= 0 || this.#settled.has(call.id) || this.find(call.id) !== undefined) return false;
    this.#incoming.value = [...this.#incoming.value, incoming];
    this.#ends.set(
      call.id,
      this.#hooks.after(left, () => this.stop(call.id)),
    );
    return true;
  }

  find(callId: string): IncomingCall | undefined {
    return this.#incoming.value.find(({ call }) => call.id === callId);
  }

  stop(callId: string): void {
    this.#ends.get(callId)?.();
    this.#ends.delete(callId);
    if (this.find(callId) !== undefined) {
      this.#incoming.value = this.#incoming.value.filter(({ call }) => call.id !== callId);
    }
  }

  /** The person has said what they want of it: it stops, and a connection that is made anew does not let it ring again. */
  settle(callId: string): void {
    this.#settled.add(callId);
    this.stop(callId);
  }

  /** It is over. */
  forget(callId: string): void {
    this.#settled.delete(callId);
    this.stop(callId);
  }

  /** Whatever else was missed: these ring, and no others. */
  keepOnly(callIds: ReadonlySet<string>): void {
    for (const { call } of this.#incoming.value) if (!callIds.has(call.id)) this.stop(call.id);
    for (const callId of this.#settled) if (!callIds.has(callId)) this.#settled.delete(callId);
  }

  close(): void {
    this.#hooks.close();
    this.#ends.clear();
    this.#incoming.value = [];
  }

  #age(startedAt: string): number {
    const age = Date.now() + (this.#ahead ?? 0) - Date.parse(startedAt);
    return this.#ahead === null || Number.isNaN(age) ? 0 : age;
  }
}
