import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openMedia } from './ledger';
import type { LinkMessage } from './link-post';
import { PeerLink } from './peer-link';
import type { FakeTransceiver } from '../../test/call/fake-peer-connection';
import { FakeNetwork } from '../../test/call/fake-peer-connection';
import { Random } from '../../test/call/random';

const codecs = ['audio/opus', 'audio/red', 'audio/PCMU'].map((mimeType) => ({ mimeType, clockRate: 48_000 }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('RTCRtpReceiver', { getCapabilities: () => ({ codecs, headerExtensions: [] }) });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

interface Pair {
  readonly network: FakeNetwork;
  readonly caller: PeerLink;
  readonly callee: PeerLink;
  /** Messages between the two are refused while this is false. */
  signalling: boolean;
  /** Messages are taken and come nowhere while this is true. */
  deaf: boolean;
  /** What the relay asks for. */
  credential: string;
  readonly sent: { readonly from: string; readonly message: LinkMessage }[];
  close(): void;
}

/** Two links whose messages take their time; what is on its way keeps its order, as on a socket. */
function pair(random: Random, { relay = false, silent = false } = {}): Pair {
  const network = new FakeNetwork(random);
  const sent: Pair['sent'] = [];
  const lines = { caller: Promise.resolve(), callee: Promise.resolve() };
  const link = (name: 'caller' | 'callee'): PeerLink =>
    new PeerLink({
      polite: name === 'callee',
      configuration: () => ({ iceServers: relay ? [{ urls: 'turn:relay.example', credential: it.credential }] : [] }),
      local: () => ({ audio: null, video: null, screen: null }),
      load: () => ({ peers: 1, rung: '720p', motion: false }),
      onTrack: () => undefined,
      connect: (configuration) => network.connection(name, configuration) as unknown as RTCPeerConnection,
      send: (message) => {
        if (!it.signalling) return Promise.reject(new Error('offline'));
        const copy = JSON.parse(JSON.stringify(message)) as LinkMessage;
        sent.push({ from: name, message: copy });
        const other = name === 'caller' ? callee : caller;
        lines[name] = lines[name]
          .then(() => random.pause(40))
          .then(() => {
            if (!it.deaf && it.signalling) void other.receive(copy);
          });
        return Promise.resolve();
      },
    });
  const caller = link('caller');
  const callee = link('callee');
  const it: Pair = {
    network,
    caller,
    callee,
    signalling: true,
    deaf: silent,
    credential: 'first',
    sent,
    close: () => {
      caller.close();
      callee.close();
    },
  };
  return it;
}

function healthy({ network, caller, callee }: Pair): boolean {
  const [one, other] = [caller.connection, callee.connection];
  return (
    one?.signalingState === 'stable' &&
    other?.signalingState === 'stable' &&
    caller.epoch === callee.epoch &&
    caller.state.value === 'connected' &&
    callee.state.value === 'connected' &&
    network.agree()
  );
}

test('a_first_offer_is_answered_and_both_are_connected', async () => {
  const it = pair(new Random(1));

  it.callee.start();
  it.caller.start();
  await vi.advanceTimersByTimeAsync(1_000);

  expect(healthy(it)).toBe(true);
  expect(it.sent.filter(({ message }) => message.description?.type === 'offer').map(({ from }) => from)).toEqual([
    'caller',
  ]);
  it.close();
  expect(openMedia()).toEqual({ tracks: 0, connections: 0, contexts: 0, hooks: 0 });
});

test('both_ask_each_other_to_say_every_moment_of_sound_twice', async () => {
  const it = pair(new Random(10));
  it.callee.start();
  it.caller.start();
  await vi.advanceTimersByTimeAsync(1_000);

  for (const { connection } of [it.caller, it.callee]) {
    const transceivers = connection?.getTransceivers() as unknown as FakeTransceiver[];
    expect(transceivers.map(({ preferred }) => preferred)).toEqual([['audio/red', 'audio/opus', 'audio/PCMU'], [], []]);
  }
  it.close();
});

test('a_thousand_times_both_do_what_they_like_at_once_and_end_connected', async () => {
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const random = new Random(seed);
    const it = pair(random);
    const links = [it.caller, it.callee];
    for (const link of random.shuffled(links)) link.start();
    for (let deed = random.upTo(6); deed > 0; deed -= 1) {
      await vi.advanceTimersByTimeAsync(random.upTo(120));
      // both, in any order, within a moment of each other: each side sees the same network die
      for (const link of random.shuffled(links)) {
        if (random.upTo(3) > 0) link.restart();
        if (random.upTo(8) === 0)
          void link.receive({ epoch: link.epoch, description: { type: 'offer', sdp: 'broken' } });
        if (random.upTo(2) === 0) await vi.advanceTimersByTimeAsync(random.upTo(30));
      }
      if (random.upTo(5) === 0) {
        it.signalling = false;
        await vi.advanceTimersByTimeAsync(random.upTo(2_000));
        it.signalling = true;
        for (const link of random.shuffled(links)) link.signallingBack();
      }
    }
    await vi.advanceTimersByTimeAsync(25_000);

    expect(healthy(it), `seed ${seed}: ${it.network.describe()}`).toBe(true);
    expect(it.sent.every(({ from, message }) => from === 'caller' || message.description?.type !== 'offer')).toBe(true);
    it.close();
    expect(openMedia(), `seed ${seed}`).toEqual({ tracks: 0, connections: 0, contexts: 0, hooks: 0 });
  }
}, 120_000);

test('a_path_that_dies_is_restarted_after_two_seconds_and_a_failed_one_at_once', async () => {
  const it = pair(new Random(2));
  it.callee.start();
  it.caller.start();
  await vi.advanceTimersByTimeAsync(1_000);
  const before = it.network.generation();

  it.network.become('disconnected');
  await vi.advanceTimersByTimeAsync(1_900);
  expect(it.network.generation()).toBe(before);
  expect(it.caller.state.value).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(it.network.generation()).toBeGreaterThan(before);
  expect(healthy(it)).toBe(true);

  const again = it.network.generation();
  it.network.become('failed');
  await vi.advanceTimersByTimeAsync(500);
  expect(it.network.generation()).toBeGreaterThan(again);
  expect(healthy(it)).toBe(true);
  it.close();
});

test('looking_for_another_path_while_connected_does_not_end_the_connection_later', async () => {
  const it = pair(new Random(5));
  it.callee.start();
  it.caller.start();
  await vi.advanceTimersByTimeAsync(1_000);

  it.callee.restart();
  it.caller.restart();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(healthy(it)).toBe(true);
  expect(it.caller.epoch).toBe(0);
  it.close();
});

test('whoever_was_cut_off_asks_at_once_for_what_was_missed', async () => {
  const it = pair(new Random(6));
  it.callee.start();
  it.caller.start();
  await vi.advanceTimersByTimeAsync(1_000);
  it.deaf = true;
  it.network.become('failed');
  await vi.advanceTimersByTimeAsync(100);

  // what both have said since went into a line that was dead already
  it.deaf = false;
  it.callee.signallingBack();
  await vi.advanceTimersByTimeAsync(500);

  expect(healthy(it)).toBe(true);
  it.close();
});

test('what_cannot_be_restarted_is_rebuilt_with_a_new_epoch_and_late_messages_of_the_old_one_are_dropped', async () => {
  const it = pair(new Random(3));
  it.callee.start();
  it.caller.start();
  await vi.advanceTimersByTimeAsync(1_000);
  const old = it.sent.find(({ from, message }) => from === 'caller' && message.candidate !== undefined)?.message;

  it.network.stuck = true;
  it.network.become('failed');
  await vi.advanceTimersByTimeAsync(12_000);
  it.network.stuck = false;
  await vi.advanceTimersByTimeAsync(6_000);
  await it.callee.receive(old!);

  expect(it.caller.epoch).toBeGreaterThan(0);
  expect(healthy(it)).toBe(true);
  it.close();
});

test('new_credentials_replace_those_of_a_connection_that_goes_on', async () => {
  const it = pair(new Random(7), { relay: true });
  it.callee.start();
  it.caller.start();
  await vi.advanceTimersByTimeAsync(1_000);
  const [connection, before] = [it.caller.connection, it.network.generation()];

  it.credential = 'second';
  for (const link of [it.caller, it.callee]) link.refreshServers(true);
  await vi.advanceTimersByTimeAsync(2_000);

  expect(it.network.generation()).toBeGreaterThan(before);
  expect(it.caller.connection).toBe(connection);
  for (const link of [it.caller, it.callee]) {
    expect(link.connection?.getConfiguration().iceServers).toEqual([
      { urls: 'turn:relay.example', credential: 'second' },
    ]);
  }
  expect(healthy(it)).toBe(true);
  it.close();
});

test('while_the_server_is_away_a_connection_that_may_come_back_is_kept', async () => {
  const it = pair(new Random(8));
  it.callee.start();
  it.caller.start();
  await vi.advanceTimersByTimeAsync(1_000);
  const connections = [it.caller.connection, it.callee.connection];

  it.signalling = false;
  it.network.become('disconnected');
  await vi.advanceTimersByTimeAsync(25_000);
  it.network.become('connected');
  await vi.advanceTimersByTimeAsync(60_000);

  expect([it.caller.connection, it.callee.connection]).toEqual(connections);
  expect(it.caller.state.value).toBe('connected');
  it.signalling = true;
  it.caller.signallingBack();
  it.callee.signallingBack();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(healthy(it)).toBe(true);
  expect(it.caller.epoch).toBe(0);
  it.close();
});

test.each(['caller', 'callee'] as const)(
  'who_has_not_heard_of_a_new_epoch_that_the_%s_began_is_told_at_once',
  async (who) => {
    const it = pair(new Random(9));
    it.callee.start();
    it.caller.start();
    await vi.advanceTimersByTimeAsync(1_000);
    const [one, other] = who === 'caller' ? [it.caller, it.callee] : [it.callee, it.caller];

    // the server takes what is said to a line that is dead
    it.deaf = true;
    void one.receive({ epoch: 0, description: { type: 'offer', sdp: 'broken' } });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(one.epoch).toBeGreaterThan(other.epoch);
    it.deaf = false;
    other.restart();
    await vi.advanceTimersByTimeAsync(1_500);

    expect(healthy(it)).toBe(true);
    it.close();
  },
);

test('after_thirty_seconds_it_gives_up_and_says_why', async () => {
  const names = async (options: { relay?: boolean; silent?: boolean }): Promise<unknown> => {
    const it = pair(new Random(4), options);
    it.network.stuck = true;
    it.callee.start();
    it.caller.start();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(it.caller.state.value).toBe('connecting');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(it.caller.state.value).toBe('failed');
    const name = it.caller.failure.value;
    it.close();
    return name;
  };

  expect(await names({ silent: true })).toBe('peer-silent');
  expect(await names({})).toBe('no-relay');
  expect(await names({ relay: true })).toBe('relay-unreachable');
});

test('after_fifteen_seconds_without_a_first_path_one_is_told_why_while_it_is_still_sought', async () => {
  const it = pair(new Random(11));
  it.network.stuck = true;
  it.callee.start();
  it.caller.start();
  await vi.advanceTimersByTimeAsync(14_500);
  expect(it.caller.failure.value).toBeNull();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([it.caller.state.value, it.caller.failure.value]).toEqual(['connecting', 'no-relay']);

  it.network.stuck = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(healthy(it)).toBe(true);
  expect(it.caller.failure.value).toBeNull();

  // who was connected is told only that it is interrupted
  it.network.stuck = true;
  it.network.become('failed');
  await vi.advanceTimersByTimeAsync(20_000);
  expect([it.caller.state.value, it.caller.failure.value]).toEqual(['reconnecting', null]);
  it.close();
});
