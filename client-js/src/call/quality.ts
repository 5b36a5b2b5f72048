import type { Quality } from './api';

/** The figures of one reading of `getStats`, as far as they are needed. */
export interface Reading {
  readonly at: number;
  readonly rttMs: number | null;
  readonly path: Quality['path'];
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly jitterMs: number | null;
  /** What the other side says it lost of ours, 0 to 1. */
  readonly lossThere: number | null;
}

type Entry = Record<string, unknown> & { readonly type: string };

export function read(report: RTCStatsReport, at: number): Reading {
  const entries = new Map<string, Entry>();
  report.forEach((entry: Entry & { id: string }) => entries.set(entry.id, entry));
  let received = 0;
  let lost = 0;
  let jitter: number | null = null;
  let lossThere: number | null = null;
  let rtt: number | null = null;
  let path: Quality['path'] = 'unknown';
  for (const entry of entries.values()) {
    if (entry.type === 'inbound-rtp') {
      received += number(entry.packetsReceived) ?? 0;
      lost += Math.max(0, number(entry.packetsLost) ?? 0);
      if (entry.kind === 'audio') jitter = seconds(entry.jitter) ?? jitter;
    } else if (entry.type === 'remote-inbound-rtp') {
      const fraction = number(entry.fractionLost);
      if (fraction !== null) lossThere = Math.max(lossThere ?? 0, fraction);
    } else if (entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded') {
      rtt = seconds(entry.currentRoundTripTime) ?? rtt;
      const ends = [entry.localCandidateId, entry.remoteCandidateId].map(
        (id) => entries.get(String(id))?.candidateType,
      );
      path = ends.includes('relay') ? 'relay' : 'direct';
    }
  }
  return { at, rttMs: rtt, path, packetsReceived: received, packetsLost: lost, jitterMs: jitter, lossThere };
}

/** What two readings in a row say; null when nothing was to be expected yet. */
export function judge(before: Reading, now: Reading): Quality {
  const received = now.packetsReceived - before.packetsReceived;
  const lost = Math.max(0, now.packetsLost - before.packetsLost);
  const lossHere = received + lost > 0 ? lost / (received + lost) : null;
  const loss = lossHere === null && now.lossThere === null ? null : Math.max(lossHere ?? 0, now.lossThere ?? 0);
  return { bars: bars(received, loss ?? 0, now), rttMs: now.rttMs, loss, jitterMs: now.jitterMs, path: now.path };
}

/** A muted microphone still sends now and then, so that nothing at all means that nothing arrives. */
function bars(received: number, loss: number, { rttMs, jitterMs }: Reading): Quality['bars'] {
  if (received <= 0) return 0;
  const delay = (rttMs ?? 0) / 2 + 2 * (jitterMs ?? 0);
  if (loss < 0.02 && delay < 150) return 4;
  if (loss < 0.05 && delay < 250) return 3;
  if (loss < 0.1 && delay < 400) return 2;
  return 1;
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function seconds(value: unknown): number | null {
  const found = number(value);
  return found === null ? null : Math.round(found * 1_000);
}
