// @vitest-environment node
import { expect, test } from 'vitest';
import { Heights, lineAt, sliceAround } from './heights';

const keys = Array.from({ length: 10_000 }, (_, index) => `k${index}`);

test('a_slice_holds_the_screen_and_a_little_around_it', () => {
  const heights = new Heights();
  for (const key of keys) heights.measured(key, 50);

  expect(sliceAround(keys, heights, 5_000, -10, 800, 400)).toEqual({ from: 4_992, to: 5_025 });
  expect(sliceAround(keys, heights, 0, 0, 800, 400)).toEqual({ from: 0, to: 24 });
  expect(sliceAround(keys, heights, 9_999, 750, 800, 400)).toEqual({ from: 9_976, to: 10_000 });
});

test('what_was_never_on_screen_is_as_tall_as_the_rest_on_average', () => {
  const heights = new Heights();
  heights.measured('k0', 40);
  heights.measured('k1', 80);
  heights.measured('k1', 60);

  expect(heights.of('k2')).toBe(50);
  expect(heights.sum(keys, 0, 4)).toBe(200);
});

test('after_another_width_only_the_mean_is_kept', () => {
  const heights = new Heights();
  heights.measured('k0', 90);
  heights.forget();

  expect(heights.of('k0')).toBe(90);
  heights.measured('k1', 30);
  expect(heights.of('k0')).toBe(60);
});

test('a_scroll_position_names_its_line', () => {
  const heights = new Heights();
  for (const key of keys.slice(0, 4)) heights.measured(key, 50);

  expect(lineAt(keys.slice(0, 4), heights, 120)).toEqual({ index: 2, offset: -20 });
  expect(lineAt(keys.slice(0, 4), heights, 9_999)).toEqual({ index: 3, offset: 0 });
});
