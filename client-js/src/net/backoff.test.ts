// @vitest-environment node
import { expect, test } from 'vitest';
import { Backoff } from './backoff';

test('delays_grow_up_to_their_bound_and_start_again_after_a_reset', () => {
  const backoff = new Backoff(1_000, 8_000, () => 1);

  const delays = [1, 2, 3, 4, 5].map(() => backoff.next());
  backoff.reset();

  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
  expect(backoff.next()).toBe(1_000);
});

test('delays_are_spread_over_the_upper_half', () => {
  const low = new Backoff(1_000, 8_000, () => 0);

  expect(low.next()).toBe(500);
});
