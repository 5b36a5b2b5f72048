import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Api } from '../net/api';
import { array, object } from '../protocol/decode';
import type { User } from '../protocol/shapes';
import { user } from '../protocol/shapes';

/** Everybody this page has heard of, by id. */
export class People {
  readonly #api: Api;
  readonly #known = signal<ReadonlyMap<string, User>>(new Map());

  constructor(api: Api) {
    this.#api = api;
  }

  get known(): ReadonlySignal<ReadonlyMap<string, User>> {
    return this.#known;
  }

  /** The name to show; a person nobody has told us about is "Someone". */
  nameOf(userId: string): string {
    return this.#known.value.get(userId)?.displayName ?? 'Someone';
  }

  learn(users: readonly User[]): void {
    const known = this.#known.peek();
    const news = users.filter((person) => known.get(person.id)?.displayName !== person.displayName);
    if (news.length > 0) this.#known.value = new Map([...known, ...news.map((person) => [person.id, person] as const)]);
  }

  async search(query: string, signal?: AbortSignal): Promise<User[]> {
    const { users } = await this.#api.call('/api/users', object({ users: array(user) }), {
      query: { query, limit: 20 },
      ...(signal === undefined ? {} : { signal }),
    });
    this.learn(users);
    return users;
  }
}
