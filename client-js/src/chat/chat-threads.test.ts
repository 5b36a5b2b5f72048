// @vitest-environment node
import { expect, test } from 'vitest';
import { bob, settle } from './test-kit';
import { Server, open, openThread, seqsOf } from './test-server';
import { gaps } from './timeline';

const inThread = { threadId: 'm-1' };

test('a_thread_holds_the_message_that_began_it_and_its_replies_also_those_that_come_live', async () => {
  const server = new Server();
  server.say(2);
  server.say(2, false, inThread);
  await open(server);
  const thread = await openThread(server);

  server.say(1, true);
  server.say(1, true, inThread);

  expect(seqsOf(thread)).toEqual([1, 3, 4, 6]);
  expect(gaps(thread.timeline.value)).toEqual([]);
  expect(server.requests).toEqual([]);
});

test('one_question_brings_what_a_room_and_its_thread_have_missed', async () => {
  const server = new Server();
  server.say(2);
  const room = await open(server);
  const thread = await openThread(server);

  server.say(2, false, inThread);
  server.say(1);
  server.connect();
  await settle();

  expect(server.requests).toEqual([
    { event: 'sync', payload: { rooms: [{ roomId: 'r-1', afterSeq: 2 }], limit: 200 } },
  ]);
  expect(seqsOf(room)).toEqual([1, 2, 3, 4, 5]);
  expect(seqsOf(thread)).toEqual([1, 3, 4]);
  expect(gaps(thread.timeline.value)).toEqual([]);
});

test('older_replies_are_fetched_into_the_hole_between_the_first_message_and_the_newest_ones', async () => {
  const server = new Server();
  server.say(1);
  server.say(120, false, inThread);
  await open(server);
  const thread = await openThread(server);
  expect(gaps(thread.timeline.value)).toEqual([{ afterSeq: 1, beforeSeq: 72 }]);

  await thread.loadOlder();

  expect(seqsOf(thread)).toHaveLength(121);
  expect(gaps(thread.timeline.value)).toEqual([]);
});

test('a_reply_is_found_far_up_in_its_thread', async () => {
  const server = new Server();
  server.say(1);
  server.say(200, false, inThread);
  await open(server);
  const thread = await openThread(server);

  await thread.goTo(60);

  expect(thread.target.value).toEqual({ seq: 60 });
  expect(seqsOf(thread)).toContain(60);
});

test('a_gap_of_what_was_missed_is_seen_in_the_thread_too', async () => {
  const server = new Server();
  server.syncLimit = 10;
  server.say(1);
  await open(server);
  const thread = await openThread(server);

  server.say(200, false, inThread);
  server.connect();
  await settle();

  expect(gaps(thread.timeline.value)).toEqual([{ afterSeq: 11, beforeSeq: 152 }]);
  await thread.fill({ afterSeq: 11, beforeSeq: 152 });
  await thread.fill(gaps(thread.timeline.value)[0]!);
  expect(gaps(thread.timeline.value)).toEqual([]);
  expect(seqsOf(thread)).toHaveLength(201);
});

test('what_is_said_of_a_thread_stands_at_the_message_that_began_it_in_both_places', async () => {
  const server = new Server();
  server.say(2);
  const room = await open(server);
  const thread = await openThread(server);

  server.tell('thread_updated', { roomId: 'r-1', threadId: 'm-1', thread: { replies: 4, lastSeq: 9 } });
  server.tell('reaction', { roomId: 'r-1', messageId: 'm-1', reactions: [{ emoji: '👍', userIds: [bob.id] }] });

  for (const { timeline } of [room, thread]) {
    expect(timeline.value.messages[0]).toMatchObject({ thread: { replies: 4 }, reactions: [{ emoji: '👍' }] });
  }
});

test('a_room_that_is_left_takes_its_threads_with_it', async () => {
  const server = new Server();
  server.say(1);
  await open(server);
  const thread = await openThread(server);
  expect(server.chat.threads.follows('m-1')).toBe(true);

  server.tell('room_removed', { roomId: 'r-1' });

  expect(server.chat.conversation('r-1', 'm-1')).not.toBe(thread);
  expect(server.chat.threads.follows('m-1')).toBe(false);
});
