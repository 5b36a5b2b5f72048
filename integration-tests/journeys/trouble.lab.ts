import { setTimeout as sleep } from 'node:timers/promises';
import { expect, report, test, type Laboratory } from './lab/laboratory';
import { backAfter, framesBetween, longestGap } from './lab/media';
import type { Side } from './lab/network';

test.use({ trace: 'off', screenshot: 'off' });

/** A path that is there again is to be used again within five seconds; a machine that has other things to do may take twice as long. */
const soonMs = 10_000;

const cuts: readonly (readonly [Side, number])[] = [
  ['a', 3],
  ['b', 10],
  ['a', 25],
  ['b', 25],
];

/** Media of both sides, and how long it took them to come back. */
async function comeBack({ a, b }: Laboratory, what: string, since: number): Promise<void> {
  const [atA, atB] = await Promise.all([backAfter(a.person, since), backAfter(b.person, since)]);
  report(`${what}: picture and sound back after ${atA} ms at the one side and ${atB} ms at the other`);
  expect(Math.max(atA, atB)).toBeLessThanOrEqual(soonMs);
}

/** So that what comes next does not meet what is still going on. */
async function calm({ a, b }: Laboratory): Promise<void> {
  await sleep(8_000);
  for (const { person } of [a, b])
    expect(await framesBetween(person, Date.now() - 2_000, Date.now())).toBeGreaterThan(5);
}

test('a path that was away for a while is used again at once', async ({ laboratory }) => {
  test.setTimeout(240_000);
  const it = await laboratory({ a: 'cone', b: 'cone' });
  await it.call();
  for (const [side, seconds] of cuts) {
    await calm(it);

    it.network.cut(side);
    await sleep(seconds * 1_000);
    const back = Date.now();
    it.network.heal(side);

    // nothing came while the path was away: else this would show nothing
    for (const { person } of [it.a, it.b]) expect(await framesBetween(person, back - 1_500, back)).toBe(0);
    await comeBack(it, `path of ${side} away for ${seconds} s`, back);
  }
});
