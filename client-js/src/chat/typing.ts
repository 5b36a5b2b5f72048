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

/** Where somebody writes: in a room, or in a thread of it. */
export interface WritingPlace {
  readonly roomId: string;
  readonly threadId?: string | undefined;
}

/** Who is writing where. Nobody is trusted to say that they stopped: what is not renewed in 10 s is over. */
export class TypingOthers {
  readonly #timers: Timers;
  readonly #byPlace = signal<ReadonlyMap<string, readonly string[]>>(new Map());
  readonly #cancels = new Map<string, () => void>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** User ids by the id of the room, or of the thread, in the order in which they began. */
  get byPlace(): ReadonlySignal<ReadonlyMap<string, readonly string[]>> {
    return this.#byPlace;
  }

  heard(place: WritingPlace, userId: string, on: boolean): void {
    if (!on) {
      this.stopped(place, userId);
      return;
    }
    const key = keyOf(place, userId);
    this.#cancels.get(key)?.();
    this.#cancels.set(
      key,
      this.#timers.after(expiryMs, () => this.stopped(place, userId)),
    );
    const here = this.#byPlace.peek().get(idOf(place)) ?? [];
    if (!here.includes(userId)) this.#set(place, [...here, userId]);
  }

  /** Also called when that person's message arrives: it says the same. */
  stopped(place: WritingPlace, userId: string): void {
    const key = keyOf(place, userId);
    this.#cancels.get(key)?.();
    if (!this.#cancels.delete(key)) return;
    this.#set(
      place,
      (this.#byPlace.peek().get(idOf(place)) ?? []).filter((other) => other !== userId),
    );
  }

  clear(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
    this.#byPlace.value = new Map();
  }

  #set(place: WritingPlace, userIds: readonly string[]): void {
    const next = new Map(this.#byPlace.peek());
    if (userIds.length === 0) next.delete(idOf(place));
    else next.set(idOf(place), userIds);
    this.#byPlace.value = next;
  }
}

/** Tells one place that this person writes: at the start, every 5 s while it goes on, and once when it stops. */
export class TypingSelf {
  readonly #timers: Timers;
  readonly #tell: (place: WritingPlace, on: boolean) => void;
  #place: WritingPlace | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  /** Where it is believed that this person writes. */
  #told: WritingPlace | null = null;
  #cancelSilence: () => void = () => undefined;
  #cancelGoodbye: () => void = () => undefined;

  constructor(timers: Timers, tell: (place: WritingPlace, on: boolean) => void) {
    this.#timers = timers;
    this.#tell = tell;
  }

  /** A key was pressed and there is text. */
  typed(place: WritingPlace): void {
    if (!same(this.#place, place)) this.stopped();
    // Where there is no time for a goodbye, what was told of another place ends by itself.
    this.#cancelGoodbye();
    const since = this.#timers.now() - this.#toldAt;
    if (since >= (same(this.#told, place) ? repeatMs : spacingMs)) this.#say(place, true);
    this.#place = place;
    this.#cancelSilence();
    this.#cancelSilence = this.#timers.after(silenceMs, () => this.stopped());
  }

  /** The text was cleared, the field left, or nothing came for 5 s. Held back while the server would not take it. */
  stopped(): void {
    const place = this.#place;
    if (place === null) return;
    this.#place = null;
    this.#cancelSilence();
    this.#cancelGoodbye();
    if (!same(this.#told, place)) return;
    const early = spacingMs - (this.#timers.now() - this.#toldAt);
    if (early <= 0) this.#say(place, false);
    else this.#cancelGoodbye = this.#timers.after(early, () => this.#say(place, false));
  }

  /** The message was sent, which says more than a goodbye. */
  sent(): void {
    this.#place = null;
    this.#told = null;
    this.#cancelSilence();
    this.#cancelGoodbye();
  }

  #say(place: WritingPlace, on: boolean): void {
    this.#toldAt = this.#timers.now();
    this.#told = on ? place : null;
    this.#tell(place, on);
  }
}

function idOf({ roomId, threadId }: WritingPlace): string {
  return threadId ?? roomId;
}

function same(one: WritingPlace | null, other: WritingPlace): boolean {
  return one !== null && idOf(one) === idOf(other);
}

function keyOf(place: WritingPlace, userId: string): string {
  return `${idOf(place)} ${userId}`;
}
