import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { boolean, object, otherwise, string } from '../protocol/decode';
import type { KeyAction } from './catalogue';
import { keyActions } from './catalogue';
import type { Combo } from './combo';
import { isSingle, isTaken } from './combo';

/** Which key does what for one person. */
export interface Keys {
  /** The key of each action; empty for none. */
  readonly of: Readonly<Record<KeyAction, Combo>>;
  /** Whether keys that also write do anything: who speaks to the machine sets them off by accident. */
  readonly singles: boolean;
}

/** Why a key cannot be had. */
export type Refusal =
  { readonly why: 'taken' } | { readonly why: 'conflict'; readonly with: KeyAction; readonly title: string };

const titles = Object.fromEntries(keyActions.map(({ id, title }) => [id, title])) as Record<KeyAction, string>;
const defaults = Object.fromEntries(keyActions.map(({ id, key }) => [id, key])) as Record<KeyAction, Combo>;
const stored = object({ singles: otherwise(boolean, true) }, { of: (value: unknown) => value });
const longest = 40;

/** Kept by browser and person: another keyboard has other keys. */
export class Keymap {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #name: string;
  readonly #keys;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>, userId: string) {
    this.#storage = storage;
    this.#name = `parley.keys.${userId}`;
    this.#keys = signal<Keys>(this.#recall());
  }

  get keys(): ReadonlySignal<Keys> {
    return this.#keys;
  }

  /** What a key does now; undefined for nothing. */
  actionOf(combo: Combo): KeyAction | undefined {
    const { of, singles } = this.#keys.peek();
    if (!singles && isSingle(combo)) return undefined;
    return keyActions.find(({ id }) => of[id] === combo)?.id;
  }

  /** Gives an action another key; an empty one for none. Answers why not, and then nothing has changed. */
  assign(action: KeyAction, combo: Combo): Refusal | null {
    if (combo !== '' && isTaken(combo)) return { why: 'taken' };
    const { of } = this.#keys.peek();
    const other = keyActions.find(({ id }) => combo !== '' && id !== action && of[id] === combo)?.id;
    if (other !== undefined) return { why: 'conflict', with: other, title: titles[other] };
    this.#keep({ ...this.#keys.peek(), of: { ...of, [action]: combo } });
    return null;
  }

  useSingles(singles: boolean): void {
    this.#keep({ ...this.#keys.peek(), singles });
  }

  reset(): void {
    this.#keep({ of: defaults, singles: true });
  }

  #keep(keys: Keys): void {
    this.#keys.value = keys;
    try {
      this.#storage.setItem(this.#name, JSON.stringify(keys));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }

  #recall(): Keys {
    try {
      const { singles, of } = stored(JSON.parse(this.#storage.getItem(this.#name) ?? '{}'));
      return { singles, of: valid(of) };
    } catch {
      return { singles: true, of: defaults };
    }
  }
}

/** What was kept, as far as it still makes sense: an action of its own keeps its key, two never share one. */
function valid(value: unknown): Record<KeyAction, Combo> {
  const kept = otherwise(
    object({}, Object.fromEntries(keyActions.map(({ id }) => [id, otherwise(string, '')]))),
    {},
  )(value) as Partial<Record<KeyAction, string>>;
  const result = { ...defaults };
  for (const { id } of keyActions) {
    const combo = kept[id];
    if (combo !== undefined && combo.length <= longest && !isTaken(combo)) result[id] = combo;
  }
  const seen = new Set<Combo>();
  for (const { id } of keyActions) {
    if (seen.has(result[id])) result[id] = '';
    else if (result[id] !== '') seen.add(result[id]);
  }
  return result;
}
