// @vitest-environment node
import { expect, test } from 'vitest';
import { withoutCameraNotes } from './exif';

const word = (value: number): number[] => [value >> 8, value & 0xff];
const segment = (marker: number, body: number[]): number[] => [0xff, marker, ...word(body.length + 2), ...body];
const ascii = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));

/** Exif with an orientation and, in the same directory, something that nobody should learn. */
function exif(orientation: number): number[] {
  const entry = (tag: number, value: number): number[] => [...word(tag), 0, 3, 0, 0, 0, 1, ...word(value), 0, 0];
  const tiff = [
    ...ascii('MM'),
    0,
    42,
    0,
    0,
    0,
    8,
    ...word(2),
    ...entry(0x0112, orientation),
    ...entry(0x8825, 4711),
    0,
    0,
    0,
    0,
  ];
  return segment(0xe1, [...ascii('Exif'), 0, 0, ...tiff, ...ascii('HOME ADDRESS')]);
}

const picture = (...segments: number[][]): Blob =>
  new Blob([Uint8Array.from([0xff, 0xd8, ...segments.flat(), 0xff, 0xda, 1, 2, 3, 0xff, 0xd9])], {
    type: 'image/jpeg',
  });

async function bytes(blob: Blob): Promise<string> {
  return String.fromCharCode(...new Uint8Array(await blob.arrayBuffer()));
}

test('place_and_comments_are_taken_out_and_the_turn_is_kept', async () => {
  const cleaned = await bytes(await withoutCameraNotes(picture(exif(6), segment(0xfe, ascii('my secret')))));

  expect(cleaned).not.toContain('HOME ADDRESS');
  expect(cleaned).not.toContain('my secret');
  expect(cleaned).toContain('Exif');
  expect(
    await bytes(
      await withoutCameraNotes(new Blob([Uint8Array.from(cleaned, (c) => c.charCodeAt(0))], { type: 'image/jpeg' })),
    ),
  ).toBe(cleaned);
});

test('an_upright_picture_needs_no_note_at_all', async () => {
  expect(await bytes(await withoutCameraNotes(picture(exif(1))))).toBe(await bytes(picture()));
});

test('what_is_no_jpeg_or_a_broken_one_stays_as_it_is', async () => {
  const broken = new Blob([Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1])], { type: 'image/jpeg' });
  const other = new Blob(['text'], { type: 'text/plain' });

  expect(await withoutCameraNotes(broken)).toBe(broken);
  expect(await withoutCameraNotes(other)).toBe(other);
});
