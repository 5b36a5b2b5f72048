import { setTimeout as sleep } from 'node:timers/promises';
import { expect, report, test, type Household } from './lab/laboratory';
import { receivedIn, type Received } from './lab/media';

test.use({ trace: 'off', screenshot: 'off' });

async function look(what: string, { person }: Household, seconds: number): Promise<Received> {
  const got = await receivedIn(person, seconds);
  report(
    `${what}: ${got.framesPerSecond.toFixed(1)} frames/s of ${got.height} lines, ${got.kbit.toFixed(0)} kbit/s, ` +
      `${got.concealed.toFixed(1)} % of the sound made up`,
  );
  return got;
}

test('a narrow line that loses packets carries a small picture, a very narrow one sound alone, and both go again', async ({
  laboratory,
}) => {
  test.setTimeout(240_000);
  const picture = { width: 640, height: 360, fps: 20 };
  const it = await laboratory({ a: 'cone', b: 'cone', badLine: true, picture, talks: true });
  await it.call();
  await sleep(10_000);
  await look('good line', it.b, 5);

  it.line({ kbit: 300, ms: 50, loss: 5 });
  await sleep(20_000);
  const so = '300 kbit/s, 100 ms there and back, 5 % lost';
  const first = await look(so, it.b, 15);
  // Chance may lose so much in one quarter of a minute that the picture pauses; not in two.
  const narrow = first.framesPerSecond >= 10 ? first : await look(so, it.b, 15);
  expect(narrow.framesPerSecond).toBeGreaterThanOrEqual(10);
  expect(narrow.height).toBeGreaterThanOrEqual(180);
  expect(narrow.concealed).toBeLessThan(5);
  const allowed = (await receivedIn(it.a.person, 1)).allowed;
  report(`the ladder of a allows ${allowed / 1_000} kbit/s of picture`);
  expect(allowed).toBeLessThan(1_600_000);

  it.line({});
  const lifted = Date.now();
  await expect
    .poll(async () => (await receivedIn(it.b.person, 1)).height, { timeout: 40_000, intervals: [100] })
    .toBeGreaterThanOrEqual(360);
  report(`360 lines again ${Date.now() - lifted} ms after the limit was lifted`);

  it.line({ kbit: 80, ms: 20 });
  await expect
    .poll(async () => (await receivedIn(it.a.person, 1)).allowed, { timeout: 30_000, intervals: [100] })
    .toBe(0);
  await sleep(5_000);
  const soundAlone = await look('80 kbit/s', it.b, 10);
  expect(soundAlone.framesPerSecond).toBe(0);
  expect(soundAlone.concealed).toBeLessThan(5);
});
