import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Api } from '../net/api';
import type { Connection } from '../net/connection';
import type { ServerEvents } from '../protocol/events';
import type { Limits, Message, Room, User } from '../protocol/shapes';
import { Changes } from './changes';
import { Conversation } from './conversation';
import { Drafts } from './drafts';
import { ReadMarks } from './mark-read';
import { Missed } from './missed';
import { Outbox } from './outbox';
import type { OutboxStore } from './outbox-store';
import { People } from './people';
import { Rooms } from './rooms';
import { Pins, loadPins } from './pins';
import { roomSource, threadSource } from './source';
import { Threads } from './threads';
import type { Found } from './search';
import { search } from './search';
import type { Timers } from './typing';
import { TypingOthers, TypingSelf } from './typing';

/** The line as chat uses it. */
export type ChatLine = Pick<Connection, 'request' | 'whisper' | 'hear'>;

const mostConversations = 30;

/** All that one signed-in person says and hears. Made at sign-in, closed at sign-out. */
export class Chat {
  readonly me: User;
  readonly people: People;
  readonly rooms: Rooms;
  readonly threads: Threads;
  readonly changes: Changes;
  readonly marks: ReadMarks;
  readonly pins: Pins;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly typing: TypingOthers;
  readonly writing: TypingSelf;
  readonly #line: ChatLine;
  readonly #api: Api;
  readonly #missed: Missed;
  readonly #limits = signal<Limits>({});
  readonly #conversations = new Map<string, Conversation>();
  readonly #listeners = new Set<(message: Message) => void>();
  readonly #removed: ((roomName: string) => void)[] = [];
  readonly #stops: (() => void)[] = [];

  constructor(me: User, line: ChatLine, api: Api, storage: Storage, store: OutboxStore, timers: Timers) {
    this.me = me;
    const wait = (ms: number): Promise<void> => new Promise((resolve) => timers.after(ms, () => resolve()));
    this.#line = line;
    this.#api = api;
    this.people = new People(api);
    this.people.learn([me]);
    this.rooms = new Rooms(api, me.id);
    this.threads = new Threads({ api, me: me.id, request: (event, payload) => line.request(event, payload) });
    this.marks = new ReadMarks({
      rooms: this.rooms,
      threads: this.threads,
      request: (event, payload) => line.request(event, payload),
      wait,
      finished: (id) => this.#conversations.get(id)?.finished(),
    });
    this.pins = new Pins(loadPins(api));
    this.changes = new Changes({
      api,
      request: (event, payload) => line.request(event, payload),
      heard: (message) => this.#changed(message),
    });
    this.drafts = new Drafts({
      storage,
      userId: me.id,
      api,
      timers,
      request: (event, payload) => line.request(event, payload),
    });
    this.typing = new TypingOthers(timers);
    this.writing = new TypingSelf(timers, ({ roomId, threadId }, on) =>
      line.whisper('typing', { roomId, ...(threadId === undefined ? {} : { threadId }), on }),
    );
    this.outbox = new Outbox(
      {
        request: (event, payload) => line.request(event, payload),
        store,
        wait,
        now: () => timers.now(),
        newId: () => crypto.randomUUID(),
      },
      (message) => this.#heard(message),
    );
    this.#missed = new Missed({
      request: (event, payload) => line.request(event, payload),
      room: (room) => this.rooms.put(room),
      removed: (roomId) => this.#leave(roomId),
    });
    this.#listen();
  }

  get limits(): ReadonlySignal<Limits> {
    return this.#limits;
  }

  /** The conversation of a room or of a thread in it; the same object as long as it is remembered. */
  conversation(roomId: string, threadId?: string): Conversation {
    const key = threadId ?? roomId;
    const known = this.#conversations.get(key);
    this.#conversations.delete(key);
    const conversation = known ?? this.#begin(roomId, threadId);
    this.#conversations.set(key, conversation);
    for (const oldest of this.#conversations.keys()) {
      if (this.#conversations.size <= mostConversations) break;
      this.#conversations.delete(oldest);
    }
    return conversation;
  }

  #begin(roomId: string, threadId: string | undefined): Conversation {
    const request = (event: string, payload: unknown): Promise<unknown> => this.#line.request(event, payload);
    const sources = { api: this.#api, rooms: this.rooms, threads: this.threads, request };
    return new Conversation(
      threadId === undefined ? roomSource(roomId, sources) : threadSource(roomId, threadId, sources),
      {
        me: this.me.id,
        seen: (messages) => this.#seen(messages),
        missed: (conversation) => void this.#missed.ask([conversation]),
      },
    );
  }

  /** The conversations of a room that are on this page: its own, and those of its threads. */
  #in(roomId: string): Conversation[] {
    return [...this.#conversations.values()].filter((conversation) => conversation.roomId === roomId);
  }

  /** Searches what one may read. */
  async search(words: string, cursor?: string, signal?: AbortSignal): Promise<Found> {
    const found = await search(this.#api, words, cursor, signal);
    this.people.learn(found.messages.map(({ sender }) => sender));
    return found;
  }

  /** Says something. It is on screen when this returns; the outbox brings it to the server. */
  say({ roomId, threadId }: Pick<Conversation, 'roomId' | 'threadId'>, text: string, replyTo?: string): void {
    this.writing.sent();
    this.outbox.add({
      roomId,
      text,
      ...(threadId === undefined ? {} : { threadId }),
      ...(replyTo === undefined ? {} : { replyTo }),
    });
  }

  /** A message that is not said: its text goes back to where one writes, before what stands there by now. */
  takeBack(clientId: string): void {
    const pending = this.outbox.discard(clientId);
    if (pending === undefined || pending.text === '') return;
    const text = [pending.text, this.drafts.get(pending)].filter((one) => one !== '').join('\n');
    this.drafts.set(pending, text, pending.replyTo);
  }

  /** Calls back for every message of somebody else that arrives live. */
  onMessage(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back with the name of a room that one was taken out of. */
  onRemoved(listener: (roomName: string) => void): void {
    this.#removed.push(listener);
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.outbox.close();
    this.drafts.close();
    this.pins.close();
    this.typing.clear();
    this.writing.sent();
  }

  #listen(): void {
    const line = this.#line;
    this.#stops.push(
      line.hear('session', ({ rooms, limits }) => {
        this.#limits.value = limits;
        this.typing.clear();
        this.rooms.replace(rooms);
        void this.threads.replace(rooms).catch(() => undefined);
        void this.drafts.catchUp().catch(() => undefined);
        this.people.learn(rooms.flatMap(peopleOf));
        this.pins.reload();
        void this.#catchUp();
        this.outbox.resume();
      }),
      line.hear('message', ({ message }) => this.#heard(message)),
      line.hear('message_updated', ({ message }) => this.#changed(message)),
      line.hear('message_deleted', ({ message }) => this.#changed(message)),
      line.hear('reaction', ({ roomId, messageId, reactions }) => {
        for (const conversation of this.#in(roomId)) conversation.patched(messageId, { reactions });
      }),
      line.hear('thread_updated', ({ roomId, threadId, thread }) => {
        for (const conversation of this.#in(roomId)) conversation.patched(threadId, { thread });
      }),
      line.hear('thread_followed', ({ threadId }) => void this.threads.followed(threadId)),
      line.hear('thread_place', (place) => this.threads.put(place)),
      line.hear('read', (read) => this.#read(read)),
      line.hear('draft', (draft) => this.drafts.heard(draft)),
      line.hear('typing', ({ userId, on, ...place }) => {
        if (userId !== this.me.id) this.typing.heard(place, userId, on);
      }),
      line.hear('room_added', ({ room }) => {
        this.rooms.put(room);
        this.people.learn(peopleOf(room));
      }),
      line.hear('room_updated', ({ room }) => this.rooms.put(room)),
      line.hear('room_removed', ({ roomId }) => this.#leave(roomId)),
      line.hear('member_joined', ({ roomId, user }) => {
        this.people.learn([user]);
        // Who comes in is told the room as it is with them.
        this.rooms.stir(roomId, user.id === this.me.id ? 0 : 1);
      }),
      line.hear('member_left', ({ roomId, user }) => this.rooms.stir(roomId, user.id === this.me.id ? 0 : -1)),
      line.hear('member_updated', ({ roomId }) => this.rooms.stir(roomId)),
    );
  }

  #heard(message: Message): void {
    this.people.learn([message.sender]);
    this.typing.stopped(message, message.sender.id);
    const isNews = message.seq > (this.rooms.byId.peek().get(message.roomId)?.lastSeq ?? 0);
    for (const conversation of this.#in(message.roomId)) conversation.heard(message);
    this.rooms.heard(message);
    this.threads.heard(message);
    if (message.sender.id === this.me.id) this.outbox.settle([message.clientId]);
    else if (isNews) for (const listener of this.#listeners) listener(message);
  }

  #changed(message: Message): void {
    for (const conversation of this.#in(message.roomId)) conversation.changed(message);
    this.pins.changed(message);
  }

  #seen(messages: readonly Message[]): void {
    this.people.learn(messages.map(({ sender }) => sender));
    this.outbox.settle(messages.filter(({ sender }) => sender.id === this.me.id).map(({ clientId }) => clientId));
  }

  /** The room is not this person's any more, by whoever's will. */
  #leave(roomId: string): void {
    const name = this.rooms.byId.peek().get(roomId)?.name;
    this.rooms.drop(roomId);
    this.threads.drop(roomId);
    for (const [key, conversation] of this.#conversations) {
      if (conversation.roomId === roomId) this.#conversations.delete(key);
    }
    if (name !== undefined) for (const listener of this.#removed) listener(name);
  }

  #read({ roomId, userId, seq, unread, mentions, lastSeq }: ServerEvents['read']): void {
    if (userId !== this.me.id) return;
    if (unread === undefined || mentions === undefined) {
      this.rooms.change(roomId, (room) =>
        seq >= room.lastSeq ? { readSeq: seq, unread: 0, mentions: 0 } : { readSeq: seq },
      );
    } else {
      this.rooms.count(roomId, { readSeq: seq, unread, mentions, ...(lastSeq === undefined ? {} : { lastSeq }) });
    }
  }

  /** After every connection: what was said meanwhile, for each conversation that is on this page. */
  async #catchUp(): Promise<void> {
    for (const [key, { roomId }] of this.#conversations) {
      if (!this.rooms.byId.peek().has(roomId)) this.#conversations.delete(key);
    }
    const open = [...this.#conversations.values()].filter((conversation) => conversation.isLoaded);
    if (open.length > 0) await this.#missed.ask(open);
  }
}

/** Whom a direct room is with. */
function peopleOf({ peer, peers = [] }: Room): readonly User[] {
  return peer === undefined ? peers : [peer];
}
