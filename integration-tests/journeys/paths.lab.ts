import { expect, report, test } from './lab/laboratory';
import { pathOf } from './lab/media';
import type { Gate } from './lab/network';

test.use({ trace: 'off', screenshot: 'off' });

const gates: readonly Gate[] = ['cone', 'symmetric', 'no-udp'];

/** Whether two such routers let their people meet without a relay. */
const meet = (one: Gate, other: Gate): boolean => one === 'cone' && other === 'cone';

for (const one of gates) {
  for (const other of gates) {
    test(`a call is set up between a home behind ${one} and one behind ${other}`, async ({ laboratory }) => {
      const { a, b, call } = await laboratory({ a: one, b: other });

      const setUp = await call();

      const [atA, atB] = [await pathOf(a.person), await pathOf(b.person)];
      report(
        `${one.padEnd(9)} x ${other.padEnd(9)}: first picture on both sides ${setUp} ms after the answer; ` +
          `${atA?.local} by ${atA?.protocol} <-> ${atB?.local} by ${atB?.protocol}`,
      );
      const ends = [atA?.local, atA?.remote, atB?.local, atB?.remote];
      if (meet(one, other)) expect(ends).not.toContain('relay');
      else expect(ends).toContain('relay');
      for (const [gate, path] of [
        [one, atA],
        [other, atB],
      ] as const) {
        if (gate !== 'no-udp') continue;
        // whichever of the two is there first
        expect(path?.local).toBe('relay');
        expect(['tcp', 'tls']).toContain(path?.protocol);
      }
    });
  }
}

test('a firewall that lets nothing through but the web does not keep people apart', async ({ laboratory }) => {
  const { a, call } = await laboratory({ a: 'web-only', b: 'cone' });

  const setUp = await call();

  report(`web-only  x cone     : first picture on both sides ${setUp} ms after the answer`);
  expect(await pathOf(a.person)).toMatchObject({ local: 'relay', protocol: 'tls' });
});

test('calls are set up quickly, one like the other', async ({ laboratory }) => {
  // more of them by hand: LAB_CALLS=50
  const wanted = Number(process.env['LAB_CALLS'] ?? 10);
  test.setTimeout(60_000 + wanted * 10_000);
  const it = await laboratory({ a: 'cone', b: 'cone' });

  const took: number[] = [];
  while (took.length < wanted) {
    took.push(await it.call());
    await it.hangUp();
  }

  took.sort((one, other) => one - other);
  const at = (part: number): number => took[Math.min(took.length - 1, Math.floor(part * took.length))] ?? NaN;
  report(`${wanted} calls: first picture on both sides ${at(0.5)} ms after the answer (p50), ${at(0.95)} ms (p95)`);
  // of a machine that has other things to do as well
  expect(at(0.5)).toBeLessThan(5_000);
});
