// @vitest-environment node
import { expect, test } from 'vitest';
import { ParleyError } from '../protocol/problem';
import { Desk } from './test-desk';
import { settle } from './test-kit';

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
