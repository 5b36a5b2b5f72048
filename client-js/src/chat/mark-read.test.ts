// @vitest-environment node
import { expect, test } from 'vitest';
import type { Api } from '../net/api';
import { ParleyError } from '../protocol/problem';
import type { ThreadPlace } from '../protocol/shapes';
import { ReadMarks } from './mark-read';
import { Rooms } from './rooms';
import { aRoom, alice } from './test-kit';
import { Threads } from './threads';

const aPlace = (threadId: string, more: Partial<ThreadPlace> = {}): ThreadPlace => ({
  threadId,
  roomId: 'r-1',
  following: true,
  readSeq: 2,
  unread: 1,
  mentions: 0,
  lastSeq: 6,
  ...more,
});

function world(...answers: (ParleyError | 'read')[]) {
  const rooms = new Rooms({} as unknown as Api, alice.id);
  rooms.replace([
    aRoom({ id: 'r-1', unread: 2, mentions: 1, lastSeq: 9, readSeq: 7 }),
    aRoom({ id: 'r-2', unread: 0, lastSeq: 5, readSeq: 5 }),
    aRoom({ id: 'r-3', unread: 1, lastSeq: 4, readSeq: 3 }),
  ]);
  const asked: unknown[] = [];
  const waited: number[] = [];
  const finished: string[] = [];
  const request = (event: string, payload: unknown): Promise<unknown> => {
    asked.push([event, payload]);
    const answer = answers.shift() ?? 'read';
    if (answer !== 'read') return Promise.reject(answer);
    const { seq, threadId } = payload as { seq: number; threadId?: string };
    const counters = { readSeq: seq, unread: 0, mentions: 0, lastSeq: seq };
    return Promise.resolve(threadId === undefined ? counters : { place: aPlace(threadId, counters) });
  };
  const threads = new Threads({ api: {} as unknown as Api, me: alice.id, request });
  const marks = new ReadMarks({
    rooms,
    threads,
    request,
    wait: (ms) => {
      waited.push(ms);
      return Promise.resolve();
    },
    finished: (id) => finished.push(id),
  });
  return { rooms, threads, asked, waited, finished, marks };
}

test('only_what_is_unread_is_marked_up_to_its_newest_message', async () => {
  const { rooms, asked, marks } = world();

  await marks.all();

  expect(asked).toEqual([
    ['read_mark', { roomId: 'r-1', seq: 9 }],
    ['read_mark', { roomId: 'r-3', seq: 4 }],
  ]);
  expect(rooms.unread.peek()).toBe(0);
});

test('everything_is_also_what_was_said_in_the_threads_that_one_follows', async () => {
  const { threads, asked, finished, marks } = world();
  threads.put(aPlace('t-1'));
  threads.put(aPlace('t-2', { unread: 0 }));
  threads.put(aPlace('t-3', { following: false }));

  await marks.all();

  expect(asked.slice(2)).toEqual([['thread_read', { threadId: 't-1', seq: 6 }]]);
  expect(threads.unread.peek()).toBe(0);
  expect(finished).toEqual(['r-1', 'r-2', 'r-3', 't-1', 't-2']);
});

test('a_room_is_marked_without_its_threads_and_a_thread_without_its_room', async () => {
  const { rooms, threads, asked, marks } = world();
  threads.put(aPlace('t-1'));

  await marks.thread('t-1');
  await marks.thread('nobody-has-heard-of-it');
  const unreadInTheRoom = rooms.byId.peek().get('r-1')?.unread;
  threads.put(aPlace('t-1'));
  await marks.room('r-1');

  expect(unreadInTheRoom).toBe(2);
  expect(threads.unread.peek()).toBe(1);
  expect(asked).toEqual([
    ['thread_read', { threadId: 't-1', seq: 6 }],
    ['read_mark', { roomId: 'r-1', seq: 9 }],
  ]);
});

test('a_server_that_asks_for_patience_gets_it_and_a_room_that_is_gone_is_passed_over', async () => {
  const slow = new ParleyError('rate_limited', 'Slowly.', { retryAfterMs: 700 });
  const { rooms, asked, waited, marks } = world(slow, slow, 'read', new ParleyError('not_found', 'Gone.'));

  await marks.all();

  expect([asked.length, waited]).toEqual([4, [700, 700]]);
  expect(rooms.byId.peek().get('r-1')?.unread).toBe(0);
});

test('what_cannot_be_marked_is_said_and_stays_unread', async () => {
  const { rooms, marks } = world(new ParleyError('offline', 'No line.'));

  await expect(marks.all()).rejects.toThrow('No line.');

  expect(rooms.unread.peek()).toBe(3);
});
