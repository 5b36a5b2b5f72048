// @vitest-environment node
import { expect, test } from 'vitest';
import type { Message } from '../protocol/shapes';
import { ParleyError } from '../protocol/problem';
import type { OutboxWorld } from './outbox';
import { Outbox } from './outbox';
import { MemoryBrowser, aMessage, alice, settle } from './test-kit';

/** A server whose every answer the test decides. */
class Desk {
  readonly requests: { event: string; payload: { clientId: string; text: string } }[] = [];
  readonly waits: number[] = [];
  readonly browser = new MemoryBrowser();
  readonly confirmed: Message[] = [];
  now = 1_000;
  answer: (clientId: string) => Promise<unknown> = (clientId) =>
    Promise.resolve({ message: aMessage(this.requests.length, { sender: alice, clientId }) });
  #ids = 0;

  open(): Outbox {
    const world: OutboxWorld = {
      request: (event, payload) => {
        const asked = payload as { clientId: string; text: string };
        this.requests.push({ event, payload: asked });
        return this.answer(asked.clientId);
      },
      store: this.browser.tab(),
      wait: (ms) => {
        this.waits.push(ms);
        return Promise.resolve();
      },
      now: () => this.now,
      newId: () => `id-${++this.#ids}`,
    };
    return new Outbox(world, (message) => this.confirmed.push(message));
  }

  refuse(...errors: ParleyError[]): void {
    const after = this.answer;
    this.answer = (clientId) => {
      const error = errors.shift();
      return error === undefined ? after(clientId) : Promise.reject(error);
    };
  }
}

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

test('two_tabs_send_each_message_once_and_in_order', async () => {
  const desk = new Desk();
  const release: (() => void)[] = [];
  const answered = desk.answer;
  desk.answer = async (clientId) => {
    await new Promise<void>((resolve) => release.push(resolve));
    return answered(clientId);
  };
  const one = desk.open();
  const two = desk.open();

  one.add({ roomId: 'r-1', text: 'first' });
  await settle();
  two.add({ roomId: 'r-1', text: 'second' });
  one.add({ roomId: 'r-1', text: 'third' });
  await settle();
  const shown = [one, two].map((tab) => tab.pending.value.map(({ text }) => text));
  for (let turn = 0; turn < 6; turn++) {
    for (const go of release.splice(0)) go();
    await settle();
  }

  expect(shown).toEqual([
    ['first', 'second', 'third'],
    ['first', 'second', 'third'],
  ]);
  expect(desk.requests.map(({ payload }) => payload.text)).toEqual(['first', 'second', 'third']);
  expect([one.pending.value, two.pending.value, [...desk.browser.rows]]).toEqual([[], [], []]);
});

test('when_the_sending_tab_closes_another_one_goes_on', async () => {
  const desk = new Desk();
  desk.refuse(new ParleyError('offline', 'gone'), new ParleyError('offline', 'gone'));
  const one = desk.open();
  const two = desk.open();
  one.add({ roomId: 'r-1', text: 'orphan' });
  await settle();

  one.close();
  two.resume();
  await settle();

  expect(desk.requests.at(-1)?.payload).toMatchObject({ clientId: 'id-1', text: 'orphan' });
  expect(two.pending.value).toEqual([]);
});

test('what_one_tab_deletes_the_other_does_not_show', async () => {
  const desk = new Desk();
  desk.refuse(new ParleyError('invalid', 'no'));
  const one = desk.open();
  const two = desk.open();
  one.add({ roomId: 'r-1', text: 'bad' });
  await settle();
  const failed = two.pending.value.map(({ state }) => state);

  two.discard('id-1');
  await settle();

  expect(failed).toEqual(['failed']);
  expect(one.pending.value).toEqual([]);
});

const guarded = (members: number): ParleyError =>
  new ParleyError('conflict', 'This calls many people.', {
    details: { confirm: 'mentions', mentionsAll: 'all', members },
  });

test('a_call_to_everybody_asks_first_and_is_sent_with_the_same_id_once_it_is_meant', async () => {
  const desk = new Desk();
  const outbox = desk.open();
  desk.refuse(guarded(42));

  outbox.add({ roomId: 'r-1', text: '@all lunch' });
  outbox.add({ roomId: 'r-1', text: 'another one' });
  await settle();
  expect(outbox.pending.value).toMatchObject([{ text: '@all lunch', state: 'asking', members: 42 }]);
  expect(desk.requests.map(({ payload }) => payload.text)).toEqual(['@all lunch', 'another one']);
  outbox.confirm('id-1');
  await settle();

  expect(desk.requests.at(-1)?.payload).toEqual({
    roomId: 'r-1',
    clientId: 'id-1',
    text: '@all lunch',
    confirmMentions: true,
  });
  expect(outbox.pending.value).toEqual([]);
});

test('the_question_stands_in_every_tab_and_after_a_reload_and_one_answer_is_enough', async () => {
  const desk = new Desk();
  const first = desk.open();
  const other = desk.open();
  desk.refuse(guarded(42));
  first.add({ roomId: 'r-1', text: '@all lunch' });
  await settle();
  expect(other.pending.value).toMatchObject([{ state: 'asking', members: 42 }]);
  first.close();

  const reloaded = desk.open();
  await settle();
  reloaded.confirm('id-1');
  await settle();

  expect(desk.requests).toHaveLength(2);
  expect(other.pending.value).toEqual([]);
});

test('what_was_written_is_given_back_by_who_takes_a_message_back', async () => {
  const desk = new Desk();
  const outbox = desk.open();
  desk.refuse(guarded(42));
  outbox.add({ roomId: 'r-1', text: '@all lunch' });
  await settle();

  expect(outbox.discard('id-1')?.text).toBe('@all lunch');
  outbox.confirm('id-1');
  await settle();

  expect(outbox.pending.value).toEqual([]);
  expect(desk.requests).toHaveLength(1);
});
