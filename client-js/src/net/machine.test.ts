import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchMachine } from './machine';

const told: string[] = [];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  told.length = 0;
  stop = watchMachine({ back: () => told.push('back'), gone: () => told.push('gone') });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function sleep(ms: number): void {
  vi.setSystemTime(Date.now() + ms); // timers stand still meanwhile
  vi.advanceTimersByTime(2_000);
}

function look(state: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

test('tells of a network that goes and comes', () => {
  window.dispatchEvent(new Event('offline'));
  window.dispatchEvent(new Event('online'));

  expect(told).toEqual(['gone', 'back']);
});

test('tells of a page that is looked at again, not of one that is left', () => {
  look('hidden');
  expect(told).toEqual([]);

  look('visible');
  expect(told).toEqual(['back']);
});

test('tells of a sleep, not of a machine that is only slow', () => {
  sleep(9_000);
  expect(told).toEqual([]);

  sleep(3_600_000);
  expect(told).toEqual(['back']);
});

test('says nothing any more once it is not wanted', () => {
  stop();

  window.dispatchEvent(new Event('offline'));
  window.dispatchEvent(new Event('online'));
  look('visible');
  sleep(3_600_000);

  expect(told).toEqual([]);
});
