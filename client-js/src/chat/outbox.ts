import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { object } from '../protocol/decode';
import { ParleyError, asParleyError } from '../protocol/problem';
import type { Message } from '../protocol/shapes';
import { message as readMessage } from '../protocol/shapes';
import type { OutboxStore } from './outbox-store';
import type { Outgoing, Pending } from './pending';
import { isStuck, pauseBefore, refused, whileWaiting } from './pending';

/** What the outbox needs of the world; tests bring their own. */
export interface OutboxWorld {
  request(event: string, payload: unknown): Promise<unknown>;
  readonly store: OutboxStore;
  wait(ms: number): Promise<void>;
  now(): number;
  newId(): string;
}

/** The server keeps (sender, clientId) for so long; later the same id would be a second message. */
const keyLifeMs = 24 * 3_600_000;
const mostPending = 200;
const stale = 'This was written more than a day ago and never reached the server.';

/**
 * Messages on their way. Each has one id for all its attempts, so that the server makes one message of them; a room's
 * messages leave one after the other, so that they keep their order. What is not confirmed is written down first and
 * survives a reload. All tabs of a person share what is written down, and for each room one of them sends at a time: when
 * it closes or has no connection, the next one goes on.
 */
export class Outbox {
  readonly #world: OutboxWorld;
  readonly #confirmed: (message: Message) => void;
  readonly #pending = signal<readonly Pending[]>([]);
  /** Written down by this tab just now; until that is done the store's list does not know of them. */
  readonly #writing = new Map<string, Promise<void>>();
  readonly #gone = new Set<string>();
  readonly #draining = new Set<string>();
  readonly #wanted = new Set<string>();
  readonly #stop: () => void;
  #newest = 0;
  #closed = false;

  constructor(world: OutboxWorld, confirmed: (message: Message) => void) {
    this.#world = world;
    this.#confirmed = confirmed;
    this.#stop = world.store.onChange(() => void this.#look().then(() => this.resume()));
    void this.#look();
  }

  get pending(): ReadonlySignal<readonly Pending[]> {
    return this.#pending;
  }

  add(outgoing: Outgoing): Pending {
    if (this.#pending.peek().length >= mostPending) {
      throw new ParleyError('unavailable', `More than ${mostPending} messages wait to be sent.`);
    }
    // Two messages of one millisecond keep their order too.
    this.#newest = Math.max(this.#world.now(), this.#newest + 1);
    const pending: Pending = {
      ...outgoing,
      clientId: outgoing.clientId ?? this.#world.newId(),
      createdAt: this.#newest,
      state: 'sending',
    };
    this.#show([...this.#pending.peek(), pending]);
    this.#write(pending);
    void this.#drain(pending.roomId);
    return pending;
  }

  retry(clientId: string): void {
    const pending = this.#find(clientId);
    if (pending?.state === 'failed') this.#again(pending);
  }

  /** The person says that they mean it: the same message, with the number of people known. */
  confirm(clientId: string): void {
    const pending = this.#find(clientId);
    if (pending?.state === 'asking') this.#again({ ...pending, confirmMentions: true });
  }

  /** Forgets a message; what it was is answered, so that nothing that was written is lost. */
  discard(clientId: string): Pending | undefined {
    const pending = this.#find(clientId);
    this.settle([clientId]);
    return pending;
  }

  #again({ problem, members, ...rest }: Pending): void {
    const { clientId } = rest;
    const again: Pending = {
      ...rest,
      ...(this.#isStale(rest) ? { clientId: this.#world.newId(), createdAt: this.#world.now() } : {}),
      state: 'sending',
    };
    this.#show(this.#pending.peek().map((other) => (other.clientId === clientId ? again : other)));
    if (again.clientId !== clientId) this.#erase([clientId]);
    this.#write(again);
    void this.#drain(again.roomId);
  }

  /** The message has been heard back, be it as a broadcast or in a page of history. */
  settle(clientIds: readonly string[]): void {
    const settled = this.#pending.peek().filter(({ clientId }) => clientIds.includes(clientId));
    if (settled.length === 0) return;
    this.#show(this.#pending.peek().filter((pending) => !settled.includes(pending)));
    this.#erase(settled.map(({ clientId }) => clientId));
  }

  /** The connection is back: what waited goes on. */
  resume(): void {
    for (const roomId of new Set(this.#pending.peek().map((pending) => pending.roomId))) void this.#drain(roomId);
  }

  /** Sends nothing more; what is written down stays for the next visit. */
  close(): void {
    this.#closed = true;
    this.#stop();
  }

  async #drain(roomId: string): Promise<void> {
    this.#wanted.add(roomId);
    if (this.#draining.has(roomId)) return;
    this.#draining.add(roomId);
    try {
      while (this.#wanted.delete(roomId) && !this.#closed) {
        await this.#world.store.alone(roomId, () => this.#sendAll(roomId));
      }
    } finally {
      this.#draining.delete(roomId);
    }
  }

  /** Sends what is written down for a room, by this tab and by others, until there is nothing or no way. */
  async #sendAll(roomId: string): Promise<void> {
    await this.#look();
    for (;;) {
      const next = this.#pending.peek().find((pending) => pending.roomId === roomId && !isStuck(pending));
      if (next === undefined || this.#closed) return;
      await this.#writing.get(next.clientId);
      if (!(await this.#deliver(next))) return;
    }
  }

  /** Brings one message to its end: confirmed or failed. Answers false when only the connection can help. */
  async #deliver(pending: Pending): Promise<boolean> {
    const { clientId } = pending;
    for (let attempt = 1; ; attempt++) {
      if (this.#isStale(pending)) {
        this.#become(clientId, { state: 'failed', problem: stale });
        return true;
      }
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
        const end = refused(problem);
        const wait = end.state === 'asking' ? null : pauseBefore(problem, attempt);
        if (wait === null) {
          this.#become(clientId, end);
          return true;
        }
        this.#become(clientId, { state: whileWaiting(problem.code) });
        await this.#world.wait(wait);
        if (this.#find(clientId) === undefined) return true;
        if (this.#hasEnded()) return false;
      }
    }
  }

  async #send({ roomId, clientId, text, replyTo, threadId, uploadId, confirmMentions }: Pending): Promise<Message> {
    const where = {
      ...(replyTo ? { replyTo } : {}),
      ...(threadId ? { threadId } : {}),
      ...(confirmMentions ? { confirmMentions } : {}),
    };
    const answer =
      uploadId === undefined
        ? await this.#world.request('message_send', { roomId, clientId, text, ...where })
        : await this.#world.request('media_share', { roomId, clientId, uploadId, ...(text ? { text } : {}), ...where });
    return object({ message: readMessage })(answer).message;
  }

  #hasEnded(): boolean {
    return this.#closed;
  }

  #isStale({ createdAt }: Pick<Pending, 'createdAt'>): boolean {
    return this.#world.now() - createdAt > keyLifeMs;
  }

  #find(clientId: string): Pending | undefined {
    return this.#pending.peek().find((pending) => pending.clientId === clientId);
  }

  #become(clientId: string, change: Pick<Pending, 'state' | 'problem' | 'members'>): void {
    const known = this.#find(clientId);
    if (known === undefined || (known.state === change.state && known.problem === change.problem)) return;
    const next = { ...known, ...change };
    this.#show(this.#pending.peek().map((other) => (other === known ? next : other)));
    // How far it is on its way matters to this tab only; that it is stuck, to every one of them.
    if (isStuck(next)) this.#write(next);
  }

  #show(pending: readonly Pending[]): void {
    this.#pending.value = pending;
  }

  #write(pending: Pending): void {
    // Storage full or forbidden: the message is still sent, it only does not survive a reload.
    const done = this.#world.store
      .put(pending)
      .catch(() => undefined)
      .then(async () => {
        if (this.#writing.get(pending.clientId) === done) this.#writing.delete(pending.clientId);
        if (this.#gone.has(pending.clientId)) await this.#world.store.remove([pending.clientId]).catch(() => undefined);
      });
    this.#writing.set(pending.clientId, done);
  }

  #erase(clientIds: readonly string[]): void {
    for (const clientId of clientIds) this.#gone.add(clientId);
    const done = this.#world.store.remove(clientIds).catch(() => undefined);
    for (const clientId of clientIds) {
      void Promise.all([done, this.#writing.get(clientId)]).then(() => this.#gone.delete(clientId));
    }
  }

  /** Takes in what the tabs have written down; how far this tab is with its own ones is kept. */
  async #look(): Promise<void> {
    let written: Pending[];
    try {
      written = await this.#world.store.all();
    } catch {
      return;
    }
    if (this.#closed) return;
    const here = new Map(this.#pending.peek().map((pending) => [pending.clientId, pending]));
    const merged = new Map<string, Pending>();
    for (const pending of written) {
      if (this.#gone.has(pending.clientId)) continue;
      const known = here.get(pending.clientId);
      const goesOn = known !== undefined && isStuck(known) === isStuck(pending);
      merged.set(pending.clientId, goesOn ? known : this.#recalled(pending));
    }
    for (const clientId of this.#writing.keys()) {
      const known = here.get(clientId);
      if (known !== undefined) merged.set(clientId, known);
    }
    this.#newest = Math.max(this.#newest, ...written.map(({ createdAt }) => Math.min(createdAt, this.#world.now())));
    this.#show([...merged.values()].sort((a, b) => a.createdAt - b.createdAt));
  }

  #recalled(pending: Pending): Pending {
    return !isStuck(pending) && this.#isStale(pending) ? { ...pending, state: 'failed', problem: stale } : pending;
  }
}
