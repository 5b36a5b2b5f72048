import type { PathEnd } from './api';

/** The figures of one reading of `getStats` (https://www.w3.org/TR/webrtc-stats/), as far as they are needed; counters never end. */
export interface Reading {
  readonly at: number;
  readonly rttMs: number | null;
  readonly path: { readonly local: PathEnd; readonly remote: PathEnd; readonly protocol: string } | null;
  readonly available: number | null;
  readonly jitterMs: number | null;
  // what came
  readonly audioPackets: number;
  readonly videoPackets: number;
  readonly packetsLost: number;
  readonly freezes: number;
  readonly framesDecoded: number;
  readonly samples: number;
  readonly concealed: number;
  // what went
  readonly packetsSent: number;
  readonly packetsLostThere: number;
  readonly videoBytesSent: number;
  readonly target: number | null;
  readonly limitation: string | null;
}

type Entry = Record<string, unknown> & { readonly type: string };
type Entries = ReadonlyMap<string, Entry>;

export function read(report: RTCStatsReport, at: number): Reading {
  const entries = new Map<string, Entry>();
  report.forEach((entry: Entry & { id: string }) => entries.set(entry.id, entry));
  const of = (type: string, kind?: string): Entry[] =>
    [...entries.values()].filter((entry) => entry.type === type && (kind === undefined || entry.kind === kind));
  const inbound = of('inbound-rtp');
  const [sound] = of('inbound-rtp', 'audio');
  // the one that uses most: a paused encoding keeps its last words
  const filmed = of('outbound-rtp', 'video').filter(({ active }) => active !== false);
  const targets = filmed.map(({ targetBitrate }) => number(targetBitrate)).filter((target) => target !== null);
  const pair = selected(entries);
  return {
    at,
    rttMs: milliseconds(pair?.currentRoundTripTime),
    path: pair === undefined ? null : pathOf(pair, entries),
    available: number(pair?.availableOutgoingBitrate),
    jitterMs: milliseconds(sound?.jitter),
    audioPackets: sum(of('inbound-rtp', 'audio'), 'packetsReceived'),
    videoPackets: sum(of('inbound-rtp', 'video'), 'packetsReceived'),
    packetsLost: sum(inbound, 'packetsLost'),
    freezes: sum(inbound, 'freezeCount'),
    framesDecoded: sum(inbound, 'framesDecoded'),
    samples: sum(inbound, 'totalSamplesReceived'),
    // silence that stands for silence (DTX) is no loss
    concealed: sum(inbound, 'concealedSamples') - sum(inbound, 'silentConcealedSamples'),
    packetsSent: sum(of('outbound-rtp'), 'packetsSent'),
    packetsLostThere: sum(of('remote-inbound-rtp'), 'packetsLost'),
    videoBytesSent: sum(filmed, 'bytesSent'),
    target: targets.length === 0 ? null : targets.reduce((all, target) => all + target, 0),
    limitation: limitationOf(filmed),
  };
}

/** By the transport's word, or by the pair's own where a browser has no transports in its report. */
function selected(entries: Entries): Entry | undefined {
  const all = [...entries.values()];
  const transport = all.find(({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId);
  if (transport !== undefined) return entries.get(String(transport.selectedCandidatePairId));
  const pairs = all.filter(({ type, nominated }) => type === 'candidate-pair' && nominated === true);
  return pairs.find((pair) => pair.selected === true) ?? pairs.find(({ state }) => state === 'succeeded');
}

function pathOf(pair: Entry, entries: Entries): NonNullable<Reading['path']> {
  const [local, remote] = [pair.localCandidateId, pair.remoteCandidateId].map((id) => entries.get(String(id)));
  return {
    local: endOf(local),
    remote: endOf(remote),
    protocol: ['tls', 'tcp', 'udp'].find((name) => name === (local?.relayProtocol ?? local?.protocol)) ?? 'unknown',
  };
}

function endOf(candidate: Entry | undefined): PathEnd {
  const type = String(candidate?.candidateType);
  return type === 'host' || type === 'relay' ? type : type === 'srflx' || type === 'prflx' ? 'srflx' : 'unknown';
}

function limitationOf(outbound: readonly Entry[]): string | null {
  const reasons = outbound.map(({ qualityLimitationReason }) => qualityLimitationReason);
  const named = ['cpu', 'bandwidth', 'none'].find((reason) => reasons.includes(reason));
  return named ?? null;
}

function sum(entries: readonly Entry[], name: string): number {
  return entries.reduce((all, entry) => all + Math.max(0, number(entry[name]) ?? 0), 0);
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function milliseconds(seconds: unknown): number | null {
  const found = number(seconds);
  return found === null ? null : Math.round(found * 1_000);
}
