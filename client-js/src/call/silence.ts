/** What a path's silence asks for: nothing yet, a sign of life of the server, or another path. */
export type Sign = 'none' | 'doubt' | 'lost' | 'over';

/** What is known of a path at a moment. */
export interface Heard {
  /** Milliseconds of `Date.now`. */
  readonly at: number;
  /** When the newest packet of sound or picture came, by whatever clock; null when none came for long. */
  readonly newest: number | null;
  /** What they came by: packets of another one are waited for anew. */
  readonly by: object | null;
  /** Whether the other side says that it sends. */
  readonly sends: boolean;
  /** Whether the browser holds the path to be alive, of which it asks the other end every few seconds (RFC 7675). */
  readonly alive: boolean;
}

/** Sound comes every 20 ms, and in silence every 400 (RFC 7587, section 3.1.3): longer than that is odd. */
const doubtMs = 600;
/** After so long it is the path that is silent. */
const lostMs = 1_000;
/** The server is asked so often. */
const askMs = 1_000;
/** Another path is looked for so often. */
const seekMs = 2_500;
/** A browser that still holds a path to be alive then is right: it is the other side that sends nothing. */
const knownMs = 9_000;

/**
 * Notices that packets have stopped, sooner than a browser does: it takes five seconds and more to call a path disconnected, and as long
 * again to call it failed.
 */
export class Silence {
  #by: object | null = null;
  #newest: number | null = null;
  #cameAt: number | null = null;
  #askedAt = -Infinity;
  #soughtAt = -Infinity;

  /** Whether something should have come, and has not. */
  get isDoubtful(): boolean {
    return this.#askedAt !== -Infinity;
  }

  weigh({ at, newest, by, sends, alive }: Heard): Sign {
    if (by !== this.#by) {
      this.#by = by;
      this.#newest = newest;
      this.#come(newest === null ? null : at);
      return 'none';
    }
    if (newest !== null && newest !== this.#newest) {
      this.#newest = newest;
      const was = this.isDoubtful;
      this.#come(at);
      return was ? 'over' : 'none';
    }
    if (!sends) {
      // what is not sent is not missed, and is waited for from when it is said to be sent again
      this.#come(this.#cameAt === null ? null : at);
      return 'none';
    }
    return this.#judge(at, alive);
  }

  #come(at: number | null): void {
    this.#cameAt = at;
    this.#askedAt = -Infinity;
    this.#soughtAt = -Infinity;
  }

  #judge(at: number, alive: boolean): Sign {
    const silent = this.#cameAt === null ? 0 : at - this.#cameAt;
    if (silent < doubtMs || (alive && silent > knownMs)) return 'none';
    if (silent >= lostMs && at - this.#soughtAt >= seekMs) {
      this.#soughtAt = at;
      this.#askedAt = at;
      return 'lost';
    }
    if (at - this.#askedAt < askMs) return 'none';
    this.#askedAt = at;
    return 'doubt';
  }
}
