// @vitest-environment node
import { expect, test } from 'vitest';
import type { Room } from '../protocol/shapes';
import { ManualTimers, aMessage, aRoom, alice } from '../chat/test-kit';
import type { Notice } from './notifier';
import { Notifier, elsewhereMs } from './notifier';
import type { NotifyChoice } from './settings';
import { quietAtFirst } from './settings';

/** A desk at which everything is as the test says. */
class Desk {
  readonly timers = new ManualTimers();
  readonly shown: Notice[] = [];
  readonly closed: string[] = [];
  choice: NotifyChoice = { ...quietAtFirst, desktop: true };
  room: Room = aRoom();
  thread: { readSeq: number } | undefined = undefined;
  lead = true;
  screen = '';
  here = true;
  dnd = false;
  sounds = 0;
  readonly notifier = new Notifier(
    {
      choice: () => this.choice,
      room: () => this.room,
      thread: () => this.thread,
      isLead: () => this.lead,
      isShown: (roomId) => this.screen === roomId,
      isHere: () => this.here,
      doesNotWantToBeDisturbed: () => this.dnd,
      after: (ms, then) => this.timers.after(ms, then),
      show: (notice) => {
        this.shown.push(notice);
        return () => this.closed.push(notice.tag);
      },
      play: () => this.sounds++,
    },
    alice,
  );
}

test('a_message_to_somebody_who_is_here_but_looks_elsewhere_is_told_at_once', () => {
  const desk = new Desk();

  desk.notifier.heard(aMessage(1, { text: 'lunch?' }));

  expect(desk.shown).toEqual([{ title: 'Bob in room', body: 'lunch?', tag: 'room-r-1', roomId: 'r-1', seq: 1 }]);
  expect(desk.sounds).toBe(1);
});

test('what_is_on_screen_is_not_told_nor_what_another_tab_tells_nor_anything_to_who_wants_quiet', () => {
  const desk = new Desk();

  desk.screen = 'r-1';
  desk.notifier.heard(aMessage(1));
  desk.screen = '';
  desk.lead = false;
  desk.notifier.heard(aMessage(2));
  desk.lead = true;
  desk.dnd = true;
  desk.notifier.heard(aMessage(3, { mentions: [alice.id] }));

  expect([desk.shown, desk.sounds]).toEqual([[], 0]);
});

test('a_device_that_is_not_in_use_waits_and_what_is_read_meanwhile_is_not_told', () => {
  const desk = new Desk();
  desk.here = false;

  desk.notifier.heard(aMessage(1));
  desk.timers.advance(elsewhereMs - 1);
  desk.notifier.read('r-1', 1);
  desk.timers.advance(elsewhereMs);
  desk.notifier.heard(aMessage(2));
  desk.timers.advance(elsewhereMs);

  expect(desk.shown.map(({ seq }) => seq)).toEqual([2]);
});

test('a_notification_goes_when_its_message_was_read_elsewhere', () => {
  const desk = new Desk();
  desk.notifier.heard(aMessage(5));

  desk.notifier.read('r-1', 4);
  const early = [...desk.closed];
  desk.notifier.read('r-1', 5);

  expect([early, desk.closed]).toEqual([[], ['room-r-1']]);
});

test('each_room_has_its_level_and_keywords_count_like_mentions', () => {
  const desk = new Desk();
  desk.choice = { ...desk.choice, keywords: ['Timber'] };
  desk.room = aRoom({ notify: 'mentions' });

  desk.notifier.heard(aMessage(1, { text: 'nothing special' }));
  desk.notifier.heard(aMessage(2, { text: 'the timber, it came' }));
  desk.notifier.heard(aMessage(3, { text: 'timberland' }));
  desk.notifier.heard(aMessage(4, { mentions: [alice.id] }));
  desk.room = aRoom({ notify: 'none' });
  desk.notifier.heard(aMessage(5, { mentions: [alice.id] }));

  expect(desk.shown.map(({ seq }) => seq)).toEqual([2, 4]);
});

test('a_notification_says_no_more_than_it_may', () => {
  const desk = new Desk();
  const message = aMessage(1, { text: '<img src=x onerror=alert(1)>' });

  for (const content of ['full', 'sender', 'none'] as const) {
    desk.choice = { ...desk.choice, content };
    desk.notifier.heard(message);
  }

  expect(desk.shown.map(({ title, body }) => [title, body])).toEqual([
    ['Bob in room', '<img src=x onerror=alert(1)>'],
    ['Bob in room', ''],
    ['New message', ''],
  ]);
});

test('a_reply_in_a_thread_is_told_to_who_follows_it_and_a_mention_there_to_everybody', () => {
  const desk = new Desk();

  desk.notifier.heard(aMessage(1, { threadId: 'm-0' }));
  desk.notifier.heard(aMessage(2, { threadId: 'm-0', mentions: [alice.id] }));
  desk.thread = { readSeq: 2 };
  desk.notifier.heard(aMessage(3, { threadId: 'm-0' }));

  expect(desk.shown.map(({ seq, tag }) => [seq, tag])).toEqual([
    [2, 'room-m-0'],
    [3, 'room-m-0'],
  ]);
});

test('reading_the_room_takes_no_word_of_a_thread_away_and_reading_the_thread_does', () => {
  const desk = new Desk();
  desk.thread = { readSeq: 0 };
  desk.notifier.heard(aMessage(5, { threadId: 'm-0' }));

  desk.notifier.read('r-1', 5);
  expect(desk.closed).toEqual([]);
  desk.notifier.read('m-0', 5);

  expect(desk.closed).toEqual(['room-m-0']);
});

test('everybody_called_together_counts_as_a_mention', () => {
  const desk = new Desk();
  desk.room = aRoom({ notify: 'mentions' });

  desk.notifier.heard(aMessage(1));
  desk.notifier.heard(aMessage(2, { mentionsAll: 'all' }));

  expect(desk.shown.map(({ seq }) => seq)).toEqual([2]);
});
