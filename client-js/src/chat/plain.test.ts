// @vitest-environment node
import { expect, test } from 'vitest';
import { plain } from './plain';

test('the_words_of_a_message_stand_on_one_line_without_its_signs', () => {
  expect(plain('Things **I** would ~~not~~ like:\n\n- the *spring* plan\n- `soil.csv`, @bob')).toBe(
    'Things I would not like: • the spring plan • soil.csv, @bob',
  );
  expect(plain('> quoted\n> twice\n\n```\ncode  here\n```\n[notes](https://example.org/1)')).toBe(
    'quoted twice code here notes',
  );
});

test('signs_that_mean_nothing_stay_and_what_turns_the_direction_goes', () => {
  expect(plain('2 * 3 < 7 [sic]')).toBe('2 * 3 < 7 [sic]');
  expect(plain('safe-\u202egpj.exe')).toBe('safe-gpj.exe');
  expect(plain(' \n')).toBe('');
});

test('a_very_long_message_is_cut', () => {
  expect(plain('word '.repeat(4_000)).length).toBeLessThanOrEqual(400);
});
