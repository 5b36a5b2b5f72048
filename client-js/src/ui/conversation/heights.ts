/** A guess for the first moment, before anything was measured. */
const firstGuessPx = 56;

/** How tall the lines of a list are: measured where they were on screen, guessed by the mean elsewhere. */
export class Heights {
  readonly #known = new Map<string, number>();
  #sum = 0;

  of(key: string): number {
    return this.#known.get(key) ?? this.#mean();
  }

  sum(keys: readonly string[], from: number, to: number): number {
    let sum = 0;
    for (let index = from; index < to; index++) sum += this.of(keys[index] ?? '');
    return sum;
  }

  measured(key: string, px: number): void {
    this.#sum += px - (this.#known.get(key) ?? 0);
    this.#known.set(key, px);
  }

  /** Another width makes other heights. */
  forget(): void {
    const mean = this.#mean();
    this.#known.clear();
    this.#sum = 0;
    this.measured('', mean);
  }

  #mean(): number {
    return this.#known.size === 0 ? firstGuessPx : this.#sum / this.#known.size;
  }
}

export interface Slice {
  readonly from: number;
  readonly to: number;
}

/** The lines to draw: what the screen shows and `aroundPx` above and below it. `start` stands `offset` below the top. */
export function sliceAround(
  keys: readonly string[],
  heights: Heights,
  start: number,
  offset: number,
  screenPx: number,
  aroundPx: number,
): Slice {
  let from = start;
  for (let above = offset; from > 0 && above > -aroundPx; above -= heights.of(keys[from] ?? '')) from--;
  let to = start;
  for (let below = offset; to < keys.length && below < screenPx + aroundPx; to++) below += heights.of(keys[to] ?? '');
  return { from, to };
}

/** The line that a scroll position falls on, and where it stands. */
export function lineAt(
  keys: readonly string[],
  heights: Heights,
  scrollTop: number,
): { index: number; offset: number } {
  let top = 0;
  for (let index = 0; index < keys.length; index++) {
    const height = heights.of(keys[index] ?? '');
    if (top + height > scrollTop) return { index, offset: top - scrollTop };
    top += height;
  }
  return { index: Math.max(0, keys.length - 1), offset: 0 };
}
