// @vitest-environment node
import { expect, test } from 'vitest';
import { MalformedError, array, number, object, oneOf, otherwise, string } from './decode';
import { errorFromAck, errorFromProblem } from './problem';
import { message, room, session } from './shapes';

test('the_place_of_what_is_wrong_is_named', () => {
  const read = object({ rooms: array(object({ id: string })) });

  expect(() => read({ rooms: [{ id: 'a' }, { id: 7 }] })).toThrow(new MalformedError('rooms[1].id', 'a string'));
});

test('fields_that_nobody_knows_are_dropped_and_null_is_absent', () => {
  expect(object({ a: number }, { b: string })({ a: 1, b: null, c: 'new' })).toEqual({ a: 1 });
});

test('a_word_from_the_future_reads_as_its_fallback', () => {
  expect(oneOf(['a', 'b'], 'b')('z')).toBe('b');
  expect(() => oneOf(['a', 'b'])('z')).toThrow(MalformedError);
  expect(otherwise(number, 0)('x')).toBe(0);
});

test('a_room_and_a_message_with_the_least_that_they_can_have_are_read', () => {
  expect(room({ id: 'r', kind: 'public', name: 'x' })).toMatchObject({ unread: 0, notify: 'all' });
  expect(
    message({
      id: 'm',
      roomId: 'r',
      seq: 1,
      sender: { id: 'u', username: 'u', displayName: 'U' },
      kind: 'poll',
      sentAt: '2026-01-01T00:00:00.000Z',
    }),
  ).toMatchObject({ kind: 'system', text: '', reactions: [] });
});

test('a_session_of_nonsense_is_refused', () => {
  for (const value of [null, 7, 'x', [], {}, { user: {}, sessionId: 's', rooms: [] }, { user: null }]) {
    expect(() => session(value)).toThrow(MalformedError);
  }
});

test('errors_of_acks_and_problems_speak_one_catalogue', () => {
  expect(errorFromAck({ code: 'rate_limited', message: 'slow', retryAfterMs: 5 })).toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 5,
  });
  expect(errorFromAck({ code: 'brand_new', message: 'x' }).code).toBe('internal');
  expect(errorFromAck('nonsense').code).toBe('internal');
  expect(errorFromProblem(404, '<html>').code).toBe('not_found');
  expect(errorFromProblem(503, undefined).code).toBe('unavailable');
});
