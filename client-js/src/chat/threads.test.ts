// @vitest-environment node
import { expect, test } from 'vitest';
import type { Api } from '../net/api';
import type { Message, ThreadPlace } from '../protocol/shapes';
import { aMessage, aRoom, alice, settle } from './test-kit';
import { Threads } from './threads';

function aPlace(more: Partial<ThreadPlace> = {}): ThreadPlace {
  return {
    threadId: 'm-1',
    roomId: 'r-1',
    following: true,
    readSeq: 1,
    unread: 0,
    mentions: 0,
    lastSeq: 1,
    ...more,
  };
}

const reply = (seq: number, more: Partial<Message> = {}): Message => aMessage(seq, { threadId: 'm-1', ...more });

/** A server that knows some threads; answers come when the test lets them. */
class Server {
  readonly asked: string[] = [];
  places: ThreadPlace[] = [];
  more = false;
  held: (() => void)[] | null = null;
  readonly threads = new Threads({
    me: alice.id,
    api: {
      call: (path: string, read: (value: unknown) => unknown, { query }: { query: { before?: string } }) =>
        this.#answer(path, read, query.before),
    } as unknown as Api,
    request: (event, payload) => {
      this.asked.push(`${event} ${JSON.stringify(payload)}`);
      return Promise.resolve({ place: aPlace({ readSeq: 9, lastSeq: 9 }) });
    },
  });

  #answer(path: string, read: (value: unknown) => unknown, before?: string): Promise<unknown> {
    this.asked.push(path);
    const threads = before === undefined ? this.places.slice(0, 1) : this.places.slice(1);
    const rootOf = (place: ThreadPlace): Message =>
      aMessage(1, { id: place.threadId, thread: { replies: 1, lastSeq: 2, lastReplyAt: '2026-01-01T12:00:00.000Z' } });
    const answer = path.endsWith('/thread')
      ? { root: aMessage(1), place: this.places[0], messages: [] }
      : { threads: threads.map((place) => ({ root: rootOf(place), place })), more: this.more && before === undefined };
    const said = JSON.stringify(answer);
    return new Promise((resolve) => {
      const give = (): void => resolve(read(JSON.parse(said)));
      if (this.held === null) give();
      else this.held.push(give);
    });
  }
}

test('replies_of_others_count_in_followed_threads_and_ones_own_do_not', async () => {
  const { threads, ...server } = withPlaces(aPlace());
  await threads.replace([aRoom()]);

  threads.heard(reply(2));
  threads.heard(reply(3, { mentions: [alice.id] }));
  threads.heard(reply(3, { mentions: [alice.id] }));
  threads.heard(reply(4, { sender: alice }));
  threads.heard(aMessage(5));

  expect(threads.places.value.get('m-1')).toMatchObject({ unread: 2, mentions: 1 });
  expect(threads.unread.value).toBe(2);
  expect(server.asked).toEqual(['/api/threads']);
});

test('the_servers_count_is_taken_with_what_was_heard_behind_it', async () => {
  const { threads } = withPlaces(aPlace());
  await threads.replace([aRoom()]);
  threads.heard(reply(2));
  threads.heard(reply(3));

  threads.put(aPlace({ readSeq: 2, unread: 0, lastSeq: 2 }));

  expect(threads.places.value.get('m-1')).toMatchObject({ readSeq: 2, unread: 1 });
});

test('an_answer_that_was_overtaken_by_the_servers_own_word_changes_nothing', async () => {
  const server = withPlaces(aPlace({ unread: 3, lastSeq: 4 }));
  server.held = [];
  const replaced = server.threads.replace([aRoom()]);

  server.threads.put(aPlace({ readSeq: 4, unread: 0, lastSeq: 4 }));
  server.held[0]!();
  await replaced;

  expect(server.threads.unread.value).toBe(0);
});

test('as_many_pages_are_asked_for_as_hold_something_unread', async () => {
  const server = withPlaces(aPlace({ unread: 1 }), aPlace({ threadId: 'm-old', unread: 2 }));
  server.more = true;

  await server.threads.replace([aRoom({ threadUnread: 1 })]);
  expect(server.asked).toHaveLength(1);
  await server.threads.replace([aRoom({ threadUnread: 3 })]);

  expect(server.asked).toHaveLength(3);
  expect(server.threads.unread.value).toBe(3);
});

test('a_thread_that_is_not_among_those_is_asked_for_when_something_is_said_in_it', async () => {
  const server = withPlaces(aPlace({ threadId: 'm-new' }));
  server.more = true;
  await server.threads.replace([aRoom()]);
  server.places = [aPlace({ unread: 1, lastSeq: 2 })];

  server.threads.heard(reply(2));
  await settle();

  expect(server.asked).toEqual(['/api/threads', '/api/messages/m-1/thread']);
  expect(server.threads.unread.value).toBe(1);
});

test('threads_of_a_room_that_is_gone_and_threads_one_has_enough_of_count_nothing', async () => {
  const { threads } = withPlaces(aPlace({ unread: 2 }));
  await threads.replace([aRoom({ threadUnread: 2 })]);

  threads.put(aPlace({ unread: 2, following: false }));
  expect(threads.unread.value).toBe(0);
  threads.put(aPlace({ unread: 2 }));
  threads.drop('r-1');

  expect(threads.places.value.size).toBe(0);
});

test('what_a_reconnection_no_longer_finds_is_no_longer_followed', async () => {
  const server = withPlaces(aPlace({ unread: 2 }));
  await server.threads.replace([aRoom()]);
  server.places = [];

  await server.threads.replace([aRoom()]);

  expect(server.threads.follows('m-1')).toBe(false);
});

test('reading_and_following_take_the_servers_answer', async () => {
  const { threads, asked } = withPlaces(aPlace({ unread: 2 }));

  await threads.read('m-1', 9);
  await threads.follow('m-1', true);

  expect(asked).toEqual(['thread_read {"threadId":"m-1","seq":9}', 'thread_follow {"threadId":"m-1","on":true}']);
  expect(threads.places.value.get('m-1')).toMatchObject({ readSeq: 9, unread: 0 });
});

function withPlaces(...places: ThreadPlace[]): Server {
  const server = new Server();
  server.places = places;
  return server;
}
