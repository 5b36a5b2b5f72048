import type { ReadonlySignal } from '@preact/signals-core';
import type { KeptIn } from '../kept/kept';
import { Kept } from '../kept/kept';
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
  readonly #kept: Kept<Keys>;

  constructor(storage: KeptIn, userId: string) {
    this.#kept = new Kept<Keys>(storage, `parley.keys.${userId}`, recalled, { of: defaults, singles: true });
  }

  get keys(): ReadonlySignal<Keys> {
    return this.#kept.value;
  }

  /** What a key does now; undefined for nothing. */
  actionOf(combo: Combo): KeyAction | undefined {
    const { of, singles } = this.keys.peek();
    if (!singles && isSingle(combo)) return undefined;
    return keyActions.find(({ id }) => of[id] === combo)?.id;
  }

  /** Gives an action another key; an empty one for none. Answers why not, and then nothing has changed. */
  assign(action: KeyAction, combo: Combo): Refusal | null {
    if (combo !== '' && isTaken(combo)) return { why: 'taken' };
    const { of } = this.keys.peek();
    const other = keyActions.find(({ id }) => combo !== '' && id !== action && of[id] === combo)?.id;
    if (other !== undefined) return { why: 'conflict', with: other, title: titles[other] };
    this.#kept.keep({ ...this.keys.peek(), of: { ...of, [action]: combo } });
    return null;
  }

  useSingles(singles: boolean): void {
    this.#kept.keep({ ...this.keys.peek(), singles });
  }

  reset(): void {
    this.#kept.keep({ of: defaults, singles: true });
  }

  close(): void {
    this.#kept.close();
  }
}

function recalled(written: unknown): Keys {
  const { singles, of } = stored(written);
  return { singles, of: valid(of) };
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
