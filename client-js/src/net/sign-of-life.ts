import { asParleyError } from '../protocol/problem';

const patientMs = 5_000;
/** What cannot wait gives a line so long for a sign of life, and twice as long after each time it was in vain. */
const hurriedMs = 1_200;
const hurriedMostMs = 6_000;

/** Asks the server whether it is there, one question at a time. */
export class SignOfLife {
  readonly #ask: (withinMs: number) => Promise<unknown>;
  #asking = false;
  #hurriedMs = hurriedMs;

  /** @param ask rejects with the code `timeout` when nothing came on a line that is still open */
  constructor(ask: (withinMs: number) => Promise<unknown>) {
    this.#ask = ask;
  }

  /** Whether an answer is still out: nobody is asked twice. */
  get isAwaited(): boolean {
    return this.#asking;
  }

  /** Whether the line is silent. A refusal is an answer, and a line that was lost meanwhile is no longer in question. */
  isMissing(): Promise<boolean> {
    return this.#isSilentFor(patientMs);
  }

  /** The same for what cannot wait. A line that is only slow must not be cut again and again: it is given longer each time. */
  async isMissingSoon(): Promise<boolean> {
    const silent = await this.#isSilentFor(this.#hurriedMs, () => (this.#hurriedMs = hurriedMs));
    if (silent) this.#hurriedMs = Math.min(hurriedMostMs, 2 * this.#hurriedMs);
    return silent;
  }

  async #isSilentFor(withinMs: number, answered?: () => void): Promise<boolean> {
    this.#asking = true;
    try {
      await this.#ask(withinMs);
      answered?.();
      return false;
    } catch (error) {
      return asParleyError(error).code === 'timeout';
    } finally {
      this.#asking = false;
    }
  }
}
