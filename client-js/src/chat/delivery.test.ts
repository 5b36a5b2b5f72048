// @vitest-environment node
import { expect, test } from 'vitest';
import type { Api } from '../net/api';
import type { ServerEvent, ServerEvents } from '../protocol/events';
import { ParleyError } from '../protocol/problem';
import type { Message } from '../protocol/shapes';
import { Chat } from './chat';
import { ManualTimers, MemoryBrowser, MemoryStorage, aMessage, aRoom, alice, bob, settle } from './test-kit';
import { gaps, isComplete } from './timeline';
import { Random } from '../../test/call/random';

/**
 * A server with one room and a network with a will of its own: what a socket carries keeps its order, a REST answer comes
 * whenever it likes, a cut line loses all that was on it.
 */
class Troubled {
  readonly said: Message[] = [];
  readonly changed = new Set<number>();
  readonly #stream: (() => void)[] = [];
  readonly #answers: (() => void)[] = [];
  readonly #listeners = new Map<string, ((payload: never) => void)[]>();
  readonly #cut: (() => void)[] = [];
  #up = false;

  readonly chat = new Chat(
    alice,
    {
      request: <T>(event: string, payload: unknown) => this.#request(event, payload) as Promise<T>,
      whisper: () => undefined,
      hear: (event, listener) => {
        this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
        return () => undefined;
      },
    },
    {
      call: (path: string, read: (value: unknown) => unknown, { query = {} }: { query?: Record<string, number> }) =>
        new Promise((resolve) => {
          // Read now, heard at any later time.
          const answer = JSON.stringify(path === '/api/threads' ? { threads: [] } : this.#page(query));
          this.#answers.push(() => resolve(read(JSON.parse(answer))));
        }),
    } as unknown as Api,
    new MemoryStorage() as unknown as Storage,
    new MemoryBrowser().tab(),
    new ManualTimers(),
  );

  connect(): void {
    this.disconnect();
    this.#up = true;
    const rooms = [aRoom({ lastSeq: this.said.length })];
    this.#emit('session', { user: alice, sessionId: 's', rooms, presence: [], calls: [], limits: {} });
  }

  disconnect(): void {
    this.#up = false;
    this.#stream.length = 0;
    for (const cut of this.#cut.splice(0)) cut();
  }

  say(): void {
    const message = aMessage(this.said.length + 1, { sender: this.said.length % 3 === 0 ? alice : bob });
    this.said.push(message);
    this.#emit('message', { message });
  }

  change(index: number, how: 'edit' | 'delete' | 'react', turn: number): void {
    const known = this.said[index];
    if (known === undefined || (known.deletedAt !== undefined && how !== 'delete')) return;
    const at = new Date(Date.UTC(2026, 1, 1, 0, 0, 0, turn)).toISOString();
    const next: Message =
      how === 'edit'
        ? { ...known, text: `edited ${turn}`, editedAt: at }
        : how === 'delete'
          ? { ...known, text: '', reactions: [], deletedAt: at }
          : { ...known, reactions: turn % 2 === 0 ? [] : [{ emoji: '👍', userIds: [`u-${turn}`] }] };
    this.said[index] = next;
    this.changed.add(next.seq);
    if (how === 'react') {
      this.#emit('reaction', { roomId: next.roomId, messageId: next.id, reactions: next.reactions });
    } else {
      this.#emit(how === 'edit' ? 'message_updated' : 'message_deleted', { message: next });
    }
  }

  /** Lets one thing arrive. */
  deliver(which: number): void {
    if (which % 2 === 0) this.#stream.shift()?.();
    else this.#answers.splice(which % Math.max(1, this.#answers.length), 1)[0]?.();
  }

  get isUp(): boolean {
    return this.#up;
  }

  get isQuiet(): boolean {
    return this.#stream.length === 0 && this.#answers.length === 0;
  }

  #emit<E extends ServerEvent>(event: E, payload: ServerEvents[E]): void {
    if (!this.#up) return;
    const wire = JSON.stringify(payload);
    this.#stream.push(() => {
      for (const listener of this.#listeners.get(event) ?? []) listener(JSON.parse(wire) as never);
    });
  }

  #request(event: string, payload: unknown): Promise<unknown> {
    if (!this.#up) return Promise.reject(new ParleyError('offline', 'no line'));
    if (event !== 'sync') return Promise.reject(new ParleyError('not_found', event));
    const { rooms } = payload as { rooms: { roomId: string; afterSeq: number }[] };
    const answer = JSON.stringify({
      rooms: rooms.map(({ roomId, afterSeq }) => {
        const missed = this.said.filter(({ seq }) => seq > afterSeq);
        const updated = this.said.filter(({ seq }) => seq <= afterSeq && this.changed.has(seq));
        const stale = updated.length > 12;
        return {
          roomId,
          messages: stale ? [] : missed.slice(0, 5),
          updated: stale ? [] : updated,
          stale,
          more: missed.length > 5,
        };
      }),
    });
    return new Promise((resolve, reject) => {
      this.#stream.push(() => resolve(JSON.parse(answer)));
      this.#cut.push(() => reject(new ParleyError('offline', 'cut')));
    });
  }

  #page({ beforeSeq, afterSeq }: Record<string, number>): unknown {
    const all = this.said.filter(({ seq }) => (beforeSeq === undefined || seq < beforeSeq) && seq > (afterSeq ?? 0));
    const messages = afterSeq === undefined ? all.slice(-4) : all.slice(0, 4);
    return { messages, more: all.length > messages.length };
  }
}

async function play(seed: number): Promise<void> {
  const chance = new Random(seed);
  const pick = (bound: number): number => chance.upTo(bound);
  const server = new Troubled();
  for (let index = 0; index < pick(20); index++) server.say();
  server.connect();
  const conversation = server.chat.conversation('r-1');
  conversation.open();
  for (let turn = 0; turn < 150; turn++) {
    switch (pick(12)) {
      case 0:
      case 1:
      case 2:
        server.say();
        break;
      case 3:
        server.change(pick(server.said.length), 'edit', turn);
        break;
      case 4:
        server.change(pick(server.said.length), 'react', turn);
        break;
      case 5:
        if (pick(4) === 0) server.change(pick(server.said.length), 'delete', turn);
        break;
      case 6:
        if (seed % 2 === 0 && pick(5) === 0) server.disconnect();
        break;
      case 7:
        if (seed % 2 === 0 && pick(5) === 0) server.connect();
        break;
      case 8:
        void conversation.loadOlder();
        break;
      default:
        server.deliver(pick(1_000));
    }
    await settle();
    const seqs = conversation.timeline.value.messages.map(({ seq }) => seq);
    expect(seqs, `seed ${seed}: sorted and single`).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    const holes = conversation.timeline.value.covered;
    for (const [index, seq] of seqs.entries()) {
      const before = seqs[index - 1];
      if (before === undefined || before === seq - 1) continue;
      const said = holes.some(({ to }) => to >= before && to < seq);
      expect(said, `seed ${seed}: the hole between ${before} and ${seq} is said`).toBe(true);
    }
  }
  await calm(server);
  // What is missing at the end is behind a marker, or above.
  if (!server.isUp) server.connect();
  for (let round = 0; round < 300; round++) {
    await calm(server);
    const [gap] = gaps(conversation.timeline.value);
    if (gap !== undefined) void conversation.fill(gap);
    else if (!conversation.isLoaded) void conversation.loadNewest();
    else if (!isComplete(conversation.timeline.value)) void conversation.loadOlder();
    else break;
    await settle();
  }
  expect(conversation.timeline.value.messages, `seed ${seed}`).toEqual(server.said);
}

async function calm(server: Troubled): Promise<void> {
  for (let turn = 0; turn < 2_000 && !server.isQuiet; turn++) {
    server.deliver(turn);
    await settle();
  }
}

test('whatever_the_network_does_the_timeline_becomes_the_servers_and_no_hole_is_silent', async () => {
  for (let seed = 1; seed <= 150; seed++) await play(seed);
}, 60_000);
