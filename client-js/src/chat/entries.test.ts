// @vitest-environment node
import { expect, test } from 'vitest';
import { layOut } from './entries';
import type { Pending } from './pending';
import { aMessage, alice, bob } from './test-kit';
import { emptyTimeline, insertPage } from './timeline';

const pending = (clientId: string): Pending => ({
  clientId,
  roomId: 'r-1',
  text: 'on its way',
  createdAt: Date.UTC(2026, 0, 1, 12, 1),
  state: 'sending',
});

test('a_bubble_keeps_its_key_and_its_place_from_sending_to_sent', () => {
  const before = insertPage(emptyTimeline, [aMessage(1), aMessage(2)]);
  const after = insertPage(before, [aMessage(3, { sender: alice, clientId: 'mine' })]);

  const sending = layOut(before, [pending('mine')], alice.id, null);
  const both = layOut(after, [pending('mine')], alice.id, null);
  const sent = layOut(after, [], alice.id, null);

  expect(sending.map(({ key }) => key)).toEqual(sent.map(({ key }) => key));
  expect(both.map(({ key }) => key)).toEqual(sent.map(({ key }) => key));
});

test('somebody_elses_client_id_hides_nothing_of_mine', () => {
  const timeline = insertPage(emptyTimeline, [aMessage(1, { clientId: 'same' })]);

  const entries = layOut(timeline, [pending('same')], alice.id, null);

  expect(entries.filter(({ type }) => type === 'pending')).toHaveLength(1);
});

test('messages_of_one_person_within_five_minutes_stand_under_one_name', () => {
  const timeline = insertPage(emptyTimeline, [
    aMessage(1),
    aMessage(2),
    aMessage(3, { sender: alice }),
    aMessage(4, { sender: alice, sentAt: '2026-01-01T12:10:00.000Z' }),
  ]);

  const opens = layOut(timeline, [], alice.id, null).flatMap((entry) =>
    entry.type === 'message' ? [entry.opens] : [],
  );

  expect(opens).toEqual([true, false, true, true]);
});

test('days_are_separated', () => {
  const timeline = insertPage(emptyTimeline, [aMessage(1), aMessage(2, { sentAt: '2026-01-03T12:00:00.000Z' })]);

  expect(layOut(timeline, [], alice.id, null).map(({ type }) => type)).toEqual(['day', 'message', 'day', 'message']);
});

test('the_unread_line_stands_before_the_first_unread_message_of_others', () => {
  const timeline = insertPage(emptyTimeline, [
    aMessage(1),
    aMessage(2, { sender: alice }),
    aMessage(3, { sender: bob }),
    aMessage(4),
  ]);

  const types = layOut(timeline, [], alice.id, 1).map(({ type }) => type);

  expect(types).toEqual(['day', 'message', 'message', 'unread', 'message', 'message']);
});

test('a_gap_stands_where_the_hole_is', () => {
  const timeline = insertPage(insertPage(emptyTimeline, [aMessage(1)]), [aMessage(9)]);

  const types = layOut(timeline, [], alice.id, null).map(({ type }) => type);

  expect(types).toEqual(['day', 'message', 'gap', 'message']);
});

test('what_is_said_in_a_thread_stands_in_the_thread_and_not_in_the_room', () => {
  const room = insertPage(emptyTimeline, [
    aMessage(1),
    aMessage(2, { threadId: 'm-1' }),
    aMessage(3),
    aMessage(4, { threadId: 'm-1' }),
  ]);
  const thread = insertPage(emptyTimeline, [
    aMessage(1),
    aMessage(2, { threadId: 'm-1' }),
    aMessage(4, { threadId: 'm-1' }),
  ]);
  const shown = (entries: ReturnType<typeof layOut>): unknown[] =>
    entries.map((entry) => (entry.type === 'message' ? entry.message.seq : entry.type));

  expect(shown(layOut(room, [], alice.id, null))).toEqual(['day', 1, 3]);
  expect(shown(layOut(thread, [], alice.id, null, 'm-1'))).toEqual(['day', 1, 'replies', 2, 4]);
});

test('a_hole_is_shown_also_when_nothing_that_stands_here_follows_it', () => {
  const first = insertPage(emptyTimeline, [aMessage(1)]);
  const timeline = insertPage(insertPage(first, [aMessage(5, { threadId: 'm-1' })]), [
    aMessage(9, { threadId: 'm-1' }),
  ]);

  const entries = layOut(timeline, [], alice.id, null);

  expect(entries.map(({ key }) => key)).toEqual(['day-2026-1-1', 'm-1', 'gap-1', 'gap-5']);
});
