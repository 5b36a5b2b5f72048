// @vitest-environment node
import { expect, test } from 'vitest';
import { ParleyError } from '../protocol/problem';
import { settle } from './test-kit';
import { Server, open } from './test-server';
import { gaps } from './timeline';

test('what_was_said_while_the_line_was_down_is_there_after_the_reconnection', async () => {
  const server = new Server();
  server.say(3);
  const conversation = await open(server);

  server.say(5);
  server.connect();
  await settle();

  expect(conversation.timeline.value.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(gaps(conversation.timeline.value)).toEqual([]);
});

test('a_message_between_snapshot_and_answer_leaves_neither_hole_nor_twin', async () => {
  const server = new Server();
  server.say(3);
  const conversation = await open(server);

  server.say(2);
  server.connect();
  server.say(1, true);
  await settle();

  expect(conversation.timeline.value.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(gaps(conversation.timeline.value)).toEqual([]);
});

test('more_than_one_answer_holds_becomes_a_gap_that_is_shown_and_can_be_filled', async () => {
  const server = new Server();
  server.syncLimit = 10;
  server.say(3);
  const conversation = await open(server);

  server.say(100);
  server.connect();
  await settle();
  const [gap] = gaps(conversation.timeline.value);
  const newest = conversation.timeline.value.messages.at(-1)?.seq;
  await conversation.fill(gap!);

  expect(gap).toEqual({ afterSeq: 13, beforeSeq: 54 });
  expect(newest).toBe(103);
  expect(gaps(conversation.timeline.value)).toEqual([]);
  expect(conversation.timeline.value.messages).toHaveLength(103);
});

test('when_sync_is_refused_the_newest_page_comes_the_other_way', async () => {
  const server = new Server();
  server.say(3);
  const conversation = await open(server);

  server.failSync = new ParleyError('rate_limited', 'slow');
  server.say(2);
  server.connect();
  await settle();

  expect(conversation.timeline.value.messages.at(-1)?.seq).toBe(5);
  expect(conversation.loading.value).toBeNull();
});
