import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { asParleyError } from '../protocol/problem';
import type { Message, SyncedRoom } from '../protocol/shapes';
import type { Page, PageQuery, Reading, Source } from './source';
import type { Gap, Timeline } from './timeline';
import * as timelines from './timeline';

const pageSize = 50;
const olderSize = 100;

/** What a conversation needs of its surroundings. */
export interface ConversationWorld {
  readonly me: string;
  /** Every message that came in by a page or an answer passes here once. */
  seen(messages: readonly Message[]): void;
  /** There is a message that was never heard. */
  missed(conversation: Conversation): void;
}

export type Fetch = 'newest' | 'older' | 'around' | 'gap' | 'sync';

/** A message to be brought on screen; each wish is a new object. */
export interface Target {
  readonly seq: number;
}

/** One room or one thread as it is read: its messages, what is being fetched, and where reading stopped. */
export class Conversation {
  readonly roomId: string;
  /** The message that began the thread; not there for a room. */
  readonly threadId: string | undefined;
  readonly #source: Source;
  readonly #world: ConversationWorld;
  readonly #timeline = signal<Timeline>(timelines.emptyTimeline);
  readonly #loading = signal<Fetch | null>(null);
  readonly #problem = signal<string | null>(null);
  readonly #unreadAfter = signal<number | null>(null);
  readonly #target = signal<Target | null>(null);
  /** What was heard while pages are on their way: a page is older than that and must not undo it. */
  readonly #heardMeanwhile: ((timeline: Timeline) => Timeline)[] = [];
  #fetching = 0;
  #syncing = false;
  #markedSeq = 0;

  constructor(source: Source, world: ConversationWorld) {
    this.roomId = source.roomId;
    this.threadId = source.threadId;
    this.#source = source;
    this.#world = world;
  }

  /** How far one has read here, and what is left. */
  get reading(): ReadonlySignal<Reading> {
    return this.#source.reading;
  }

  /** What stands here by itself: no reply of a thread in its room. */
  shows({ threadId, id }: Message): boolean {
    return threadId === this.threadId || id === this.threadId;
  }

  get timeline(): ReadonlySignal<Timeline> {
    return this.#timeline;
  }

  get loading(): ReadonlySignal<Fetch | null> {
    return this.#loading;
  }

  /** Why the last fetch failed, until the next one works. */
  get problem(): ReadonlySignal<string | null> {
    return this.#problem;
  }

  /** The divider "new" stands behind this number while the conversation stays open; null for none. */
  get unreadAfter(): ReadonlySignal<number | null> {
    return this.#unreadAfter;
  }

  get isLoaded(): boolean {
    return this.#timeline.peek().covered.length > 0;
  }

  /** Called when the conversation comes on screen: puts the divider and fetches the newest page if there is none. */
  open(): void {
    const { unread, readSeq, behind } = this.reading.peek();
    this.#unreadAfter.value = unread > 0 ? readSeq : null;
    if (this.isLoaded) return;
    void this.loadNewest();
    // Reading begins where it stopped; when that is far up, with a page of its own.
    if (unread > 0 && behind >= pageSize) void this.goTo(readSeq + 1);
  }

  /** The message that is to be brought on screen. */
  get target(): ReadonlySignal<Target | null> {
    return this.#target;
  }

  /** Brings a message on screen, with what was said around it. */
  async goTo(seq: number): Promise<void> {
    const isKnown = this.#timeline.peek().covered.some(({ from, to }) => from <= seq && seq <= to);
    if (!isKnown) {
      await this.#load('around', { aroundSeq: seq }, ({ messages }) => ({
        from: lowest(messages),
        to: highest(messages) - (messages.length === 0 ? 1 : 0),
      }));
      if (!this.isLoaded) return;
    }
    this.#target.value = { seq };
  }

  loadNewest(): Promise<void> {
    return this.#load('newest', {}, ({ messages, more, upTo }) => ({
      from: more ? lowest(messages) : 0,
      to: Math.max(upTo, highest(messages)),
    }));
  }

  loadOlder(): Promise<void> {
    const timeline = this.#timeline.peek();
    if (!this.isLoaded) return Promise.resolve();
    // Above the replies of a thread there is nothing but the message that began it: older ones are in the holes.
    if (this.threadId !== undefined) {
      const hole = timelines.gaps(timeline).at(-1);
      return hole === undefined ? Promise.resolve() : this.fill(hole, 'below');
    }
    if (timelines.isComplete(timeline)) return Promise.resolve();
    const before = timelines.oldestSeq(timeline);
    return this.#load('older', { beforeSeq: before }, ({ messages, more }) => ({
      from: more && messages.length > 0 ? lowest(messages) : 0,
      to: before - 1,
    }));
  }

  /** Fetches a part of a hole: the one next to the reader, who stands above or below it. */
  fill({ afterSeq, beforeSeq }: Gap, from: 'above' | 'below' = 'above'): Promise<void> {
    // A page with nothing behind it says that what is missing no longer exists.
    if (from === 'below') {
      return this.#load('gap', { beforeSeq }, ({ messages, more }) => ({
        from: Math.max(afterSeq + 1, more ? lowest(messages) : 0),
        to: beforeSeq - 1,
      }));
    }
    return this.#load('gap', { afterSeq }, ({ messages, more }) => ({
      from: afterSeq + 1,
      to: more && messages.length > 0 ? highest(messages) : Math.max(beforeSeq - 1, highest(messages)),
    }));
  }

  /** A message was said just now. */
  heard(message: Message): void {
    if (!this.isLoaded && this.#fetching === 0) return;
    const isJoined = this.isLoaded && message.seq <= this.syncFrom + 1;
    this.#live((timeline) => timelines.insertPage(timeline, this.#own([message]), rangeOf(message)));
    // A live message that does not follow the last one means that something was not heard: it is asked for at once.
    if (this.isLoaded && !isJoined && this.#fetching === 0) this.#world.missed(this);
  }

  changed(message: Message): void {
    this.#live((timeline) => timelines.update(timeline, message));
  }

  /** Something about a message changed and not what it says: reactions, the thread that it began. */
  patched(messageId: string, about: Partial<Pick<Message, 'reactions' | 'thread'>>): void {
    this.#live((timeline) => timelines.patch(timeline, messageId, about));
  }

  /** From where a `sync` has to tell. */
  get syncFrom(): number {
    return timelines.newestSeq(this.#timeline.peek());
  }

  syncing(on: boolean): void {
    if (on !== this.#syncing) this.#fetched(on ? 1 : -1);
    this.#syncing = on;
    if (on) this.#loading.value = 'sync';
    else if (this.#loading.peek() === 'sync') this.#loading.value = null;
  }

  /** Takes in what was missed. When that is more than one answer holds, the rest is a gap that can be seen. */
  async synced(afterSeq: number, { messages, updated = [], more = false, stale = false }: SyncedRoom): Promise<void> {
    if (stale) {
      // More has changed than can be told: what is remembered may be wrong anywhere, so it is read again.
      this.#timeline.value = timelines.emptyTimeline;
      this.syncing(false);
      await this.loadNewest();
      return;
    }
    const first = messages.length > 0 ? lowest(messages) : afterSeq + 1;
    let timeline = this.#timeline.peek();
    if (messages.length > 0) {
      timeline = timelines.insertPage(timeline, this.#own(messages), {
        from: first === afterSeq + 1 ? afterSeq : first,
        to: highest(messages),
      });
    }
    for (const message of updated) timeline = timelines.update(timeline, message);
    this.#timeline.value = this.#withLive(timeline);
    this.#world.seen(messages);
    this.syncing(false);
    if (more) await this.loadNewest();
  }

  /** Tells the server that everything up to here was read, once, and only when something was unread. */
  async markRead(seq: number): Promise<void> {
    const { readSeq, unread } = this.reading.peek();
    if (seq <= Math.max(readSeq, this.#markedSeq) || unread === 0) return;
    this.#markedSeq = seq;
    try {
      await this.#source.mark(seq, true);
    } catch {
      // The next message, or the next visit, marks again.
      this.#markedSeq = 0;
    }
  }

  /** Marks everything from this message on as unread, on all devices. */
  async markUnread(message: Message): Promise<void> {
    await this.#source.mark(message.seq - 1, false);
    this.#markedSeq = Number.MAX_SAFE_INTEGER;
    this.#unreadAfter.value = message.seq - 1;
  }

  /** The person says that all of it is read: what they had marked as unread too. */
  finished(): void {
    this.#unreadAfter.value = null;
    this.#markedSeq = 0;
  }

  /** The newest own message of which this is true. */
  lastOwn(is: (message: Message) => boolean): Message | undefined {
    return this.#timeline
      .peek()
      .messages.findLast((message) => message.sender.id === this.#world.me && this.shows(message) && is(message));
  }

  find(messageId: string): Message | undefined {
    return this.#timeline.value.messages.find(({ id }) => id === messageId);
  }

  async #load(
    what: Exclude<Fetch, 'sync'>,
    query: Omit<PageQuery, 'limit'>,
    bounds: (page: Page) => timelines.Range,
  ): Promise<void> {
    if (this.#loading.peek() === what) return;
    this.#loading.value = what;
    this.#fetched(1);
    try {
      const limit = what === 'older' || what === 'gap' ? olderSize : pageSize;
      const page = await this.#source.page({ ...query, limit });
      const { messages, root } = page;
      const known = root === undefined ? this.#timeline.peek() : beginning(this.#timeline.peek(), root);
      this.#timeline.value = this.#withLive(timelines.insertPage(known, messages, bounds(page)));
      this.#problem.value = null;
      this.#world.seen(messages);
    } catch (error) {
      this.#problem.value = asParleyError(error).message;
    } finally {
      this.#fetched(-1);
      if (this.#loading.peek() === what) this.#loading.value = null;
    }
  }

  #own(messages: readonly Message[]): readonly Message[] {
    return messages.filter((message) => this.#source.holds(message));
  }

  #live(change: (timeline: Timeline) => Timeline): void {
    if (this.#fetching > 0) this.#heardMeanwhile.push(change);
    if (this.isLoaded) this.#timeline.value = change(this.#timeline.peek());
  }

  #withLive(timeline: Timeline): Timeline {
    return this.#heardMeanwhile.reduce((so, change) => change(so), timeline);
  }

  #fetched(by: 1 | -1): void {
    this.#fetching += by;
    if (this.#fetching === 0) this.#heardMeanwhile.length = 0;
  }
}

/** Before the message that began a thread there is nothing of it. */
function beginning(timeline: Timeline, root: Message): Timeline {
  return timelines.insertPage(timeline, [root], { from: 0, to: root.seq });
}

function rangeOf({ seq }: Message): timelines.Range {
  return { from: seq, to: seq };
}

function lowest(page: readonly Message[]): number {
  return page.reduce((low, { seq }) => Math.min(low, seq), page[0]?.seq ?? 0);
}

function highest(page: readonly Message[]): number {
  return page.reduce((high, { seq }) => Math.max(high, seq), 0);
}
