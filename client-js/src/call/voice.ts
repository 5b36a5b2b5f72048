import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import { Hooks, noteContext, noteTrack } from './ledger';

/** Loudness of speech near a microphone, as root mean square of samples from -1 to 1; rooms are ten times quieter. */
const speech = 0.02;
/** A breath between two words is no silence. */
const holdMs = 600;
const lookMs = 100;
/** How long somebody talks before it is worth a hint that nobody hears them, and how long the hint stays. */
const talkMs = 1_000;
const hintMs = 5_000;

/** Tells speech from silence, level by level. */
export class Speech {
  #loudAt = -Infinity;
  #since: number | null = null;

  /** @returns since when somebody speaks, or null */
  hear(level: number, at: number): number | null {
    if (level >= speech) {
      this.#loudAt = at;
      this.#since ??= at;
    } else if (at - this.#loudAt > holdMs) {
      this.#since = null;
    }
    return this.#since;
  }
}

/**
 * Listens to one's own microphone, also while it is muted: to a copy of its track, which stays on and goes nowhere. Silent where a
 * browser has no Web Audio.
 */
export class Voice {
  readonly #level = signal(0);
  readonly #speaking = signal(false);
  readonly #unheard = signal(false);
  readonly #muted: () => boolean;
  #hooks = new Hooks();
  #unheardAt = -Infinity;

  constructor(muted: () => boolean) {
    this.#muted = muted;
  }

  /** 0 to 1, for a meter. */
  get level(): ReadonlySignal<number> {
    return this.#level;
  }

  get speaking(): ReadonlySignal<boolean> {
    return this.#speaking;
  }

  /** Somebody talks into a muted microphone. */
  get unheard(): ReadonlySignal<boolean> {
    return this.#unheard;
  }

  /** Listens to this track from now on, or to none. */
  listen(track: MediaStreamTrack | null): void {
    this.#hooks.close();
    this.#hooks = new Hooks();
    this.#tell(0, null, Date.now());
    if (track === null || !('AudioContext' in globalThis)) return;
    const copy = track.clone();
    copy.enabled = true;
    noteTrack(copy);
    const context = new AudioContext();
    noteContext(context);
    // without a click before, a browser may keep it waiting
    context.resume().catch(() => undefined);
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(new MediaStream([copy])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const heard = new Speech();
    this.#hooks.every(lookMs, () => {
      analyser.getFloatTimeDomainData(samples);
      const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      this.#tell(level, heard.hear(level, Date.now()), Date.now());
    });
    this.#hooks.add(() => {
      copy.stop();
      void context.close();
    });
  }

  close(): void {
    this.listen(null);
    this.#hooks.close();
  }

  #tell(level: number, since: number | null, at: number): void {
    const muted = this.#muted();
    this.#level.value = Math.min(1, level * 5);
    this.#speaking.value = since !== null && !muted;
    if (!muted) this.#unheardAt = -Infinity;
    else if (since !== null && at - since >= talkMs) this.#unheardAt = at;
    this.#unheard.value = at - this.#unheardAt < hintMs;
  }
}
