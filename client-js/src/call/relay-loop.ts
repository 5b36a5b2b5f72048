import type { LoopResult } from './api';
import { Hooks, noteConnection } from './ledger';
import type { OneServer, TestOptions } from './server-test';
import { open } from './server-test';

/** Enough for a rate, little enough for a line that is paid by volume. */
const wholeBytes = 1_048_576;
const pieceBytes = 16_384;
/** What waits in the browser at a time: it must not run ahead of the line by much. */
const aheadBytes = 32_768;
const words = 5;
const waitMs = 12_000;
const sendMs = 4_000;

/**
 * Sends bytes to itself through a relay and through nothing else: both ends of a connection are on this page, and each has an address of the
 * relay alone. A relay that gives addresses may still carry nothing, when its firewall is shut or its own address is forbidden as a peer.
 */
export async function tryLoop(server: OneServer, options: TestOptions = {}): Promise<LoopResult> {
  const { connect = open, timeoutMs = waitMs, signal } = options;
  const hooks = new Hooks();
  const [near, far] = [0, 1].map(() => connect({ iceServers: [server], iceTransportPolicy: 'relay' })) as [
    RTCPeerConnection,
    RTCPeerConnection,
  ];
  for (const end of [near, far]) noteConnection(end);
  try {
    return await new Promise<LoopResult>((resolve, reject) => {
      let opened = false;
      const failed = (): void => resolve({ works: false, url: server.urls, problem: opened ? 'no-data' : 'no-path' });
      hooks.on(signal, 'abort', failed);
      hooks.after(timeoutMs, failed);
      for (const end of [near, far]) {
        hooks.on(end, 'connectionstatechange', () => {
          if (end.connectionState === 'failed') failed();
        });
      }
      handOver(hooks, near, far);
      handOver(hooks, far, near);
      hooks.on(far, 'datachannel', (event) => count(hooks, (event as RTCDataChannelEvent).channel));
      const channel = near.createDataChannel('loop');
      channel.binaryType = 'arraybuffer';
      hooks.on(channel, 'open', () => {
        opened = true;
        measure(hooks, channel).then(
          ({ rttMs, bytesPerSecond }) => resolve({ works: true, url: server.urls, rttMs, bytesPerSecond }),
          reject,
        );
      });
      hooks.on(channel, 'close', failed);
      negotiate(near, far).catch(reject);
    });
  } finally {
    hooks.close();
    near.close();
    far.close();
  }
}

async function negotiate(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  await near.setLocalDescription();
  if (near.localDescription !== null) await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  if (far.localDescription !== null) await near.setRemoteDescription(far.localDescription);
}

/** Candidates wait for the description that they belong to. */
function handOver(hooks: Hooks, from: RTCPeerConnection, to: RTCPeerConnection): void {
  const early: RTCIceCandidate[] = [];
  const give = (candidate: RTCIceCandidate): void => void to.addIceCandidate(candidate).catch(() => undefined);
  hooks.on(from, 'icecandidate', (event) => {
    const { candidate } = event as RTCPeerConnectionIceEvent;
    if (candidate === null) return;
    if (to.remoteDescription === null) early.push(candidate);
    else give(candidate);
  });
  hooks.on(to, 'signalingstatechange', () => {
    if (to.remoteDescription !== null) for (const candidate of early.splice(0)) give(candidate);
  });
}

/** The far end counts bytes, and answers a word with how many there have been. */
function count(hooks: Hooks, channel: RTCDataChannel): void {
  let bytes = 0;
  channel.binaryType = 'arraybuffer';
  hooks.on(channel, 'message', (event) => {
    const data: unknown = (event as MessageEvent).data;
    if (data instanceof ArrayBuffer) bytes += data.byteLength;
    else channel.send(String(bytes));
  });
}

/** First how long a word takes to come back, then how much arrives while there is nothing but bytes. */
async function measure(hooks: Hooks, channel: RTCDataChannel): Promise<{ rttMs: number; bytesPerSecond: number }> {
  const times: number[] = [];
  while (times.length < words) {
    const sent = performance.now();
    await ask(hooks, channel);
    times.push(performance.now() - sent);
  }
  times.sort((one, other) => one - other);
  const began = performance.now();
  const isOpen = (): boolean => channel.readyState === 'open';
  const piece = new Uint8Array(pieceBytes);
  for (let sent = 0; sent < wholeBytes && performance.now() - began < sendMs; sent += pieceBytes) {
    while (isOpen() && channel.bufferedAmount > aheadBytes) await new Promise((resolve) => setTimeout(resolve, 5));
    if (!isOpen()) break;
    channel.send(piece);
  }
  const arrived = await ask(hooks, channel);
  const seconds = Math.max(1, performance.now() - began) / 1_000;
  return { rttMs: times[times.length >> 1] ?? 0, bytesPerSecond: arrived / seconds };
}

/** How many bytes have come; the channel keeps the order, so that all before the question are counted. */
function ask(hooks: Hooks, channel: RTCDataChannel): Promise<number> {
  return new Promise((resolve) => {
    const listener = (event: Event): void => {
      stop();
      resolve(Number((event as MessageEvent).data));
    };
    channel.addEventListener('message', listener);
    const stop = hooks.add(() => channel.removeEventListener('message', listener));
    if (channel.readyState === 'open') channel.send('?');
  });
}
