import { randomUUID } from 'node:crypto';
import { Server } from 'socket.io';

const fail = (code, message, more = {}) => ({ ok: false, error: { code, message, ...more } });

/** The Socket.IO half of the contract. */
export function realtimeOf(http, world, { userOf, limits, options }) {
  const io = new Server(http, { serveClient: false });
  const person = (id) => `person:${id}`;
  const room = (id) => `room:${id}`;
  const online = (id) => (io.sockets.adapter.rooms.get(person(id))?.size ?? 0) > 0;

  io.use((socket, next) => {
    const userId = userOf(socket.handshake.auth.token);
    if (userId !== undefined) {
      socket.data.me = userId;
      next();
      return;
    }
    const error = new Error('token');
    error.data = { code: 'token_expired' };
    next(error);
  });

  io.on('connection', (socket) => {
    const me = socket.data.me;
    const wasOnline = online(me);
    const mine = world.roomsOf(me);
    socket.join([person(me), ...mine.map(({ id }) => room(id))]);
    const legs = new Map();
    socket.emit('session', {
      user: world.users.get(me),
      sessionId: socket.id,
      serverTime: new Date().toISOString(),
      tokenExpiresAt: new Date(Date.now() + options.tokenSeconds * 1000).toISOString(),
      rooms: mine,
      presence: [...world.users.keys()].map((userId) => ({
        userId,
        statusText: world.choices.get(userId)?.statusText,
        until: world.choices.get(userId)?.until,
        status: online(userId)
          ? (world.choices.get(userId)?.status ?? 'online')
          : userId === 'u-emi'
            ? 'away'
            : userId === 'u-dmitri'
              ? 'dnd'
              : 'offline',
      })),
      calls: [...world.calls.values()]
        .map(({ call }) => call)
        .filter(({ roomId }) => world.rooms.get(roomId).members.has(me)),
      limits,
      ...(options.administrators?.includes(world.users.get(me).username) ? { administrator: true } : {}),
    });
    if (!wasOnline)
      socket.broadcast.emit('user_online', { userId: me, status: 'online', at: new Date().toISOString() });
    socket.on('disconnect', () => {
      for (const callId of legs.keys()) leaveCall(callId);
      const lastSeenAt = world.reserved.has(me) ? undefined : new Date().toISOString();
      if (!online(me)) io.emit('user_offline', { userId: me, lastSeenAt });
    });

    /** Registers a handler whose result is the acknowledgement. */
    const on = (event, handler) =>
      socket.on(event, async (payload, ack) => {
        if (options.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
        let answer;
        try {
          answer = { ok: true, data: handler(payload ?? {}) };
        } catch (error) {
          answer = error.code ? fail(error.code, error.message, error.more) : fail('internal', String(error));
        }
        if (typeof ack === 'function') ack(answer);
      });
    const refuse = (code, message, more) => {
      throw Object.assign(new Error(message), { code, more });
    };
    const roomOf = (id) => {
      const found = world.rooms.get(id);
      return found?.members.has(me) ? found : refuse('not_found', 'There is no such room.');
    };
    const messageOf = (id) => world.findMessage(id) ?? refuse('not_found', 'There is no such message.');

    const tellThread = (here, { threadId }, before) => {
      const { message: root } = world.findMessage(threadId);
      io.to(room(here.id)).emit('thread_updated', { roomId: here.id, threadId, thread: root.thread });
      for (const id of world.followersOf(threadId).keys()) {
        if (!before.has(id)) io.to(person(id)).emit('thread_followed', { roomId: here.id, threadId });
      }
    };

    on('message_send', ({ roomId, clientId, text, replyTo, threadId, confirmMentions }) => {
      const here = roomOf(roomId);
      if (text.includes('/slow')) refuse('rate_limited', 'Too fast.', { retryAfterMs: 1500 });
      if (text.includes('/fail')) refuse('invalid', options.refusal ?? 'This message was refused.');
      if (/(^|\s)@all\b/.test(text) && here.members.size > options.guardAbove && !confirmMentions) {
        const members = here.members.size;
        const details = { confirm: 'mentions', mentionsAll: 'all', members };
        refuse('conflict', `This calls ${members} people; say so with confirmMentions.`, { details });
      }
      const before = new Set(threadId ? world.followersOf(threadId).keys() : []);
      const { message, fresh } = world.addMessage(here, me, text, {
        clientId,
        ...(replyTo ? { replyTo } : {}),
        ...(threadId ? { threadId } : {}),
      });
      if (fresh) io.to(room(roomId)).emit('message', { message });
      if (fresh && threadId) tellThread(here, message, before);
      return { message };
    });
    on('media_share', ({ roomId, clientId, uploadId, text, replyTo, threadId }) => {
      const here = roomOf(roomId);
      const upload = world.uploads.get(uploadId);
      if (!upload?.bytes) refuse('conflict', 'The upload is not complete.');
      const media = {
        id: uploadId,
        fileName: upload.fileName,
        contentType: upload.contentType,
        size: upload.size,
        url: `/api/media/${uploadId}`,
        state: 'ready',
        ...(upload.contentType === 'image/png' ? pngSize(upload.bytes) : {}),
      };
      const before = new Set(threadId ? world.followersOf(threadId).keys() : []);
      const { message, fresh } = world.addMessage(here, me, text ?? '', {
        clientId,
        kind: 'media',
        media,
        ...(replyTo ? { replyTo } : {}),
        ...(threadId ? { threadId } : {}),
      });
      if (fresh) io.to(room(roomId)).emit('message', { message });
      if (fresh && threadId) tellThread(here, message, before);
      return { message };
    });
    on('message_edit', ({ messageId, text }) => {
      const { message } = messageOf(messageId);
      if (limits.editWindowMs !== undefined && Date.now() - Date.parse(message.sentAt) > limits.editWindowMs) {
        refuse('forbidden', 'This one is older.', { details: { limitMs: limits.editWindowMs } });
      }
      world.revisions.set(messageId, [
        ...(world.revisions.get(messageId) ?? []),
        { text: message.text, writtenAt: message.editedAt ?? message.sentAt },
      ]);
      Object.assign(message, { text, editedAt: new Date().toISOString() });
      io.to(room(message.roomId)).emit('message_updated', { message });
      return { message };
    });
    on('message_delete', ({ messageId }) => {
      const { message } = messageOf(messageId);
      Object.assign(message, { text: '', media: undefined, reactions: [], deletedAt: new Date().toISOString() });
      io.to(room(message.roomId)).emit('message_deleted', { message });
      return { message };
    });
    on('message_pin', ({ messageId, on: set }) => {
      const { message } = messageOf(messageId);
      message.pinnedAt = set ? new Date().toISOString() : undefined;
      io.to(room(message.roomId)).emit('message_updated', { message });
      return { message };
    });
    on('draft_set', ({ roomId, threadId, text, replyTo }) => {
      roomOf(roomId);
      const draft = { roomId, threadId, text, replyTo, updatedAt: new Date().toISOString() };
      const key = `${me} ${threadId ?? roomId}`;
      if (text === '') world.drafts.delete(key);
      else world.drafts.set(key, draft);
      io.to(person(me)).emit('draft', draft);
      return { draft };
    });
    on('reaction_set', ({ messageId, emoji, on: set }) => {
      const { message } = messageOf(messageId);
      const others = (message.reactions.find((one) => one.emoji === emoji)?.userIds ?? []).filter((id) => id !== me);
      const userIds = set ? [...others, me] : others;
      message.reactions = [...message.reactions.filter((one) => one.emoji !== emoji), { emoji, userIds }].filter(
        (one) => one.userIds.length > 0,
      );
      io.to(room(message.roomId)).emit('reaction', {
        roomId: message.roomId,
        messageId,
        reactions: message.reactions,
      });
      return { message };
    });
    on('read_mark', ({ roomId, seq }) => {
      const here = roomOf(roomId);
      here.members.get(me).readSeq = seq;
      io.to(person(me)).emit('read', { roomId, userId: me, seq });
      const { readSeq, unread, mentions } = world.view(here, me);
      return { readSeq, unread, mentions };
    });
    const placed = (threadId) => {
      const place = world.placeIn(threadId, me);
      io.to(person(me)).emit('thread_place', place);
      return { place };
    };
    on('thread_follow', ({ threadId, on: following }) => {
      const { room: here } = messageOf(threadId);
      const followers = world.followersOf(threadId);
      followers.set(me, { readSeq: here.messages.length, ...followers.get(me), following });
      return placed(threadId);
    });
    on('thread_read', ({ threadId, seq }) => {
      messageOf(threadId);
      const place = world.followersOf(threadId).get(me);
      if (place) place.readSeq = seq;
      return placed(threadId);
    });
    on('sync', ({ rooms, limit = 200 }) => ({
      rooms: rooms.map(({ roomId, afterSeq }) => {
        const here = roomOf(roomId).messages;
        const missed = here.filter(({ seq }) => seq > afterSeq);
        const updated = here.filter(({ seq, thread }) => seq <= afterSeq && thread?.lastSeq > afterSeq);
        return { roomId, messages: missed.slice(0, limit), updated, removed: false, more: missed.length > limit };
      }),
    }));
    on('typing', ({ roomId, threadId, on: set }) => {
      roomOf(roomId);
      socket.to(room(roomId)).emit('typing', { roomId, threadId, userId: me, on: set });
    });
    on('presence_set', ({ status, statusText, until }) => {
      world.choices.set(me, { status, statusText, until });
      const presence = { userId: me, status, statusText, until };
      io.emit('presence_changed', { presence });
      return { presence };
    });
    on('presence_active', () => ({}));
    on('session_renew', () => ({ tokenExpiresAt: new Date(Date.now() + options.tokenSeconds * 1000).toISOString() }));

    on('call_start', ({ roomId, kind, ring = true }) => {
      const here = roomOf(roomId);
      const known = [...world.calls.values()].find(({ call }) => call.roomId === roomId);
      if (known) return enter(known, true, kind === 'video');
      const isOfTwo = here.kind === 'direct' && here.members.size === 2;
      const rings = ring || isOfTwo;
      const call = {
        id: randomUUID(),
        roomId,
        startedBy: me,
        kind,
        state: rings ? 'ringing' : 'active',
        participants: [],
        startedAt: new Date().toISOString(),
      };
      const entry = { call, isOfTwo, sockets: new Map() };
      world.calls.set(call.id, entry);
      const admission = enter(entry, true, kind === 'video');
      const news = { call, from: world.users.get(me) };
      if (!rings) socket.to(room(roomId)).emit('call_started', news);
      else for (const id of here.members.keys()) if (id !== me) io.to(person(id)).emit('call_incoming', news);
      return admission;
    });
    on('call_ringing', ({ callId }) => {
      const entry = callOf(callId);
      if (entry.call.state !== 'ringing') refuse('conflict', 'This call does not ring.');
      for (const id of entry.sockets.values()) io.to(id).emit('call_ringing', { callId, userId: me });
      return {};
    });
    for (const event of ['call_accept', 'call_join']) {
      on(event, ({ callId, audio, video }) => {
        const entry = callOf(callId);
        entry.call.state = 'active';
        socket.to(person(me)).emit('call_answered', { callId, bySessionId: socket.id });
        return enter(entry, audio, video);
      });
    }
    on('call_decline', ({ callId, reason }) => {
      const entry = callOf(callId);
      io.to(room(entry.call.roomId)).emit('call_declined', { callId, userId: me, reason });
      endCall(entry, reason);
      return {};
    });
    on('call_signal', ({ callId, toLegId, ...rest }) => {
      const entry = callOf(callId);
      io.to(entry.sockets.get(toLegId)).emit('call_signal', { callId, fromLegId: legs.get(callId), ...rest });
      return {};
    });
    on('call_media', ({ callId, ...flags }) => {
      const entry = callOf(callId);
      const legId = legs.get(callId);
      Object.assign(entry.call.participants.find((one) => one.legId === legId) ?? {}, flags);
      io.to(room(entry.call.roomId)).emit('call_media', { callId, legId, userId: me, ...flags });
      return {};
    });
    on('call_renew', () => ({ iceServers: [], ttlMs: 600_000 }));
    on('call_report', () => ({}));
    on('call_leave', ({ callId }) => {
      leaveCall(callId);
      return {};
    });

    function callOf(id) {
      return world.calls.get(id) ?? refuse('not_found', 'There is no such call.');
    }
    function enter(entry, audio, video) {
      const legId = randomUUID();
      legs.set(entry.call.id, legId);
      entry.sockets.set(legId, socket.id);
      const participant = {
        userId: me,
        sessionId: socket.id,
        legId,
        joinedAt: new Date().toISOString(),
        audio,
        video,
        screen: false,
      };
      entry.call.participants.push(participant);
      socket.to(room(entry.call.roomId)).emit('call_joined', { callId: entry.call.id, participant });
      return { call: entry.call, legId, iceServers: [], ttlMs: 600_000, relayOnly: options.relayOnly === true };
    }
    function leaveCall(callId) {
      const entry = world.calls.get(callId);
      const legId = legs.get(callId);
      legs.delete(callId);
      if (!entry || !legId) return;
      entry.call.participants = entry.call.participants.filter((one) => one.legId !== legId);
      io.to(room(entry.call.roomId)).emit('call_left', { callId, legId, reason: 'hangup' });
      if (entry.call.participants.length < (entry.isOfTwo ? 2 : 1))
        endCall(entry, entry.call.state === 'ringing' ? 'missed' : 'hangup');
    }
    function endCall(entry, endReason) {
      const here = world.rooms.get(entry.call.roomId);
      world.calls.delete(entry.call.id);
      const call = { ...entry.call, state: 'ended', endedAt: new Date().toISOString(), endReason };
      io.to(room(call.roomId)).emit('call_ended', { callId: call.id, reason: endReason });
      const [what, What] = call.kind === 'video' ? ['video call', 'Video call'] : ['call', 'Call'];
      const seconds = Math.round((Date.parse(call.endedAt) - Date.parse(call.startedAt)) / 1_000);
      const lasted = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
      const text = entry.call.state === 'ringing' ? `Missed ${what}` : `${What}, ${lasted}`;
      const { message } = world.addMessage(here, call.startedBy, text, { kind: 'call', call });
      io.to(room(call.roomId)).emit('message', { message });
    }
  });

  return {
    io,
    tell: (userId, event, payload) => {
      if (event === 'room_added') io.in(person(userId)).socketsJoin(room(payload.room.id));
      if (event === 'room_removed') io.in(person(userId)).socketsLeave(room(payload.roomId));
      io.to(person(userId)).emit(event, payload);
    },
    tellRoom: (here, event, payload) => io.to(room(here.id)).emit(event, payload),
  };
}

function pngSize(bytes) {
  return bytes.length > 24 ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : {};
}
