import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { array, boolean, object, oneOf, otherwise, string } from '../protocol/decode';

/** How a person wants to be told on this browser. */
export interface NotifyChoice {
  /** Whether the desktop may be used at all. */
  readonly desktop: boolean;
  readonly sound: boolean;
  /** How much of a message a notification says. */
  readonly content: 'full' | 'sender' | 'none';
  /** Words that count like a mention. */
  readonly keywords: readonly string[];
}

export const quietAtFirst: NotifyChoice = { desktop: false, sound: true, content: 'full', keywords: [] };

const mostKeywords = 20;

const stored = object({
  desktop: otherwise(boolean, false),
  sound: otherwise(boolean, true),
  content: oneOf(['full', 'sender', 'none'], 'full'),
  keywords: otherwise(array(string), []),
});

/** Kept by browser and person: another computer may stand in another room. */
export class NotifySettings {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #key: string;
  readonly #choice;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>, userId: string) {
    this.#storage = storage;
    this.#key = `parley.notify.${userId}`;
    this.#choice = signal<NotifyChoice>(this.#recall());
  }

  get choice(): ReadonlySignal<NotifyChoice> {
    return this.#choice;
  }

  change(change: Partial<NotifyChoice>): void {
    const next = { ...this.#choice.peek(), ...change };
    this.#choice.value = { ...next, keywords: next.keywords.slice(0, mostKeywords) };
    try {
      this.#storage.setItem(this.#key, JSON.stringify(this.#choice.peek()));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }

  #recall(): NotifyChoice {
    try {
      return otherwise(stored, quietAtFirst)(JSON.parse(this.#storage.getItem(this.#key) ?? 'null'));
    } catch {
      return quietAtFirst;
    }
  }
}
