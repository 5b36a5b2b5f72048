// @vitest-environment node
import { expect, test } from 'vitest';
import type { Pressed } from './combo';
import { comboOf, isSingle, isTaken, printed } from './combo';
import { Keymap } from './keymap';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, held: Partial<Pressed> = {}): string | null => comboOf({ ...none, key, ...held });

class Memory {
  readonly kept = new Map<string, string>();

  getItem(name: string): string | null {
    return this.kept.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    this.kept.set(name, value);
  }
}

test('a_key_has_one_name_whatever_the_keyboard_and_the_system', () => {
  expect(press('k', { ctrlKey: true })).toBe('Mod+K');
  expect(press('k', { metaKey: true })).toBe('Mod+K');
  expect(press('F', { ctrlKey: true, shiftKey: true })).toBe('Mod+Shift+F');
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press('?')).toBe('?');
  expect(press(' ')).toBe('Space');
  expect(press('+', { ctrlKey: true })).toBe('Mod++');
  expect(press('Shift', { shiftKey: true })).toBeNull();
  expect(press('@', { ctrlKey: true, altKey: true, getModifierState: (name) => name === 'AltGraph' })).toBe('@');
});

test('a_key_that_also_writes_is_a_single_one', () => {
  expect(['M', 'Shift+M', '?', 'Space', '7'].map(isSingle)).toEqual([true, true, true, true, true]);
  expect(['Mod+K', 'Escape', 'F6', 'Alt+ArrowUp', 'Alt+M'].map(isSingle)).toEqual([false, false, false, false, false]);
});

test('what_one_walks_writes_and_edits_with_is_taken', () => {
  expect(['Tab', 'Shift+Tab', 'Enter', 'ArrowUp', 'Mod+C', 'Mod+Shift+T', 'Mod+1', 'F5'].every(isTaken)).toBe(true);
  expect(['Alt+ArrowUp', 'Mod+K', 'Escape', 'F6', 'M', 'Mod+Alt+C'].some(isTaken)).toBe(false);
});

test('keys_are_printed_as_they_stand_on_the_keyboard', () => {
  expect(printed('Mod+Shift+F', false)).toEqual(['Ctrl', 'Shift', 'F']);
  expect(printed('Mod+Shift+F', true)).toEqual(['⌘', '⇧', 'F']);
  expect(printed('Alt+ArrowUp', false)).toEqual(['Alt', '↑']);
  expect(printed('Mod++', false)).toEqual(['Ctrl', '+']);
});

test('a_key_can_be_given_to_another_action_once_it_is_free_and_is_remembered_for_this_person', () => {
  const memory = new Memory();
  const keymap = new Keymap(memory, 'alice');

  expect(keymap.assign('mute', 'V')).toEqual({ why: 'conflict', with: 'camera', title: 'Camera on and off' });
  expect(keymap.assign('mute', 'Tab')).toEqual({ why: 'taken' });
  expect(keymap.actionOf('M')).toBe('mute');
  expect(keymap.assign('camera', '')).toBeNull();
  expect(keymap.assign('mute', 'V')).toBeNull();

  expect(new Keymap(memory, 'alice').actionOf('V')).toBe('mute');
  expect(new Keymap(memory, 'alice').actionOf('M')).toBeUndefined();
  expect(new Keymap(memory, 'bob').actionOf('V')).toBe('camera');
});

test('single_keys_can_be_turned_off_and_all_the_others_go_on', () => {
  const memory = new Memory();
  new Keymap(memory, 'alice').useSingles(false);
  const keymap = new Keymap(memory, 'alice');

  expect(['M', '?', 'Space'].map((key) => keymap.actionOf(key))).toEqual([undefined, undefined, undefined]);
  expect(keymap.actionOf('Mod+K')).toBe('switch');
  keymap.reset();
  expect(keymap.actionOf('M')).toBe('mute');
});

test.each([
  'nonsense',
  'null',
  '7',
  '{"of":7}',
  '{"of":{"mute":7,"switch":null,"search":"Tab"}}',
  `{"of":{"mute":"${'x'.repeat(99)}"}}`,
  '{"of":{"__proto__":{"mute":"Q"}}}',
])('what_was_kept_and_makes_no_sense_changes_nothing: %s', (kept) => {
  const memory = new Memory();
  memory.setItem('parley.keys.alice', kept);

  const { of, singles } = new Keymap(memory, 'alice').keys.peek();

  expect([of.switch, of.search, singles]).toEqual(['Mod+K', 'Mod+Shift+F', true]);
});

test('two_actions_never_share_a_key_even_if_they_were_kept_so', () => {
  const memory = new Memory();
  memory.setItem('parley.keys.alice', '{"of":{"camera":"M","talk":""}}');

  const keymap = new Keymap(memory, 'alice');

  expect([keymap.actionOf('M'), keymap.keys.peek().of.camera, keymap.actionOf('Space')]).toEqual([
    'mute',
    '',
    undefined,
  ]);
});
