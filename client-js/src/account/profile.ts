import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Api } from '../net/api';
import { boolean, object, otherwise } from '../protocol/decode';
import type { Decoded } from '../protocol/decode';

const privacy = object({ shareLastSeen: otherwise(boolean, true) });
/** What others may know of this person. */
export type Privacy = Decoded<typeof privacy>;

const path = '/api/me';

/** What the server keeps of this person that is nobody else's business. */
export class Profile {
  readonly #api: Api;
  readonly #privacy = signal<Privacy | null>(null);
  #changes = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Null until it is known. */
  get privacy(): ReadonlySignal<Privacy | null> {
    return this.#privacy;
  }

  async load(signal: AbortSignal): Promise<void> {
    const changes = this.#changes;
    const found = await this.#api.call(path, privacy, { signal });
    // What was chosen meanwhile is newer.
    if (changes === this.#changes) this.#privacy.value = found;
  }

  /** Shown as chosen at once, and as it was when the server does not take it. */
  async change(change: Partial<Privacy>): Promise<void> {
    const before = this.#privacy.peek();
    if (before === null) return;
    const mine = ++this.#changes;
    this.#privacy.value = { ...before, ...change };
    try {
      const now = await this.#api.call(path, privacy, { method: 'PATCH', body: change });
      if (mine === this.#changes) this.#privacy.value = now;
    } catch (error) {
      if (mine === this.#changes) this.#privacy.value = before;
      throw error;
    }
  }
}
