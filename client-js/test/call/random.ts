/** The same numbers for the same seed (mulberry32), so that a failure can be seen again. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 up to, but not, the bound. */
  upTo(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  shuffled<T>(values: readonly T[]): T[] {
    return values
      .map((value) => ({ value, key: this.next() }))
      .sort((one, other) => one.key - other.key)
      .map(({ value }) => value);
  }

  pause(boundMs: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.upTo(boundMs)));
  }
}
