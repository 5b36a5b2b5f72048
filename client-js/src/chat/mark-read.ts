import { asParleyError } from '../protocol/problem';
import type { Room } from '../protocol/shapes';
import type { Rooms } from './rooms';
import { readCounters } from './rooms';

/** What marking needs of its surroundings. */
export interface MarkWorld {
  readonly rooms: Rooms;
  request(event: string, payload: unknown): Promise<unknown>;
  wait(ms: number): Promise<void>;
}

const patience = 5;

/** Marks rooms as read to their ends, one after the other; a server that asks for patience gets it. */
export async function markRead(world: MarkWorld, rooms: readonly Room[]): Promise<void> {
  for (const { id, lastSeq, unread, mentions } of rooms) {
    if (unread > 0 || mentions > 0) await mark(world, id, lastSeq);
  }
}

async function mark(world: MarkWorld, roomId: string, seq: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      world.rooms.count(roomId, readCounters(await world.request('read_mark', { roomId, seq })));
      return;
    } catch (error) {
      const { code, retryAfterMs } = asParleyError(error);
      // The room went away in the meantime: nothing in it is unread any more.
      if (code === 'not_found') return;
      if (code !== 'rate_limited' || attempt === patience) throw error;
      await world.wait(Math.max(retryAfterMs ?? 0, 250));
    }
  }
}
