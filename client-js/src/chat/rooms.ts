import { computed, signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Api } from '../net/api';
import { nothing } from '../net/api';
import { array, number, object } from '../protocol/decode';
import type { Member, Message, Role, Room } from '../protocol/shapes';
import { isMentioned, member, room as readRoom } from '../protocol/shapes';
import { Tally } from './tally';

export interface NewRoom {
  readonly name: string;
  readonly kind: 'public' | 'private';
  readonly topic?: string;
}

/** A person's counters in a room; `lastSeq` is the newest message that they know of. */
export interface Counters {
  readonly readSeq: number;
  readonly unread: number;
  readonly mentions: number;
  readonly lastSeq?: number;
}

/** The server's word about them. */
export const readCounters = object({ readSeq: number, unread: number, mentions: number }, { lastSeq: number });

const roomList = object({ rooms: array(readRoom) });

/** The rooms one is in, with the counters of the server's making, kept up to date between its words. */
export class Rooms {
  readonly #api: Api;
  readonly #me: string;
  readonly #byId = signal<ReadonlyMap<string, Room>>(new Map());
  readonly #loaded = signal(false);
  readonly #stirs = signal<ReadonlyMap<string, number>>(new Map());
  readonly #tally = new Tally();

  /** Rooms with a name, then people, each by name. */
  readonly groups = computed(() => sort([...this.#byId.value.values()].filter(({ kind }) => kind !== 'direct')));
  readonly directs = computed(() => sort([...this.#byId.value.values()].filter(({ kind }) => kind === 'direct')));
  readonly unread = computed(() =>
    sum(this.#byId.value, (room) => (room.notify === 'all' ? room.unread : room.mentions)),
  );

  /** Of these, what is said to this person: mentions, and what is said to them alone. */
  readonly personal = computed(() =>
    sum(this.#byId.value, (room) => (room.kind === 'direct' && room.notify === 'all' ? room.unread : room.mentions)),
  );

  constructor(api: Api, me: string) {
    this.#api = api;
    this.#me = me;
  }

  get byId(): ReadonlySignal<ReadonlyMap<string, Room>> {
    return this.#byId;
  }

  get loaded(): ReadonlySignal<boolean> {
    return this.#loaded;
  }

  /** Grows for a room whenever who is in it, or as what, has changed; each connection may have missed such a change. */
  get stirs(): ReadonlySignal<ReadonlyMap<string, number>> {
    return this.#stirs;
  }

  /** @param by how many people more there are now */
  stir(roomId: string, by = 0): void {
    this.#stirs.value = new Map(this.#stirs.peek()).set(roomId, (this.#stirs.peek().get(roomId) ?? 0) + 1);
    this.change(roomId, ({ memberCount }) => ({ memberCount: memberCount + by }));
  }

  replace(rooms: readonly Room[]): void {
    this.#tally.clear();
    this.#byId.value = new Map(rooms.map((room) => [room.id, room]));
    this.#loaded.value = true;
    this.#stirs.value = new Map(rooms.map(({ id }) => [id, (this.#stirs.peek().get(id) ?? 0) + 1]));
  }

  /** Takes in what the server says of a room, and counts to it what was heard behind its word. */
  put(room: Room): void {
    this.#set({ ...room, ...this.#tally.counted(room.id, room) });
  }

  /** Takes in counters of the server's, which know of messages up to `lastSeq`. */
  count(roomId: string, { readSeq, unread, mentions, lastSeq }: Counters): void {
    this.change(roomId, (room) => {
      const known = lastSeq ?? room.lastSeq;
      const counted = this.#tally.counted(roomId, { readSeq, unread, mentions, lastSeq: known });
      return { readSeq, ...counted, lastSeq: Math.max(counted.lastSeq, room.lastSeq) };
    });
  }

  drop(roomId: string): void {
    const next = new Map(this.#byId.peek());
    if (next.delete(roomId)) this.#byId.value = next;
  }

  change(roomId: string, change: (room: Room) => Partial<Room>): void {
    const room = this.#byId.peek().get(roomId);
    if (room !== undefined) this.#set({ ...room, ...change(room) });
  }

  /** Counts a message that was heard; one that is known already counts nothing. */
  heard(message: Message): void {
    this.change(message.roomId, (room) => {
      if (message.seq <= room.lastSeq) return {};
      // What is said in a thread counts there.
      const others =
        message.sender.id !== this.#me && message.deletedAt === undefined && message.threadId === undefined;
      const mention = others && isMentioned(message, this.#me);
      this.#tally.heard(room.id, { seq: message.seq, others, mention });
      const counts = others && message.seq > room.readSeq;
      return {
        lastSeq: message.seq,
        unread: room.unread + (counts ? 1 : 0),
        mentions: room.mentions + (counts && mention ? 1 : 0),
      };
    });
  }

  async create(wish: NewRoom): Promise<Room> {
    return this.#keep(await this.#api.call('/api/rooms', readRoom, { method: 'POST', body: wish }));
  }

  /** The room of oneself and these people, one to nine, and nobody else; the same one every time. */
  async direct(userIds: readonly string[]): Promise<Room> {
    const body = userIds.length === 1 ? { userId: userIds[0] } : { userIds };
    return this.#keep(await this.#api.call('/api/rooms/direct', readRoom, { method: 'POST', body }));
  }

  /** Public rooms that one is not in. */
  async find(query: string, signal?: AbortSignal): Promise<Room[]> {
    const { rooms } = await this.#api.call('/api/rooms', roomList, {
      query: { kind: 'public', query: query === '' ? undefined : query, limit: 50 },
      ...(signal === undefined ? {} : { signal }),
    });
    return rooms.filter((room) => room.kind === 'public' && !this.#byId.peek().has(room.id));
  }

  async join(roomId: string): Promise<Room> {
    return this.#keep(
      await this.#api.call(`/api/rooms/${encodeURIComponent(roomId)}/join`, readRoom, { method: 'POST' }),
    );
  }

  async leave(roomId: string): Promise<void> {
    await this.#api.call(`/api/rooms/${encodeURIComponent(roomId)}/leave`, nothing, { method: 'POST' });
    this.drop(roomId);
  }

  async members(roomId: string, signal?: AbortSignal): Promise<Member[]> {
    const { members } = await this.#api.call(
      `/api/rooms/${encodeURIComponent(roomId)}/members`,
      object({ members: array(member) }),
      {
        query: { limit: 500 },
        ...(signal === undefined ? {} : { signal }),
      },
    );
    return members;
  }

  /** Brings somebody in, or gives who is there another role. */
  async admit(roomId: string, userId: string, role: Role = 'member'): Promise<void> {
    await this.#api.call(memberPath(roomId, userId), nothing, { method: 'PUT', body: { role } });
  }

  async expel(roomId: string, userId: string): Promise<void> {
    await this.#api.call(memberPath(roomId, userId), nothing, { method: 'DELETE' });
  }

  #set(room: Room): void {
    this.#byId.value = new Map(this.#byId.peek()).set(room.id, room);
  }

  /** Changes what a room is called or for, or how one wants to be told of it. */
  async alter(roomId: string, change: Partial<Pick<Room, 'name' | 'topic' | 'notify'>>): Promise<void> {
    const path = `/api/rooms/${encodeURIComponent(roomId)}`;
    const changed = await this.#api.call(path, readRoom, { method: 'PATCH', body: change });
    if (this.#byId.peek().has(roomId)) this.put(changed);
  }

  /** Lets a room only be read, or be written in again. */
  async archive(roomId: string, on: boolean): Promise<void> {
    const path = `/api/rooms/${encodeURIComponent(roomId)}/${on ? 'archive' : 'unarchive'}`;
    const changed = await this.#api.call(path, readRoom, { method: 'POST' });
    if (this.#byId.peek().has(roomId)) this.put(changed);
  }

  /** `room_added` may have been faster than the answer; its counters are as good. */
  #keep(room: Room): Room {
    if (!this.#byId.peek().has(room.id)) this.put(room);
    return room;
  }
}

function memberPath(roomId: string, userId: string): string {
  return `/api/rooms/${encodeURIComponent(roomId)}/members/${encodeURIComponent(userId)}`;
}

function sort(rooms: Room[]): Room[] {
  return rooms.sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

function sum(rooms: ReadonlyMap<string, Room>, of: (room: Room) => number): number {
  return [...rooms.values()].reduce((total, room) => total + of(room), 0);
}
