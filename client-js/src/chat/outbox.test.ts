// @vitest-environment node
import { expect, test } from 'vitest';
import { ParleyError } from '../protocol/problem';
import { Desk } from './test-desk';
import { settle } from './test-kit';

test('a_message_is_shown_at_once_and_gone_from_the_outbox_once_confirmed', async () => {
  const desk = new Desk();
  const outbox = desk.open();

  outbox.add({ roomId: 'r-1', text: 'hello' });
  const shown = outbox.pending.value.map(({ text, state }) => [text, state]);
  await settle();

  expect(shown).toEqual([['hello', 'sending']]);
  expect(outbox.pending.value).toEqual([]);
  expect(desk.confirmed.map(({ clientId }) => clientId)).toEqual(['id-1']);
});

test('messages_of_a_room_leave_one_after_the_other', async () => {
  const desk = new Desk();
  let release: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (release = resolve));
  const after = desk.answer;
  desk.answer = async (clientId) => {
    if (clientId === 'id-1') await first;
    return after(clientId);
  };
  const outbox = desk.open();

  outbox.add({ roomId: 'r-1', text: 'one' });
  outbox.add({ roomId: 'r-1', text: 'two' });
  await settle();
  const asked = desk.requests.length;
  release();
  await settle();

  expect(asked).toBe(1);
  expect(desk.requests.map(({ payload }) => payload.text)).toEqual(['one', 'two']);
});

test('without_a_connection_a_message_waits_and_goes_out_when_it_is_back', async () => {
  const desk = new Desk();
  desk.refuse(new ParleyError('offline', 'gone'));
  const outbox = desk.open();

  outbox.add({ roomId: 'r-1', text: 'hello' });
  await settle();
  const state = outbox.pending.value[0]?.state;
  outbox.resume();
  await settle();

  expect(state).toBe('waiting');
  expect(desk.requests.map(({ payload }) => payload.clientId)).toEqual(['id-1', 'id-1']);
  expect(outbox.pending.value).toEqual([]);
});

test('what_was_not_confirmed_survives_a_reload_and_is_sent_with_the_same_id', async () => {
  const desk = new Desk();
  desk.refuse(new ParleyError('offline', 'gone'));
  const before = desk.open();
  before.add({ roomId: 'r-1', text: 'hello', replyTo: 'm-7' });
  await settle();
  before.close();

  const after = desk.open();
  await settle();
  after.resume();
  await settle();

  expect(desk.requests.at(-1)?.payload).toEqual({ roomId: 'r-1', clientId: 'id-1', text: 'hello', replyTo: 'm-7' });
  expect(desk.browser.rows.size).toBe(0);
});

test('a_limit_is_waited_out_as_long_as_the_server_says', async () => {
  const desk = new Desk();
  desk.refuse(new ParleyError('rate_limited', 'slow', { retryAfterMs: 4_200 }));
  const outbox = desk.open();

  outbox.add({ roomId: 'r-1', text: 'hello' });
  await settle();

  expect(desk.waits).toEqual([4_200]);
  expect(outbox.pending.value).toEqual([]);
});

test('a_passing_trouble_is_tried_three_times_and_then_left_to_the_person', async () => {
  const desk = new Desk();
  desk.refuse(...[1, 2, 3].map(() => new ParleyError('internal', 'Something broke.')));
  const outbox = desk.open();

  outbox.add({ roomId: 'r-1', text: 'hello' });
  await settle();

  expect(desk.requests).toHaveLength(3);
  expect(outbox.pending.value[0]).toMatchObject({ state: 'failed', problem: 'Something broke.' });
});

test('a_refused_message_stays_with_its_reason_and_the_next_one_goes_on', async () => {
  const desk = new Desk();
  desk.refuse(new ParleyError('invalid', 'Too long.'));
  const outbox = desk.open();

  outbox.add({ roomId: 'r-1', text: 'bad' });
  outbox.add({ roomId: 'r-1', text: 'good' });
  await settle();

  expect(outbox.pending.value.map(({ text, state }) => [text, state])).toEqual([['bad', 'failed']]);
  expect(desk.confirmed).toHaveLength(1);
});

test('a_retry_keeps_the_id_and_a_discarded_message_is_not_sent', async () => {
  const desk = new Desk();
  desk.refuse(new ParleyError('invalid', 'no'), new ParleyError('invalid', 'no'));
  const outbox = desk.open();
  outbox.add({ roomId: 'r-1', text: 'again' });
  outbox.add({ roomId: 'r-1', text: 'never' });
  await settle();

  outbox.discard('id-2');
  outbox.retry('id-1');
  await settle();

  expect(desk.requests.map(({ payload }) => payload.clientId)).toEqual(['id-1', 'id-2', 'id-1']);
  expect(outbox.pending.value).toEqual([]);
});

test('after_a_day_the_id_has_no_meaning_any_more_and_a_person_decides', async () => {
  const desk = new Desk();
  desk.refuse(new ParleyError('offline', 'gone'));
  const before = desk.open();
  before.add({ roomId: 'r-1', text: 'old' });
  await settle();
  before.close();
  desk.now += 25 * 3_600_000;

  const outbox = desk.open();
  await settle();
  outbox.resume();
  await settle();
  const state = outbox.pending.value[0]?.state;
  outbox.retry('id-1');
  await settle();

  expect(state).toBe('failed');
  expect(desk.requests.map(({ payload }) => payload.clientId)).toEqual(['id-1', 'id-2']);
});

test('a_message_that_was_heard_back_before_its_answer_is_settled_once', async () => {
  const desk = new Desk();
  let release: () => void = () => undefined;
  const answered = desk.answer;
  desk.answer = async (clientId) => {
    await new Promise<void>((resolve) => (release = resolve));
    return answered(clientId);
  };
  const outbox = desk.open();
  outbox.add({ roomId: 'r-1', text: 'hello' });
  await settle();

  outbox.settle(['id-1']);
  release();
  await settle();

  expect(outbox.pending.value).toEqual([]);
  expect(desk.requests).toHaveLength(1);
});

test('the_outbox_has_an_end', () => {
  const desk = new Desk();
  desk.answer = () => new Promise(() => undefined);
  const outbox = desk.open();
  for (let index = 0; index < 200; index++) outbox.add({ roomId: 'r-1', text: `${index}` });

  expect(() => outbox.add({ roomId: 'r-1', text: 'one too many' })).toThrow('200');
});

test('a_server_that_cannot_store_is_asked_until_it_can', async () => {
  const desk = new Desk();
  desk.refuse(
    ...Array.from({ length: 8 }, () => new ParleyError('unavailable', 'no database', { retryAfterMs: 2_000 })),
  );
  const outbox = desk.open();

  outbox.add({ roomId: 'r-1', text: 'hello' });
  outbox.add({ roomId: 'r-1', text: 'after it' });
  await settle();

  expect(desk.requests.map(({ payload }) => payload.clientId)).toEqual([...Array<string>(9).fill('id-1'), 'id-2']);
  expect(Math.min(...desk.waits)).toBe(2_000);
  expect(outbox.pending.value).toEqual([]);
});
