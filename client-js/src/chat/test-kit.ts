import type { Message, Room } from '../protocol/shapes';
import type { Pending } from './pending';
import { isStuck } from './pending';
import type { OutboxStore } from './outbox-store';
import type { Timers } from './typing';

/** Small true-to-shape things for tests. */
export const alice = { id: 'u-alice', username: 'alice', displayName: 'Alice' };
export const bob = { id: 'u-bob', username: 'bob', displayName: 'Bob' };

export function aMessage(seq: number, more: Partial<Message> = {}): Message {
  return {
    id: `m-${seq}`,
    roomId: 'r-1',
    seq,
    sender: bob,
    clientId: `c-${seq}`,
    kind: 'text',
    text: `message ${seq}`,
    reactions: [],
    mentions: [],
    sentAt: new Date(Date.UTC(2026, 0, 1, 12, 0, seq)).toISOString(),
    ...more,
  };
}

export function aRoom(more: Partial<Room> = {}): Room {
  return {
    id: 'r-1',
    kind: 'public',
    name: 'room',
    memberCount: 2,
    lastSeq: 0,
    readSeq: 0,
    unread: 0,
    mentions: 0,
    notify: 'all',
    ...more,
  };
}

/** A clock that stands still until it is turned. */
export class ManualTimers implements Timers {
  #now = 1_000_000;
  #waiting: { at: number; then: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, then: () => void): () => void {
    const entry = { at: this.#now + ms, then };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#now = next.at;
      next.then();
    }
    this.#now = end;
  }
}

export class MemoryStorage implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  readonly #values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }

  removeItem(key: string): void {
    this.#values.delete(key);
  }
}

/** What the tabs of one browser share; each tab has a store of its own on it. */
export class MemoryBrowser {
  readonly rows = new Map<string, Pending>();
  readonly #listeners = new Map<OutboxStore, () => void>();
  readonly #queues = new Map<string, Promise<unknown>>();

  tab(): OutboxStore {
    const others = (): void => {
      for (const [other, listener] of this.#listeners) if (other !== store) listener();
    };
    const store: OutboxStore = {
      all: () =>
        Promise.resolve(
          [...this.rows.values()].map((row): Pending => ({
            ...row,
            state: isStuck(row) ? row.state : 'waiting',
          })),
        ),
      put: (pending) => {
        this.rows.set(pending.clientId, pending);
        return Promise.resolve().then(others);
      },
      remove: (clientIds) => {
        for (const clientId of clientIds) this.rows.delete(clientId);
        return Promise.resolve().then(others);
      },
      onChange: (listener) => {
        this.#listeners.set(store, listener);
        return () => this.#listeners.delete(store);
      },
      alone: (name, work) => {
        const done = (this.#queues.get(name) ?? Promise.resolve()).then(work);
        this.#queues.set(
          name,
          done.catch(() => undefined),
        );
        return done;
      },
    };
    return store;
  }
}

/** Lets everything that is already promised happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}
