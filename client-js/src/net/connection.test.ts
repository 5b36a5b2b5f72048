import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection } from './connection';
import { Tokens } from './tokens';

/** A socket whose server does what the test says. */
class FakeSocket {
  connected = false;
  connects = 0;
  readonly asked: { event: string; within: number; answer: (value: unknown) => void }[] = [];
  readonly volatile = { emit: () => undefined };
  readonly #listeners = new Map<string, Set<(...told: unknown[]) => void>>();

  on(event: string, listener: (...told: unknown[]) => void): void {
    this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
  }

  off(event: string, listener: (...told: unknown[]) => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  connect(): void {
    this.connects += 1;
  }

  disconnect(): void {
    if (!this.connected) return;
    this.connected = false;
    this.tell('disconnect', 'io client disconnect');
  }

  timeout(within: number): { emitWithAck: (event: string) => Promise<unknown> } {
    return {
      emitWithAck: (event) =>
        new Promise((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error('operation has timed out')), within);
          const answer = (value: unknown): void => {
            clearTimeout(timer);
            resolve(value);
          };
          this.asked.push({ event, within, answer });
        }),
    };
  }

  tell(event: string, ...told: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...told);
  }

  comes(): void {
    this.connected = true;
    this.tell('session', { user: { id: 'u', username: 'u', displayName: 'U' }, sessionId: 's', rooms: [] });
  }

  breaks(): void {
    this.connected = false;
    this.tell('disconnect', 'transport close');
  }
}

const sockets: FakeSocket[] = [];
vi.mock('socket.io-client', () => ({
  io: () => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  },
}));

function begin(): { connection: Connection; socket: FakeSocket } {
  const connection = new Connection(new Tokens());
  const [socket] = sockets;
  if (socket === undefined) throw new Error('there is no socket');
  connection.start();
  return { connection, socket };
}

function online(): { connection: Connection; socket: FakeSocket } {
  const both = begin();
  both.socket.comes();
  return both;
}

beforeEach(() => {
  vi.useFakeTimers();
  // how long one waits before the next attempt is a matter of luck; here it is long
  vi.spyOn(Math, 'random').mockReturnValue(0.99);
  sockets.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

describe('what cannot wait', () => {
  test('asks a line that is open for a sign of life, once at a time, and leaves it when there is one', async () => {
    const { connection, socket } = online();

    connection.insist();
    connection.insist();

    expect(socket.asked.map(({ event, within }) => [event, within])).toEqual([['sync', 1_200]]);
    socket.asked[0]?.answer({ ok: true, data: {} });
    await vi.advanceTimersByTimeAsync(5_000);
    expect([socket.connected, socket.connects, connection.link.value.state]).toEqual([true, 1, 'online']);
    connection.insist();
    expect(socket.asked).toHaveLength(2);
    connection.stop();
  });

  test('makes a new line at once when the open one is silent, and not before', async () => {
    const { connection, socket } = online();

    connection.insist();
    await vi.advanceTimersByTimeAsync(1_199);
    expect([socket.connected, socket.connects]).toEqual([true, 1]);
    await vi.advanceTimersByTimeAsync(1);

    expect([socket.connected, socket.connects, connection.link.value.state]).toEqual([false, 2, 'connecting']);
    connection.stop();
  });

  test('waits twice as long each time that it was in vain, six seconds at most, and anew after an answer', async () => {
    const { connection, socket } = online();
    const given: number[] = [];

    for (let round = 0; round < 5; round += 1) {
      connection.insist();
      given.push(socket.asked.at(-1)?.within ?? 0);
      await vi.advanceTimersByTimeAsync(6_000);
      socket.comes();
    }
    expect(given).toEqual([1_200, 2_400, 4_800, 6_000, 6_000]);
    connection.insist();
    socket.asked.at(-1)?.answer({ ok: true, data: {} });
    await vi.advanceTimersByTimeAsync(0);

    connection.insist();
    expect(socket.asked.at(-1)?.within).toBe(1_200);
    connection.stop();
  });

  test('keeps a line whose answer is a refusal: there is somebody', async () => {
    const { connection, socket } = online();

    connection.insist();
    socket.asked[0]?.answer({ ok: false, error: { code: 'unavailable', message: 'Not now.' } });
    await vi.advanceTimersByTimeAsync(10_000);

    expect([socket.connected, socket.connects]).toEqual([true, 1]);
    connection.stop();
  });

  test('does not wait out the pause after a line that was lost', () => {
    const { connection, socket } = online();
    socket.breaks();
    expect(connection.link.value).toMatchObject({ state: 'waiting', why: 'lost' });

    connection.insist();

    expect([socket.connects, connection.link.value.state]).toEqual([2, 'connecting']);
    connection.stop();
  });

  test('waits as long as the server asked for', () => {
    const { connection, socket } = begin();
    socket.tell(
      'connect_error',
      Object.assign(new Error('no'), { data: { code: 'rate_limited', retryAfterMs: 9_000 } }),
    );
    expect(connection.link.value).toMatchObject({ state: 'waiting', why: 'rate_limited' });

    connection.insist();

    expect([socket.connects, connection.link.value.state]).toEqual([1, 'waiting']);
    connection.stop();
  });

  test('gives a new line four seconds to come before it tries the next', async () => {
    const { connection, socket } = begin();

    await vi.advanceTimersByTimeAsync(3_999);
    connection.insist();
    expect(socket.connects).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    connection.insist();
    expect(socket.connects).toBe(2);
    await vi.advanceTimersByTimeAsync(3_999);
    connection.insist();

    expect([socket.connects, connection.link.value.state]).toEqual([2, 'connecting']);
    connection.stop();
  });

  test('does nothing where nobody wants a line, also when the answer is still out', async () => {
    const { connection, socket } = online();
    connection.insist();
    connection.stop();
    await vi.advanceTimersByTimeAsync(2_000);

    connection.insist();

    expect([socket.connects, socket.asked.length, connection.link.value.state]).toEqual([1, 1, 'idle']);
  });

  test('makes no new line for who stops it at the very moment when the silence is found', async () => {
    const { connection, socket } = online();
    connection.insist();

    vi.advanceTimersByTime(1_200);
    await Promise.resolve(); // the question has failed on an open line, who asked it does not know yet
    connection.stop();
    await vi.advanceTimersByTimeAsync(30_000);

    expect([socket.connected, socket.connects, connection.link.value.state]).toEqual([false, 1, 'idle']);
  });
});
