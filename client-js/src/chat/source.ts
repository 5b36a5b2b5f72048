import { computed } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Api } from '../net/api';
import type { Message } from '../protocol/shapes';
import { messagePage, threadPage } from '../protocol/shapes';
import type { Rooms } from './rooms';
import { readCounters } from './rooms';
import type { Threads } from './threads';

export interface PageQuery {
  readonly beforeSeq?: number;
  readonly afterSeq?: number;
  readonly aroundSeq?: number;
  readonly limit: number;
}

/** A part of what was said. Between its messages there is none that is not in it. */
export interface Page {
  readonly messages: readonly Message[];
  /** Whether there is more in the direction that was asked for. */
  readonly more: boolean;
  /** The newest number that existed when this was asked for, where the messages alone do not tell. */
  readonly upTo: number;
  /** Stands above all pages: the message that began the thread. */
  readonly root?: Message;
}

/** How far one has read, and what is left. */
export interface Reading {
  readonly readSeq: number;
  readonly unread: number;
  readonly lastSeq: number;
  /** At most so many messages stand between the mark and the newest one. */
  readonly behind: number;
}

/** Where the messages of a conversation come from, and where it is noted how far they were read: a room or a thread. */
export interface Source {
  readonly roomId: string;
  /** The message that began the thread; a room has none. */
  readonly threadId?: string;
  readonly reading: ReadonlySignal<Reading>;
  holds(message: Message): boolean;
  page(query: PageQuery): Promise<Page>;
  /** Tells the server how far one has read; `forwards` when it is not for marking as unread. */
  mark(seq: number, forwards: boolean): Promise<void>;
}

/** What sources need of their surroundings. */
export interface SourceWorld {
  readonly api: Api;
  readonly rooms: Rooms;
  readonly threads: Threads;
  readonly request: (event: string, payload: unknown) => Promise<unknown>;
}

const nothingRead: Reading = { readSeq: 0, unread: 0, lastSeq: 0, behind: 0 };

/** A room with all that is said in it. What is said in its threads counts as known, and is shown there. */
export function roomSource(roomId: string, { api, rooms, request }: SourceWorld): Source {
  return {
    roomId,
    reading: computed(() => {
      const room = rooms.byId.value.get(roomId);
      return room === undefined ? nothingRead : { ...room, behind: room.lastSeq - room.readSeq };
    }),
    holds: () => true,
    page: async (query) => {
      const path = `/api/rooms/${encodeURIComponent(roomId)}/messages`;
      const { messages, more = messages.length >= query.limit } = await api.call(path, messagePage, {
        query: { ...query },
      });
      return { messages, more, upTo: 0 };
    },
    mark: async (seq, forwards) => {
      const room = rooms.byId.peek().get(roomId);
      if (forwards && room !== undefined && seq >= room.lastSeq)
        rooms.change(roomId, () => ({ unread: 0, mentions: 0 }));
      rooms.count(roomId, readCounters(await request('read_mark', { roomId, seq })));
    },
  };
}

/** The replies to one message. Their numbers are the room's, with others between them. */
export function threadSource(roomId: string, threadId: string, { api, rooms, threads }: SourceWorld): Source {
  return {
    roomId,
    threadId,
    reading: computed(() => {
      const place = threads.places.value.get(threadId);
      return place === undefined ? nothingRead : { ...place, behind: place.unread };
    }),
    holds: (message) => message.threadId === threadId,
    page: async ({ aroundSeq, ...query }) => {
      // What this page has heard of before it asks is in the answer, or in no thread of this name.
      const upTo = rooms.byId.peek().get(roomId)?.lastSeq ?? 0;
      const asked = threads.ask();
      const path = `/api/messages/${encodeURIComponent(threadId)}/thread`;
      const {
        root,
        place,
        messages,
        more = false,
      } = await api.call(path, threadPage, {
        query: { ...query, ...(aroundSeq === undefined ? {} : { beforeSeq: aroundSeq + 1 }) },
      });
      threads.put(place, asked);
      return { messages, more, upTo, root };
    },
    mark: (seq) => threads.read(threadId, seq),
  };
}
