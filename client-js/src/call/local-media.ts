import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { DeviceList, DeviceNews } from './api';
import type { DeviceChoice } from './device-choice';
import { Hooks } from './ledger';
import type { SourceOptions } from './local-source';
import { Source } from './local-source';
import { Voice } from './voice';

export type Slot = 'audio' | 'video' | 'screen';

export type LocalTracks = Readonly<Record<Slot, MediaStreamTrack | null>>;

export interface LocalMediaOptions {
  /** What to ask of a camera besides which one. */
  readonly video?: MediaTrackConstraints;
  readonly audio?: MediaTrackConstraints;
  /** What this person chose another time, and where a choice is kept. */
  readonly choice?: DeviceChoice;
}

const microphoneConstraints: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

const cameraConstraints: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};

const none: DeviceList = { microphones: [], cameras: [], speakers: [] };

/** The microphone, the camera and the screen of this person during one call; asked for one by one, so that one may fail alone. */
export class LocalMedia {
  readonly microphone: Source;
  readonly camera: Source;
  readonly screen: Source;
  readonly voice = new Voice(() => this.microphone.state.peek() !== 'on');
  readonly #devices = signal<DeviceList>(none);
  readonly #news = signal<DeviceNews | null>(null);
  readonly #choice: DeviceChoice | undefined;
  readonly #hooks = new Hooks();

  constructor(onTrack: (slot: Slot, track: MediaStreamTrack | null) => void, options: LocalMediaOptions = {}) {
    this.#choice = options.choice;
    this.microphone = new Source({
      name: 'microphone',
      ...this.#remembered('microphone'),
      offStops: false,
      hint: 'speech',
      open: (deviceId) => capture({ audio: { ...microphoneConstraints, ...options.audio, ...exactly(deviceId) } }),
      onTrack: (track) => {
        this.voice.listen(track);
        onTrack('audio', track);
      },
    });
    this.camera = new Source({
      name: 'camera',
      ...this.#remembered('camera'),
      offStops: true,
      hint: 'motion',
      open: (deviceId) => capture({ video: { ...cameraConstraints, ...options.video, ...exactly(deviceId) } }),
      onTrack: (track) => onTrack('video', track),
    });
    this.screen = new Source({
      name: 'screen',
      offStops: true,
      hint: 'detail',
      open: captureScreen,
      onTrack: (track) => onTrack('screen', track),
    });
    this.#hooks.on(mediaDevices(), 'devicechange', () => void this.refresh(true));
  }

  get devices(): ReadonlySignal<DeviceList> {
    return this.#devices;
  }

  get news(): ReadonlySignal<DeviceNews | null> {
    return this.#news;
  }

  get tracks(): LocalTracks {
    return { audio: this.microphone.track, video: this.camera.track, screen: this.screen.track };
  }

  /** Reads what is plugged in, and lets a device that came back (`again`: after the first time) be used again. */
  async refresh(again = false): Promise<void> {
    let found: readonly MediaDeviceInfo[];
    try {
      found = (await mediaDevices()?.enumerateDevices()) ?? [];
    } catch {
      return;
    }
    const of = (kind: MediaDeviceKind): MediaDeviceInfo[] => found.filter((device) => device.kind === kind);
    this.#devices.value = { microphones: of('audioinput'), cameras: of('videoinput'), speakers: of('audiooutput') };
    await Promise.all([
      this.microphone.devicesChanged(of('audioinput'), again),
      this.camera.devicesChanged(of('videoinput'), again),
    ]);
  }

  release(): void {
    this.#hooks.close();
    this.microphone.release();
    this.voice.close();
    this.camera.release();
    this.screen.release();
  }

  #remembered(kind: 'microphone' | 'camera'): Pick<SourceOptions, 'preferred' | 'onChoice' | 'onNews'> {
    return {
      preferred: this.#choice?.of(kind) ?? null,
      onChoice: (deviceId) => {
        const { microphones, cameras } = this.#devices.peek();
        const device = [...microphones, ...cameras].find((one) => one.deviceId === deviceId);
        if (device !== undefined) this.#choice?.keep(kind, device);
      },
      onNews: (news) => (this.#news.value = news),
    };
  }
}

function exactly(deviceId: string | null): MediaTrackConstraints {
  return deviceId === null ? {} : { deviceId: { exact: deviceId } };
}

/** Absent on pages that are not secure, whatever the types say. */
function mediaDevices(): MediaDevices | undefined {
  return (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
}

async function capture(constraints: MediaStreamConstraints): Promise<MediaStream> {
  const devices = mediaDevices();
  if (devices === undefined) throw new DOMException('devices need a secure page', 'SecurityError');
  return devices.getUserMedia(constraints);
}

async function captureScreen(): Promise<MediaStream> {
  const devices = mediaDevices();
  if (devices === undefined) throw new DOMException('the screen needs a secure page', 'SecurityError');
  const options: DisplayMediaStreamOptions & Record<string, unknown> = {
    video: { frameRate: { ideal: 15, max: 30 } },
    audio: false,
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
  };
  return devices.getDisplayMedia(options);
}
