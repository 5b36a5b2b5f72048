import type { ReadonlySignal } from '@preact/signals-core';
import type { KeptIn } from '../kept/kept';
import { Kept } from '../kept/kept';
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
  readonly #kept: Kept<NotifyChoice>;

  constructor(storage: KeptIn, userId: string) {
    this.#kept = new Kept<NotifyChoice>(storage, `parley.notify.${userId}`, stored, quietAtFirst);
  }

  get choice(): ReadonlySignal<NotifyChoice> {
    return this.#kept.value;
  }

  change(change: Partial<NotifyChoice>): void {
    const next = { ...this.choice.peek(), ...change };
    this.#kept.keep({ ...next, keywords: next.keywords.slice(0, mostKeywords) });
  }

  close(): void {
    this.#kept.close();
  }
}
