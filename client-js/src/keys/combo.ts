/** A key as it is written down: `Mod+Shift+F`, `Alt+ArrowUp`, `Escape`, `?`. Mod is ⌘ on a Mac and Ctrl elsewhere. */
export type Combo = string;

/** The part of a keyboard event that names a key. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & {
  getModifierState?(modifier: string): boolean;
};

const modifiers = ['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'OS', 'CapsLock', 'NumLock', 'Fn', 'Dead'];

/** What was pressed; null while only modifiers are down, or for what makes no key of its own. */
export function comboOf(event: Pressed): Combo | null {
  const { key } = event;
  if (key === '' || key === 'Process' || key === 'Unidentified' || modifiers.includes(key)) return null;
  // AltGr makes signs on many keyboards, and some systems report it as Ctrl and Alt.
  const makesSigns = event.getModifierState?.('AltGraph') === true;
  const mod = (event.ctrlKey || event.metaKey) && !makesSigns;
  const alt = event.altKey && !makesSigns;
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
  // Shift belongs to a sign like "?" itself: another keyboard has it without.
  const shift = event.shiftKey && (name.length > 1 || isLetter(name));
  return [...(mod ? ['Mod'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), name].join('+');
}

/** A key that also writes: one letter, digit, sign or the space bar, with nothing held but Shift (WCAG 2.1.4). */
export function isSingle(combo: Combo): boolean {
  const { held, name } = partsOf(combo);
  return held.every((one) => one === 'Shift') && (name.length === 1 || name === 'Space');
}

const needed: readonly string[] = [
  ...['Tab', 'Enter', 'Backspace', 'Delete', 'Home', 'End', 'PageUp', 'PageDown', 'ContextMenu'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
];
/** Editing, and what browsers keep for themselves. */
const taken = ['A', 'C', 'V', 'X', 'Z', 'Y', 'L', 'N', 'P', 'Q', 'R', 'S', 'T', 'W', '+', '-', '=', '0'];

/** Whether a key has a meaning that nobody can do without: walking, writing, editing, the browser's own. */
export function isTaken(combo: Combo): boolean {
  const { held, name } = partsOf(combo);
  if (held.includes('Mod') && !held.includes('Alt')) {
    if (taken.includes(name) || /^\d$/.test(name)) return true;
  }
  if (held.includes('Alt') && name === 'F4') return true;
  if (['F5', 'F11', 'F12'].includes(name)) return true;
  return needed.includes(name) && !held.includes('Alt');
}

const signs: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** The keys of a combo as they are printed on a keyboard. */
export function printed(combo: Combo, isMac: boolean): readonly string[] {
  const { held, name } = partsOf(combo);
  const words: Readonly<Record<string, string>> = isMac
    ? { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
    : { Mod: 'Ctrl', Alt: 'Alt', Shift: 'Shift' };
  return [...held.map((one) => words[one] ?? one), signs[name] ?? name];
}

function partsOf(combo: Combo): { held: readonly string[]; name: string } {
  const held = combo.split('+');
  // The plus sign is itself a key.
  if (combo.endsWith('+')) return { held: held.slice(0, -2), name: '+' };
  const name = held.pop() ?? '';
  return { held, name };
}

function isLetter(name: string): boolean {
  return /^\p{L}$/u.test(name);
}
