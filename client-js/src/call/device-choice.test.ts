import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeTrack } from '../../test/call/fake-track';
import type { KeptIn } from '../kept/kept';
import { DeviceChoice } from './device-choice';
import { openMedia } from './ledger';
import { LocalMedia } from './local-media';

type Plugged = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>;

const microphone = (deviceId: string, label = `the ${deviceId} one`): Plugged => ({
  kind: 'audioinput',
  deviceId,
  label,
});

/** A browser: what is plugged in, what was asked of it, what it keeps. */
class Machine extends EventTarget {
  plugged: Plugged[] = [];
  readonly asked: (string | undefined)[] = [];
  readonly tracks: FakeTrack[] = [];
  readonly written = new Map<string, string>();
  readonly storage: KeptIn = {
    getItem: (key) => this.written.get(key) ?? null,
    setItem: (key, text) => void this.written.set(key, text),
  };

  // eslint-disable-next-line @typescript-eslint/require-await
  async enumerateDevices(): Promise<Plugged[]> {
    return this.plugged;
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async getUserMedia({ audio }: { audio: { deviceId?: { exact: string } } }): Promise<MediaStream> {
    const wished = audio.deviceId?.exact;
    this.asked.push(wished);
    const found = wished === undefined ? this.plugged[0] : this.plugged.find(({ deviceId }) => deviceId === wished);
    if (found === undefined)
      throw new DOMException('', wished === undefined ? 'NotFoundError' : 'OverconstrainedError');
    const stream = FakeTrack.stream(found.deviceId);
    this.tracks.push(stream.getTracks()[0] as unknown as FakeTrack);
    return stream;
  }

  async change(...plugged: Plugged[]): Promise<void> {
    this.plugged = plugged;
    this.dispatchEvent(new Event('devicechange'));
    await vi.advanceTimersByTimeAsync(0);
  }
}

let machine: Machine;
let media: LocalMedia[];

/** A call of this person, in this browser: it opens its microphone. */
async function begin(): Promise<LocalMedia> {
  const local = new LocalMedia(() => undefined, { choice: new DeviceChoice(machine.storage) });
  media.push(local);
  await local.microphone.set(true);
  await local.refresh();
  return local;
}

beforeEach(() => {
  vi.useFakeTimers();
  machine = new Machine();
  media = [];
  vi.stubGlobal('isSecureContext', true);
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: machine });
  machine.plugged = [microphone('built-in'), microphone('headset')];
});

afterEach(() => {
  for (const local of media) local.release();
  expect(openMedia()).toEqual({ tracks: 0, connections: 0, contexts: 0, hooks: 0 });
  Reflect.deleteProperty(navigator, 'mediaDevices');
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('what_was_chosen_in_one_call_is_used_in_the_next', async () => {
  const first = await begin();
  expect(first.microphone.deviceId.value).toBe('built-in');
  await first.microphone.choose('headset');
  first.release();

  const next = await begin();

  expect(next.microphone.deviceId.value).toBe('headset');
  expect(machine.asked).toEqual([undefined, 'headset', 'headset']);
  expect(next.news.value).toBeNull();
});

test('a_device_that_got_another_id_is_known_by_its_name', async () => {
  const first = await begin();
  await first.microphone.choose('headset');
  first.release();
  machine.plugged = [microphone('built-in'), microphone('of-today', 'the headset one')];

  const next = await begin();

  expect(next.microphone.deviceId.value).toBe('of-today');
  // it was there all the time: nothing to be told
  expect(next.news.value).toBeNull();
});

test('a_chosen_device_that_is_not_there_is_waited_for_while_another_one_is_used', async () => {
  const first = await begin();
  await first.microphone.choose('headset');
  first.release();
  machine.plugged = [microphone('built-in')];

  const next = await begin();
  expect(next.microphone.deviceId.value).toBe('built-in');
  await machine.change(microphone('built-in'), microphone('headset'));

  expect(next.microphone.deviceId.value).toBe('headset');
  expect(next.news.value).toEqual({ source: 'microphone', cause: 'back', label: 'the headset one' });
});

test('a_device_that_is_pulled_out_is_replaced_and_used_again_when_it_is_back_though_nobody_ever_chose_it', async () => {
  const local = await begin();

  machine.plugged = [microphone('spare')];
  machine.tracks[0]?.unplug();
  await machine.change(microphone('spare'));
  expect(local.microphone.deviceId.value).toBe('spare');
  expect(local.news.value).toEqual({ source: 'microphone', cause: 'lost', label: 'the spare one' });
  await machine.change(microphone('spare'), microphone('built-in'));

  expect(local.microphone.deviceId.value).toBe('built-in');
  expect(local.news.value).toEqual({ source: 'microphone', cause: 'back', label: 'the built-in one' });
  // it is no choice: another call begins with what the system offers
  expect(machine.written.size).toBe(0);
});

test('a_speaker_is_remembered_too_and_nonsense_is_not_believed', () => {
  new DeviceChoice(machine.storage).keep('speaker', { deviceId: 'loud', label: 'Loud' });
  expect(new DeviceChoice(machine.storage).speakerId.value).toBe('loud');

  for (const key of machine.written.keys()) machine.written.set(key, '{"id":7}');

  expect(new DeviceChoice(machine.storage).speakerId.value).toBe('');
});
