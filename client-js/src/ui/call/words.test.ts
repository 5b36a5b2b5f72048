// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apart, name as shownName } from '../../protocol/line';
import type { Quality } from '../../call/api';
import { adviceWords, endWords, goingWords, phaseWords, qualityWords } from './words';

const quality: Quality = { bars: 2, rttMs: 40, side: 'theirs' } as Quality;
const ends = ['declined', 'busy', 'missed'] as const;

const sentences = (name: string): readonly string[] => [
  phaseWords('ringing', true, name),
  phaseWords('ringing', false, name),
  goingWords([name]),
  qualityWords(quality, name),
  adviceWords('theirs', name).title,
  ...ends.map((reason) => endWords({ reason, failure: null }, name) ?? ''),
];

test('who_takes_part_is_said_in_one_line_however_many_they_are', () => {
  expect(goingWords([])).toBe('A call goes on in this room.');
  expect(goingWords(['Ann'])).toBe('Ann is in a call.');
  expect(goingWords(['Ann', 'Ben'])).toBe('Ann and Ben are in a call.');
  expect(goingWords(['Ann', 'Ben', 'Cleo'])).toBe('Ann, Ben and Cleo are in a call.');
  expect(goingWords(['Ann', 'Ben', 'Cleo', 'Dora'])).toBe('Ann, Ben and 2 others are in a call.');
});

test('a_name_that_runs_the_other_way_is_kept_apart_in_every_sentence_about_a_call', () => {
  for (const sentence of sentences('שלום 123')) {
    expect(sentence).toContain('\u2068שלום 123\u2069');
    expect(sentence.replaceAll('\u2068שלום 123\u2069', '')).not.toContain('שלום');
  }
});

test('any_other_name_stands_as_it_is', () => {
  for (const sentence of sentences('Bob')) {
    expect(sentence).toContain('Bob');
    expect(sentence).not.toMatch(/[\u2066-\u2069]/);
  }
});

const corpus = JSON.parse(
  readFileSync(new URL('../../../test/hostile/corpus.json', import.meta.url), 'utf8'),
) as readonly { readonly name: string; readonly text: string; readonly times?: number }[];

test.each(corpus.map(({ name, text, times = 1 }) => [name, text.repeat(times)] as const))(
  'a_hostile_name_stays_a_name_in_every_sentence_about_a_call: %s',
  (_, text) => {
    const name = shownName(text);

    for (const sentence of sentences(name)) {
      expect(sentence).toContain(apart(name));
      expect(sentence.replaceAll(apart(name), '')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }
  },
);
