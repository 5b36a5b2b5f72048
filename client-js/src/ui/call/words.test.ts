// @vitest-environment node
import { expect, test } from 'vitest';
import type { Quality } from '../../call/api';
import { adviceWords, endWords, phaseWords, qualityWords } from './words';

const quality: Quality = { bars: 2, rttMs: 40, side: 'theirs' } as Quality;
const ends = ['declined', 'busy', 'missed'] as const;

const sentences = (name: string): readonly string[] => [
  phaseWords('ringing', true, name),
  phaseWords('ringing', false, name),
  qualityWords(quality, name),
  adviceWords('theirs', name).title,
  ...ends.map((reason) => endWords({ reason, failure: null }, name) ?? ''),
];

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
