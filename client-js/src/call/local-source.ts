import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { DeviceNews, LocalSource, MediaCause, MediaProblem } from './api';
import type { Chosen, Listed } from './device-choice';
import { find } from './device-choice';
import { Hooks, noteTrack } from './ledger';
import { causeOf, permissionFor } from './media-errors';

/** How long a browser may say nothing before the person is told where the question is. */
const stallMs = 10_000;

export type SourceName = MediaProblem['source'];

export interface SourceOptions {
  readonly name: SourceName;
  /** Asks the browser; `deviceId` null for its default. */
  readonly open: (deviceId: string | null) => Promise<MediaStream>;
  /** Off stops the device, so that its light goes out, or only mutes it. */
  readonly offStops: boolean;
  readonly hint: string;
  /** Told which track is to be sent from now on. */
  readonly onTrack: (track: MediaStreamTrack | null) => void;
  /** The device that this person chose another time. */
  readonly preferred?: Chosen | null;
  readonly onChoice?: (deviceId: string) => void;
  /** Another device than before is used, although nobody chose it just now. */
  readonly onNews?: (news: DeviceNews) => void;
}

/**
 * One device of this person: opened when it is wanted, replaced when it vanishes, released for good by `release`. Everything that
 * the browser answers too late, after the wish has changed, is stopped on arrival.
 */
export class Source implements LocalSource {
  readonly #options: SourceOptions;
  readonly #state = signal<'off' | 'starting' | 'on' | 'failed'>('off');
  readonly #problem = signal<MediaProblem | null>(null);
  readonly #stream = signal<MediaStream | null>(null);
  readonly #deviceId = signal<string | null>(null);
  #hooks = new Hooks();
  #track: MediaStreamTrack | null = null;
  #preferred: Chosen | null;
  /** Each wish has a number; only the newest one counts. */
  #wish = 0;
  #released = false;
  #hint: string;

  constructor(options: SourceOptions) {
    this.#options = options;
    this.#hint = options.hint;
    this.#preferred = options.preferred ?? null;
  }

  get state(): ReadonlySignal<'off' | 'starting' | 'on' | 'failed'> {
    return this.#state;
  }

  get problem(): ReadonlySignal<MediaProblem | null> {
    return this.#problem;
  }

  get stream(): ReadonlySignal<MediaStream | null> {
    return this.#stream;
  }

  get deviceId(): ReadonlySignal<string | null> {
    return this.#deviceId;
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /** Resolves when the wish is met or has failed; the failure is in `problem`, not thrown. */
  async set(on: boolean): Promise<void> {
    if (this.#released) return;
    if (!on) {
      this.#wish += 1;
      this.#problem.value = null;
      if (this.#options.offStops || this.#track === null) this.#drop();
      else this.#track.enabled = false;
      this.#state.value = 'off';
      return;
    }
    if (this.#track !== null) {
      this.#track.enabled = true;
      this.#state.value = 'on';
      return;
    }
    await this.#acquire(this.#preferred?.id ?? null);
  }

  /** What the track shows, so that the browser knows what to spare when it must. */
  show(hint: string): void {
    this.#hint = hint;
    if (this.#track !== null && 'contentHint' in this.#track) this.#track.contentHint = hint;
  }

  /** Takes another device from now on; while off, only remembers it. */
  async choose(deviceId: string): Promise<void> {
    if (this.#released) return;
    this.#preferred = { id: deviceId, label: '' };
    this.#options.onChoice?.(deviceId);
    const muted = this.#state.value === 'off';
    if (muted && this.#options.offStops) return;
    if (this.#track === null && muted) return;
    await this.#acquire(deviceId, { muted });
  }

  /** What is plugged in is known, or has changed (`again`): the device that this person wants is used as soon as it is there. */
  async devicesChanged(devices: readonly Listed[], again: boolean): Promise<void> {
    if (this.#preferred === null || this.#state.value !== 'on') return;
    const there = find(this.#preferred, devices);
    if (there === null || there === this.#deviceId.value) return;
    await this.#acquire(there);
    if (again && this.#deviceId.value === there) this.#tell('back');
  }

  release(): void {
    this.#released = true;
    this.#wish += 1;
    this.#drop();
    this.#state.value = 'off';
  }

  async #acquire(deviceId: string | null, { lost = false, muted = false } = {}): Promise<void> {
    const wish = ++this.#wish;
    this.#state.value = 'starting';
    this.#problem.value = null;
    const hooks = new Hooks();
    hooks.after(stallMs, () => {
      if (wish === this.#wish) this.#problem.value = { source: this.#options.name, cause: 'stalled' };
    });
    try {
      const stream = await this.#ask(deviceId);
      const track = stream.getTracks()[0];
      if (track === undefined) throw new DOMException('no track', 'NotFoundError');
      noteTrack(track);
      if (wish !== this.#wish) {
        track.stop();
        return;
      }
      track.enabled = !muted;
      this.#take(track, stream);
    } catch (error) {
      const cause = await this.#explain(error);
      if (wish !== this.#wish) return;
      this.#drop();
      this.#fail(lost && cause === 'not-found' ? 'lost' : cause);
    } finally {
      hooks.close();
    }
  }

  /** The device that was chosen, or else any: a call with the wrong microphone is better than a call with none. */
  async #ask(deviceId: string | null): Promise<MediaStream> {
    try {
      return await this.#options.open(deviceId);
    } catch (error) {
      const cause = causeOf(error, null);
      if (deviceId === null || (cause !== 'overconstrained' && cause !== 'not-found')) throw error;
      return this.#options.open(null);
    }
  }

  async #explain(error: unknown): Promise<MediaCause> {
    if (!globalThis.isSecureContext && !(error instanceof DOMException)) return 'insecure';
    return causeOf(error, await permissionFor(this.#options.name));
  }

  #take(track: MediaStreamTrack, stream: MediaStream): void {
    const before = this.#track;
    this.#hooks.close();
    this.#hooks = new Hooks();
    this.#hooks.on(track, 'ended', () => this.#vanished(track));
    if ('contentHint' in track) track.contentHint = this.#hint;
    this.#track = track;
    this.#stream.value = stream;
    this.#deviceId.value = track.getSettings().deviceId ?? null;
    this.#problem.value = null;
    this.#state.value = track.enabled ? 'on' : 'off';
    this.#options.onTrack(track);
    before?.stop();
  }

  /** Unplugged, taken by the system, or the permission was taken back. */
  #vanished(track: MediaStreamTrack): void {
    if (track !== this.#track) return;
    const wanted = this.#state.value === 'on';
    this.#preferred ??= { id: this.#deviceId.value ?? '', label: track.label };
    this.#drop();
    if (this.#options.name === 'screen') this.#state.value = 'off';
    else if (wanted) void this.#acquire(null, { lost: true }).then(() => this.#tell('lost'));
    else this.#state.value = 'off';
  }

  #tell(cause: DeviceNews['cause']): void {
    if (this.#track === null || this.#options.name === 'screen') return;
    this.#options.onNews?.({ source: this.#options.name, cause, label: this.#track.label });
  }

  #drop(): void {
    this.#hooks.close();
    const track = this.#track;
    this.#track = null;
    this.#stream.value = null;
    this.#deviceId.value = null;
    if (track !== null) {
      track.stop();
      this.#options.onTrack(null);
    }
  }

  #fail(cause: MediaCause): void {
    this.#problem.value = { source: this.#options.name, cause };
    this.#state.value = 'failed';
  }
}
