// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Tabs } from './tabs';

const open: Tabs[] = [];
const minutesAgo = (minutes: number): number => Date.now() - minutes * 60_000;

function tab(person: string, actedAt: () => number = () => 0): Tabs {
  const made = new Tabs(person, actedAt);
  open.push(made);
  return made;
}

// A browser without locks: who leads is asked elsewhere.
beforeEach(() => {
  vi.stubGlobal('navigator', {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  for (const one of open.splice(0)) one.close();
});

test('what_one_tab_shows_all_of_them_know_until_it_closes', async () => {
  const first = tab('alice');
  const second = tab('alice');
  const stranger = tab('bob');

  second.show('r-1');
  await vi.waitFor(() => expect(first.isShown('r-1')).toBe(true));
  second.close();

  await vi.waitFor(() => expect(first.isShown('r-1')).toBe(false));
  expect(stranger.isShown('r-1')).toBe(false);
});

test('the_tab_itself_is_asked_when_somebody_was_last_at_it', () => {
  let at = minutesAgo(2);
  const only = tab('alice', () => at);

  const before = only.isHere();
  at = Date.now();

  expect([before, only.isHere()]).toEqual([false, true]);
});

test('who_comes_back_to_one_tab_is_here_in_all_of_them_at_once', async () => {
  let at = minutesAgo(2);
  const lead = tab('alice', () => minutesAgo(5));
  const other = tab('alice', () => at);

  at = Date.now();
  other.cameBack();

  await vi.waitFor(() => expect(lead.isHere()).toBe(true));
});
