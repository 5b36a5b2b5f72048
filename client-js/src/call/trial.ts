import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { CallTrial, DeviceList, LocalSource, NetworkVerdict, TrialWish } from './api';
import type { LocalMediaOptions } from './local-media';
import { LocalMedia } from './local-media';
import type { TestOptions } from './server-test';
import { testServers, verdict } from './server-test';

export interface TrialOptions extends TestOptions {
  /** What the server would give to a call; without it the network is not asked. */
  readonly iceServers?: () => Promise<readonly RTCIceServer[]>;
  readonly media?: LocalMediaOptions;
}

/** Tries what a call needs, without one: opens the devices at once, and asks each server that helps calls. */
export class Trial implements CallTrial {
  readonly #options: TrialOptions;
  readonly #media: LocalMedia;
  readonly #network = signal<NetworkVerdict>('asking');
  #round = 0;

  constructor(options: TrialOptions = {}, { camera = true, network = true }: TrialWish = {}) {
    this.#options = options;
    // nobody is sent anything
    this.#media = new LocalMedia(() => undefined, options.media);
    const opened = [this.#media.microphone.set(true), ...(camera ? [this.#media.camera.set(true)] : [])];
    // labels can be read only after a permission was given
    void Promise.all(opened).then(() => this.#media.refresh());
    if (network) this.askAgain();
  }

  get microphone(): LocalSource {
    return this.#media.microphone;
  }

  get camera(): LocalSource {
    return this.#media.camera;
  }

  get level(): ReadonlySignal<number> {
    return this.#media.voice.level;
  }

  get devices(): ReadonlySignal<DeviceList> {
    return this.#media.devices;
  }

  get network(): ReadonlySignal<NetworkVerdict> {
    return this.#network;
  }

  tryMicrophone(deviceId?: string): Promise<void> {
    const { microphone } = this.#media;
    return deviceId === undefined ? microphone.set(true) : microphone.choose(deviceId);
  }

  tryCamera(deviceId?: string): Promise<void> {
    const { camera } = this.#media;
    return deviceId === undefined ? camera.set(true) : camera.choose(deviceId);
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#media.microphone.set(on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.#media.camera.set(on);
  }

  askAgain(): void {
    this.#network.value = 'asking';
    const round = ++this.#round;
    void this.#ask().then((found) => {
      if (round === this.#round) this.#network.value = found;
    });
  }

  close(): void {
    this.#round += 1;
    this.#media.release();
  }

  async #ask(): Promise<NetworkVerdict> {
    const { iceServers } = this.#options;
    if (iceServers === undefined) return 'unknown';
    try {
      return verdict(await testServers(await iceServers(), this.#options)) ?? 'good';
    } catch {
      // our own server did not answer: there is nothing to be said of the others
      return 'unknown';
    }
  }
}
