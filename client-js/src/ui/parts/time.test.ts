// @vitest-environment node
import { expect, test } from 'vitest';
import { clockTime, untilWords } from './time';

test('an_end_is_named_as_shortly_as_it_can_be', () => {
  const now = new Date(2026, 10, 22, 21, 30);
  const at = (day: number, hour: number): Date => new Date(2026, 10, day, hour, 5);

  expect(untilWords(at(22, 23), now)).toBe(`until ${clockTime(at(22, 23))}`);
  expect(untilWords(at(23, 0), now)).toBe(`until tomorrow, ${clockTime(at(23, 0))}`);
  expect(untilWords(at(28, 9), now)).toMatch(/^until .*28.*, /);
  expect(untilWords(new Date(2027, 0, 3, 9), now)).toContain('2027');
});
