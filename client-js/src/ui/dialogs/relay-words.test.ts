// @vitest-environment node
import { expect, test } from 'vitest';
import type { ServerProblem } from '../../call/api';
import { loopWords, resultWords } from './relay-words';

const worked = { works: true, ms: 31.6, problem: null };

test('says_what_a_server_gave_and_how_fast', () => {
  const words = (url: string, address: string | null): string => {
    const { title, help } = resultWords({ ...worked, url, address });
    return `${title} ${help}`;
  };

  expect(words('turn:t', '203.0.113.5:50000')).toBe('Answers in 32 ms and relays from 203.0.113.5:50000.');
  expect(words('stun:s', '198.51.100.7:1234')).toBe('Answers in 32 ms and sees you as 198.51.100.7:1234.');
  expect(words('stun:s', null)).toBe('Answers in 32 ms and sees you as you see yourself.');
});

test('says_of_each_cause_what_to_do', () => {
  const causes: ServerProblem[] = ['silent', 'name', 'tls', 'credentials', 'quota', 'refused'];
  const said = causes.map((problem) => resultWords({ url: 'turn:t', works: false, ms: null, address: null, problem }));

  expect(new Set(said.map(({ title }) => title)).size).toBe(causes.length);
  expect(said.every(({ help }) => help.length > 20)).toBe(true);
});

test('says_how_much_a_relay_carries', () => {
  const carried = (bytesPerSecond: number): string =>
    loopWords({ works: true, url: 'turn:t', rttMs: 12.4, bytesPerSecond }).help;

  expect(carried(1_562_500)).toBe('12.5 Mbit/s, and 12 ms there and back.');
  expect(carried(40_000)).toBe('320 kbit/s, and 12 ms there and back.');
});
