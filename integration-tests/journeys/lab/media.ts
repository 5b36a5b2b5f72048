import type { Person } from '../people';

/** What a page of the laboratory knows of its media. */
export interface Media {
  lastClickAt: number;
  /** Of the call that was begun last. */
  firstFrameAt: number | null;
  /** From now on a first frame is waited for. */
  begin(): void;
  /** Every 100 ms: how much has been decoded and heard since the page came, over all connections. */
  readonly samples: { at: number; frames: number; heard: number }[];
  /** What became of the connections, for whoever wants to know why something took long. */
  readonly story: { at: number; what: string }[];
}

declare global {
  interface Window {
    parleyMedia: Media;
    parleySeen: { peers: RTCPeerConnection[] };
    parleyRelayOnly?: boolean;
  }
}

/** Runs in every page before its own scripts. */
export function watchMedia(wishes: {
  relayOnly?: boolean;
  picture?: { width: number; height: number; fps: number };
  talks?: boolean;
}): void {
  if (wishes.relayOnly) window.parleyRelayOnly = true;
  let [frames, heard, framesBefore] = [0, 0, 0];
  const media: Media = {
    lastClickAt: 0,
    firstFrameAt: null,
    begin: () => {
      media.firstFrameAt = null;
      framesBefore = frames;
    },
    samples: [],
    story: [],
  };
  window.parleyMedia = media;
  document.addEventListener('click', () => (media.lastClickAt = Date.now()), true);
  const { width = 320, height = 180, fps = 10 } = wishes.picture ?? {};
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  /** Not speech, but like it in what an encoder has to do: a voice that changes its vowels, four syllables a second. */
  const talk = async (): Promise<MediaStream> => {
    const context = new AudioContext();
    await context.resume();
    const [voice, mouth, syllables, vowels] = [
      new OscillatorNode(context, { type: 'sawtooth', frequency: 120 }),
      new BiquadFilterNode(context, { type: 'bandpass', frequency: 900, Q: 1 }),
      new OscillatorNode(context, { frequency: 4 }),
      new OscillatorNode(context, { frequency: 0.7 }),
    ];
    const loudness = new GainNode(context, { gain: 0.5 });
    const out = new MediaStreamAudioDestinationNode(context);
    voice.connect(mouth).connect(loudness).connect(out);
    syllables.connect(new GainNode(context, { gain: 0.4 })).connect(loudness.gain);
    vowels.connect(new GainNode(context, { gain: 600 })).connect(mouth.frequency);
    for (const source of [voice, syllables, vowels]) source.start();
    return out.stream;
  };
  navigator.mediaDevices.getUserMedia = (constraints = {}) => {
    if (wishes.talks === true && constraints.audio !== undefined) return talk();
    if (typeof constraints.video !== 'object') return ask(constraints);
    const video = {
      ...constraints.video,
      width: { ideal: width },
      height: { ideal: height },
      frameRate: { ideal: fps },
    };
    return ask({ ...constraints, video });
  };
  // counters begin anew with each connection, and with each receiver: their growth is what counts
  const before = new Map<string, number>();
  const grown = (key: string, now: number): number => {
    const growth = now - (before.get(key) ?? 0);
    before.set(key, now);
    return Math.max(0, growth);
  };
  let told = '';
  const tell = (what: string): void => {
    if (what === told) return;
    told = what;
    media.story.push({ at: Date.now(), what });
    if (media.story.length > 2_000) media.story.shift();
  };
  const name = (sdp: string | undefined): string => /^a=ice-ufrag:(.*)$/m.exec(sdp ?? '')?.[1] ?? '-';
  const look = async (): Promise<void> => {
    for (const [index, peer] of window.parleySeen.peers.entries()) {
      if (peer.connectionState === 'closed') continue;
      const { connectionState, iceConnectionState, signalingState, localDescription, remoteDescription } = peer;
      tell(
        `#${index} ${connectionState}, ice ${iceConnectionState}, ${signalingState}, ` +
          `${name(localDescription?.sdp)} to ${name(remoteDescription?.sdp)}`,
      );
      for (const entry of (await peer.getStats()).values()) {
        if (entry.type !== 'inbound-rtp') continue;
        if (entry.kind === 'video') frames += grown(`${index} ${entry.id} frames`, entry.framesDecoded ?? 0);
        else {
          const played = (entry.totalSamplesReceived ?? 0) - (entry.concealedSamples ?? 0);
          heard += grown(`${index} ${entry.id} heard`, played);
        }
      }
    }
    if (frames > framesBefore) media.firstFrameAt ??= Date.now();
    media.samples.push({ at: Date.now(), frames, heard });
    if (media.samples.length > 6_000) media.samples.shift();
  };
  const again = (): void => void look().finally(() => setTimeout(again, media.firstFrameAt === null ? 20 : 100));
  again();
}

/** What became of the connections of these people since then, as lines. */
export async function storyOf(people: readonly Person[], since: number): Promise<string> {
  const told = await Promise.all(
    people.map(async ({ page, name }) =>
      (await page.evaluate(() => window.parleyMedia.story)).map(({ at, what }) => ({ at, line: `${name} ${what}` })),
    ),
  );
  return told
    .flat()
    .filter(({ at }) => at >= since)
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, line }) => `  ${String(at - since).padStart(6)} ms ${line}`)
    .join('\n');
}

/** The path in use: what each end of it is, and how this side reaches its relay. */
export interface Path {
  readonly local: string;
  readonly remote: string;
  readonly protocol: string;
}

export async function pathOf({ page }: Person): Promise<Path | null> {
  return await page.evaluate(async () => {
    const peer = window.parleySeen.peers.findLast(({ connectionState }) => connectionState === 'connected');
    const entries = await peer?.getStats();
    for (const transport of entries?.values() ?? []) {
      if (transport.type !== 'transport') continue;
      const pair = entries?.get(transport.selectedCandidatePairId);
      const [local, remote] = [entries?.get(pair?.localCandidateId), entries?.get(pair?.remoteCandidateId)];
      if (local !== undefined && remote !== undefined) {
        return {
          local: local.candidateType,
          remote: remote.candidateType,
          protocol: local.relayProtocol ?? local.protocol,
        };
      }
    }
    return null;
  });
}

/** How long after `since` (milliseconds of `Date.now`) picture and sound came again: 3 frames and 100 ms of sound. */
export async function backAfter({ page, name }: Person, since: number, limitMs = 30_000): Promise<number> {
  return await page.evaluate(
    async ([from, limit, who]) => {
      const { samples } = window.parleyMedia;
      const before = samples.findLast(({ at }) => at <= from) ?? { frames: 0, heard: 0 };
      while (Date.now() < from + limit) {
        const back = samples.find(
          ({ at, frames, heard }) => at > from && frames >= before.frames + 3 && heard >= before.heard + 4_800,
        );
        if (back !== undefined) return back.at - from;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const last = samples.at(-1);
      throw new Error(
        `${who}: after ${limit} ms only ${(last?.frames ?? 0) - before.frames} frames and ` +
          `${(last?.heard ?? 0) - before.heard} samples of sound; ` +
          window.parleySeen.peers.map((peer) => `${peer.connectionState}/${peer.signalingState}`).join(', '),
      );
    },
    [since, limitMs, name] as const,
  );
}

/** The longest time without a new frame since then, in milliseconds. */
export async function longestGap({ page }: Person, since: number): Promise<number> {
  return await page.evaluate((from) => {
    let [longest, frames, at] = [0, -1, from];
    for (const sample of window.parleyMedia.samples) {
      if (sample.at < from) continue;
      if (sample.frames > frames) [frames, at] = [sample.frames, sample.at];
      longest = Math.max(longest, sample.at - at);
    }
    return longest;
  }, since);
}

export async function framesBetween({ page }: Person, from: number, until: number): Promise<number> {
  return await page.evaluate(
    ([first, last]) => {
      const seen = window.parleyMedia.samples.filter(({ at }) => at >= first && at <= last);
      return (seen.at(-1)?.frames ?? 0) - (seen[0]?.frames ?? 0);
    },
    [from, until] as const,
  );
}

/** What one side gets of the other's picture and sound, and what it may send, in the time that passes. */
export interface Received {
  readonly framesPerSecond: number;
  /** Lines of the newest picture. */
  readonly height: number;
  /** Of the sound that was played, how much was made up, in percent. */
  readonly concealed: number;
  readonly kbit: number;
  /** The most that the camera's sender may use: what the ladder says, in bits per second; 0 when it sends no picture. */
  readonly allowed: number;
}

export async function receivedIn({ page }: Person, seconds: number): Promise<Received> {
  return await page.evaluate(async (time) => {
    const peer = window.parleySeen.peers.findLast(({ connectionState }) => connectionState !== 'closed');
    const read = async () => {
      const sum = { frames: 0, height: 0, samples: 0, concealed: 0, bytes: 0 };
      for (const entry of (await peer?.getStats())?.values() ?? []) {
        if (entry.type !== 'inbound-rtp') continue;
        sum.bytes += entry.bytesReceived ?? 0;
        if (entry.kind === 'video') {
          sum.frames += entry.framesDecoded ?? 0;
          sum.height = Math.max(sum.height, entry.frameHeight ?? 0);
        } else {
          sum.samples += entry.totalSamplesReceived ?? 0;
          sum.concealed += (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0);
        }
      }
      return sum;
    };
    const before = await read();
    await new Promise((resolve) => setTimeout(resolve, time * 1_000));
    const after = await read();
    const [encoding] = peer?.getSenders()[1]?.getParameters().encodings ?? [];
    return {
      framesPerSecond: (after.frames - before.frames) / time,
      height: after.height,
      concealed: (100 * (after.concealed - before.concealed)) / Math.max(1, after.samples - before.samples),
      kbit: ((after.bytes - before.bytes) * 8) / 1_000 / time,
      allowed: encoding?.active === true ? (encoding.maxBitrate ?? Infinity) : 0,
    };
  }, seconds);
}
