import type { Api } from '../net/api';
import type { ServerEvent, ServerEvents } from '../protocol/events';
import { ParleyError } from '../protocol/problem';
import type { Message, Room } from '../protocol/shapes';
import { Chat } from './chat';
import { ManualTimers, MemoryBrowser, MemoryStorage, aMessage, aRoom, alice, settle } from './test-kit';

/** A server that holds one room in memory; the test speaks for it. */
export class Server {
  readonly said: Message[] = [];
  readonly requests: { event: string; payload: unknown }[] = [];
  readonly timers = new ManualTimers();
  syncLimit = 200;
  failSync: ParleyError | null = null;
  readonly #listeners = new Map<string, ((payload: never) => void)[]>();

  readonly chat = new Chat(
    alice,
    {
      request: <T>(event: string, payload: unknown) => {
        this.requests.push({ event, payload });
        return this.#answer(event, payload) as Promise<T>;
      },
      whisper: () => undefined,
      hear: (event, listener) => {
        this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
        return () => undefined;
      },
    },
    {
      call: (path: string, read: (value: unknown) => unknown, call: { query?: Record<string, number> }) =>
        this.#rest(path, read, call),
    } as unknown as Api,
    new MemoryStorage() as unknown as Storage,
    new MemoryBrowser().tab(),
    this.timers,
  );

  tell<E extends ServerEvent>(event: E, payload: ServerEvents[E]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload as never);
  }

  connect(room: Partial<Room> = {}): void {
    this.tell('session', {
      user: alice,
      sessionId: 's',
      rooms: [aRoom({ lastSeq: this.said.length, readSeq: this.said.length, ...room })],
      presence: [],
      calls: [],
      limits: {},
    });
  }

  say(count: number, live = false, more: Partial<Message> = {}): void {
    for (let index = 0; index < count; index++) {
      const message = aMessage(this.said.length + 1, more);
      this.said.push(message);
      if (live) this.tell('message', { message });
    }
  }

  #answer(event: string, payload: unknown): Promise<unknown> {
    if (event === 'read_mark') {
      return Promise.resolve({ readSeq: (payload as { seq: number }).seq, unread: 0, mentions: 0 });
    }
    if (event !== 'sync') return Promise.reject(new ParleyError('not_found', event));
    if (this.failSync !== null) return Promise.reject(this.failSync);
    const { rooms } = payload as { rooms: { roomId: string; afterSeq: number }[] };
    return Promise.resolve({
      rooms: rooms.map(({ roomId, afterSeq }) => {
        const missed = this.said.filter(({ seq }) => seq > afterSeq);
        return { roomId, messages: missed.slice(0, this.syncLimit), updated: [], more: missed.length > this.syncLimit };
      }),
    });
  }

  #thread(threadId: string, { beforeSeq, afterSeq, limit = 50 }: Record<string, number>): unknown {
    const all = this.said
      .filter((message) => message.threadId === threadId)
      .filter(({ seq }) => seq < (beforeSeq ?? Infinity) && seq > (afterSeq ?? 0));
    const messages = afterSeq === undefined ? all.slice(-limit) : all.slice(0, limit);
    const place = { threadId, roomId: 'r-1', following: true, readSeq: 0, unread: 0, mentions: 0, lastSeq: 0 };
    return { root: this.said[0], place, messages, more: all.length > messages.length };
  }

  #rest(
    path: string,
    read: (value: unknown) => unknown,
    { query = {} }: { query?: Record<string, number> },
  ): Promise<unknown> {
    if (path === '/api/threads') return Promise.resolve(read({ threads: [] }));
    if (path.endsWith('/thread')) return Promise.resolve(read(this.#thread(path.split('/')[3] ?? '', query)));
    if (!path.endsWith('/messages')) return Promise.reject(new ParleyError('not_found', path));
    const { beforeSeq, afterSeq, limit = 50 } = query;
    const all = this.said.filter(({ seq }) => (beforeSeq === undefined || seq < beforeSeq) && seq > (afterSeq ?? 0));
    const messages = afterSeq === undefined ? all.slice(-limit) : all.slice(0, limit);
    return Promise.resolve(read({ messages, more: all.length > messages.length }));
  }
}

export async function openThread(server: Server): Promise<ReturnType<Chat['conversation']>> {
  const thread = server.chat.conversation('r-1', 'm-1');
  thread.open();
  await settle();
  return thread;
}

export const seqsOf = (conversation: ReturnType<Chat['conversation']>): number[] =>
  conversation.timeline.value.messages.map(({ seq }) => seq);

export async function open(server: Server): Promise<ReturnType<Chat['conversation']>> {
  server.connect();
  const conversation = server.chat.conversation('r-1');
  conversation.open();
  await settle();
  return conversation;
}
