import { expect, test } from 'vitest';
import type { KeptIn } from './kept';
import { Kept, browserStorage } from './kept';

const read = (written: unknown): number => {
  if (typeof written !== 'number') throw new Error('no number');
  return written;
};

test('what_one_tab_chooses_all_tabs_have_until_they_close', () => {
  localStorage.setItem('choice', '1');
  const here = new Kept(browserStorage, 'choice', read, 0);
  const elsewhere = (key: string | null, text: string): void => {
    localStorage.setItem('choice', text);
    window.dispatchEvent(new StorageEvent('storage', { key, storageArea: localStorage }));
  };

  elsewhere('another', '2');
  const unmoved = here.value.peek();
  elsewhere('choice', '3');
  const moved = here.value.peek();
  here.close();
  elsewhere('choice', '4');

  expect([unmoved, moved, here.value.peek()]).toEqual([1, 3, 3]);
});

test.each(['{', '"x"', 'null'])('what_makes_no_sense_is_as_if_nothing_was_kept: %s', (written) => {
  const storage: KeptIn = { getItem: () => written, setItem: () => undefined };

  expect(new Kept(storage, 'choice', read, 7).value.peek()).toBe(7);
});

test('a_storage_that_refuses_keeps_nothing_and_breaks_nothing', () => {
  const refuse = (): never => {
    throw new DOMException('no', 'SecurityError');
  };
  const kept = new Kept({ getItem: refuse, setItem: refuse }, 'choice', read, 7);

  kept.keep(8);

  expect(kept.value.peek()).toBe(8);
});
