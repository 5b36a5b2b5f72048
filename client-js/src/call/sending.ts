import type { Slot } from './local-media';

interface Limits {
  readonly maxBitrate: number;
  readonly maxFramerate?: number;
  readonly scaleResolutionDownBy?: number;
  readonly degradationPreference: 'maintain-framerate' | 'maintain-resolution' | 'balanced';
  readonly priority: RTCPriorityType;
}

const sound: Limits = { maxBitrate: 40_000, degradationPreference: 'balanced', priority: 'high' };
const alone: Limits = {
  maxBitrate: 1_600_000,
  maxFramerate: 30,
  degradationPreference: 'maintain-framerate',
  priority: 'medium',
};
/** Each picture is sent once to each of the others: 360p for all is better than 720p that stutters. */
const shared: Limits = {
  maxBitrate: 480_000,
  maxFramerate: 24,
  scaleResolutionDownBy: 2,
  degradationPreference: 'maintain-framerate',
  priority: 'medium',
};
/** Text has to stay sharp. */
const screen: Limits = {
  maxBitrate: 2_500_000,
  maxFramerate: 15,
  degradationPreference: 'maintain-resolution',
  priority: 'medium',
};

export function limitsFor(slot: Slot, peers: number): Limits {
  if (slot === 'audio') return sound;
  if (slot === 'screen') return screen;
  return peers > 1 ? shared : alone;
}

/** Bounds what a sender may use. Before the first negotiation there is nothing to bound. */
export async function applyLimits(slot: Slot, sender: RTCRtpSender, peers: number): Promise<void> {
  const parameters = sender.getParameters() as RTCRtpSendParameters & { degradationPreference?: string };
  const encoding = parameters.encodings[0];
  if (encoding === undefined) return;
  const { maxBitrate, maxFramerate, scaleResolutionDownBy, degradationPreference, priority } = limitsFor(slot, peers);
  encoding.maxBitrate = maxBitrate;
  encoding.priority = priority;
  encoding.networkPriority = priority;
  if (slot !== 'audio') {
    if (maxFramerate !== undefined) encoding.maxFramerate = maxFramerate;
    encoding.scaleResolutionDownBy = scaleResolutionDownBy ?? 1;
    parameters.degradationPreference = degradationPreference;
  }
  try {
    await sender.setParameters(parameters);
  } catch {
    // Refused while a negotiation is on its way, or unknown to this browser: the browser's own limits hold then.
  }
}
