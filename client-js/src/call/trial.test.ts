import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openMedia } from './ledger';
import { Trial } from './trial';
import { FakeTrack } from '../../test/call/fake-track';

/** Finds a relay at once, or is refused by it. */
class Asked extends EventTarget {
  signalingState: RTCSignalingState = 'stable';

  constructor(readonly works: boolean) {
    super();
  }

  createDataChannel(): void {
    // its only use is that there is something to find candidates for
  }

  setLocalDescription(): Promise<void> {
    if (!this.works) this.dispatchEvent(Object.assign(new Event('icecandidateerror'), { errorCode: 401 }));
    const candidate = this.works ? { type: 'relay', address: '203.0.113.5', port: 50_000 } : null;
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
    return Promise.resolve();
  }

  close(): void {
    this.signalingState = 'closed';
  }
}

let works = true;
const trial = (iceServers?: () => Promise<RTCIceServer[]>): Trial =>
  new Trial({
    connect: () => new Asked(works) as unknown as RTCPeerConnection,
    ...(iceServers === undefined ? {} : { iceServers }),
  });
const relay = (): Promise<RTCIceServer[]> => Promise.resolve([{ urls: 'turn:t.example' }]);

beforeEach(() => {
  works = true;
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('navigator', {
    mediaDevices: Object.assign(new EventTarget(), {
      getUserMedia: () => Promise.resolve(FakeTrack.stream('default')),
      enumerateDevices: () => Promise.resolve([]),
    }),
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  expect(openMedia()).toEqual({ tracks: 0, connections: 0, contexts: 0, hooks: 0 });
});

test('opens_what_a_call_needs_says_that_the_network_is_good_and_leaves_nothing_open', async () => {
  const it = trial(relay);

  await vi.waitFor(() => expect(it.network.value).toBe('good'));
  await vi.waitFor(() => expect([it.microphone.state.value, it.camera.state.value]).toEqual(['on', 'on']));
  expect(it.camera.stream.value).not.toBeNull();
  it.close();
});

test('names_what_is_wrong_with_the_network_and_asks_again', async () => {
  works = false;
  const it = trial(relay);
  await vi.waitFor(() => expect(it.network.value).toBe('relay-refused'));

  works = true;
  it.askAgain();

  expect(it.network.value).toBe('asking');
  await vi.waitFor(() => expect(it.network.value).toBe('good'));
  it.close();
});

test('says_nothing_of_a_network_that_it_cannot_ask', async () => {
  const silent = trial();
  const lost = trial(() => Promise.reject(new Error('offline')));

  await vi.waitFor(() => expect([silent.network.value, lost.network.value]).toEqual(['unknown', 'unknown']));
  silent.close();
  lost.close();
});
