import { array, object } from '../protocol/decode';
import { ParleyError } from '../protocol/problem';
import type { Room } from '../protocol/shapes';
import { syncedRoom } from '../protocol/shapes';
import type { Conversation } from './conversation';

const mostTold = 200;
const answered = object({ rooms: array(syncedRoom) });

/** What asking for the missed needs of its surroundings. */
export interface MissedWorld {
  request(event: string, payload: unknown): Promise<unknown>;
  /** A room as the person sees it now. */
  room(room: Room): void;
  /** A room is not the person's any more. */
  removed(roomId: string): void;
}

/** Asks what was said and changed while this page could not hear it. */
export class Missed {
  readonly #world: MissedWorld;

  constructor(world: MissedWorld) {
    this.#world = world;
  }

  async ask(open: readonly Conversation[]): Promise<void> {
    // A room and its threads know about the same numbers: one question for them, from where the first of them has to know.
    const from = new Map<string, number>();
    for (const { roomId, syncFrom } of open) from.set(roomId, Math.min(syncFrom, from.get(roomId) ?? syncFrom));
    for (const conversation of open) conversation.syncing(true);
    try {
      const answer = await this.#world.request('sync', {
        rooms: [...from].map(([roomId, afterSeq]) => ({ roomId, afterSeq })),
        limit: mostTold,
      });
      const { rooms } = answered(answer);
      for (const { roomId, room, removed } of rooms) {
        if (room !== undefined) this.#world.room(room);
        if (removed === true) this.#world.removed(roomId);
      }
      await Promise.all(
        open.map(async (conversation) => {
          const missed = rooms.find(({ roomId }) => roomId === conversation.roomId);
          const afterSeq = from.get(conversation.roomId) ?? 0;
          if (missed !== undefined && missed.removed !== true) await conversation.synced(afterSeq, missed);
        }),
      );
    } catch (error) {
      // The next connection asks again; while there is one, the newest page at least is fetched the other way.
      if (!(error instanceof ParleyError && error.code === 'offline')) {
        await Promise.all(open.map((conversation) => conversation.loadNewest()));
      }
    } finally {
      for (const conversation of open) conversation.syncing(false);
    }
  }
}
