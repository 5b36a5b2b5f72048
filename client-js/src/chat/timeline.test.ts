// @vitest-environment node
import { expect, test } from 'vitest';
import { aMessage } from './test-kit';
import { cover, emptyTimeline, gaps, insert, insertPage, isComplete, newestSeq, patch, update } from './timeline';

const seqs = (timeline: { messages: readonly { seq: number }[] }): number[] => timeline.messages.map(({ seq }) => seq);

test('messages_stand_by_their_number_whatever_order_they_come_in', () => {
  const timeline = insert(insert(emptyTimeline, [aMessage(3), aMessage(1)]), [aMessage(2)]);

  expect(seqs(timeline)).toEqual([1, 2, 3]);
});

test('a_message_that_comes_twice_stands_once', () => {
  const timeline = insert(insert(emptyTimeline, [aMessage(1), aMessage(2)]), [aMessage(2), aMessage(1)]);

  expect(seqs(timeline)).toEqual([1, 2]);
});

test('a_clock_that_runs_wrong_changes_no_order', () => {
  const late = aMessage(1, { sentAt: '2030-01-01T00:00:00.000Z' });
  const early = aMessage(2, { sentAt: '2020-01-01T00:00:00.000Z' });

  expect(seqs(insert(emptyTimeline, [early, late]))).toEqual([1, 2]);
});

test('a_page_that_tells_of_an_edit_does_not_bring_back_the_older_text', () => {
  const edited = aMessage(1, { text: 'new', editedAt: '2026-01-01T13:00:00.000Z' });
  const timeline = insert(insert(emptyTimeline, [edited]), [aMessage(1, { text: 'old' })]);

  expect(timeline.messages[0]?.text).toBe('new');
});

test('a_deleted_message_stays_deleted', () => {
  const deleted = aMessage(1, { text: '', deletedAt: '2026-01-01T13:00:00.000Z' });
  const timeline = insert(insert(emptyTimeline, [deleted]), [aMessage(1, { text: 'back again' })]);

  expect(timeline.messages[0]?.text).toBe('');
});

test('a_change_of_a_message_that_is_not_shown_shows_nothing', () => {
  const timeline = update(insert(emptyTimeline, [aMessage(1)]), aMessage(9, { text: 'changed' }));

  expect(seqs(timeline)).toEqual([1]);
});

test('a_reaction_changes_its_message_only', () => {
  const timeline = patch(insert(emptyTimeline, [aMessage(1), aMessage(2)]), 'm-2', {
    reactions: [{ emoji: '👍', userIds: ['u-bob'] }],
  });

  expect(timeline.messages.map(({ reactions }) => reactions.length)).toEqual([0, 1]);
});

test('pages_that_touch_leave_no_gap_and_pages_that_do_not_leave_one', () => {
  const newest = insertPage(emptyTimeline, [aMessage(50), aMessage(51)]);
  const touching = insertPage(newest, [aMessage(48), aMessage(49)]);
  const apart = insertPage(touching, [aMessage(10), aMessage(11)]);

  expect(gaps(touching)).toEqual([]);
  expect(gaps(apart)).toEqual([{ afterSeq: 11, beforeSeq: 48 }]);
});

test('numbers_whose_messages_are_no_more_are_no_gap', () => {
  const timeline = insertPage(emptyTimeline, [aMessage(5), aMessage(9)]);

  expect(gaps(timeline)).toEqual([]);
});

test('a_live_message_behind_a_hole_shows_the_hole', () => {
  const timeline = insertPage(insertPage(emptyTimeline, [aMessage(1), aMessage(2)]), [aMessage(7)]);

  expect(gaps(timeline)).toEqual([{ afterSeq: 2, beforeSeq: 7 }]);
  expect(newestSeq(timeline)).toBe(7);
});

test('a_room_is_complete_once_its_first_message_was_asked_for', () => {
  const part = insertPage(emptyTimeline, [aMessage(3), aMessage(4)]);
  const whole = insertPage(part, [aMessage(1), aMessage(2)], { from: 0, to: 2 });

  expect(isComplete(part)).toBe(false);
  expect(isComplete(whole)).toBe(true);
});

test('an_empty_room_is_complete', () => {
  expect(isComplete(insertPage(emptyTimeline, [], { from: 0, to: 0 }))).toBe(true);
});

test('covered_ranges_melt_into_one_another', () => {
  const timeline = [
    [10, 20],
    [40, 50],
    [21, 39],
    [5, 12],
  ].reduce((known, [from = 0, to = 0]) => cover(known, from, to), emptyTimeline);

  expect(timeline.covered).toEqual([{ from: 5, to: 50 }]);
});
