import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openMedia } from './ledger';
import { Source } from './local-source';
import { causeOf } from './media-errors';
import { FakeTrack } from '../../test/call/fake-track';

describe('the causes of a failure', () => {
  const denied = new DOMException('Permission denied', 'NotAllowedError');

  test.each([
    [denied, 'denied', 'denied'],
    [denied, 'prompt', 'denied'],
    [denied, null, 'denied'],
    [denied, 'granted', 'system-denied'],
    [new DOMException('Permission denied by system', 'NotAllowedError'), 'prompt', 'system-denied'],
    [new DOMException('Permission dismissed', 'NotAllowedError'), 'prompt', 'dismissed'],
    [new DOMException('', 'NotFoundError'), null, 'not-found'],
    [new DOMException('', 'NotReadableError'), null, 'busy'],
    [new DOMException('', 'AbortError'), null, 'busy'],
    [new DOMException('', 'OverconstrainedError'), null, 'overconstrained'],
    [new DOMException('', 'SecurityError'), null, 'insecure'],
    [{ name: 'DevicesNotFoundError' }, null, 'not-found'],
    [{ name: 'TrackStartError' }, null, 'busy'],
    [{ name: 'PermissionDismissedError' }, null, 'dismissed'],
    [new Error('something else'), null, 'unknown'],
    [undefined, null, 'unknown'],
  ] as const)('%o with the permission %s is %s', (error, permission, cause) => {
    expect(causeOf(error, permission)).toBe(cause);
  });
});

describe('a device', () => {
  const sent: (MediaStreamTrack | null)[] = [];
  let asked: (string | null)[] = [];
  let open: (deviceId: string | null) => Promise<MediaStream>;

  const source = (offStops: boolean): Source =>
    new Source({
      name: offStops ? 'camera' : 'microphone',
      offStops,
      hint: 'motion',
      open: (deviceId) => {
        asked.push(deviceId);
        return open(deviceId);
      },
      onTrack: (track) => sent.push(track),
    });

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('isSecureContext', true);
    sent.length = 0;
    asked = [];
    open = (deviceId) => Promise.resolve(FakeTrack.stream(deviceId ?? 'default'));
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    expect(openMedia()).toEqual({ tracks: 0, connections: 0, contexts: 0, hooks: 0 });
  });

  test('a_camera_that_is_off_is_stopped_and_opened_again_when_it_is_on', async () => {
    const camera = source(true);

    await camera.set(true);
    const first = camera.track;
    await camera.set(false);
    expect(first?.readyState).toBe('ended');
    expect(camera.stream.value).toBeNull();
    await camera.set(true);

    expect(camera.state.value).toBe('on');
    expect(sent).toEqual([first, null, camera.track]);
    camera.release();
  });

  test('a_microphone_that_is_off_stays_open_and_says_nothing', async () => {
    const microphone = source(false);

    await microphone.set(true);
    await microphone.set(false);

    expect(microphone.track?.readyState).toBe('live');
    expect(microphone.track?.enabled).toBe(false);
    expect(microphone.state.value).toBe('off');
    microphone.release();
  });

  test('another_microphone_that_is_chosen_while_muted_is_muted_from_the_start', async () => {
    const microphone = source(false);
    await microphone.set(true);
    await microphone.set(false);

    await microphone.choose('other');

    expect(sent.at(-1)?.enabled).toBe(false);
    expect(microphone.deviceId.value).toBe('other');
    expect(microphone.state.value).toBe('off');
    microphone.release();
  });

  test('an_answer_that_comes_after_the_wish_has_changed_is_stopped_on_arrival', async () => {
    const camera = source(true);
    let answer: (stream: MediaStream) => void = () => undefined;
    open = () => new Promise((resolve) => (answer = resolve));

    const opened = camera.set(true);
    await camera.set(false);
    const late = FakeTrack.stream('late');
    answer(late);
    await opened;

    expect(late.getTracks()[0]?.readyState).toBe('ended');
    expect(camera.state.value).toBe('off');
    expect(sent).toEqual([]);
  });

  test('a_browser_that_says_nothing_for_ten_seconds_is_reported_and_may_still_answer', async () => {
    const camera = source(true);
    let answer: (stream: MediaStream) => void = () => undefined;
    open = () => new Promise((resolve) => (answer = resolve));

    const opened = camera.set(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(camera.problem.value).toEqual({ source: 'camera', cause: 'stalled' });
    expect(camera.state.value).toBe('starting');
    answer(FakeTrack.stream('slow'));
    await opened;

    expect(camera.problem.value).toBeNull();
    expect(camera.state.value).toBe('on');
    camera.release();
  });

  test('a_chosen_device_that_is_gone_is_replaced_by_any', async () => {
    const camera = source(true);
    await camera.choose('gone');
    open = (deviceId) =>
      deviceId === null
        ? Promise.resolve(FakeTrack.stream('default'))
        : Promise.reject(new DOMException('', 'OverconstrainedError'));

    await camera.set(true);

    expect(asked).toEqual(['gone', null]);
    expect(camera.deviceId.value).toBe('default');

    open = (deviceId) => Promise.resolve(FakeTrack.stream(deviceId ?? 'default'));
    const listed = ['default', 'gone'].map((deviceId) => ({ deviceId, label: deviceId }));
    await camera.devicesChanged(listed, true);
    expect(camera.deviceId.value).toBe('gone');
    camera.release();
  });

  test('an_unplugged_device_is_replaced_or_named_as_lost', async () => {
    const camera = source(true);
    await camera.set(true);

    (camera.track as unknown as FakeTrack).unplug();
    await vi.advanceTimersByTimeAsync(0);
    expect(camera.state.value).toBe('on');

    open = () => Promise.reject(new DOMException('', 'NotFoundError'));
    (camera.track as unknown as FakeTrack).unplug();
    await vi.advanceTimersByTimeAsync(0);
    expect(camera.state.value).toBe('failed');
    expect(camera.problem.value).toEqual({ source: 'camera', cause: 'lost' });
  });
});
