import { describe, expect, test } from 'vitest';
import { badMs, Adviser } from './advice';
import type { Quality } from './api';
import { LegRecord } from './leg-record';
import { between, blame, judge } from './quality';
import type { Reading } from './reading';
import { read } from './reading';
import type { RemotePeer } from './remote-peer';

const entry = (id: string, type: string, about: object): [string, object] => [id, { id, type, ...about }];

const report = (about: { pair?: object; video?: object } = {}): RTCStatsReport =>
  new Map([
    entry('T', 'transport', { selectedCandidatePairId: 'P' }),
    entry('Old', 'candidate-pair', { nominated: true, state: 'succeeded', currentRoundTripTime: 9 }),
    entry('P', 'candidate-pair', {
      nominated: true,
      state: 'succeeded',
      currentRoundTripTime: 0.04,
      availableOutgoingBitrate: 900_000,
      localCandidateId: 'L',
      remoteCandidateId: 'R',
      ...about.pair,
    }),
    entry('L', 'local-candidate', { candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' }),
    entry('R', 'remote-candidate', { candidateType: 'prflx', protocol: 'udp' }),
    entry('Ia', 'inbound-rtp', {
      kind: 'audio',
      packetsReceived: 100,
      packetsLost: -1,
      jitter: 0.01,
      totalSamplesReceived: 1_000,
      concealedSamples: 300,
      silentConcealedSamples: 200,
    }),
    entry('Iv', 'inbound-rtp', {
      kind: 'video',
      packetsReceived: 50,
      packetsLost: 4,
      freezeCount: 2,
      framesDecoded: 60,
    }),
    entry('Oa', 'outbound-rtp', { kind: 'audio', packetsSent: 100 }),
    entry('Ov', 'outbound-rtp', {
      kind: 'video',
      active: true,
      packetsSent: 60,
      bytesSent: 5_000,
      targetBitrate: 400_000,
      qualityLimitationReason: 'bandwidth',
      ...about.video,
    }),
    entry('Ra', 'remote-inbound-rtp', { kind: 'audio', packetsLost: 3 }),
  ]);

test('a_reading_takes_the_path_in_use_and_adds_up_what_came_and_went', () => {
  expect(read(report(), 7)).toEqual({
    at: 7,
    rttMs: 40,
    path: { local: 'relay', remote: 'srflx', protocol: 'tls' },
    available: 900_000,
    jitterMs: 10,
    audioPackets: 100,
    videoPackets: 50,
    packetsLost: 4,
    freezes: 2,
    framesDecoded: 60,
    samples: 1_000,
    concealed: 100,
    packetsSent: 160,
    packetsLostThere: 3,
    videoBytesSent: 5_000,
    target: 400_000,
    limitation: 'bandwidth',
  });
});

test('a_paused_encoding_has_no_target', () => {
  expect(read(report({ video: { active: false } }), 0)).toMatchObject({ target: null, limitation: null });
});

const still: Reading = { ...read(report(), 0), limitation: 'none' };

/** Two seconds later. */
const later = (about: Partial<Record<'received' | 'lost' | 'sent' | 'lostThere' | 'rttMs', number>>): Quality => {
  const { received = 100, lost = 0, sent = 100, lostThere = 0, rttMs = 40 } = about;
  const now = {
    ...still,
    at: 2_000,
    rttMs,
    audioPackets: still.audioPackets + received,
    packetsLost: still.packetsLost + lost,
    packetsSent: still.packetsSent + sent,
    packetsLostThere: still.packetsLostThere + lostThere,
  };
  return judge(now, between(still, now), { sends: true, rung: '720p' });
};

test('what_is_told_seldom_of_long_is_not_taken_for_what_was_lost_just_now', () => {
  // a twentieth is lost all the time, which the other side says after five seconds of sound
  const at = (seconds: number, lost: number): Reading => ({
    ...still,
    at: seconds * 1_000,
    packetsSent: still.packetsSent + 75 * seconds,
    packetsLostThere: still.packetsLostThere + lost,
  });

  expect(between(at(4, 0), at(6, 19), at(0, 0)).lossThere).toBeCloseTo(0.042, 2);
  expect(between(at(6, 19), at(8, 19), at(2, 0)).lossThere).toBeCloseTo(0.042, 2);
});

describe('four bars', () => {
  test('tell_a_good_connection_from_a_bad_one', () => {
    expect(later({})).toMatchObject({ bars: 4, side: null, loss: 0, path: 'relay' });
    expect(later({ lost: 4 }).bars).toBe(3);
    expect(later({ lost: 9 }).bars).toBe(2);
    expect(later({ lost: 50 }).bars).toBe(1);
    expect(later({ received: 0 }).bars).toBe(0);
    expect(later({ rttMs: 600 })).toMatchObject({ bars: 2, side: 'both' });
  });

  test('tell_whose_network_it_is_by_the_direction_that_loses', () => {
    expect(later({ lostThere: 20 })).toMatchObject({ bars: 1, side: 'own' });
    expect(later({ lost: 20 })).toMatchObject({ bars: 1, side: 'theirs' });
    expect(later({ lost: 30, lostThere: 30 })).toMatchObject({ bars: 1, side: 'both' });
  });

  test('are_not_empty_for_somebody_who_only_listens', () => {
    const now = { ...still, at: 2_000, packetsSent: still.packetsSent + 100 };

    expect(judge(now, between(still, now), { sends: false, rung: '720p' }).bars).toBe(4);
    expect(judge(now, between(still, now), { sends: true, rung: '720p' }).bars).toBe(0);
  });

  test('are_few_while_the_path_bears_sound_only', () => {
    const now = { ...still, at: 2_000, audioPackets: still.audioPackets + 100 };

    expect(judge(now, between(still, now), { sends: true, rung: 'audio' })).toMatchObject({ bars: 1, side: 'own' });
  });
});

test('among_several_what_all_have_in_common_is_ones_own_network', () => {
  const bad = later({ lost: 20 });

  expect(blame(bad, [])).toBe('theirs');
  expect(blame(bad, [later({})])).toBe('theirs');
  expect(blame(bad, [later({ lost: 30 })])).toBe('own');
});

describe('a tip', () => {
  const peer = (quality: Quality): RemotePeer =>
    ({ userId: 'bob', link: { value: 'connected' }, quality: { value: quality } }) as unknown as RemotePeer;

  test('comes_when_it_has_been_bad_for_a_while_and_goes_when_it_has_been_good_for_one', () => {
    const adviser = new Adviser();
    const bad = [peer(later({ lost: 20 }))];
    const good = [peer(later({}))];

    expect(adviser.weigh(bad, 0)).toBeNull();
    expect(adviser.weigh(bad, badMs - 1)).toBeNull();
    expect(adviser.weigh(bad, badMs)).toEqual({ side: 'theirs', userId: 'bob' });
    expect(adviser.weigh(good, badMs + 2_000)).not.toBeNull();
    expect(adviser.weigh(good, badMs + 12_000)).toBeNull();
  });

  test('does_not_come_for_a_hiccup', () => {
    const adviser = new Adviser();

    adviser.weigh([peer(later({ lost: 20 }))], 0);
    adviser.weigh([peer(later({}))], 4_000);

    expect(adviser.weigh([peer(later({ lost: 20 }))], 14_000)).toBeNull();
  });
});

test('the_record_of_a_leg_adds_up_over_connections_and_keeps_the_worst', () => {
  const record = new LegRecord();
  const add = (about: Partial<Reading>, rung: '720p' | '180p'): void => {
    const now = { ...still, ...about };
    record.add(now, between(still, now), { rung, downs: 1 });
  };

  add({ rttMs: 20, freezes: 2, framesDecoded: 100 }, '720p');
  add({ rttMs: 30, freezes: 3, framesDecoded: 150 }, '180p');
  // a new connection
  add({ rttMs: 300, freezes: 1, framesDecoded: 10 }, '720p');

  expect(record.stats).toMatchObject({
    path: { local: 'relay', remote: 'srflx', protocol: 'tls' },
    rttMs: { p50: 30, p95: 300 },
    freezes: 4,
    framesDecoded: 160,
    concealment: 0.1,
    rung: '720p',
    lowestRung: '180p',
    rungDowns: 1,
  });
});
