import type { Advice, Peer } from './api';
import { blame } from './quality';

/** How long it has to be bad before somebody is told, and good before that is taken back. */
export const badMs = 12_000;
const goodMs = 10_000;

/** Remembers since when it has been bad or good, so that a tip comes for what lasts, and not for every hiccup. */
export class Adviser {
  #given: Advice | null = null;
  #badSince: number | null = null;
  #goodSince: number | null = null;

  weigh(peers: readonly Peer[], at: number): Advice | null {
    const worst = peers
      .filter((peer) => peer.link.value === 'connected' && peer.quality.value !== null)
      .toSorted((one, other) => (one.quality.value?.bars ?? 4) - (other.quality.value?.bars ?? 4))[0];
    const quality = worst?.quality.value;
    if (worst === undefined || !quality || (quality.bars > 2 && quality.side !== 'device')) {
      this.#badSince = null;
      this.#goodSince ??= at;
      if (at - this.#goodSince >= goodMs) this.#given = null;
      return this.#given;
    }
    this.#goodSince = null;
    this.#badSince ??= at;
    if (at - this.#badSince < badMs) return this.#given;
    const others = peers.filter((peer) => peer !== worst).map((peer) => peer.quality.value);
    const side = blame(quality, others) ?? 'both';
    if (side !== this.#given?.side || worst.userId !== this.#given.userId) this.#given = { side, userId: worst.userId };
    return this.#given;
  }
}
