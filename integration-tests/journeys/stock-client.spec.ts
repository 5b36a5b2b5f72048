import { expect, test, type APIRequestContext } from '@playwright/test';
import { io, type Socket } from 'socket.io-client';

/** npm's socket.io-client as it is, on each of its ways to connect. */
for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
  test(`the stock JavaScript client chats and reconnects by ${transports.join(' then ')}`, async ({
    request,
    baseURL,
  }) => {
    const [ann, ben] = [await register(request, 'ann'), await register(request, 'ben')];
    const room = await directRoom(request, ann.token, ben.id);
    const [atAnn, atBen] = [connect(baseURL, ann.token, transports), connect(baseURL, ben.token, transports)];
    try {
      await Promise.all([next(atAnn, 'session'), next(atBen, 'session')]);
      if (transports.length > 1) {
        await expect.poll(() => atAnn.io.engine.transport.name).toBe('websocket');
      }
      await exchange(atAnn, atBen, room);

      // cut from below: the client takes it for a lost network and comes back
      const again = next(atAnn, 'session');
      atAnn.io.engine.close();
      await again;
      await exchange(atAnn, atBen, room);
    } finally {
      atAnn.disconnect();
      atBen.disconnect();
    }
  });
}

test('a token that nobody signed is refused with its code', async ({ baseURL }) => {
  const stranger = connect(baseURL, 'not.a.token', ['websocket']);
  try {
    const error = await next<{ data?: { code?: string } }>(stranger, 'connect_error');
    expect(error.data?.code).toBe('token_invalid');
  } finally {
    stranger.disconnect();
  }
});

async function exchange(from: Socket, to: Socket, roomId: string): Promise<void> {
  const clientId = crypto.randomUUID();
  const heard = new Promise<void>((resolve) => {
    to.on('message', ({ message }: { message: { clientId: string } }) => {
      if (message.clientId === clientId) resolve();
    });
  });
  const answer = await from.timeout(20_000).emitWithAck('message_send', { roomId, clientId, text: 'Grüße 🌍' });
  expect(answer.ok, JSON.stringify(answer)).toBe(true);
  await heard;
}

function connect(url: string | undefined, token: string, transports: string[]): Socket {
  return io(url ?? '', {
    auth: { token },
    transports,
    forceNew: true,
    reconnectionDelay: 200,
    reconnectionDelayMax: 1000,
  });
}

function next<T = unknown>(socket: Socket, event: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no ${event} within 20 s`)), 20_000);
    socket.once(event, (data: T) => {
      clearTimeout(late);
      resolve(data);
    });
  });
}

async function register(request: APIRequestContext, name: string): Promise<{ id: string; token: string }> {
  const username = `${name}-${crypto.randomUUID().slice(0, 8)}`;
  const answer = await request.post('/api/auth/register', {
    data: { username, password: 'correct horse battery', displayName: name },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const { accessToken, user } = await answer.json();
  return { id: user.id, token: accessToken };
}

async function directRoom(request: APIRequestContext, token: string, userId: string): Promise<string> {
  const answer = await request.post('/api/rooms/direct', {
    data: { userId },
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).id;
}
