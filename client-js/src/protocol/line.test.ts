// @vitest-environment node
import { expect, test } from 'vitest';
import { MalformedError } from './decode';
import { apart, line, name } from './line';

test('what_turns_the_direction_or_ends_the_line_is_left_out', () => {
  expect(name('safe-\u202egpj.exe')).toBe('safe-gpj.exe');
  expect(name('a\u2067b\u2069c\u0000d\u001b[31m')).toBe('abcd[31m');
  expect(line('one\r\ntwo\u2028three')).toBe('one two three');
});

test('letters_of_all_directions_and_joined_signs_stay', () => {
  for (const text of ['שלום', 'السلام\u200f', '👩\u200d🚀', 'Zoë', 'نام\u200cه']) expect(name(text)).toBe(text);
});

test('a_name_of_nothing_visible_is_a_question_mark', () => {
  expect([name('\u202e\u2066'), name(' \n'), name('')]).toEqual(['?', '?', '']);
  expect(() => name(7)).toThrow(MalformedError);
});

test('in_a_sentence_a_name_that_runs_the_other_way_is_kept_apart', () => {
  expect([apart('Bob'), apart('שלום')]).toEqual(['Bob', '\u2068שלום\u2069']);
});
