import { computed, signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Connection } from '../net/connection';
import type { Presence, PresenceStatus } from '../protocol/shapes';
import { aheadOf } from './until';

const unknown = (userId: string): Presence => ({ userId, status: 'unknown' });

/** Who is there. While there is no connection nobody's state is known, and it is said so. */
export class Presences {
  readonly #line: Pick<Connection, 'request' | 'hear' | 'link'>;
  readonly #heard = signal<ReadonlyMap<string, Presence>>(new Map());
  readonly #stops: (() => void)[] = [];
  readonly #shown: ReadonlySignal<ReadonlyMap<string, Presence>>;

  constructor(line: Pick<Connection, 'request' | 'hear' | 'link'>) {
    this.#line = line;
    this.#shown = computed(() => (line.link.value.state === 'online' ? this.#heard.value : new Map()));
    this.#stops.push(
      line.hear('session', ({ presence }) => {
        this.#heard.value = new Map(presence.map((one) => [one.userId, one]));
      }),
      line.hear('user_online', ({ userId, status }) => this.#put({ ...this.#without(userId), status })),
      line.hear('user_offline', ({ userId, lastSeenAt }) =>
        this.#put({ userId, status: 'offline', ...(lastSeenAt === undefined ? {} : { lastSeenAt }) }),
      ),
      line.hear('presence_changed', ({ presence }) => this.#put(presence)),
    );
  }

  of(userId: string): Presence {
    return this.#shown.value.get(userId) ?? unknown(userId);
  }

  /** The same, for who only wants to know it once. */
  now(userId: string): Presence {
    return this.#shown.peek().get(userId) ?? unknown(userId);
  }

  /** Another state; what one says about oneself stays, with its end. */
  change(me: string, status: PresenceStatus): Promise<void> {
    const { statusText, until } = this.now(me);
    const end = statusText === undefined ? undefined : aheadOf(until, Date.now());
    return this.set(status, statusText, end);
  }

  /** @param until when it ends by itself; never, when it is not given */
  async set(status: PresenceStatus, statusText?: string, until?: Date): Promise<void> {
    await this.#line.request('presence_set', {
      status,
      ...(statusText === undefined ? {} : { statusText }),
      ...(until === undefined ? {} : { until: until.toISOString() }),
    });
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #without(userId: string): Presence {
    const { statusText, until } = this.#heard.peek().get(userId) ?? unknown(userId);
    return {
      userId,
      status: 'online',
      ...(statusText === undefined ? {} : { statusText }),
      ...(until === undefined ? {} : { until }),
    };
  }

  #put(presence: Presence): void {
    this.#heard.value = new Map(this.#heard.peek()).set(presence.userId, presence);
  }
}
