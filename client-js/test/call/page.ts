import { createCalls } from '../../src/call/calls';
import type { CallsOptions } from '../../src/call/calls';
import type { ActiveCall, Calls } from '../../src/call/api';
import { openMedia } from '../../src/call/ledger';
import type { RemotePeer } from '../../src/call/remote-peer';
import type { LoopbackClient, LoopbackOptions } from './loopback';
import { LoopbackServer } from './loopback';

export interface Side {
  readonly client: LoopbackClient;
  readonly calls: Calls;
}

/** Small pictures: the machine that tests has better to do. */
const media = { video: { width: { ideal: 320 }, height: { ideal: 240 }, frameRate: { ideal: 10, max: 15 } } };

/** A connection whose figures say, while `lab.narrow` is set, that its path bears next to nothing. */
function narrowable(configuration: RTCConfiguration): RTCPeerConnection {
  const connection = new RTCPeerConnection(configuration);
  const real = connection.getStats.bind(connection);
  connection.getStats = async () => {
    const report = await real();
    if (!lab.narrow) return report;
    const told = new Map<string, Record<string, unknown>>();
    report.forEach((entry: Record<string, unknown> & { id: string }) => told.set(entry.id, { ...entry }));
    for (const entry of told.values()) {
      if (entry.type === 'candidate-pair') entry.availableOutgoingBitrate = 60_000;
      if (entry.targetBitrate !== undefined && entry.kind === 'video') entry.targetBitrate = 1;
    }
    return told;
  };
  return connection;
}

const lab = {
  openMedia,
  narrow: false,
  server: new LoopbackServer(),
  sides: [] as Side[],

  begin(names: string[], server: LoopbackOptions = {}, options: CallsOptions = {}): void {
    lab.server = new LoopbackServer(server);
    lab.sides = names.map((name) => {
      const client = lab.server.connect(name);
      const calls = createCalls(client, { media, connect: narrowable, ...options });
      client.online();
      return { client, calls };
    });
  },

  active(side: number): ActiveCall {
    const call = lab.sides[side]?.calls.active.value;
    if (!call) throw new Error(`side ${side} is in no call`);
    return call;
  },

  async until(what: string, test: () => boolean, ms = 15_000): Promise<void> {
    const end = performance.now() + ms;
    while (!test()) {
      if (performance.now() > end) throw new Error(`waited in vain for: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  },

  /** Frames of a picture that this side decodes while so much time passes: an element repeats what it had. */
  async decoded(side: number, ms: number): Promise<number> {
    const connection = (lab.active(side).peers.value[0] as RemotePeer).connection.connection;
    const count = async (): Promise<number> => {
      let frames = 0;
      (await connection?.getStats())?.forEach((entry: { type: string; framesDecoded?: number }) => {
        if (entry.type === 'inbound-rtp') frames += entry.framesDecoded ?? 0;
      });
      return frames;
    };
    const before = await count();
    await new Promise((resolve) => setTimeout(resolve, ms));
    return (await count()) - before;
  },

  /** Packets that have come from the first peer: nobody plays them here, so that none is decoded, once there are any. */
  async heard(side: number): Promise<number> {
    const { connection } = (lab.active(side).peers.value[0] as RemotePeer).connection;
    let packets = 0;
    const end = performance.now() + 10_000;
    while (packets === 0 && performance.now() < end) {
      (await connection?.getStats())?.forEach((entry: { type: string; packetsReceived?: number }) => {
        if (entry.type === 'inbound-rtp') packets += entry.packetsReceived ?? 0;
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return packets;
  },

  /** Frames that this side has decoded of the first peer's picture, as an element that shows it counts them. */
  async frames(side: number, ms = 1_500): Promise<number> {
    const peer = lab.active(side).peers.value[0];
    if (!peer) return 0;
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = peer.stream;
    await video.play();
    const before = video.getVideoPlaybackQuality().totalVideoFrames;
    await new Promise((resolve) => setTimeout(resolve, ms));
    const frames = video.getVideoPlaybackQuality().totalVideoFrames - before;
    video.srcObject = null;
    return frames;
  },
};

export type Lab = typeof lab;
Object.assign(window, { lab });
