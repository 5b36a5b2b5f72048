import { expect, test } from 'vitest';
import { comparisonCode } from './fingerprint';
import { Speech } from './voice';

test('a_breath_is_no_silence_and_a_pause_is', () => {
  const speech = new Speech();

  expect(speech.hear(0.001, 0)).toBeNull();
  expect(speech.hear(0.1, 100)).toBe(100);
  expect(speech.hear(0.001, 600)).toBe(100);
  expect(speech.hear(0.1, 700)).toBe(100);
  expect(speech.hear(0.001, 1_400)).toBeNull();
});

const sdp = (value: string): string =>
  `v=0\r\na=fingerprint:sha-256 ${value}\r\nm=audio\r\na=fingerprint:SHA-256 ${value.toLowerCase()}\r\n`;

test('both_sides_see_the_same_digits_and_somebody_in_between_changes_them', async () => {
  const [alice, bob, mallory] = [sdp('AA:01'), sdp('BB:02'), sdp('CC:03')];

  const code = await comparisonCode(alice, bob);

  expect(code).toMatch(/^\d{4} \d{4} \d{4}$/);
  expect(await comparisonCode(bob, alice)).toBe(code);
  expect(await comparisonCode(alice, mallory)).not.toBe(code);
  expect(await comparisonCode(bob, mallory)).not.toBe(code);
  expect(await comparisonCode(alice, undefined)).toBeNull();
});
