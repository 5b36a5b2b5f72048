import type { ReadonlySignal } from '@preact/signals-core';
import { computed } from '@preact/signals-core';
import type { KeptIn } from '../kept/kept';
import { Kept } from '../kept/kept';
import { object, string } from '../protocol/decode';

/** A device as it is remembered: browsers give new ids when a page's data are cleared, and some with each visit; names stay. */
export interface Chosen {
  readonly id: string;
  readonly label: string;
}

export type Listed = Pick<MediaDeviceInfo, 'deviceId' | 'label'>;

const chosen = object({ id: string, label: string });
const none: Chosen = { id: '', label: '' };

/** Which of several devices that is: by its id, or else by its name. */
export function find({ id, label }: Chosen, among: readonly Listed[]): string | null {
  const same =
    among.find(({ deviceId }) => deviceId === id) ?? among.find((device) => label !== '' && device.label === label);
  return same?.deviceId ?? null;
}

/** The microphone, the camera and the loudspeaker that this person has chosen, kept in this browser for the next call. */
export class DeviceChoice {
  readonly #kept: Readonly<Record<'microphone' | 'camera' | 'speaker', Kept<Chosen>>>;

  constructor(storage: KeptIn) {
    const kept = (kind: string): Kept<Chosen> => new Kept(storage, `parley.calls.${kind}`, chosen, none);
    this.#kept = { microphone: kept('microphone'), camera: kept('camera'), speaker: kept('speaker') };
  }

  /** The loudspeaker's id; empty for the system's. */
  readonly speakerId: ReadonlySignal<string> = computed(() => this.#kept.speaker.value.value.id);

  of(kind: 'microphone' | 'camera' | 'speaker'): Chosen | null {
    const kept = this.#kept[kind].value.peek();
    return kept.id === '' ? null : kept;
  }

  keep(kind: 'microphone' | 'camera' | 'speaker', { deviceId, label }: Listed): void {
    this.#kept[kind].keep({ id: deviceId, label });
  }

  close(): void {
    for (const kept of Object.values(this.#kept)) kept.close();
  }
}
