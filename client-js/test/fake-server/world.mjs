import { randomUUID } from 'node:crypto';

/** People, rooms and messages of the fake server: in memory, gone when it stops. */
export class World {
  users = new Map();
  rooms = new Map();
  uploads = new Map();
  calls = new Map();
  /** By the message that began each: who follows it, and how far each has read. */
  threads = new Map();
  /** What edited messages said before, by message. */
  revisions = new Map();
  /** What people want to be shown as. */
  choices = new Map();
  /** Who does not let others know when they were last there. */
  reserved = new Set();
  /** What pages said over HTTP as they went away. */
  goodbyes = [];
  /** By person and place. */
  drafts = new Map();
  sessions = new Map();
  constructor() {
    for (const [username, displayName] of [
      ['alice', 'Alice Andersson'],
      ['bob', 'Bob Baumann'],
      ['carol', 'Carol Castillo'],
    ]) {
      this.addUser(username, displayName);
    }
  }

  addUser(username, displayName) {
    const user = { id: `u-${username}`, username, displayName };
    this.users.set(user.id, user);
    return user;
  }

  addRoom(kind, name, owner, members, topic) {
    const room = { id: randomUUID(), kind, name, topic, members: new Map(), messages: [] };
    room.members.set(owner, { role: 'owner', readSeq: 0 });
    for (const id of members) room.members.set(id, { role: 'member', readSeq: 0 });
    this.rooms.set(room.id, room);
    return room;
  }

  directOf(a, ...others) {
    const known = [...this.rooms.values()].find(
      (room) =>
        room.kind === 'direct' &&
        room.members.size === others.length + 1 &&
        [a, ...others].every((id) => room.members.has(id)),
    );
    return { room: known ?? this.addRoom('direct', '', a, others), fresh: known === undefined };
  }

  addMessage(room, senderId, text, more = {}) {
    const twin = room.messages.find((m) => m.sender.id === senderId && more.clientId && m.clientId === more.clientId);
    if (twin) return { message: twin, fresh: false };
    const message = {
      id: randomUUID(),
      roomId: room.id,
      seq: room.messages.length + 1,
      sender: this.users.get(senderId),
      clientId: randomUUID(),
      kind: 'text',
      text,
      reactions: [],
      mentions: this.mentionsIn(text),
      ...(/(^|\s)@all\b/.test(text) ? { mentionsAll: 'all' } : {}),
      sentAt: new Date().toISOString(),
      ...more,
    };
    room.messages.push(message);
    if (message.threadId) this.replied(room, message);
    return { message, fresh: true };
  }

  /** A reply counts at the message that began the thread; who speaks there, is named or began it follows it. */
  replied(room, { threadId, seq, sentAt, sender, mentions }) {
    const root = room.messages.find(({ id }) => id === threadId);
    root.thread = { replies: (root.thread?.replies ?? 0) + 1, lastSeq: seq, lastReplyAt: sentAt };
    const followers = this.followersOf(threadId);
    const joined = [[root.sender.id, root.seq], [sender.id, seq], ...mentions.map((id) => [id, seq - 1])].filter(
      ([id]) => !followers.has(id),
    );
    for (const [id, readSeq] of joined) followers.set(id, { following: true, readSeq });
    return { root, joined: joined.map(([id]) => id) };
  }

  followersOf(threadId) {
    if (!this.threads.has(threadId)) this.threads.set(threadId, new Map());
    return this.threads.get(threadId);
  }

  placeIn(threadId, viewerId) {
    const { room } = this.findMessage(threadId);
    const place = this.followersOf(threadId).get(viewerId);
    const behind = room.messages.filter(
      (m) => place && m.threadId === threadId && m.seq > place.readSeq && m.sender.id !== viewerId && !m.deletedAt,
    );
    return {
      threadId,
      roomId: room.id,
      following: place?.following ?? false,
      readSeq: place?.readSeq ?? 0,
      unread: behind.length,
      mentions: behind.filter((m) => m.mentions.includes(viewerId)).length,
      lastSeq: room.messages.length,
    };
  }

  mentionsIn(text) {
    return [...this.users.values()].filter((user) => text.includes(`@${user.username}`)).map((user) => user.id);
  }

  view(room, viewerId) {
    const place = room.members.get(viewerId);
    const others = [...room.members.keys()].filter((id) => id !== viewerId).map((id) => this.users.get(id));
    const peer = room.kind === 'direct' && others.length === 1 ? others[0] : undefined;
    const peers = room.kind === 'direct' && others.length > 1 ? others : undefined;
    const behind = room.messages.filter(
      (m) => place && m.seq > place.readSeq && m.sender.id !== viewerId && !m.deletedAt && !m.threadId,
    );
    const followed = [...this.threads.keys()]
      .filter((id) => room.messages.some((m) => m.id === id) && this.followersOf(id).get(viewerId)?.following)
      .map((id) => this.placeIn(id, viewerId));
    return {
      id: room.id,
      kind: room.kind,
      name: peer?.displayName ?? peers?.map(({ displayName }) => displayName).join(', ') ?? room.name,
      topic: room.topic,
      role: place?.role,
      memberCount: room.members.size,
      lastSeq: room.messages.length,
      readSeq: place?.readSeq ?? 0,
      unread: behind.length,
      mentions: behind.filter((m) => m.mentions.includes(viewerId)).length,
      threadUnread: followed.reduce((sum, { unread }) => sum + unread, 0),
      threadMentions: followed.reduce((sum, { mentions }) => sum + mentions, 0),
      notify: place?.notify ?? 'all',
      archivedAt: room.archivedAt,
      peer,
      peers,
    };
  }

  roomsOf(userId) {
    return [...this.rooms.values()].filter((room) => room.members.has(userId)).map((room) => this.view(room, userId));
  }

  findMessage(id) {
    for (const room of this.rooms.values()) {
      const message = room.messages.find((candidate) => candidate.id === id);
      if (message) return { room, message };
    }
    return undefined;
  }
}

/** A world in which something has been going on. */
export function livelyWorld() {
  const world = new World();
  for (const [username, displayName] of [
    ['dmitri', 'Dmitri Dragunov'],
    ['emi', 'Emi Endo'],
    ['farid', 'Farid Farouk'],
  ]) {
    world.addUser(username, displayName);
  }
  const [alice, bob, carol, dmitri, emi] = [...world.users.keys()];
  const ago = (minutes) => ({ sentAt: new Date(Date.now() - minutes * 60_000).toISOString() });

  const town = world.addRoom(
    'public',
    'town-square',
    alice,
    [bob, carol, dmitri, emi],
    'Everything that concerns all of us',
  );
  const garden = world.addRoom('private', 'garden-project', bob, [alice, carol], 'Raised beds, spring 2027');
  world.addRoom('public', 'reading-circle', carol, [emi], 'One book a month');
  world.addRoom('public', 'running', dmitri, [bob], 'Tuesdays and Sundays, easy pace');

  for (let day = 3; day > 0; day--) {
    for (let index = 0; index < 28; index++) {
      const sender = [alice, bob, carol, dmitri][(index * 7 + day) % 4];
      const text = [
        'Has anybody seen the key for the shed?',
        'It hangs where it always hangs: behind the door.',
        'Thanks!',
        'I moved the meeting to **four o’clock**, the room was taken.',
        'That suits me better anyway.',
        'Notes from last time: https://example.org/notes/2026-11-19',
        'I’ll bring the projector, somebody else the cable please.',
      ][index % 7];
      world.addMessage(town, sender, text, ago(day * 1440 - index * 9));
    }
  }
  world.addMessage(town, bob, 'Good morning! Who joins for lunch today?', ago(64));
  world.addMessage(town, carol, 'Me, if we leave before noon.', ago(63));
  world.addMessage(
    town,
    carol,
    'Things I would like to talk about:\n\n- the *spring* plan\n- who waters what\n- `soil.csv`, which has **two** different units',
    ago(62),
  );
  const lunch = world.addMessage(town, alice, 'Then half past eleven at the gate.', ago(60)).message;
  lunch.reactions = [
    { emoji: '👍', userIds: [bob, carol] },
    { emoji: '🎉', userIds: [alice] },
  ];
  world.addMessage(town, dmitri, 'See you there, @alice', { ...ago(58), replyTo: lunch.id });
  for (const [minutes, sender, text] of [
    [57, bob, 'Shall I reserve a table?'],
    [56, carol, 'Yes please, for five.'],
    [50, bob, 'Done: at the window, on my name.'],
  ]) {
    world.addMessage(town, sender, text, { ...ago(minutes), threadId: lunch.id });
  }
  for (const [id, place] of town.members)
    place.readSeq = id === alice ? town.messages.length : town.messages.length - 5;
  world.addMessage(garden, bob, 'The timber arrives on Thursday.', ago(200));
  world.addMessage(garden, carol, '@alice can you be there at nine?', ago(190));

  const { room: ab } = world.directOf(alice, bob);
  world.addMessage(ab, bob, 'Do you have five minutes?', ago(30));
  world.addMessage(ab, alice, 'For you always. Shall I call?', ago(29));
  world.addMessage(ab, bob, 'Give me a moment to find my headphones', ago(28));
  ab.members.get(alice).readSeq = 3;
  world.directOf(alice, carol);
  return world;
}
