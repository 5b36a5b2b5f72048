import type { Quality, Side } from './api';
import type { Rung } from './ladder';
import type { Reading } from './reading';

/** What went on between two readings in a row. */
export interface Interval {
  readonly received: number;
  readonly audioReceived: number;
  readonly videoReceived: number;
  readonly lossHere: number | null;
  /** Over more than this interval, see `lossMs`. */
  readonly lossThere: number | null;
  /** Of a picture, in bits per second. */
  readonly sent: number | null;
}

/**
 * The other side says what it lost of sound once in five seconds (RFC 3550, section 6.2), and then of all five: over less, nothing and
 * far too much would follow each other.
 */
export const lossMs = 6_000;

/** @param earlier what is as far back as `lossMs` */
export function between(before: Reading, now: Reading, earlier: Reading = before): Interval {
  type Counter = 'audioPackets' | 'videoPackets' | 'packetsLost' | 'packetsSent' | 'packetsLostThere';
  const grown = (name: Counter, since = before): number => Math.max(0, now[name] - since[name]);
  const audioReceived = grown('audioPackets');
  const videoReceived = grown('videoPackets');
  const received = audioReceived + videoReceived;
  const seconds = (now.at - before.at) / 1_000;
  const bytes = now.videoBytesSent - before.videoBytesSent;
  return {
    received,
    audioReceived,
    videoReceived,
    lossHere: share(grown('packetsLost'), received + grown('packetsLost')),
    lossThere: share(grown('packetsLostThere', earlier), grown('packetsSent', earlier)),
    sent: bytes > 0 && seconds > 0 ? (bytes * 8) / seconds : null,
  };
}

/**
 * @param sends whether the other side says that it sends anything: otherwise silence is no fault
 * @param rung what of a picture the path upwards bears
 */
export function judge(
  now: Reading,
  { received, lossHere, lossThere }: Interval,
  { sends, rung }: { sends: boolean; rung: Rung },
): Quality {
  const starved = now.limitation === 'bandwidth';
  const most = rung === 'audio' ? 1 : rung === '180p' ? 2 : 4;
  const up = Math.min(most, bars(lossThere ?? 0, now, starved));
  const down = received <= 0 && sends ? 0 : bars(lossHere ?? 0, now, false);
  const loss = lossHere === null && lossThere === null ? null : Math.max(lossHere ?? 0, lossThere ?? 0);
  const ends = [now.path?.local, now.path?.remote];
  return {
    bars: Math.min(up, down) as Quality['bars'],
    side: sideOf(up, down, now.limitation),
    rttMs: now.rttMs,
    loss,
    jitterMs: now.jitterMs,
    path: now.path === null ? 'unknown' : ends.includes('relay') ? 'relay' : 'direct',
  };
}

/**
 * Access lines are narrow upwards: what is lost of ours was most likely lost in our network, what is lost of theirs in theirs. Delay
 * alone tells of neither.
 */
function sideOf(up: number, down: number, limitation: string | null): Side | null {
  if (limitation === 'cpu') return 'device';
  if (Math.min(up, down) > 2) return null;
  return up === down ? 'both' : up < down ? 'own' : 'theirs';
}

/** With several others their paths are compared: what all of them have in common is this side's network. */
export function blame(own: Quality, others: readonly (Quality | null)[]): Side | null {
  if (own.side === null || own.side === 'device') return own.side;
  const known = others.filter((other) => other !== null);
  if (known.length === 0) return own.side;
  if (known.some(({ bars }) => bars >= 3)) return 'theirs';
  return 'own';
}

function bars(loss: number, { rttMs, jitterMs }: Reading, starved: boolean): 1 | 2 | 3 | 4 {
  const delay = (rttMs ?? 0) / 2 + 2 * (jitterMs ?? 0);
  if (loss < 0.02 && delay < 150 && !starved) return 4;
  if (loss < 0.05 && delay < 250) return 3;
  if (loss < 0.1 && delay < 400) return 2;
  return 1;
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? Math.min(1, part / whole) : null;
}
