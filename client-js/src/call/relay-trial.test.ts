import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RelayFinding } from './api';
import { openMedia } from './ledger';
import { RelayRound } from './relay-trial';
import type { RelaySettings } from './wire';
import { LoopConnection } from '../../test/call/loop-connection';

const settings = (urls: string[], warnings: RelaySettings['warnings'] = []): RelaySettings => ({
  iceServers: [{ urls, username: 'u', credential: 'c' }],
  warnings,
});
/** A megabyte in pieces takes its time where other things go on. */
const patient = { timeout: 4_000 };
const made: LoopConnection[] = [];
const round = (asked: () => Promise<RelaySettings>): RelayRound =>
  new RelayRound(asked, {
    connect: (configuration) => {
      const connection = new LoopConnection(configuration);
      made.push(connection);
      return connection as unknown as RTCPeerConnection;
    },
  });
const done = async (it: RelayRound): Promise<Extract<RelayFinding, { addresses: unknown }>> => {
  await vi.waitFor(() => expect(it.finding.value.state).toBe('done'), patient);
  const finding = it.finding.value;
  if (!('addresses' in finding)) throw new Error('it is done');
  return finding;
};

beforeEach(() => {
  LoopConnection.begin();
  made.length = 0;
});

afterEach(() => {
  expect(openMedia()).toEqual({ tracks: 0, connections: 0, contexts: 0, hooks: 0 });
});

test('asks_every_address_and_sends_bytes_through_the_first_relay_that_works', async () => {
  LoopConnection.answers.set('turn:silent.example', 701);
  const it = round(() =>
    Promise.resolve(settings(['stun:s', 'turn:silent.example', 'turn:a', 'turns:b'], ['no_tcp', ''])),
  );

  const { addresses, loop, warnings } = await done(it);

  expect(addresses.map(({ url, result }) => [url, result?.works, result?.problem])).toEqual([
    ['stun:s', true, null],
    ['turn:silent.example', false, 'silent'],
    ['turn:a', true, null],
    ['turns:b', true, null],
  ]);
  expect(loop).toMatchObject({ works: true, url: 'turn:a' });
  expect(loop?.works === true && loop.bytesPerSecond > 0 && loop.rttMs >= 0).toBe(true);
  expect(warnings).toEqual(['no_tcp']);
  const ends = made.slice(-2);
  expect(ends.map(({ configuration }) => configuration.iceTransportPolicy)).toEqual(['relay', 'relay']);
  expect(LoopConnection.bytes).toBe(1_048_576);
});

test('says_what_is_known_while_the_rest_is_asked', async () => {
  LoopConnection.answers.set('turn:slow', null);
  const it = round(() => Promise.resolve(settings(['stun:s', 'turn:slow'])));

  await vi.waitFor(() =>
    expect(it.finding.value).toMatchObject({
      state: 'testing',
      addresses: [
        { url: 'stun:s', result: { works: true } },
        { url: 'turn:slow', result: null },
      ],
    }),
  );
  it.close();
  await vi.waitFor(() => expect(openMedia().connections).toBe(0));
});

test('tries_no_loop_when_no_relay_works', async () => {
  LoopConnection.answers.set('turn:a', 401);
  const it = round(() => Promise.resolve(settings(['stun:s', 'turn:a'])));

  const { addresses, loop } = await done(it);

  expect(addresses[1]?.result?.problem).toBe('credentials');
  expect(loop).toBeNull();
});

test('names_a_relay_that_gives_addresses_and_carries_nothing', async () => {
  LoopConnection.carries = false;
  const it = round(() => Promise.resolve(settings(['turn:a'])));

  expect((await done(it)).loop).toEqual({ works: false, url: 'turn:a', problem: 'no-path' });
});

test('names_a_relay_that_lets_a_connection_through_and_then_nothing', async () => {
  LoopConnection.swallows = true;
  const it = round(() => Promise.resolve(settings(['turn:a'])));

  expect((await done(it)).loop).toEqual({ works: false, url: 'turn:a', problem: 'no-data' });
});

test('says_why_it_could_not_begin_and_begins_anew_when_told_to', async () => {
  let refuses = true;
  const it = round(() =>
    refuses ? Promise.reject(new Error('That is for administrators.')) : Promise.resolve(settings([])),
  );
  await vi.waitFor(() => expect(it.finding.value).toEqual({ state: 'failed', reason: 'That is for administrators.' }));

  refuses = false;
  it.askAgain();

  expect(it.finding.value).toEqual({ state: 'asking' });
  expect(await done(it)).toEqual({ state: 'done', warnings: [], addresses: [], loop: null });
});
