// @vitest-environment node
import { expect, test } from 'vitest';
import { ManualTimers } from './test-kit';
import { TypingOthers, TypingSelf } from './typing';

test('who_does_not_renew_is_gone_after_ten_seconds', () => {
  const timers = new ManualTimers();
  const typing = new TypingOthers(timers);

  typing.heard('r-1', 'u-bob', true);
  timers.advance(9_999);
  const before = typing.byRoom.value.get('r-1');
  timers.advance(1);

  expect(before).toEqual(['u-bob']);
  expect(typing.byRoom.value.get('r-1')).toBeUndefined();
});

test('a_renewal_starts_the_ten_seconds_anew', () => {
  const timers = new ManualTimers();
  const typing = new TypingOthers(timers);

  typing.heard('r-1', 'u-bob', true);
  timers.advance(8_000);
  typing.heard('r-1', 'u-bob', true);
  timers.advance(8_000);

  expect(typing.byRoom.value.get('r-1')).toEqual(['u-bob']);
});

test('a_message_or_a_goodbye_ends_it_at_once', () => {
  const typing = new TypingOthers(new ManualTimers());
  typing.heard('r-1', 'u-bob', true);
  typing.heard('r-1', 'u-carol', true);

  typing.stopped('r-1', 'u-bob');
  typing.heard('r-1', 'u-carol', false);

  expect(typing.byRoom.value.size).toBe(0);
});

function writer(): { timers: ManualTimers; said: [number, boolean][]; self: TypingSelf } {
  const timers = new ManualTimers();
  const start = timers.now();
  const said: [number, boolean][] = [];
  const self = new TypingSelf(timers, (_, on) => said.push([timers.now() - start, on]));
  return { timers, said, self };
}

test('writing_is_told_at_the_start_and_every_five_seconds', () => {
  const { timers, said, self } = writer();

  for (let second = 0; second < 12; second++) {
    self.typed('r-1');
    timers.advance(1_000);
  }

  expect(said).toEqual([
    [0, true],
    [5_000, true],
    [10_000, true],
  ]);
});

test('five_seconds_of_silence_end_it', () => {
  const { timers, said, self } = writer();

  self.typed('r-1');
  timers.advance(20_000);

  expect(said).toEqual([
    [0, true],
    [5_000, false],
  ]);
});

test('a_goodbye_is_held_back_until_the_server_would_take_it', () => {
  const { timers, said, self } = writer();

  self.typed('r-1');
  timers.advance(500);
  self.stopped();
  timers.advance(10_000);

  expect(said).toEqual([
    [0, true],
    [3_000, false],
  ]);
});

test('a_sent_message_needs_no_goodbye', () => {
  const { timers, said, self } = writer();

  self.typed('r-1');
  self.sent();
  timers.advance(10_000);

  expect(said).toEqual([[0, true]]);
});

test('however_one_types_the_server_is_told_at_most_once_in_three_seconds', () => {
  const { timers, said, self } = writer();

  for (let step = 0; step < 200; step++) {
    if (step % 7 === 0) self.stopped();
    else if (step % 11 === 0) self.sent();
    else self.typed(step % 2 === 0 ? 'r-1' : 'r-2');
    timers.advance(170);
  }

  const distances = said.slice(1).map(([at], index) => at - (said[index]?.[0] ?? 0));
  expect(Math.min(...distances)).toBeGreaterThanOrEqual(3_000);
});
