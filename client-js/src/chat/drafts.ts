import { signal } from '@preact/signals-core';
import type { Api } from '../net/api';
import { array, boolean, object, otherwise, string } from '../protocol/decode';
import { asParleyError } from '../protocol/problem';
import type { Draft } from '../protocol/shapes';
import { draft as readDraft } from '../protocol/shapes';
import { mergeDrafts } from './merge-drafts';
import type { Timers } from './typing';

const mostKept = 100;
/** Who goes on typing is not asked after each letter. */
const pauseMs = 1_000;
const patienceMs = 5_000;

/** A room, or a thread of it. */
export interface DraftPlace {
  readonly roomId: string;
  readonly threadId?: string | undefined;
}

/** What is begun in one place, and what the server last said of it. */
interface Begun {
  readonly roomId: string;
  readonly threadId?: string;
  readonly text: string;
  readonly replyTo?: string;
  /** What both sides last agreed on. */
  readonly base: string;
  /** When the server took that in; empty when it never did. */
  readonly at: string;
  /** Written here and not told yet. */
  readonly ahead: boolean;
}

const begun = object(
  { roomId: string, text: string, base: string, at: string, ahead: boolean },
  { threadId: string, replyTo: string },
);
const drafts = object({ drafts: array(readDraft) });
const kept = object({ draft: readDraft });

/** What drafts need of their surroundings. */
export interface DraftWorld {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly userId: string;
  readonly api: Api;
  readonly timers: Timers;
  request(event: string, payload: unknown): Promise<unknown>;
}

/**
 * Text that was begun and not sent, one for each room and thread: kept in this browser over a reload, and on the server
 * for the person's other devices. What was written at two of them while one was away is brought together.
 */
export class Drafts {
  readonly #world: DraftWorld;
  readonly #key: string;
  readonly #begun = signal<ReadonlyMap<string, Begun>>(new Map());
  readonly #waiting = new Map<string, () => void>();
  readonly #telling = new Map<string, string>();
  #closed = false;

  constructor(world: DraftWorld) {
    this.#world = world;
    this.#key = `parley.drafts.${world.userId}`;
    this.#begun.value = new Map(this.#stored().map((one) => [idOf(one), one]));
  }

  get(place: DraftPlace): string {
    return this.#begun.value.get(idOf(place))?.text ?? '';
  }

  /** The message that the text answers. */
  replyTo(place: DraftPlace): string | undefined {
    return this.#begun.value.get(idOf(place))?.replyTo;
  }

  /** Somebody writes here. */
  set({ roomId, threadId }: DraftPlace, text: string, replyTo?: string): void {
    const known = this.#begun.peek().get(threadId ?? roomId);
    const next = text.trim() === '' ? '' : text;
    this.#put({
      roomId,
      ...(threadId === undefined ? {} : { threadId }),
      text: next,
      ...(replyTo === undefined ? {} : { replyTo }),
      base: known?.base ?? '',
      at: known?.at ?? '',
      ahead: next !== (known?.base ?? ''),
    });
    this.#tellSoon(threadId ?? roomId, pauseMs);
  }

  /** A device of the same person, this one included, has told the server. */
  heard(draft: Draft): void {
    const id = idOf(draft);
    const known = this.#begun.peek().get(id);
    if (known !== undefined && known.at !== '' && Date.parse(draft.updatedAt) <= Date.parse(known.at)) return;
    const isEcho = this.#telling.get(id) === draft.text;
    const { text = '', base = '', ahead = false } = known ?? {};
    const merged = isEcho ? text : ahead ? mergeDrafts(base, text, draft.text) : draft.text;
    const replyTo = merged === draft.text ? draft.replyTo : known?.replyTo;
    this.#put({
      roomId: draft.roomId,
      ...(draft.threadId === undefined ? {} : { threadId: draft.threadId }),
      text: merged,
      ...(replyTo === undefined ? {} : { replyTo }),
      base: draft.text,
      at: draft.updatedAt,
      ahead: merged !== draft.text,
    });
    if (merged !== draft.text) this.#tellSoon(id, pauseMs);
  }

  /** A new connection: takes in what other devices wrote meanwhile, and tells what was written here. */
  async catchUp(): Promise<void> {
    const before = this.#begun.peek();
    const { drafts: found } = await this.#world.api.call('/api/drafts', drafts);
    for (const draft of found) this.heard(draft);
    const there = new Set(found.map(idOf));
    for (const [id, one] of before) {
      if (there.has(id) || this.#begun.peek().get(id) !== one || one.base === '') continue;
      // Told once and not there any more: it was sent or wiped elsewhere. What was written on since stays.
      this.#put({ ...one, text: one.ahead ? one.text : '', base: '' });
    }
    for (const [id, { ahead }] of this.#begun.peek()) if (ahead) this.#tellSoon(id, 0);
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #tellSoon(id: string, ms: number): void {
    if (this.#closed) return;
    this.#waiting.get(id)?.();
    this.#waiting.set(
      id,
      this.#world.timers.after(ms, () => {
        this.#waiting.delete(id);
        void this.#tell(id);
      }),
    );
  }

  /** One at a time for each place, so that the later one is the one that stays. */
  async #tell(id: string): Promise<void> {
    const one = this.#begun.peek().get(id);
    if (one?.ahead !== true || this.#telling.has(id) || this.#closed) return;
    this.#telling.set(id, one.text);
    let again: number | null = null;
    try {
      const { roomId, threadId, text, replyTo } = one;
      const told = kept(await this.#world.request('draft_set', { roomId, threadId, text, replyTo })).draft;
      const now = this.#begun.peek().get(id);
      if (now !== undefined) {
        this.#put({ ...now, base: told.text, at: later(now.at, told.updatedAt), ahead: now.text !== told.text });
        if (now.text !== told.text) again = pauseMs;
      }
    } catch (error) {
      const { code, retryAfterMs } = asParleyError(error);
      // Without a connection the next one tells; what the server refuses for good stays here and is told when it changes.
      if (code === 'rate_limited' || code === 'unavailable' || code === 'timeout') again = retryAfterMs ?? patienceMs;
    } finally {
      this.#telling.delete(id);
    }
    if (again !== null && !this.#waiting.has(id)) this.#tellSoon(id, again);
  }

  #put(one: Begun): void {
    const next = new Map(this.#begun.peek());
    next.delete(idOf(one));
    next.set(idOf(one), one);
    for (const oldest of next.keys()) {
      if (next.size <= mostKept) break;
      next.delete(oldest);
    }
    this.#begun.value = next;
    try {
      // Other tabs write here too: only what changed is changed.
      const others = this.#stored().filter((stored) => idOf(stored) !== idOf(one));
      const all = one.text === '' && !one.ahead ? others : [...others, one];
      this.#world.storage.setItem(this.#key, JSON.stringify(all.slice(-mostKept)));
    } catch {
      // Without storage a draft lives as long as the page.
    }
  }

  #stored(): Begun[] {
    try {
      const saved: unknown = JSON.parse(this.#world.storage.getItem(this.#key) ?? '[]');
      return otherwise(array(otherwise(begun, null)), [])(saved).filter((one) => one !== null);
    } catch {
      return [];
    }
  }
}

function idOf({ roomId, threadId }: DraftPlace): string {
  return threadId ?? roomId;
}

function later(one: string, other: string): string {
  return one !== '' && Date.parse(one) > Date.parse(other) ? one : other;
}
