import { Hooks } from './ledger';

/** Frames are looked for so often, and so long, once a picture's packets arrive. */
const lookMs = 50;
const longMs = 15_000;

/** When the first sound and the first picture of somebody came: the end of what a person feels as waiting. */
export class FirstMedia {
  readonly #hooks = new Hooks();
  #soundAt: number | null = null;
  #pictureAt: number | null = null;

  /** Milliseconds of `Date.now`; of the picture, or of the sound where there was none. */
  get at(): number | null {
    return this.#pictureAt ?? this.#soundAt;
  }

  /** @param decoded counts the frames of this track that a person could have seen */
  watch(track: MediaStreamTrack, decoded: () => Promise<number>): void {
    // tracks of others are muted until their first packet
    const arrived = (): void => {
      if (track.kind === 'audio') this.#soundAt ??= Date.now();
      else this.#look(decoded);
    };
    if (track.muted) this.#hooks.on(track, 'unmute', arrived);
    else arrived();
  }

  close(): void {
    this.#hooks.close();
  }

  #look(decoded: () => Promise<number>): void {
    if (this.#pictureAt !== null) return;
    const until = Date.now() + longMs;
    const stop = this.#hooks.every(lookMs, () => {
      decoded().then(
        (frames) => {
          if (frames > 0) this.#pictureAt ??= Date.now();
          if (this.#pictureAt !== null || Date.now() > until) stop();
        },
        // the connection is gone, and the next one brings its own track
        () => stop(),
      );
    });
  }
}
