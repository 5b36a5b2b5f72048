// @vitest-environment node
import { expect, test } from 'vitest';
import { aMessage, alice, bob, settle } from './test-kit';
import { Server, open } from './test-server';
import { gaps } from './timeline';

test('older_messages_come_page_by_page_until_the_first', async () => {
  const server = new Server();
  server.say(120);
  const conversation = await open(server);

  await conversation.loadOlder();
  await conversation.loadOlder();
  await conversation.loadOlder();

  expect(conversation.timeline.value.messages).toHaveLength(120);
  expect(gaps(conversation.timeline.value)).toEqual([]);
});

test('messages_of_others_count_as_unread_and_as_mentions_once', async () => {
  const server = new Server();
  server.connect();
  const message = aMessage(1, { mentions: [alice.id] });

  server.tell('message', { message });
  server.tell('message', { message });
  server.tell('message', { message: aMessage(2, { sender: alice }) });
  await settle();

  expect(server.chat.rooms.byId.value.get('r-1')).toMatchObject({ unread: 1, mentions: 1, lastSeq: 2 });
});

test('reading_clears_the_counters_and_tells_the_server_once', async () => {
  const server = new Server();
  server.say(2);
  const conversation = await open(server);
  server.say(1, true);

  await conversation.markRead(3);
  await conversation.markRead(3);

  expect(server.chat.rooms.byId.value.get('r-1')).toMatchObject({ unread: 0, readSeq: 3 });
  expect(server.requests.filter(({ event }) => event === 'read_mark')).toHaveLength(1);
});

test('reading_on_another_device_clears_the_counters_here', () => {
  const server = new Server();
  server.connect({ unread: 4, mentions: 1, lastSeq: 9, readSeq: 5 });

  server.tell('read', { roomId: 'r-1', userId: bob.id, seq: 9 });
  const before = server.chat.rooms.byId.value.get('r-1')?.unread;
  server.tell('read', { roomId: 'r-1', userId: alice.id, seq: 9, unread: 0, mentions: 0 });

  expect(before).toBe(4);
  expect(server.chat.rooms.byId.value.get('r-1')).toMatchObject({ unread: 0, mentions: 0, readSeq: 9 });
});

test('a_message_of_somebody_ends_their_typing', () => {
  const server = new Server();
  server.connect();
  server.tell('typing', { roomId: 'r-1', userId: bob.id, on: true });

  server.say(1, true);

  expect(server.chat.typing.byPlace.value.size).toBe(0);
});

test('a_room_that_was_taken_away_is_gone_and_named', () => {
  const server = new Server();
  const named: string[] = [];
  server.chat.onRemoved((name) => named.push(name));
  server.connect({ name: 'garden' });

  server.tell('room_removed', { roomId: 'r-1' });

  expect(named).toEqual(['garden']);
  expect(server.chat.rooms.byId.value.size).toBe(0);
});

test('what_the_server_counted_before_it_knew_of_a_message_is_added_to', () => {
  const server = new Server();
  server.connect({ lastSeq: 0 });
  server.say(2, true);

  server.tell('read', { roomId: 'r-1', userId: alice.id, seq: 1, unread: 0, mentions: 0, lastSeq: 1 });

  expect(server.chat.rooms.byId.value.get('r-1')).toMatchObject({ readSeq: 1, unread: 1, lastSeq: 2 });
});

test('a_reply_in_a_thread_does_not_make_its_room_unread', () => {
  const server = new Server();
  server.connect();

  server.tell('message', { message: aMessage(1, { threadId: 'm-0', mentions: [alice.id] }) });

  expect(server.chat.rooms.byId.value.get('r-1')).toMatchObject({ unread: 0, mentions: 0, lastSeq: 1 });
});
