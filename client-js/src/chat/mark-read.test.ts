// @vitest-environment node
import { expect, test } from 'vitest';
import type { Api } from '../net/api';
import { ParleyError } from '../protocol/problem';
import { markRead } from './mark-read';
import { Rooms } from './rooms';
import { aRoom, alice } from './test-kit';

function world(...answers: (ParleyError | 'read')[]) {
  const rooms = new Rooms({} as unknown as Api, alice.id);
  rooms.replace([
    aRoom({ id: 'r-1', unread: 2, mentions: 1, lastSeq: 9, readSeq: 7 }),
    aRoom({ id: 'r-2', unread: 0, lastSeq: 5, readSeq: 5 }),
    aRoom({ id: 'r-3', unread: 1, lastSeq: 4, readSeq: 3 }),
  ]);
  const asked: unknown[] = [];
  const waited: number[] = [];
  const mark = () =>
    markRead(
      {
        rooms,
        request: (event, payload) => {
          asked.push([event, payload]);
          const answer = answers.shift() ?? 'read';
          const { seq } = payload as { seq: number };
          return answer === 'read'
            ? Promise.resolve({ readSeq: seq, unread: 0, mentions: 0, lastSeq: seq })
            : Promise.reject(answer);
        },
        wait: (ms) => {
          waited.push(ms);
          return Promise.resolve();
        },
      },
      [...rooms.byId.peek().values()],
    );
  return { rooms, asked, waited, mark };
}

test('only_what_is_unread_is_marked_up_to_its_newest_message', async () => {
  const { rooms, asked, mark } = world();

  await mark();

  expect(asked).toEqual([
    ['read_mark', { roomId: 'r-1', seq: 9 }],
    ['read_mark', { roomId: 'r-3', seq: 4 }],
  ]);
  expect(rooms.unread.peek()).toBe(0);
});

test('a_server_that_asks_for_patience_gets_it_and_a_room_that_is_gone_is_passed_over', async () => {
  const slow = new ParleyError('rate_limited', 'Slowly.', { retryAfterMs: 700 });
  const { rooms, asked, waited, mark } = world(slow, slow, 'read', new ParleyError('not_found', 'Gone.'));

  await mark();

  expect([asked.length, waited]).toEqual([4, [700, 700]]);
  expect(rooms.byId.peek().get('r-1')?.unread).toBe(0);
});

test('what_cannot_be_marked_is_said_and_stays_unread', async () => {
  const { rooms, mark } = world(new ParleyError('offline', 'No line.'));

  await expect(mark()).rejects.toThrow('No line.');

  expect(rooms.unread.peek()).toBe(3);
});
