import { asParleyError } from '../protocol/problem';
import type { Room, ThreadPlace } from '../protocol/shapes';
import type { Rooms } from './rooms';
import { readCounters } from './rooms';
import type { Threads } from './threads';

/** What marking needs of its surroundings. */
export interface MarkWorld {
  readonly rooms: Rooms;
  readonly threads: Threads;
  request(event: string, payload: unknown): Promise<unknown>;
  wait(ms: number): Promise<void>;
  /** The person says that they have done with a room or a thread. */
  finished(id: string): void;
}

const patience = 5;

/** Marks places as read to their ends, on all devices. A room and the threads in it are read apart. */
export class ReadMarks {
  readonly #world: MarkWorld;

  constructor(world: MarkWorld) {
    this.#world = world;
  }

  async room(roomId: string): Promise<void> {
    const room = this.#world.rooms.byId.peek().get(roomId);
    if (room !== undefined) await this.#mark([room], []);
  }

  async thread(threadId: string): Promise<void> {
    const place = this.#world.threads.places.peek().get(threadId);
    if (place !== undefined) await this.#mark([], [place]);
  }

  /** All rooms, and all threads that one follows. */
  async all(): Promise<void> {
    const { rooms, threads } = this.#world;
    const followed = [...threads.places.peek().values()].filter(({ following }) => following);
    await this.#mark([...rooms.byId.peek().values()], followed);
  }

  /** One after the other; a server that asks for patience gets it. */
  async #mark(rooms: readonly Room[], places: readonly ThreadPlace[]): Promise<void> {
    const world = this.#world;
    for (const { id } of rooms) world.finished(id);
    for (const { threadId } of places) world.finished(threadId);
    for (const { id: roomId, lastSeq: seq } of rooms.filter(isUnread)) {
      await this.#patiently(async () =>
        world.rooms.count(roomId, readCounters(await world.request('read_mark', { roomId, seq }))),
      );
    }
    for (const { threadId, lastSeq } of places.filter(isUnread)) {
      await this.#patiently(() => world.threads.read(threadId, lastSeq));
    }
  }

  async #patiently(mark: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await mark();
        return;
      } catch (error) {
        const { code, retryAfterMs } = asParleyError(error);
        // The place went away in the meantime: nothing in it is unread any more.
        if (code === 'not_found') return;
        if (code !== 'rate_limited' || attempt === patience) throw error;
        await this.#world.wait(Math.max(retryAfterMs ?? 0, 250));
      }
    }
  }
}

function isUnread({ unread, mentions }: { unread: number; mentions: number }): boolean {
  return unread > 0 || mentions > 0;
}
