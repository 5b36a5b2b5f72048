// @vitest-environment node
import { expect, test } from 'vitest';
import { cut } from './search';

test('a_text_is_cut_at_what_was_meant', () => {
  expect(cut('the timber arrives', [{ start: 4, end: 10 }])).toEqual([
    { text: 'the ', isMeant: false },
    { text: 'timber', isMeant: true },
    { text: ' arrives', isMeant: false },
  ]);
});

test('ranges_that_make_no_sense_lose_no_text', () => {
  const text = 'abcdef';
  const odd = [
    { start: 4, end: 99 },
    { start: 1, end: 3 },
    { start: 2, end: 3 },
    { start: -5, end: -1 },
    { start: 50, end: 60 },
  ];

  expect(
    cut(text, odd)
      .map(({ text: part }) => part)
      .join(''),
  ).toBe(text);
  expect(
    cut(text, odd)
      .filter(({ isMeant }) => isMeant)
      .map(({ text: part }) => part),
  ).toEqual(['bc', 'ef']);
});
