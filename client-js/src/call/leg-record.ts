import type { Ladder, Rung } from './ladder';
import { rungs } from './ladder';
import type { Interval } from './quality';
import type { Reading } from './reading';

/** An hour of readings; of what is longer the last hour counts. */
const keep = 1_800;

/** What a leg was like, for the record of the call (see `call_report` in the contract). */
export interface LegStats {
  readonly path: Reading['path'];
  readonly rttMs: { readonly p50: number; readonly p95: number } | null;
  readonly lossIn: { readonly p50: number; readonly p95: number } | null;
  readonly lossOut: { readonly p50: number; readonly p95: number } | null;
  readonly freezes: number;
  readonly framesDecoded: number;
  /** Of all sound that was played, how much was made up, 0 to 1. */
  readonly concealment: number;
  readonly rung: Rung;
  readonly lowestRung: Rung;
  readonly rungDowns: number;
}

/** Collects the readings of one leg. Counters begin anew with each connection, so that their growth is added up. */
export class LegRecord {
  readonly #rtt: number[] = [];
  readonly #lossIn: number[] = [];
  readonly #lossOut: number[] = [];
  #last: Reading | null = null;
  #freezes = 0;
  #frames = 0;
  #samples = 0;
  #concealed = 0;
  #rung: Rung = '720p';
  #lowest: Rung = '720p';
  #downs = 0;

  add(now: Reading, { lossHere, lossThere }: Interval, { rung, downs }: Pick<Ladder, 'rung' | 'downs'>): void {
    push(this.#rtt, now.rttMs);
    push(this.#lossIn, lossHere);
    push(this.#lossOut, lossThere);
    this.#freezes += grown(this.#last?.freezes, now.freezes);
    this.#frames += grown(this.#last?.framesDecoded, now.framesDecoded);
    this.#samples += grown(this.#last?.samples, now.samples);
    this.#concealed += grown(this.#last?.concealed, now.concealed);
    this.#rung = rung;
    if (rungs.indexOf(rung) > rungs.indexOf(this.#lowest)) this.#lowest = rung;
    this.#downs = downs;
    this.#last = now;
  }

  get stats(): LegStats | null {
    if (this.#last === null) return null;
    return {
      path: this.#last.path,
      rttMs: spread(this.#rtt),
      lossIn: spread(this.#lossIn),
      lossOut: spread(this.#lossOut),
      freezes: this.#freezes,
      framesDecoded: this.#frames,
      concealment: this.#samples > 0 ? round(Math.max(0, this.#concealed) / this.#samples) : 0,
      rung: this.#rung,
      lowestRung: this.#lowest,
      rungDowns: this.#downs,
    };
  }
}

function push(values: number[], value: number | null): void {
  if (value === null) return;
  values.push(value);
  if (values.length > keep) values.shift();
}

function grown(before: number | undefined, now: number): number {
  return before === undefined || now < before ? now : now - before;
}

function spread(values: readonly number[]): { p50: number; p95: number } | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  const at = (part: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
