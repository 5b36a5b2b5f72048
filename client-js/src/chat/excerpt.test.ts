// @vitest-environment node
import { expect, test } from 'vitest';
import { excerpt } from './excerpt';

const told = (text: string, ...words: string[]): string =>
  excerpt(
    text,
    words.map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length })),
  )
    .map((part) => (part.isMeant ? `<${part.text}>` : part.text))
    .join('');

test('what_was_meant_is_marked_and_the_signs_of_markdown_are_gone', () => {
  expect(told('The **timber** arrives on _Friday_', 'timber')).toBe('The <timber> arrives on Friday');
  expect(told('see **the timber list** first', 'timber', 'first')).toBe('see the <timber> list <first>');
  expect(told('- one\n- the `soil.csv` of [last year](https://example.org/a)', 'soil', 'year')).toBe(
    '• one • the <soil>.csv of last <year>',
  );
});

test('words_far_into_a_long_message_are_shown_with_what_stands_around_them', () => {
  const text = `${'word '.repeat(1_000)}then **timber** came${' and so on'.repeat(500)}`;

  const shown = told(text, 'timber');

  expect(shown).toMatch(/^… word word .*then <timber> came and so on/);
  expect(shown.length).toBeLessThan(500);
  expect(told(`${'x'.repeat(900)}timber`, 'timber')).toBe(`… ${'x'.repeat(80)}<timber>`);
});

test('without_a_word_that_was_meant_the_message_is_shown_from_its_beginning', () => {
  expect(told('**a** picture')).toBe('a picture');
  expect(excerpt('', [])).toEqual([]);
});

test('signs_of_ours_in_a_text_mark_nothing', () => {
  expect(told('a\ue000b\ue001c timber', 'timber')).toBe('a b c <timber>');
});

test('a_range_that_makes_no_sense_leaves_the_text', () => {
  expect(
    excerpt('timber', [
      { start: 40, end: 50 },
      { start: -3, end: 2 },
    ]),
  ).toEqual([
    { text: 'ti', isMeant: true },
    { text: 'mber', isMeant: false },
  ]);
});
