import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';

/** Time as typing needs it; tests turn it by hand. */
export interface Timers {
  now(): number;
  after(ms: number, then: () => void): () => void;
}

const repeatMs = 5_000;
const silenceMs = 5_000;
const expiryMs = 10_000;
/** The server takes one typing notice in three seconds. */
const spacingMs = 3_000;

/** Who is writing where. Nobody is trusted to say that they stopped: what is not renewed in 10 s is over. */
export class TypingOthers {
  readonly #timers: Timers;
  readonly #byRoom = signal<ReadonlyMap<string, readonly string[]>>(new Map());
  readonly #cancels = new Map<string, () => void>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** User ids by room id, in the order in which they began. */
  get byRoom(): ReadonlySignal<ReadonlyMap<string, readonly string[]>> {
    return this.#byRoom;
  }

  heard(roomId: string, userId: string, on: boolean): void {
    if (!on) {
      this.stopped(roomId, userId);
      return;
    }
    const key = `${roomId} ${userId}`;
    this.#cancels.get(key)?.();
    this.#cancels.set(
      key,
      this.#timers.after(expiryMs, () => this.stopped(roomId, userId)),
    );
    const here = this.#byRoom.peek().get(roomId) ?? [];
    if (!here.includes(userId)) this.#set(roomId, [...here, userId]);
  }

  /** Also called when that person's message arrives: it says the same. */
  stopped(roomId: string, userId: string): void {
    const key = `${roomId} ${userId}`;
    this.#cancels.get(key)?.();
    if (!this.#cancels.delete(key)) return;
    this.#set(
      roomId,
      (this.#byRoom.peek().get(roomId) ?? []).filter((other) => other !== userId),
    );
  }

  clear(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
    this.#byRoom.value = new Map();
  }

  #set(roomId: string, userIds: readonly string[]): void {
    const next = new Map(this.#byRoom.peek());
    if (userIds.length === 0) next.delete(roomId);
    else next.set(roomId, userIds);
    this.#byRoom.value = next;
  }
}

/** Tells one room that this person writes: at the start, every 5 s while it goes on, and once when it stops. */
export class TypingSelf {
  readonly #timers: Timers;
  readonly #tell: (roomId: string, on: boolean) => void;
  #room: string | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  #told = false;
  #cancelSilence: () => void = () => undefined;
  #cancelGoodbye: () => void = () => undefined;

  constructor(timers: Timers, tell: (roomId: string, on: boolean) => void) {
    this.#timers = timers;
    this.#tell = tell;
  }

  /** A key was pressed and there is text. */
  typed(roomId: string): void {
    if (this.#room !== null && this.#room !== roomId) this.stopped();
    this.#cancelGoodbye();
    const since = this.#timers.now() - this.#toldAt;
    if (since >= (this.#told ? repeatMs : spacingMs)) this.#say(roomId, true);
    this.#room = roomId;
    this.#cancelSilence();
    this.#cancelSilence = this.#timers.after(silenceMs, () => this.stopped());
  }

  /** The text was cleared, the field left, or nothing came for 5 s. Held back while the server would not take it. */
  stopped(): void {
    const roomId = this.#room;
    if (roomId === null) return;
    this.#room = null;
    this.#cancelSilence();
    this.#cancelGoodbye();
    if (!this.#told) return;
    const early = spacingMs - (this.#timers.now() - this.#toldAt);
    if (early <= 0) this.#say(roomId, false);
    else this.#cancelGoodbye = this.#timers.after(early, () => this.#say(roomId, false));
  }

  /** The message was sent, which says more than a goodbye. */
  sent(): void {
    this.#room = null;
    this.#told = false;
    this.#cancelSilence();
    this.#cancelGoodbye();
  }

  #say(roomId: string, on: boolean): void {
    this.#toldAt = this.#timers.now();
    this.#told = on;
    this.#tell(roomId, on);
  }
}
