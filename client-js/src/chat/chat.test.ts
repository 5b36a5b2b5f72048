// @vitest-environment node
import { expect, test } from 'vitest';
import type { ServerEvent, ServerEvents } from '../protocol/events';
import { ParleyError } from '../protocol/problem';
import type { Message, Room } from '../protocol/shapes';
import type { Api } from '../net/api';
import { Chat } from './chat';
import { ManualTimers, MemoryBrowser, MemoryStorage, aMessage, aRoom, alice, bob, settle } from './test-kit';
import { gaps } from './timeline';

/** A server that holds one room in memory; the test speaks for it. */
class Server {
  readonly said: Message[] = [];
  readonly requests: { event: string; payload: unknown }[] = [];
  readonly timers = new ManualTimers();
  syncLimit = 200;
  failSync: ParleyError | null = null;
  readonly #listeners = new Map<string, ((payload: never) => void)[]>();

  readonly chat = new Chat(
    alice,
    {
      request: <T>(event: string, payload: unknown) => {
        this.requests.push({ event, payload });
        return this.#answer(event, payload) as Promise<T>;
      },
      whisper: () => undefined,
      hear: (event, listener) => {
        this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
        return () => undefined;
      },
    },
    {
      call: (path: string, read: (value: unknown) => unknown, call: { query?: Record<string, number> }) =>
        this.#rest(path, read, call),
    } as unknown as Api,
    new MemoryStorage() as unknown as Storage,
    new MemoryBrowser().tab(),
    this.timers,
  );

  tell<E extends ServerEvent>(event: E, payload: ServerEvents[E]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload as never);
  }

  connect(room: Partial<Room> = {}): void {
    this.tell('session', {
      user: alice,
      sessionId: 's',
      rooms: [aRoom({ lastSeq: this.said.length, readSeq: this.said.length, ...room })],
      presence: [],
      calls: [],
      limits: {},
    });
  }

  say(count: number, live = false, more: Partial<Message> = {}): void {
    for (let index = 0; index < count; index++) {
      const message = aMessage(this.said.length + 1, more);
      this.said.push(message);
      if (live) this.tell('message', { message });
    }
  }

  #answer(event: string, payload: unknown): Promise<unknown> {
    if (event === 'read_mark') {
      return Promise.resolve({ readSeq: (payload as { seq: number }).seq, unread: 0, mentions: 0 });
    }
    if (event !== 'sync') return Promise.reject(new ParleyError('not_found', event));
    if (this.failSync !== null) return Promise.reject(this.failSync);
    const { rooms } = payload as { rooms: { roomId: string; afterSeq: number }[] };
    return Promise.resolve({
      rooms: rooms.map(({ roomId, afterSeq }) => {
        const missed = this.said.filter(({ seq }) => seq > afterSeq);
        return { roomId, messages: missed.slice(0, this.syncLimit), updated: [], more: missed.length > this.syncLimit };
      }),
    });
  }

  #thread(threadId: string, { beforeSeq, afterSeq, limit = 50 }: Record<string, number>): unknown {
    const all = this.said
      .filter((message) => message.threadId === threadId)
      .filter(({ seq }) => seq < (beforeSeq ?? Infinity) && seq > (afterSeq ?? 0));
    const messages = afterSeq === undefined ? all.slice(-limit) : all.slice(0, limit);
    const place = { threadId, roomId: 'r-1', following: true, readSeq: 0, unread: 0, mentions: 0, lastSeq: 0 };
    return { root: this.said[0], place, messages, more: all.length > messages.length };
  }

  #rest(
    path: string,
    read: (value: unknown) => unknown,
    { query = {} }: { query?: Record<string, number> },
  ): Promise<unknown> {
    if (path === '/api/threads') return Promise.resolve(read({ threads: [] }));
    if (path.endsWith('/thread')) return Promise.resolve(read(this.#thread(path.split('/')[3] ?? '', query)));
    if (!path.endsWith('/messages')) return Promise.reject(new ParleyError('not_found', path));
    const { beforeSeq, afterSeq, limit = 50 } = query;
    const all = this.said.filter(({ seq }) => (beforeSeq === undefined || seq < beforeSeq) && seq > (afterSeq ?? 0));
    const messages = afterSeq === undefined ? all.slice(-limit) : all.slice(0, limit);
    return Promise.resolve(read({ messages, more: all.length > messages.length }));
  }
}

async function openThread(server: Server): Promise<ReturnType<Chat['conversation']>> {
  const thread = server.chat.conversation('r-1', 'm-1');
  thread.open();
  await settle();
  return thread;
}

const seqsOf = (conversation: ReturnType<Chat['conversation']>): number[] =>
  conversation.timeline.value.messages.map(({ seq }) => seq);

async function open(server: Server): Promise<ReturnType<Chat['conversation']>> {
  server.connect();
  const conversation = server.chat.conversation('r-1');
  conversation.open();
  await settle();
  return conversation;
}

test('what_was_said_while_the_line_was_down_is_there_after_the_reconnection', async () => {
  const server = new Server();
  server.say(3);
  const conversation = await open(server);

  server.say(5);
  server.connect();
  await settle();

  expect(conversation.timeline.value.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(gaps(conversation.timeline.value)).toEqual([]);
});

test('a_message_between_snapshot_and_answer_leaves_neither_hole_nor_twin', async () => {
  const server = new Server();
  server.say(3);
  const conversation = await open(server);

  server.say(2);
  server.connect();
  server.say(1, true);
  await settle();

  expect(conversation.timeline.value.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(gaps(conversation.timeline.value)).toEqual([]);
});

test('more_than_one_answer_holds_becomes_a_gap_that_is_shown_and_can_be_filled', async () => {
  const server = new Server();
  server.syncLimit = 10;
  server.say(3);
  const conversation = await open(server);

  server.say(100);
  server.connect();
  await settle();
  const [gap] = gaps(conversation.timeline.value);
  const newest = conversation.timeline.value.messages.at(-1)?.seq;
  await conversation.fill(gap!);

  expect(gap).toEqual({ afterSeq: 13, beforeSeq: 54 });
  expect(newest).toBe(103);
  expect(gaps(conversation.timeline.value)).toEqual([]);
  expect(conversation.timeline.value.messages).toHaveLength(103);
});

test('when_sync_is_refused_the_newest_page_comes_the_other_way', async () => {
  const server = new Server();
  server.say(3);
  const conversation = await open(server);

  server.failSync = new ParleyError('rate_limited', 'slow');
  server.say(2);
  server.connect();
  await settle();

  expect(conversation.timeline.value.messages.at(-1)?.seq).toBe(5);
  expect(conversation.loading.value).toBeNull();
});

test('older_messages_come_page_by_page_until_the_first', async () => {
  const server = new Server();
  server.say(120);
  const conversation = await open(server);

  await conversation.loadOlder();
  await conversation.loadOlder();
  await conversation.loadOlder();

  expect(conversation.timeline.value.messages).toHaveLength(120);
  expect(gaps(conversation.timeline.value)).toEqual([]);
});

test('messages_of_others_count_as_unread_and_as_mentions_once', async () => {
  const server = new Server();
  server.connect();
  const message = aMessage(1, { mentions: [alice.id] });

  server.tell('message', { message });
  server.tell('message', { message });
  server.tell('message', { message: aMessage(2, { sender: alice }) });
  await settle();

  expect(server.chat.rooms.byId.value.get('r-1')).toMatchObject({ unread: 1, mentions: 1, lastSeq: 2 });
});

test('reading_clears_the_counters_and_tells_the_server_once', async () => {
  const server = new Server();
  server.say(2);
  const conversation = await open(server);
  server.say(1, true);

  await conversation.markRead(3);
  await conversation.markRead(3);

  expect(server.chat.rooms.byId.value.get('r-1')).toMatchObject({ unread: 0, readSeq: 3 });
  expect(server.requests.filter(({ event }) => event === 'read_mark')).toHaveLength(1);
});

test('reading_on_another_device_clears_the_counters_here', () => {
  const server = new Server();
  server.connect({ unread: 4, mentions: 1, lastSeq: 9, readSeq: 5 });

  server.tell('read', { roomId: 'r-1', userId: bob.id, seq: 9 });
  const before = server.chat.rooms.byId.value.get('r-1')?.unread;
  server.tell('read', { roomId: 'r-1', userId: alice.id, seq: 9, unread: 0, mentions: 0 });

  expect(before).toBe(4);
  expect(server.chat.rooms.byId.value.get('r-1')).toMatchObject({ unread: 0, mentions: 0, readSeq: 9 });
});

test('a_message_of_somebody_ends_their_typing', () => {
  const server = new Server();
  server.connect();
  server.tell('typing', { roomId: 'r-1', userId: bob.id, on: true });

  server.say(1, true);

  expect(server.chat.typing.byPlace.value.size).toBe(0);
});

test('a_room_that_was_taken_away_is_gone_and_named', () => {
  const server = new Server();
  const named: string[] = [];
  server.chat.onRemoved((name) => named.push(name));
  server.connect({ name: 'garden' });

  server.tell('room_removed', { roomId: 'r-1' });

  expect(named).toEqual(['garden']);
  expect(server.chat.rooms.byId.value.size).toBe(0);
});

test('what_the_server_counted_before_it_knew_of_a_message_is_added_to', () => {
  const server = new Server();
  server.connect({ lastSeq: 0 });
  server.say(2, true);

  server.tell('read', { roomId: 'r-1', userId: alice.id, seq: 1, unread: 0, mentions: 0, lastSeq: 1 });

  expect(server.chat.rooms.byId.value.get('r-1')).toMatchObject({ readSeq: 1, unread: 1, lastSeq: 2 });
});

test('a_reply_in_a_thread_does_not_make_its_room_unread', () => {
  const server = new Server();
  server.connect();

  server.tell('message', { message: aMessage(1, { threadId: 'm-0', mentions: [alice.id] }) });

  expect(server.chat.rooms.byId.value.get('r-1')).toMatchObject({ unread: 0, mentions: 0, lastSeq: 1 });
});

const inThread = { threadId: 'm-1' };

test('a_thread_holds_the_message_that_began_it_and_its_replies_also_those_that_come_live', async () => {
  const server = new Server();
  server.say(2);
  server.say(2, false, inThread);
  await open(server);
  const thread = await openThread(server);

  server.say(1, true);
  server.say(1, true, inThread);

  expect(seqsOf(thread)).toEqual([1, 3, 4, 6]);
  expect(gaps(thread.timeline.value)).toEqual([]);
  expect(server.requests).toEqual([]);
});

test('one_question_brings_what_a_room_and_its_thread_have_missed', async () => {
  const server = new Server();
  server.say(2);
  const room = await open(server);
  const thread = await openThread(server);

  server.say(2, false, inThread);
  server.say(1);
  server.connect();
  await settle();

  expect(server.requests).toEqual([
    { event: 'sync', payload: { rooms: [{ roomId: 'r-1', afterSeq: 2 }], limit: 200 } },
  ]);
  expect(seqsOf(room)).toEqual([1, 2, 3, 4, 5]);
  expect(seqsOf(thread)).toEqual([1, 3, 4]);
  expect(gaps(thread.timeline.value)).toEqual([]);
});

test('older_replies_are_fetched_into_the_hole_between_the_first_message_and_the_newest_ones', async () => {
  const server = new Server();
  server.say(1);
  server.say(120, false, inThread);
  await open(server);
  const thread = await openThread(server);
  expect(gaps(thread.timeline.value)).toEqual([{ afterSeq: 1, beforeSeq: 72 }]);

  await thread.loadOlder();

  expect(seqsOf(thread)).toHaveLength(121);
  expect(gaps(thread.timeline.value)).toEqual([]);
});

test('a_reply_is_found_far_up_in_its_thread', async () => {
  const server = new Server();
  server.say(1);
  server.say(200, false, inThread);
  await open(server);
  const thread = await openThread(server);

  await thread.goTo(60);

  expect(thread.target.value).toEqual({ seq: 60 });
  expect(seqsOf(thread)).toContain(60);
});

test('a_gap_of_what_was_missed_is_seen_in_the_thread_too', async () => {
  const server = new Server();
  server.syncLimit = 10;
  server.say(1);
  await open(server);
  const thread = await openThread(server);

  server.say(200, false, inThread);
  server.connect();
  await settle();

  expect(gaps(thread.timeline.value)).toEqual([{ afterSeq: 11, beforeSeq: 152 }]);
  await thread.fill({ afterSeq: 11, beforeSeq: 152 });
  await thread.fill(gaps(thread.timeline.value)[0]!);
  expect(gaps(thread.timeline.value)).toEqual([]);
  expect(seqsOf(thread)).toHaveLength(201);
});

test('what_is_said_of_a_thread_stands_at_the_message_that_began_it_in_both_places', async () => {
  const server = new Server();
  server.say(2);
  const room = await open(server);
  const thread = await openThread(server);

  server.tell('thread_updated', { roomId: 'r-1', threadId: 'm-1', thread: { replies: 4, lastSeq: 9 } });
  server.tell('reaction', { roomId: 'r-1', messageId: 'm-1', reactions: [{ emoji: '👍', userIds: [bob.id] }] });

  for (const { timeline } of [room, thread]) {
    expect(timeline.value.messages[0]).toMatchObject({ thread: { replies: 4 }, reactions: [{ emoji: '👍' }] });
  }
});

test('a_room_that_is_left_takes_its_threads_with_it', async () => {
  const server = new Server();
  server.say(1);
  await open(server);
  const thread = await openThread(server);
  expect(server.chat.threads.follows('m-1')).toBe(true);

  server.tell('room_removed', { roomId: 'r-1' });

  expect(server.chat.conversation('r-1', 'm-1')).not.toBe(thread);
  expect(server.chat.threads.follows('m-1')).toBe(false);
});
