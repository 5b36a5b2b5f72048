// @vitest-environment node
import { expect, test } from 'vitest';
import { ManualTimers } from './test-kit';
import { TypingOthers, TypingSelf } from './typing';

const room = { roomId: 'r-1' };
const otherRoom = { roomId: 'r-2' };
const thread = { roomId: 'r-1', threadId: 'm-1' };

test('who_does_not_renew_is_gone_after_ten_seconds', () => {
  const timers = new ManualTimers();
  const typing = new TypingOthers(timers);

  typing.heard(room, 'u-bob', true);
  timers.advance(9_999);
  const before = typing.byPlace.value.get('r-1');
  timers.advance(1);

  expect(before).toEqual(['u-bob']);
  expect(typing.byPlace.value.get('r-1')).toBeUndefined();
});

test('a_renewal_starts_the_ten_seconds_anew', () => {
  const timers = new ManualTimers();
  const typing = new TypingOthers(timers);

  typing.heard(room, 'u-bob', true);
  timers.advance(8_000);
  typing.heard(room, 'u-bob', true);
  timers.advance(8_000);

  expect(typing.byPlace.value.get('r-1')).toEqual(['u-bob']);
});

test('a_message_or_a_goodbye_ends_it_at_once', () => {
  const typing = new TypingOthers(new ManualTimers());
  typing.heard(room, 'u-bob', true);
  typing.heard(room, 'u-carol', true);

  typing.stopped(room, 'u-bob');
  typing.heard(room, 'u-carol', false);

  expect(typing.byPlace.value.size).toBe(0);
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
    self.typed(room);
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

  self.typed(room);
  timers.advance(20_000);

  expect(said).toEqual([
    [0, true],
    [5_000, false],
  ]);
});

test('a_goodbye_is_held_back_until_the_server_would_take_it', () => {
  const { timers, said, self } = writer();

  self.typed(room);
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

  self.typed(room);
  self.sent();
  timers.advance(10_000);

  expect(said).toEqual([[0, true]]);
});

test('however_one_types_the_server_is_told_at_most_once_in_three_seconds', () => {
  const { timers, said, self } = writer();

  for (let step = 0; step < 200; step++) {
    if (step % 7 === 0) self.stopped();
    else if (step % 11 === 0) self.sent();
    else self.typed([room, otherRoom, thread][step % 3] ?? room);
    timers.advance(170);
  }

  const distances = said.slice(1).map(([at], index) => at - (said[index]?.[0] ?? 0));
  expect(Math.min(...distances)).toBeGreaterThanOrEqual(3_000);
});

test('who_writes_in_a_thread_does_not_write_in_its_room', () => {
  const typing = new TypingOthers(new ManualTimers());

  typing.heard(thread, 'u-bob', true);
  typing.heard(room, 'u-carol', true);
  typing.stopped(room, 'u-bob');

  expect([...typing.byPlace.value]).toEqual([
    ['m-1', ['u-bob']],
    ['r-1', ['u-carol']],
  ]);
});

test('who_goes_on_in_a_thread_is_told_there_as_soon_as_the_server_takes_it', () => {
  const timers = new ManualTimers();
  const start = timers.now();
  const said: [number, unknown, boolean][] = [];
  const self = new TypingSelf(timers, (place, on) => said.push([timers.now() - start, place, on]));

  self.typed(room);
  self.stopped();
  for (let second = 0; second < 4; second++) {
    timers.advance(1_000);
    self.typed(thread);
  }
  timers.advance(5_000);

  expect(said).toEqual([
    [0, room, true],
    [3_000, thread, true],
    [9_000, thread, false],
  ]);
});
