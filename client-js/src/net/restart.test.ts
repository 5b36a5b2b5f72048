// @vitest-environment node
import { expect, test } from 'vitest';
import { Restart } from './restart';

function restart(): { clock: { now: number }; restart: Restart } {
  const clock = { now: 1_000 };
  return { clock, restart: new Restart(() => clock.now) };
}

test('a_server_that_goes_away_says_so_by_the_code_of_its_goodbye', () => {
  for (const code of [1001, 1012]) {
    const { restart: one } = restart();

    one.lost({ description: 'websocket connection closed', context: { code } });

    expect(one.isUnderWay).toBe(true);
  }
});

test.each([[1000], [1005], [1006], [1008], [1013], ['1001'], [undefined]])(
  'any_other_end_is_no_restart: %s',
  (code) => {
    const { restart: one } = restart();

    one.lost({ description: 'websocket connection closed', context: { code } });

    expect(one.isUnderWay).toBe(false);
  },
);

test('an_end_without_details_is_no_restart', () => {
  const { restart: one } = restart();

  for (const details of [undefined, null, 'x', {}, { context: null }, { description: 'transport closed' }]) {
    one.lost(details);
  }

  expect(one.isUnderWay).toBe(false);
});

test('it_lasts_until_the_server_is_back_and_two_minutes_at_most', () => {
  const { clock, restart: one } = restart();

  one.begin();
  clock.now += 119_999;
  const before = one.isUnderWay;
  clock.now += 1;
  const after = one.isUnderWay;
  one.begin();
  one.end();

  expect([before, after, one.isUnderWay]).toEqual([true, false, false]);
});

test('what_fails_meanwhile_neither_ends_nor_prolongs_it', () => {
  const { clock, restart: one } = restart();
  one.begin();
  clock.now += 60_000;

  one.lost({ context: { code: 1006 } });
  const during = one.isUnderWay;
  clock.now += 60_000;

  expect([during, one.isUnderWay]).toEqual([true, false]);
});
