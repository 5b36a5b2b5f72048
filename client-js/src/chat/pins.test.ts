// @vitest-environment node
import { expect, test } from 'vitest';
import { ParleyError } from '../protocol/problem';
import type { Message } from '../protocol/shapes';
import { Pins } from './pins';
import { aMessage, settle } from './test-kit';

const pinned = (seq: number, minute: number, more: Partial<Message> = {}): Message =>
  aMessage(seq, { pinnedAt: new Date(Date.UTC(2026, 0, 2, 12, minute)).toISOString(), ...more });

/** A server whose every answer the test gives. */
class Server {
  readonly asked: { roomId: string; answer: (messages: Message[]) => void; fail: (error: Error) => void }[] = [];
  readonly pins = new Pins((roomId) => new Promise((answer, fail) => this.asked.push({ roomId, answer, fail })));
}

const seqs = (messages: readonly Message[] | null | undefined): number[] | null =>
  messages?.map(({ seq }) => seq) ?? null;

test('what_is_pinned_and_let_go_elsewhere_comes_and_goes_at_once', async () => {
  const server = new Server();
  const list = server.pins.open('r-1');
  server.asked[0]?.answer([pinned(3, 30), pinned(7, 10)]);
  await settle();

  server.pins.changed(pinned(5, 20));
  const between = seqs(list.messages.value);
  server.pins.changed(aMessage(3));
  server.pins.changed(pinned(9, 40, { roomId: 'r-2' }));
  server.pins.changed(aMessage(1));

  expect(between).toEqual([3, 5, 7]);
  expect(seqs(list.messages.value)).toEqual([5, 7]);
});

test('an_edit_stays_in_its_place_and_a_deletion_goes', async () => {
  const server = new Server();
  const list = server.pins.open('r-1');
  server.asked[0]?.answer([pinned(3, 30), pinned(7, 10)]);
  await settle();

  server.pins.changed(pinned(7, 10, { text: 'said better' }));
  server.pins.changed(pinned(3, 30, { deletedAt: '2026-01-02T13:00:00.000Z' }));

  expect(list.messages.value).toMatchObject([{ seq: 7, text: 'said better' }]);
});

test('an_answer_that_is_older_than_what_was_heard_undoes_nothing', async () => {
  const server = new Server();
  const list = server.pins.open('r-1');

  server.pins.changed(pinned(5, 20));
  server.pins.changed(aMessage(7));
  const before = list.messages.value;
  server.asked[0]?.answer([pinned(7, 10)]);
  await settle();

  expect(before).toBeNull();
  expect(seqs(list.messages.value)).toEqual([5]);
});

test('a_new_connection_asks_again_and_only_its_answer_counts', async () => {
  const server = new Server();
  const list = server.pins.open('r-1');
  server.asked[0]?.answer([pinned(7, 10)]);
  await settle();

  server.pins.reload();
  server.pins.reload();
  server.asked[2]?.answer([pinned(9, 10)]);
  await settle();
  server.asked[1]?.answer([]);
  await settle();

  expect(seqs(list.messages.value)).toEqual([9]);
});

test('why_they_are_not_known_is_said_until_they_are', async () => {
  const server = new Server();
  const list = server.pins.open('r-1');
  server.asked[0]?.fail(new ParleyError('unavailable', 'Not now.'));
  await settle();
  const problem = list.problem.value;

  server.pins.reload();
  server.asked[1]?.answer([]);
  await settle();

  expect(problem).toBe('Not now.');
  expect([list.problem.value, list.messages.value]).toEqual([null, []]);
});

test('a_list_that_was_closed_hears_nothing_more', async () => {
  const server = new Server();
  const list = server.pins.open('r-1');
  list.close();

  server.asked[0]?.answer([pinned(7, 10)]);
  await settle();
  server.pins.changed(pinned(5, 20));
  server.pins.reload();

  expect(list.messages.value).toBeNull();
  expect(server.asked).toHaveLength(1);
});
