import { computed, signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Api } from '../net/api';
import { object } from '../protocol/decode';
import type { Message, Room, ThreadList, ThreadPlace } from '../protocol/shapes';
import { isMentioned, threadList, threadPage, threadPlace } from '../protocol/shapes';
import { Tally } from './tally';

const pageSize = 50;
/** Nobody looks through more; a thread behind them is asked for when something is said in it. */
const mostPages = 4;

/** What threads need of their surroundings. */
export interface ThreadWorld {
  readonly api: Api;
  readonly me: string;
  request(event: string, payload: unknown): Promise<unknown>;
}

const placed = object({ place: threadPlace });

/** The threads that one follows, with the counters of the server's making, kept up to date between its words. */
export class Threads {
  readonly #world: ThreadWorld;
  readonly #places = signal<ReadonlyMap<string, ThreadPlace>>(new Map());
  readonly #tally = new Tally();
  /** When the server last spoke of each, counted by its words. */
  readonly #told = new Map<string, number>();
  #stamp = 0;
  /** Whether every thread that one follows is among the places. */
  #isComplete = false;

  readonly unread = computed(() => total(this.#places.value, ({ unread }) => unread));
  readonly mentions = computed(() => total(this.#places.value, ({ mentions }) => mentions));

  constructor(world: ThreadWorld) {
    this.#world = world;
  }

  /** How oneself stands to each thread that this page has heard of, by the id of the message that began it. */
  get places(): ReadonlySignal<ReadonlyMap<string, ThreadPlace>> {
    return this.#places;
  }

  follows(threadId: string): boolean {
    return this.#places.peek().get(threadId)?.following === true;
  }

  /** A new connection: what was remembered may be old. As many threads are asked for as have something unread. */
  async replace(rooms: readonly Room[]): Promise<void> {
    this.#tally.clear();
    this.#isComplete = false;
    const before = this.#stamp;
    const wanted = rooms.reduce((sum, { threadUnread = 0 }) => sum + threadUnread, 0);
    let found = 0;
    let from: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const { threads, more = false } = await this.list(from);
      found += threads.reduce((sum, { place }) => sum + place.unread, 0);
      from = threads.at(-1)?.root.thread?.lastReplyAt;
      if (!more) this.#isComplete = true;
      if (!more || found >= wanted || from === undefined) break;
    }
    if (this.#isComplete) this.#keep(({ threadId }) => (this.#told.get(threadId) ?? 0) > before);
  }

  /** The threads that one follows, the one with the latest reply first. */
  async list(before?: string, signal?: AbortSignal): Promise<ThreadList> {
    const asked = this.ask();
    const found = await this.#world.api.call('/api/threads', threadList, {
      query: { limit: pageSize, before },
      ...(signal === undefined ? {} : { signal }),
    });
    for (const { place } of found.threads) this.put(place, asked);
    return found;
  }

  /** To be called before a question whose answer may be overtaken by what the server says of itself. */
  ask(): number {
    return this.#stamp;
  }

  /**
   * Takes in what the server says of a place, and counts to it what was heard behind its word.
   *
   * @param asked what {@link ask} said before the question that this answers; nothing for what was not asked for
   */
  put(place: ThreadPlace, asked?: number): void {
    if (asked !== undefined && (this.#told.get(place.threadId) ?? 0) > asked) return;
    this.#told.set(place.threadId, ++this.#stamp);
    this.#set(place);
  }

  /** Counts a reply; one that is known already counts nothing. */
  heard(message: Message): void {
    const { threadId, seq } = message;
    if (threadId === undefined) return;
    const { me } = this.#world;
    const others = message.sender.id !== me && message.deletedAt === undefined;
    const place = this.#places.peek().get(threadId);
    if (place !== undefined && seq <= place.lastSeq) return;
    this.#tally.heard(threadId, { seq, others, mention: others && isMentioned(message, me) });
    if (place !== undefined) this.#set(place);
    else if (!this.#isComplete) void this.followed(threadId);
  }

  /** One may follow a thread now, by what somebody said: where one stands in it is asked for. */
  async followed(threadId: string): Promise<void> {
    const asked = this.ask();
    const path = `/api/messages/${encodeURIComponent(threadId)}/thread`;
    try {
      const { place } = await this.#world.api.call(path, threadPage, { query: { limit: 1 } });
      this.put(place, asked);
    } catch {
      // The next connection asks for all of them.
    }
  }

  /** A room is not one's own any more, and neither are its threads. */
  drop(roomId: string): void {
    this.#keep((place) => place.roomId !== roomId);
  }

  async follow(threadId: string, on: boolean): Promise<void> {
    this.put(placed(await this.#world.request('thread_follow', { threadId, on })).place);
  }

  async read(threadId: string, seq: number): Promise<void> {
    this.put(placed(await this.#world.request('thread_read', { threadId, seq })).place);
  }

  #set(place: ThreadPlace): void {
    const next = { ...place, ...this.#tally.counted(place.threadId, place) };
    this.#places.value = new Map(this.#places.peek()).set(place.threadId, next);
  }

  #keep(wanted: (place: ThreadPlace) => boolean): void {
    const kept = [...this.#places.peek().values()].filter(wanted);
    this.#places.value = new Map(kept.map((place) => [place.threadId, place]));
  }
}

function total(places: ReadonlyMap<string, ThreadPlace>, of: (place: ThreadPlace) => number): number {
  return [...places.values()].reduce((sum, place) => sum + (place.following ? of(place) : 0), 0);
}
