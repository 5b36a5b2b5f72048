import type { ReadonlySignal } from '@preact/signals-core';
import type { Rung } from './ladder';
import type { Call, CallKind, EndReason, Person } from './wire';

/** What a view needs of calls. The classes behind it are made by `createCalls`. */
export interface Calls {
  /** The calls that go on in the rooms of this person, by room id: for "3 people are talking, join". */
  readonly byRoom: ReadonlySignal<ReadonlyMap<string, Call>>;
  /** What rings on this device now, oldest first. A call leaves the list when it is answered anywhere, declined, silenced or over. */
  readonly incoming: ReadonlySignal<readonly IncomingCall[]>;
  /** The call that this tab takes part in; stays, with `end` set, until `dismiss` or the next call. */
  readonly active: ReadonlySignal<ActiveCall | null>;
  /** The call that waits while another one is active; none when it has ended. */
  readonly held: ReadonlySignal<ActiveCall | null>;

  /** Whether media go through a relay only, so that nobody in a call learns this device's addresses. Kept in this browser. */
  readonly relayOnly: ReadonlySignal<boolean>;
  /** Holds from now on, also in a running call. */
  setRelayOnly(only: boolean): void;
  /** The loudspeaker that was chosen, by device id, empty for the system's; kept in this browser as microphone and camera are. */
  readonly speakerId: ReadonlySignal<string>;
  chooseSpeaker(device: Pick<MediaDeviceInfo, 'deviceId' | 'label'>): void;

  /**
   * Calls a room, or joins the call that it already has. Rejects with a `CallError` while another call is active here. Between two
   * it rings; the members of a room see that a call goes on, and are rung only with `ring`.
   */
  start(roomId: string, kind: CallKind, media?: MediaChoice, ring?: boolean): Promise<ActiveCall>;
  /** Answers a call that rings. `video` defaults to the kind of the call. */
  accept(callId: string, media?: MediaChoice): Promise<ActiveCall>;
  /** Answers, and lets the active call wait meanwhile. While one waits already this is the same as `accept`. */
  acceptAndHold(callId: string, media?: MediaChoice): Promise<ActiveCall>;
  /** Takes up the call that waits; the active one, unless it has ended, waits then. */
  takeUp(): void;
  /** Joins a call that goes on. */
  join(callId: string, media?: MediaChoice): Promise<ActiveCall>;
  /** Declines on all devices. */
  decline(callId: string, reason?: 'declined' | 'busy'): Promise<void>;
  /** Stops the ringing on this device only. */
  silence(callId: string): void;
  /** Opens this person's devices (those not left out) and looks at the network, without a call; whoever asks closes it. */
  tryOut(wish?: TrialWish): CallTrial;
  /** Asks every server that helps calls, for who runs them; whoever asks closes it. */
  tryRelays(): RelayTrial;
  /** Forgets an active call that has ended. */
  dismiss(): void;
  /** Leaves whatever is active and releases everything. */
  dispose(): void;
}

export interface MediaChoice {
  readonly audio?: boolean;
  readonly video?: boolean;
}

export interface IncomingCall {
  readonly call: Call;
  readonly from: Person;
}

/**
 * requesting: the server has not answered yet. ringing: waiting for the others (`reached` says whether a device rings). waiting: it
 * rings nowhere, and nobody has joined yet.
 * connecting: answered, no media yet. connected: media flows. reconnecting: it did and does not. ended: see `end`.
 */
export type CallPhase = 'requesting' | 'ringing' | 'waiting' | 'connecting' | 'connected' | 'reconnecting' | 'ended';

export interface ActiveCall {
  /** Empty while the server has not answered yet (`requesting`). */
  readonly id: string;
  readonly roomId: string;
  readonly kind: CallKind;
  /** Whether this person started it. */
  readonly outgoing: boolean;

  /** Whether whoever runs the server lets media go through a relay only; known once the call is no longer `requesting`. */
  readonly relayRequired: boolean;

  readonly phase: ReadonlySignal<CallPhase>;
  /** Whether a device of somebody else has confirmed that it rings: only then a ring-back tone is honest. */
  readonly reached: ReadonlySignal<boolean>;
  /** When media first flowed (milliseconds of `Date.now`), or null. */
  readonly connectedAt: ReadonlySignal<number | null>;
  readonly peers: ReadonlySignal<readonly Peer[]>;
  readonly end: ReadonlySignal<CallEnd | null>;
  /** Whether this person's picture is on and reaches nobody: `network` does not bear it, or there are too many people (`size`). */
  readonly picturePaused: ReadonlySignal<'network' | 'size' | null>;
  /** What to tell the person about a network that has been bad for a while. */
  readonly advice: ReadonlySignal<Advice | null>;

  readonly microphone: LocalSource;
  readonly camera: LocalSource;
  readonly screen: LocalSource;
  /** Whether the shared screen is shown as something that moves (a film) rather than as text. */
  readonly screenMoves: ReadonlySignal<boolean>;
  /** How loud this person is, 0 to 1, whether they speak and are heard, and whether they speak into a muted microphone. */
  readonly level: ReadonlySignal<number>;
  readonly speaking: ReadonlySignal<boolean>;
  readonly unheard: ReadonlySignal<boolean>;
  /** What is plugged in; labels are empty until a permission was given. */
  readonly devices: ReadonlySignal<DeviceList>;
  /** The last time that a device was replaced by itself; null before. */
  readonly deviceNews: ReadonlySignal<DeviceNews | null>;

  /** Mutes and unmutes. The device stays open, so it is instant; without a device yet, asks for one. */
  setMicrophone(on: boolean): Promise<void>;
  /** Off stops the camera, so that its light goes out; on opens it again. */
  setCamera(on: boolean): Promise<void>;
  /** Must be called from a click. */
  setScreen(on: boolean): Promise<void>;
  setScreenMoves(moves: boolean): void;
  chooseMicrophone(deviceId: string): Promise<void>;
  chooseCamera(deviceId: string): Promise<void>;
  /** After the end: how it was, for whoever looks after the server. */
  rate(rating: 'good' | 'bad'): void;
  /** Leaves. Releases every device at once, whatever the network does. */
  hangUp(): Promise<void>;
}

/** What is tried besides all the rest. */
export interface TrialWish {
  readonly camera?: boolean;
  readonly network?: boolean;
}

/** What somebody finds out before a call. */
export interface CallTrial {
  readonly microphone: LocalSource;
  readonly camera: LocalSource;
  /** How loud this person is, 0 to 1. */
  readonly level: ReadonlySignal<number>;
  readonly devices: ReadonlySignal<DeviceList>;
  readonly network: ReadonlySignal<NetworkVerdict>;
  /** Opens it, or another one. */
  tryMicrophone(deviceId?: string): Promise<void>;
  tryCamera(deviceId?: string): Promise<void>;
  /** As in a call: off mutes the microphone and stops the camera. */
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  /** Asks the network once more. */
  askAgain(): void;
  /** Releases every device. */
  close(): void;
}

/** unknown: nobody could be asked. */
export type NetworkVerdict = 'asking' | 'good' | 'unknown' | NetworkProblem;

/**
 * Why calls will not work from here, worst first. udp-blocked: they will, but only through a relay by TCP, which is slower. no-relay:
 * none is configured, so that whoever sits behind a strict firewall cannot be reached.
 */
export type NetworkProblem = 'relay-refused' | 'relay-unreachable' | 'no-relay' | 'udp-blocked' | 'stun-unreachable';

/** What somebody who runs servers for calls finds out about them from here. */
export interface RelayTrial {
  readonly finding: ReadonlySignal<RelayFinding>;
  askAgain(): void;
  close(): void;
}

/** asking: Parley itself has not answered yet. failed: it did not, for the reason that it gave. */
export type RelayFinding =
  | { readonly state: 'asking' }
  | { readonly state: 'failed'; readonly reason: string }
  | {
      readonly state: 'testing' | 'done';
      readonly warnings: readonly RelayWarning[];
      /** In the order of the configuration; `result` is null until it is known. */
      readonly addresses: readonly { readonly url: string; readonly result: ServerResult | null }[];
      /** Through the first relay that works; null while that is not known, and when none does. */
      readonly loop: LoopResult | null;
    };

/** What is missing or weak about the configuration, in the server's words. */
export type RelayWarning = 'no_stun' | 'no_turn' | 'no_udp' | 'no_tcp' | 'no_tls' | 'short_secret';

/** What a server that helps calls is worth from here: it was asked, and no call depended on the answer. */
export interface ServerResult {
  readonly url: string;
  readonly works: boolean;
  /** Until its first candidate. */
  readonly ms: number | null;
  /** What a relay relays from, or how STUN sees this device; null where it did not work or there is no router to see through. */
  readonly address: string | null;
  readonly problem: ServerProblem | null;
}

/**
 * silent: no answer. name: the name has no address. tls: no connection by TLS was made; browsers do not say whether because of the name, the port
 * or the certificate. credentials: refused as wrong or expired (401). quota: this person or all together have too many (486, 508). refused: for another reason.
 */
export type ServerProblem = 'silent' | 'name' | 'tls' | 'credentials' | 'quota' | 'refused';

/** What a relay carried from this page to this page. no-path: nothing at all. no-data: a connection, and then nothing. */
export type LoopResult =
  | { readonly works: true; readonly url: string; readonly rttMs: number; readonly bytesPerSecond: number }
  | { readonly works: false; readonly url: string; readonly problem: 'no-path' | 'no-data' };

/** A device of this person. `state` failed comes with a `problem`; the call goes on without it. */
export interface LocalSource {
  readonly state: ReadonlySignal<'off' | 'starting' | 'on' | 'failed'>;
  readonly problem: ReadonlySignal<MediaProblem | null>;
  /** For a preview (mute the element), or null while there is none. */
  readonly stream: ReadonlySignal<MediaStream | null>;
  readonly deviceId: ReadonlySignal<string | null>;
}

/**
 * Another device is used than before, and nobody chose it. lost: the one before is gone. back: the one that this person wants is there
 * again. `label` names the one that is used now.
 */
export interface DeviceNews {
  readonly source: 'microphone' | 'camera';
  readonly cause: 'lost' | 'back';
  readonly label: string;
}

export interface DeviceList {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly cameras: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

/** Somebody else's device in the call. */
export interface Peer {
  readonly legId: string;
  readonly userId: string;
  /** What they say they send. Hide their video when `video` is false; leave audio elements alone. */
  readonly audio: ReadonlySignal<boolean>;
  readonly video: ReadonlySignal<boolean>;
  readonly screen: ReadonlySignal<boolean>;
  readonly speaking: ReadonlySignal<boolean>;
  /** Digits that are the same on both sides unless somebody sits in between; null while there is no connection. */
  comparisonCode(): Promise<string | null>;
  /** Their microphone and camera in one stream: the same object for the peer's whole life, its tracks come and go. */
  readonly stream: MediaStream;
  readonly screenStream: MediaStream;
  readonly link: ReadonlySignal<LinkState>;
  /** Why there is no path; told while the first one is still sought, when that takes long. */
  readonly failure: ReadonlySignal<LinkFailure | null>;
  readonly quality: ReadonlySignal<Quality | null>;
  /** What of this person's camera is sent to them: the network decides, and how many take part. */
  readonly rung: ReadonlySignal<Rung>;
  /** They say they show something, their sound comes, and no picture does: the network does not bear it. */
  readonly pictureMissing: ReadonlySignal<boolean>;
}

export type LinkState = 'connecting' | 'connected' | 'reconnecting' | 'failed';

/**
 * Why no media path to somebody was found.
 * peer-silent: their device never answered. relay-refused: the relay did not accept our credentials. relay-unreachable: relays are
 * configured, none could be reached. no-relay: none is configured and no direct path exists. no-path: everything was tried.
 */
export type LinkFailure = 'peer-silent' | 'relay-refused' | 'relay-unreachable' | 'no-relay' | 'no-path';

export interface Quality {
  /** 4 good … 1 bad, 0 nothing arrives. */
  readonly bars: 0 | 1 | 2 | 3 | 4;
  /** Whose network it is when it is bad; null while it is not. */
  readonly side: Side | null;
  readonly rttMs: number | null;
  /** The worst of both directions, 0 to 1. */
  readonly loss: number | null;
  readonly jitterMs: number | null;
  readonly path: 'direct' | 'relay' | 'unknown';
}

/** own: this side's network. theirs: the other one's. both: not to be told. device: this computer has too much to do. */
export type Side = 'own' | 'theirs' | 'both' | 'device';

/** One end of a path: host for an address of the device, srflx for one of a router before it, relay for a TURN server. */
export type PathEnd = 'host' | 'srflx' | 'relay' | 'unknown';

/** What has been bad for a while, and whose network it is. */
export interface Advice {
  readonly side: Side;
  /** Of theirs: whose. */
  readonly userId: string;
}

/**
 * Why a device is not available.
 * denied: the person or a policy said no to this page. dismissed: the question was closed without an answer. system-denied: the
 * operating system keeps the browser from it. not-found: none is there. busy: another program holds it. overconstrained: the chosen
 * one cannot do what was asked. insecure: the page is not https. stalled: no answer for ten seconds (the question may still be open).
 * lost: it was unplugged during the call and there is no other one. unknown: none of these.
 */
export type MediaCause =
  | 'denied'
  | 'dismissed'
  | 'system-denied'
  | 'not-found'
  | 'busy'
  | 'overconstrained'
  | 'insecure'
  | 'stalled'
  | 'lost'
  | 'unknown';

export interface MediaProblem {
  readonly source: 'microphone' | 'camera' | 'screen';
  readonly cause: MediaCause;
}

/** `reason` is the server's word; or moved: another tab or device of this person took over. `failure` names a missing path. */
export interface CallEnd {
  readonly reason: EndReason | 'moved';
  readonly failure: LinkFailure | null;
}

/** Why a call could not be started or joined; `code` is a code of the server's catalogue, or `busy` when one is active here. */
export class CallError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
    this.name = 'CallError';
  }
}
