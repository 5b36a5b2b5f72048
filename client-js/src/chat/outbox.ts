import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { array, number, object, oneOf, otherwise, string } from '../protocol/decode';
import type { ProblemCode } from '../protocol/problem';
import { ParleyError, asParleyError } from '../protocol/problem';
import type { Message } from '../protocol/shapes';
import { message as readMessage } from '../protocol/shapes';

/** A message that the server has not confirmed yet. */
export interface Pending {
  readonly clientId: string;
  readonly roomId: string;
  readonly text: string;
  readonly replyTo?: string;
  /** A finished upload that this message shares. */
  readonly uploadId?: string;
  readonly fileName?: string;
  readonly createdAt: number;
  /** sending: on its way. waiting: for the connection. slowed: the server asked for patience. failed: up to the person. */
  readonly state: 'sending' | 'waiting' | 'slowed' | 'failed';
  readonly problem?: string;
}

export type Outgoing = Pick<Pending, 'roomId' | 'text' | 'replyTo' | 'uploadId' | 'fileName'> & {
  readonly clientId?: string;
};

/** What the outbox needs of the world; tests bring their own. */
export interface OutboxWorld {
  request(event: string, payload: unknown): Promise<unknown>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  wait(ms: number): Promise<void>;
  now(): number;
  newId(): string;
}

/** The server keeps (sender, clientId) for so long; later the same id would be a second message. */
const keyLifeMs = 24 * 3_600_000;
const mostPending = 200;
const patience = 3;

const stored = array(
  object(
    {
      clientId: string,
      roomId: string,
      text: string,
      createdAt: number,
      state: oneOf(['waiting', 'failed'], 'waiting'),
    },
    { replyTo: string, uploadId: string, fileName: string, problem: string },
  ),
);

/**
 * Messages on their way. Each has one id for all its attempts, so that the server makes one message of them; a room's
 * messages leave one after the other, so that they keep their order. What is not confirmed is written down first and
 * survives a reload.
 */
export class Outbox {
  readonly #world: OutboxWorld;
  readonly #key: string;
  readonly #confirmed: (message: Message) => void;
  readonly #pending = signal<readonly Pending[]>([]);
  readonly #draining = new Set<string>();
  #closed = false;

  constructor(world: OutboxWorld, userId: string, confirmed: (message: Message) => void) {
    this.#world = world;
    this.#key = `parley.outbox.${userId}`;
    this.#confirmed = confirmed;
    this.#pending.value = this.#recall();
  }

  get pending(): ReadonlySignal<readonly Pending[]> {
    return this.#pending;
  }

  add(outgoing: Outgoing): Pending {
    if (this.#pending.peek().length >= mostPending) {
      throw new ParleyError('unavailable', `More than ${mostPending} messages wait to be sent.`);
    }
    const pending: Pending = {
      ...outgoing,
      clientId: outgoing.clientId ?? this.#world.newId(),
      createdAt: this.#world.now(),
      state: 'sending',
    };
    this.#write([...this.#pending.peek(), pending]);
    void this.#drain(pending.roomId);
    return pending;
  }

  retry(clientId: string): void {
    const pending = this.#find(clientId);
    if (pending?.state !== 'failed') return;
    const stale = this.#world.now() - pending.createdAt > keyLifeMs;
    const { problem, ...rest } = pending;
    const again: Pending = {
      ...rest,
      ...(stale ? { clientId: this.#world.newId(), createdAt: this.#world.now() } : {}),
      state: 'sending',
    };
    this.#write(this.#pending.peek().map((other) => (other.clientId === clientId ? again : other)));
    void this.#drain(pending.roomId);
  }

  discard(clientId: string): void {
    this.#write(this.#pending.peek().filter((other) => other.clientId !== clientId));
  }

  /** The message has been heard back, be it as a broadcast or in a page of history. */
  settle(clientIds: readonly string[]): void {
    if (!this.#pending.peek().some(({ clientId }) => clientIds.includes(clientId))) return;
    this.#write(this.#pending.peek().filter(({ clientId }) => !clientIds.includes(clientId)));
  }

  /** The connection is back: what waited goes on. */
  resume(): void {
    for (const roomId of new Set(this.#pending.peek().map((pending) => pending.roomId))) void this.#drain(roomId);
  }

  /** Sends nothing more; what is written down stays for the next visit. */
  close(): void {
    this.#closed = true;
  }

  async #drain(roomId: string): Promise<void> {
    if (this.#draining.has(roomId)) return;
    this.#draining.add(roomId);
    try {
      for (;;) {
        const next = this.#pending.peek().find((pending) => pending.roomId === roomId && pending.state !== 'failed');
        if (next === undefined || this.#closed || !(await this.#deliver(next))) return;
      }
    } finally {
      this.#draining.delete(roomId);
    }
  }

  /** Brings one message to its end: confirmed or failed. Answers false when only the connection can help. */
  async #deliver(pending: Pending): Promise<boolean> {
    const { clientId } = pending;
    for (let attempt = 1; ; attempt++) {
      this.#become(clientId, { state: 'sending' });
      try {
        const answer = await this.#send(pending);
        this.settle([clientId]);
        this.#confirmed(answer);
        return true;
      } catch (error) {
        const problem = asParleyError(error);
        if (this.#closed || this.#find(clientId) === undefined) return !this.#closed;
        if (problem.code === 'offline') {
          this.#become(clientId, { state: 'waiting' });
          return false;
        }
        const wait = pauseBefore(problem, attempt);
        if (wait === null) {
          this.#become(clientId, { state: 'failed', problem: problem.message });
          return true;
        }
        this.#become(clientId, { state: problem.code === 'rate_limited' ? 'slowed' : 'sending' });
        await this.#world.wait(wait);
        if (this.#find(clientId) === undefined) return true;
      }
    }
  }

  async #send({ roomId, clientId, text, replyTo, uploadId }: Pending): Promise<Message> {
    const answer =
      uploadId === undefined
        ? await this.#world.request('message_send', { roomId, clientId, text, ...(replyTo ? { replyTo } : {}) })
        : await this.#world.request('media_share', { roomId, clientId, uploadId, ...(text ? { text } : {}) });
    return object({ message: readMessage })(answer).message;
  }

  #find(clientId: string): Pending | undefined {
    return this.#pending.peek().find((pending) => pending.clientId === clientId);
  }

  #become(clientId: string, change: Pick<Pending, 'state' | 'problem'>): void {
    const known = this.#find(clientId);
    if (known === undefined || (known.state === change.state && known.problem === change.problem)) return;
    this.#write(this.#pending.peek().map((other) => (other === known ? { ...other, ...change } : other)));
  }

  #write(pending: readonly Pending[]): void {
    this.#pending.value = pending;
    try {
      if (pending.length === 0) this.#world.storage.removeItem(this.#key);
      else this.#world.storage.setItem(this.#key, JSON.stringify(pending));
    } catch {
      // Storage full or forbidden: the message is still sent, it only does not survive a reload.
    }
  }

  #recall(): Pending[] {
    let saved: unknown;
    try {
      saved = JSON.parse(this.#world.storage.getItem(this.#key) ?? '[]');
    } catch {
      return [];
    }
    return otherwise(
      stored,
      [],
    )(saved).map((pending) =>
      this.#world.now() - pending.createdAt > keyLifeMs
        ? { ...pending, state: 'failed', problem: 'This was written more than a day ago and never reached the server.' }
        : pending,
    );
  }
}

/** How long to wait before the next attempt; null when another attempt would end like this one. */
function pauseBefore(problem: ParleyError, attempt: number): number | null {
  if (problem.code === 'rate_limited') return Math.max(problem.retryAfterMs ?? 1_000, 250);
  const passing: readonly ProblemCode[] = ['timeout', 'unavailable', 'internal', 'conflict'];
  if (!passing.includes(problem.code) || attempt >= patience) return null;
  return problem.retryAfterMs ?? attempt * 1_500;
}
