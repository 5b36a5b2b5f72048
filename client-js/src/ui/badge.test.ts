import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { iconOf, showCounts, titleOf } from './badge';

beforeEach(() => {
  const icon = Object.assign(document.createElement('link'), { rel: 'icon', href: '/favicon.svg' });
  document.head.replaceChildren(icon);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const icon = (): string | null | undefined => document.querySelector('link[rel="icon"]')?.getAttribute('href');

test('the_title_says_how_much_is_unread_and_how_much_of_it_is_for_oneself', () => {
  expect([titleOf(0, 0), titleOf(4, 0), titleOf(7, 2)]).toEqual(['Parley', '(4) Parley', '(7 · @2) Parley']);
});

test('the_icon_has_a_dot_for_anything_and_a_number_for_what_is_said_to_oneself', () => {
  expect([iconOf(0, 0), iconOf(3, 0), iconOf(3, 1), iconOf(30, 9), iconOf(30, 10)]).toEqual([
    '/favicon.svg',
    '/badges/dot.svg',
    '/badges/1.svg',
    '/badges/9.svg',
    '/badges/many.svg',
  ]);
});

test('what_changes_is_shown_and_when_it_ends_nothing_is_left', () => {
  const [unread, personal] = [signal(2), signal(0)];
  const badge = vi.fn(() => Promise.reject(new Error('not installed')));
  const clear = vi.fn(() => Promise.resolve());
  vi.stubGlobal('navigator', { setAppBadge: badge, clearAppBadge: clear });

  const stop = showCounts({ unread, personal });
  expect([document.title, icon()]).toEqual(['(2) Parley', '/badges/dot.svg']);
  personal.value = 1;
  expect([document.title, icon()]).toEqual(['(2 · @1) Parley', '/badges/1.svg']);
  stop();

  expect([document.title, icon()]).toEqual(['Parley', '/favicon.svg']);
  expect(badge.mock.calls.at(-1)).toEqual([2]);
  expect(clear).toHaveBeenCalledOnce();
});

test('a_browser_without_badges_on_apps_shows_the_rest', () => {
  vi.stubGlobal('navigator', {});

  showCounts({ unread: signal(1), personal: signal(0) })();

  expect(document.title).toBe('Parley');
});
