import { randomUUID } from 'node:crypto';

const problem = (status, code, detail, more = {}) => ({
  status,
  type: 'application/problem+json',
  body: { type: 'about:blank', title: code, status, detail, code, ...more },
});

/** The REST half of the contract, as far as a client sees it. `tell` emits to a person. */
export function restOf(world, { tell, tellRoom, storageUrl, limits, options }) {
  const refresh = new Map();
  const access = new Map();
  const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
  const sessions = [
    { id: 's-1', name: 'Chromium on Linux', current: true, lastUsedAt: ago(0), address: '203.0.113.x' },
    { id: 's-2', name: 'Firefox on Windows', current: false, lastUsedAt: ago(190), address: '198.51.100.x' },
    { id: 's-3', name: 'Safari on iPhone', current: false, lastUsedAt: ago(2_900), address: '192.0.2.x' },
  ];

  function loginAnswer(user) {
    const accessToken = randomUUID();
    const cookie = randomUUID();
    access.set(accessToken, user.id);
    refresh.set(cookie, user.id);
    return {
      status: 200,
      headers: { 'Set-Cookie': `parley_refresh=${cookie}; HttpOnly; SameSite=Strict; Path=/api/auth` },
      body: { accessToken, tokenType: 'Bearer', expiresIn: options.tokenSeconds, user },
    };
  }

  const cookieOf = (request) => /parley_refresh=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];

  const open = {
    'POST /api/auth/login': ({ body }) => {
      const user = [...world.users.values()].find(({ username }) => username === body.username);
      if (!user || body.password !== 'parley') return problem(401, 'unauthorized', 'Wrong user name or password.');
      return loginAnswer(user);
    },
    'POST /api/auth/register': ({ body }) => {
      if (!options.registration) return problem(403, 'forbidden', 'Registration is off.');
      if ([...world.users.values()].some(({ username }) => username === body.username)) {
        return problem(409, 'conflict', 'This user name is taken.');
      }
      return { ...loginAnswer(world.addUser(body.username, body.displayName)), status: 201 };
    },
    'POST /api/auth/refresh': ({ request }) => {
      const cookie = cookieOf(request);
      const userId = refresh.get(cookie);
      refresh.delete(cookie);
      return userId === undefined ? problem(401, 'unauthorized', 'Signed out.') : loginAnswer(world.users.get(userId));
    },
    'POST /api/auth/logout': ({ request }) => {
      refresh.delete(cookieOf(request));
      return { status: 204, headers: { 'Set-Cookie': 'parley_refresh=; Max-Age=0; Path=/api/auth' } };
    },
  };

  const roomOf = (id, me) => {
    const room = world.rooms.get(id);
    return room && (room.members.has(me) || room.kind === 'public') ? room : undefined;
  };
  const missing = () => problem(404, 'not_found', 'There is no such room.');

  const self = (me) => ({ ...world.users.get(me), shareLastSeen: !world.reserved.has(me) });

  const closed = [
    ['GET', /^\/api\/me$/, ({ me }) => ({ status: 200, body: self(me) })],
    [
      'PATCH',
      /^\/api\/me$/,
      ({ me, body }) => {
        if (body.shareLastSeen === true) world.reserved.delete(me);
        if (body.shareLastSeen === false) world.reserved.add(me);
        return { status: 200, body: self(me) };
      },
    ],
    [
      'GET',
      /^\/api\/users$/,
      ({ query, me }) => ({
        status: 200,
        body: {
          users: [...world.users.values()].filter(
            (user) =>
              user.id !== me &&
              `${user.username} ${user.displayName}`.toLowerCase().includes((query.get('query') ?? '').toLowerCase()),
          ),
        },
      }),
    ],
    [
      'GET',
      /^\/api\/rooms$/,
      ({ me, query }) => ({
        status: 200,
        body: {
          rooms: [...world.rooms.values()]
            .filter((room) => (query.get('kind') === 'public' ? room.kind === 'public' : room.members.has(me)))
            .filter((room) => room.name.includes(query.get('query') ?? ''))
            .map((room) => world.view(room, me)),
        },
      }),
    ],
    [
      'POST',
      /^\/api\/rooms$/,
      ({ body, me }) => {
        if (!body.name?.trim()) return problem(400, 'invalid', 'A room needs a name.', { errors: [{ field: 'name' }] });
        const room = world.addRoom(body.kind, body.name, me, [], body.topic);
        tell(me, 'room_added', { room: world.view(room, me) });
        return { status: 201, body: world.view(room, me) };
      },
    ],
    [
      'POST',
      /^\/api\/rooms\/direct$/,
      ({ body, me }) => {
        const { room, fresh } = world.directOf(me, ...(body.userIds ?? [body.userId]));
        if (fresh) for (const id of room.members.keys()) tell(id, 'room_added', { room: world.view(room, id) });
        return { status: 200, body: world.view(room, me) };
      },
    ],
    [
      'POST',
      /^\/api\/rooms\/([^/]+)\/join$/,
      ({ me }, id) => {
        const room = roomOf(id, me);
        if (!room) return missing();
        room.members.set(me, { role: 'member', readSeq: room.messages.length });
        tellRoom(room, 'member_joined', { roomId: id, user: world.users.get(me) });
        tell(me, 'room_added', { room: world.view(room, me) });
        return { status: 200, body: world.view(room, me) };
      },
    ],
    [
      'POST',
      /^\/api\/rooms\/([^/]+)\/leave$/,
      ({ me }, id) => {
        const room = roomOf(id, me);
        if (!room) return missing();
        room.members.delete(me);
        tellRoom(room, 'member_left', { roomId: id, user: world.users.get(me) });
        tell(me, 'room_removed', { roomId: id, reason: 'left' });
        return { status: 204 };
      },
    ],
    [
      'GET',
      /^\/api\/rooms\/([^/]+)\/members$/,
      ({ me }, id) => {
        const room = roomOf(id, me);
        if (!room) return missing();
        const members = [...room.members].map(([userId, { role }]) => ({ user: world.users.get(userId), role }));
        return { status: 200, body: { members } };
      },
    ],
    [
      'PUT',
      /^\/api\/rooms\/([^/]+)\/members\/([^/]+)$/,
      ({ me, body }, id, userId) => {
        const room = roomOf(id, me);
        if (!room) return missing();
        const known = room.members.get(userId);
        const role = body.role ?? known?.role ?? 'member';
        const own = room.members.get(me)?.role;
        if (own !== 'owner' && role !== (known?.role ?? 'member')) {
          return problem(403, 'forbidden', 'Only a room’s owner gives roles.');
        }
        const owners = [...room.members.values()].filter((place) => place.role === 'owner').length;
        if (known?.role === 'owner' && role !== 'owner' && owners === 1) {
          return problem(409, 'conflict', 'A room needs an owner.');
        }
        const user = world.users.get(userId);
        if (known) {
          known.role = role;
          tell(userId, 'room_updated', { room: world.view(room, userId) });
          tellRoom(room, 'member_updated', { roomId: id, user, role });
        } else {
          room.members.set(userId, { role, readSeq: room.messages.length });
          tellRoom(room, 'member_joined', { roomId: id, user });
          tell(userId, 'room_added', { room: world.view(room, userId) });
        }
        return { status: 200, body: { user, role } };
      },
    ],
    [
      'DELETE',
      /^\/api\/rooms\/([^/]+)\/members\/([^/]+)$/,
      ({ me }, id, userId) => {
        const room = roomOf(id, me);
        if (!room?.members.has(userId)) return missing();
        const own = room.members.get(me)?.role;
        if (own !== 'owner' && (own !== 'moderator' || room.members.get(userId).role !== 'member')) {
          return problem(403, 'forbidden', 'Only who moderates a room may send others out.');
        }
        room.members.delete(userId);
        tell(userId, 'room_removed', { roomId: id, reason: 'removed' });
        tellRoom(room, 'member_left', { roomId: id, user: world.users.get(userId) });
        return { status: 204 };
      },
    ],
    [
      'GET',
      /^\/api\/rooms\/([^/]+)\/messages$/,
      ({ me, query }, id) => {
        const room = world.rooms.get(id);
        if (!room?.members.has(me)) return missing();
        const limit = Number(query.get('limit') ?? 50);
        const before = Number(query.get('beforeSeq') ?? Number.MAX_SAFE_INTEGER);
        const after = query.get('afterSeq');
        const around = query.get('aroundSeq');
        if (around !== null) {
          const from = Math.max(0, Number(around) - 1 - Math.floor(limit / 2));
          const messages = room.messages.slice(from, from + limit);
          return { status: 200, body: { messages, more: room.messages.length > messages.length } };
        }
        const all = room.messages.filter((m) => (after === null ? m.seq < before : m.seq > Number(after)));
        const messages = after === null ? all.slice(-limit) : all.slice(0, limit);
        return { status: 200, body: { messages, more: all.length > messages.length } };
      },
    ],
    [
      'GET',
      /^\/api\/messages\/([^/]+)\/thread$/,
      ({ me, query }, id) => {
        const found = world.findMessage(id);
        if (!found?.room.members.has(me)) return missing();
        const limit = Number(query.get('limit') ?? 50);
        const after = query.get('afterSeq');
        const before = Number(query.get('beforeSeq') ?? Number.MAX_SAFE_INTEGER);
        const all = found.room.messages
          .filter((m) => m.threadId === id)
          .filter((m) => (after === null ? m.seq < before : m.seq > Number(after)));
        const messages = after === null ? all.slice(-limit) : all.slice(0, limit);
        const more = all.length > messages.length;
        return { status: 200, body: { root: found.message, place: world.placeIn(id, me), messages, more } };
      },
    ],
    [
      'GET',
      /^\/api\/messages\/([^/]+)\/revisions$/,
      (_, id) => ({ status: 200, body: { revisions: world.revisions.get(id) ?? [] } }),
    ],
    [
      'GET',
      /^\/api\/rooms\/([^/]+)\/pins$/,
      ({ me }, id) => {
        const room = world.rooms.get(id);
        if (!room?.members.has(me)) return missing();
        const pinned = room.messages.filter(({ pinnedAt }) => pinnedAt);
        return {
          status: 200,
          body: { messages: pinned.sort((a, b) => b.pinnedAt.localeCompare(a.pinnedAt)) },
        };
      },
    ],
    [
      'GET',
      /^\/api\/drafts$/,
      ({ me }) => ({
        status: 200,
        body: { drafts: [...world.drafts].filter(([key]) => key.startsWith(`${me} `)).map(([, draft]) => draft) },
      }),
    ],
    [
      'GET',
      /^\/api\/threads$/,
      ({ me, query }) => {
        const limit = Number(query.get('limit') ?? 20);
        const before = query.get('before') ?? '9999';
        const all = [...world.threads.keys()]
          .filter((id) => world.followersOf(id).get(me)?.following)
          .map((id) => world.findMessage(id))
          .filter(({ room, message }) => room.members.has(me) && message.thread.lastReplyAt < before)
          .sort((a, b) => b.message.thread.lastReplyAt.localeCompare(a.message.thread.lastReplyAt))
          .map(({ message }) => ({ root: message, place: world.placeIn(message.id, me) }));
        return { status: 200, body: { threads: all.slice(0, limit), more: all.length > limit } };
      },
    ],
    [
      'PATCH',
      /^\/api\/rooms\/([^/]+)$/,
      ({ body, me }, id) => {
        const room = world.rooms.get(id);
        const place = room?.members.get(me);
        if (!place) return missing();
        if (body.notify) place.notify = body.notify;
        if (body.name) room.name = body.name;
        if (body.topic !== undefined) room.topic = body.topic;
        return { status: 200, body: world.view(room, me) };
      },
    ],
    [
      'POST',
      /^\/api\/rooms\/([^/]+)\/(archive|unarchive)$/,
      ({ me }, id, what) => {
        const room = world.rooms.get(id);
        if (room?.members.get(me)?.role !== 'owner') return missing();
        room.archivedAt = what === 'archive' ? new Date().toISOString() : undefined;
        for (const member of room.members.keys()) tell(member, 'room_updated', { room: world.view(room, member) });
        return { status: 200, body: world.view(room, me) };
      },
    ],
    [
      'GET',
      /^\/api\/search$/,
      ({ me, query }) => {
        const words = (query.get('q') ?? '').toLowerCase();
        const from = /from:@?(\S+)/.exec(words)?.[1];
        const text = words.replace(/\S+:\S*/g, '').trim();
        const messages = [...world.rooms.values()]
          .filter((room) => room.members.has(me))
          .flatMap((room) => room.messages)
          .filter((m) => m.text.toLowerCase().includes(text) && (!from || m.sender.username === from))
          .sort((a, b) => b.sentAt.localeCompare(a.sentAt))
          .slice(0, 30);
        const highlights = Object.fromEntries(
          messages.map((m) => {
            const start = m.text.toLowerCase().indexOf(text);
            return [m.id, text === '' ? [] : [{ start, end: start + text.length }]];
          }),
        );
        return { status: 200, body: { messages, more: false, highlights } };
      },
    ],
    ['GET', /^\/api\/sessions$/, () => ({ status: 200, body: { sessions } })],
    [
      'DELETE',
      /^\/api\/sessions\/([^/]+)$/,
      (_, id) => {
        sessions.splice(
          sessions.findIndex((one) => one.id === id),
          1,
        );
        return { status: 204 };
      },
    ],
    [
      'POST',
      /^\/api\/me\/password$/,
      ({ body }) =>
        body.currentPassword === 'parley' ? { status: 204 } : problem(403, 'forbidden', 'The password is wrong.'),
    ],
    [
      'POST',
      /^\/api\/uploads$/,
      ({ body, me }) => {
        if (body.size > limits.uploadBytes) {
          return problem(413, 'too_large', `The limit is ${limits.uploadBytes} bytes.`, { details: limits });
        }
        if (/x-msdownload|x-sh$/.test(body.contentType)) {
          return problem(415, 'unsupported_type', 'Programs are not accepted here.');
        }
        const uploadId = randomUUID();
        world.uploads.set(uploadId, { ...body, me });
        return {
          status: 201,
          body: {
            uploadId,
            method: 'PUT',
            url: `${storageUrl()}/${uploadId}?sig=x`,
            headers: { 'x-ms-blob-type': 'BlockBlob', 'Content-Type': body.contentType },
            expiresAt: new Date(Date.now() + 600_000).toISOString(),
          },
        };
      },
    ],
    [
      'GET',
      /^\/api\/media\/([^/]+)$/,
      (_, id) =>
        world.uploads.get(id)?.bytes
          ? { status: 302, headers: { Location: `${storageUrl()}/${id}?sig=r` } }
          : problem(404, 'not_found', 'There is no such file.'),
    ],
    [
      'POST',
      /^\/api\/calls\/([^/]+)\/leave$/,
      ({ me, body }, callId) => {
        world.goodbyes.push({ me, callId, legId: body.legId });
        return { status: 204 };
      },
    ],
    ['GET', /^\/api\/ice-servers$/, () => ({ status: 200, body: { iceServers: [], ttlMs: 600_000 } })],
    [
      'GET',
      /^\/api\/admin\/ice-servers$/,
      ({ me }) =>
        options.administrators?.includes(world.users.get(me).username)
          ? { status: 200, body: { iceServers: [], warnings: [], ttlMs: 600_000, ...options.relays } }
          : problem(403, 'forbidden', 'That is for administrators.'),
    ],
  ];

  return {
    userOf: (token) => access.get(token),
    expireAll: () => access.clear(),
    handle(request, url, body) {
      const direct = open[`${request.method} ${url.pathname}`];
      if (direct) return direct({ request, body });
      const me = access.get((request.headers.authorization ?? '').replace('Bearer ', ''));
      if (me === undefined) return problem(401, 'unauthorized', 'A valid token is needed.');
      for (const [method, path, answer] of closed) {
        const match = path.exec(url.pathname);
        if (method === request.method && match) return answer({ me, query: url.searchParams, body }, ...match.slice(1));
      }
      return problem(404, 'not_found', 'There is nothing here.');
    },
  };
}
