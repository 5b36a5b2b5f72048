import type { Rung } from './ladder';
import { caps, rungs } from './ladder';
import type { Slot } from './local-media';

export interface Limits {
  readonly active: boolean;
  readonly maxBitrate: number;
  readonly maxFramerate?: number;
  /** Lines of the picture; null sends all there are. */
  readonly height?: number | null;
  readonly degradationPreference: 'maintain-framerate' | 'maintain-resolution' | 'balanced';
  readonly priority: RTCPriorityType;
}

/** What decides how much may be sent: how many share this device's uplink, what the path bears, what kind of thing is shown. */
export interface Load {
  readonly peers: number;
  readonly rung: Rung;
  readonly motion: boolean;
}

/** Each picture is sent once to each of the others: 360p for all is better than 720p that stutters, and sound for all better still. */
export function sizeRung(peers: number): Rung {
  if (peers <= 1) return '720p';
  return peers <= 3 ? '360p' : 'audio';
}

const cameras: Readonly<Record<Rung, Pick<Limits, 'maxFramerate' | 'height'>>> = {
  '720p': { maxFramerate: 30, height: 720 },
  '360p': { maxFramerate: 24, height: 360 },
  '180p': { maxFramerate: 15, height: 180 },
  audio: { maxFramerate: 15, height: 180 },
};

/** Text has to stay sharp, so that what yields is the number of pictures. */
const screens: Readonly<Record<Rung, Pick<Limits, 'maxBitrate' | 'maxFramerate'>>> = {
  '720p': { maxBitrate: 2_500_000, maxFramerate: 15 },
  '360p': { maxBitrate: 800_000, maxFramerate: 10 },
  '180p': { maxBitrate: 200_000, maxFramerate: 5 },
  audio: { maxBitrate: 50_000, maxFramerate: 1 },
};

export function limitsFor(slot: Slot, { peers, rung, motion }: Load): Limits {
  if (slot === 'audio') {
    // 16 kbit/s of Opus is wideband speech, 28 and more the whole band (RFC 7587, section 3.1.1); what says it twice takes more by half
    const maxBitrate = rung === 'audio' ? 16_000 : 32_000;
    return { active: true, maxBitrate, degradationPreference: 'balanced', priority: 'high' };
  }
  if (slot === 'screen') {
    const { maxBitrate, maxFramerate = 15 } = screens[rung];
    return {
      active: rung !== 'audio',
      maxBitrate,
      maxFramerate: motion ? 2 * maxFramerate : maxFramerate,
      height: null,
      degradationPreference: motion ? 'maintain-framerate' : 'maintain-resolution',
      priority: 'medium',
    };
  }
  const worse = rungs[Math.max(rungs.indexOf(rung), rungs.indexOf(sizeRung(peers)))] ?? 'audio';
  return {
    active: worse !== 'audio',
    maxBitrate: caps[worse] || caps['180p'],
    ...cameras[worse],
    // A browser that took lines away by itself gives them back one by one, up to fifteen seconds after there is room for them.
    degradationPreference: worse === '720p' ? 'maintain-framerate' : 'maintain-resolution',
    priority: 'low',
  };
}

/** Bounds what a sender may use. Before the first negotiation there is nothing to bound. */
export async function applyLimits(slot: Slot, sender: RTCRtpSender, load: Load): Promise<void> {
  const parameters = sender.getParameters() as RTCRtpSendParameters & { degradationPreference?: string };
  const encoding = parameters.encodings[0];
  if (encoding === undefined) return;
  const { active, maxBitrate, maxFramerate, height, degradationPreference, priority } = limitsFor(slot, load);
  encoding.active = active;
  encoding.maxBitrate = maxBitrate;
  encoding.priority = priority;
  encoding.networkPriority = priority;
  if (slot !== 'audio') {
    if (maxFramerate !== undefined) encoding.maxFramerate = maxFramerate;
    encoding.scaleResolutionDownBy = scale(sender.track, height ?? null);
    parameters.degradationPreference = degradationPreference;
  }
  try {
    await sender.setParameters(parameters);
  } catch {
    // Refused while a negotiation is on its way, or unknown to this browser: the browser's own limits hold until the next reading.
  }
}

/** Has the next picture encoded whole. A browser that cannot do that waits until the other side asks for it, which takes three seconds. */
export async function showWhole(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings.length === 0) return;
  // https://www.w3.org/TR/webrtc-extensions/#rtcrtpencodingoptions
  const options: object = { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) };
  try {
    await sender.setParameters(parameters, options);
  } catch {
    // as in applyLimits
  }
}

/** The smaller side counts: a phone held upright has 1280 lines of 720. */
function scale(track: MediaStreamTrack | null, lines: number | null): number {
  const { width, height } = track?.getSettings() ?? {};
  if (lines === null || width === undefined || height === undefined) return 1;
  return Math.max(1, Math.min(width, height) / lines);
}
