/** What is sent of a camera, from best to none. */
export type Rung = '720p' | '360p' | '180p' | 'audio';

export const rungs: readonly Rung[] = ['720p', '360p', '180p', 'audio'];

/** Bits per second below which a picture of this rung is worse than a good one of the next. */
const needs: Readonly<Record<Rung, number>> = { '720p': 700_000, '360p': 220_000, '180p': 45_000, audio: 0 };
/** The most that is spent on it. */
export const caps: Readonly<Record<Rung, number>> = { '720p': 1_600_000, '360p': 480_000, '180p': 150_000, audio: 0 };
/** What sound takes of a path, said twice and with its headers. */
const soundBits = 70_000;

/** A path that has just come up is measured while it is used: estimates begin low and grow. */
const settleMs = 6_000;
const calmMs = 8_000;
const afterFailureMs = 12_000;
/** Without a picture nothing measures the path, so that only trying tells; each try costs the sound a little. */
const longestMs = 60_000;
const trialMs = 12_000;
/** Bad readings in a row that are believed; the last picture is not given up for a moment's weakness. */
const enough = 2;
const enoughForSound = 3;
const enoughHot = 3;
/** What a full queue adds to a path's delay, and a lost or late answer does not. */
const queueMs = 100;
/** The shortest delay of so many readings is the path's own. */
const delays = 30;
/** Loss by chance costs no less when less is sent; by a full queue, it does. */
const lossByQueue = 0.1;
const lossByAnything = 0.25;

/** What the last two seconds were like. */
export interface Conditions {
  readonly at: number;
  /** What the browser believes the path to bear, in bits per second. */
  readonly available: number | null;
  /** What the encoder may use, and what it has used. */
  readonly target: number | null;
  readonly sent: number | null;
  /** Of what was sent, 0 to 1. */
  readonly loss: number | null;
  readonly rttMs: number | null;
  readonly limitation: string | null;
}

/**
 * Decides how much picture a path bears: down within two readings, and several rungs at once; up one rung after eight calm seconds. After
 * a rung that was climbed in vain the next try waits longer; a picture that was tried where there was none is left at the first bad
 * reading.
 */
export class Ladder {
  #index = 0;
  #top = 0;
  #settledAt = 0;
  #calmSince: number | null = null;
  #climbedAt = -Infinity;
  #wait = calmMs;
  #short = 0;
  #lossy = 0;
  #hot = 0;
  #downs = 0;
  #delays: readonly number[] = [];

  get rung(): Rung {
    return rungs[this.#index] ?? 'audio';
  }

  /** How often it went down, for the record of the call. */
  get downs(): number {
    return this.#downs;
  }

  /** A connection is new, or was interrupted. */
  settle(at: number): void {
    this.#settledAt = at + settleMs;
    this.#calmSince = null;
    this.#short = 0;
    this.#lossy = 0;
    this.#delays = [];
  }

  /** The best there may be; who stood there already goes with it. */
  limit(top: Rung): void {
    const index = rungs.indexOf(top);
    if (this.#index === this.#top || this.#index < index) this.#index = index;
    this.#top = index;
  }

  step(now: Conditions): Rung {
    if (now.rttMs !== null) this.#delays = [...this.#delays, now.rttMs].slice(-delays);
    this.#count(now);
    const down = this.#downTo(now);
    if (down > this.#index) {
      this.#fall(down, now.at);
    } else if (this.#isCalm(now)) {
      this.#calmSince ??= now.at;
      if (Number.isFinite(this.#climbedAt) && now.at - this.#climbedAt >= trialMs) this.#held();
      const rested = now.at - this.#calmSince >= this.#wait;
      if (rested && this.#index > this.#top && this.#hasRoom(now)) this.#climb(now.at);
    } else {
      this.#calmSince = null;
    }
    return this.rung;
  }

  #count(now: Conditions): void {
    const settling = now.at < this.#settledAt;
    this.#short = !settling && this.#isShort(now) ? this.#short + 1 : 0;
    this.#lossy = !settling && this.#isLossy(now) ? this.#lossy + 1 : 0;
    this.#hot = now.limitation === 'cpu' ? this.#hot + 1 : 0;
  }

  #isLossy({ loss, rttMs }: Conditions): boolean {
    const most = this.#isQueued(rttMs) ? lossByQueue : lossByAnything;
    return (loss ?? 0) > most || (rttMs ?? 0) > 2_000;
  }

  #isQueued(rttMs: number | null): boolean {
    return rttMs !== null && rttMs - Math.min(...this.#delays) > queueMs;
  }

  /** An encoder that does not use what it may use says nothing about the path. */
  #isShort({ available, target, sent }: Conditions): boolean {
    const need = needs[this.rung];
    if (sent === null) return false;
    if (target === null) return available !== null && available - soundBits < need;
    return target < need && sent > 0.6 * target;
  }

  #downTo(now: Conditions): number {
    const next = Math.min(this.#index + 1, rungs.length - 1);
    const isLast = rungs[next] === 'audio';
    // a picture that was tried costs the sound
    const trying = now.at - this.#climbedAt < trialMs;
    const believed = trying && isLast ? 1 : isLast ? enoughForSound : enough;
    if (this.#short >= believed) return Math.max(next, this.#fits(now));
    if (this.#lossy >= believed) return next;
    // a computer that has other things to do can still encode the smallest picture
    if (this.#hot >= enoughHot && !isLast) return next;
    return this.#index;
  }

  #fits({ available, target }: Conditions): number {
    const budget = Math.max(target ?? 0, (available ?? 0) - soundBits);
    return rungs.findIndex((rung) => needs[rung] <= budget);
  }

  #fall(index: number, at: number): void {
    const inVain = at - this.#climbedAt < trialMs;
    if (this.#hot >= enoughHot) this.#wait = longestMs;
    else if (rungs[index] === 'audio') this.#wait = inVain ? Math.min(2 * this.#wait, longestMs) : afterFailureMs;
    else this.#wait = inVain ? afterFailureMs : calmMs;
    this.#index = index;
    this.#downs += 1;
    this.#calmSince = null;
    this.#climbedAt = -Infinity;
    this.#short = 0;
    this.#lossy = 0;
    this.#hot = 0;
  }

  /** The try was worth it. */
  #held(): void {
    this.#climbedAt = -Infinity;
    this.#wait = calmMs;
  }

  #climb(at: number): void {
    this.#index -= 1;
    this.#climbedAt = at;
    this.#calmSince = at;
  }

  #isCalm(now: Conditions): boolean {
    return this.#short === 0 && !this.#isLossy(now) && (now.rttMs ?? 0) < 800 && now.limitation !== 'cpu';
  }

  /** Estimates do not grow past what is sent, so that a full rung is reason enough to try the next. */
  #hasRoom({ available, target }: Conditions): boolean {
    const above = rungs[this.#index - 1];
    if (above === undefined) return false;
    if (target === null || available === null) return true;
    return target >= 0.9 * caps[this.rung] || available - soundBits >= 1.1 * needs[above];
  }
}
