import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { CallOptions } from './active-call';
import { RunningCall } from './active-call';
import type { ActiveCall, CallTrial, Calls, IncomingCall, MediaChoice, RelayTrial, TrialWish } from './api';
import { CallError } from './api';
import type { Listed } from './device-choice';
import { DeviceChoice } from './device-choice';
import type { KeptIn } from '../kept/kept';
import { Kept } from '../kept/kept';
import { boolean } from '../protocol/decode';
import { Hooks } from './ledger';
import { RelayRound } from './relay-trial';
import { Ringing } from './ringing';
import { codeOf } from './seat';
import { Trial } from './trial';
import { Waiting } from './waiting';
import type {
  Admission,
  Call,
  CallKind,
  EndReason,
  Participant,
  Person,
  RelaySettings,
  SessionSnapshot,
  Signal,
  Signalling,
} from './wire';

/** Events of a call that come before the answer that lets us in; more than a gathering of candidates. */
const keep = 500;

export interface CallsOptions extends Omit<CallOptions, 'relayOnly'> {
  /** Where the person's choice of paths is kept; without it lasts as long as the page. */
  readonly storage?: KeptIn;
  /** The last `session` event, when one has come before. */
  readonly session?: SessionSnapshot;
  /** Asks for the servers that a call would get, before there is one. */
  readonly iceServers?: () => Promise<readonly RTCIceServer[]>;
  /** The same for an administrator, with what had better be changed. */
  readonly relays?: () => Promise<RelaySettings>;
  /** Who somebody is: for calls that rang already when this page came. */
  readonly person?: (userId: string) => Person | undefined;
}

export function createCalls(signalling: Signalling, options: CallsOptions = {}): Calls {
  return new CallDesk(signalling, options);
}

const noStorage: KeptIn = { getItem: () => null, setItem: () => undefined };

class CallDesk implements Calls {
  readonly #signalling: Signalling;
  readonly #options: CallsOptions;
  readonly #relayOnly: Kept<boolean>;
  readonly #choice: DeviceChoice;
  readonly #hooks = new Hooks();
  readonly #byRoom = signal<ReadonlyMap<string, Call>>(new Map());
  readonly #ringing = new Ringing();
  readonly #active = signal<RunningCall | null>(null);
  readonly #waiting = new Waiting();
  /** What came while the server had not answered yet, to be told when it has. */
  #early: ((call: RunningCall) => void)[] = [];
  #me: Pick<SessionSnapshot, 'user' | 'sessionId'> | null = null;

  constructor(signalling: Signalling, options: CallsOptions) {
    this.#signalling = signalling;
    this.#choice = new DeviceChoice(options.storage ?? noStorage);
    this.#options = { ...options, media: { ...options.media, choice: this.#choice } };
    this.#hooks.add(() => this.#choice.close());
    this.#relayOnly = new Kept(options.storage ?? noStorage, 'parley.calls.relay-only', boolean, false);
    this.#hooks.add(() => this.#relayOnly.close());
    if (options.session !== undefined) this.#session(options.session);
    this.#hear('session', (session: SessionSnapshot) => this.#session(session));
    this.#hear('call_incoming', ({ call, from }: IncomingCall) => this.#comes(call, from));
    this.#hear('call_started', ({ call }: { call: Call }) => this.#remember(call));
    this.#hear('call_ringing', ({ callId }: { callId: string }) => this.#tell(callId, (call) => call.rings()));
    this.#hear('call_answered', ({ callId }: { callId: string }) => this.#ringing.settle(callId));
    this.#hear('call_declined', (declined: { callId: string; userId: string }) => {
      if (declined.userId === this.#me?.user.id) this.#ringing.settle(declined.callId);
    });
    this.#hear('call_joined', ({ callId, participant }: { callId: string; participant: Participant }) => {
      this.#change(callId, (call) => joined(call, participant));
      if (participant.userId === this.#me?.user.id) this.#ringing.settle(callId);
      this.#tell(callId, (call) => call.joined(participant));
    });
    this.#hear('call_left', ({ callId, legId, reason }: { callId: string; legId: string; reason?: string }) => {
      this.#change(callId, (call) => ({
        ...call,
        participants: call.participants.filter((participant) => participant.legId !== legId),
      }));
      this.#tell(callId, (call) => call.left(legId, reason));
    });
    this.#hear('call_media', (media: { callId: string } & Participant) => {
      this.#change(media.callId, (call) => changed(call, media));
      this.#tell(media.callId, (call) => call.mediaOf(media.legId, media));
    });
    this.#hear('call_signal', (message: Signal) => this.#tell(message.callId, (call) => call.receive(message)));
    this.#hear('call_ended', ({ callId, reason }: { callId: string; reason: EndReason }) => {
      this.#forget(callId);
      this.#tell(callId, (call) => call.over(reason));
    });
  }

  get byRoom(): ReadonlySignal<ReadonlyMap<string, Call>> {
    return this.#byRoom;
  }

  get incoming(): ReadonlySignal<readonly IncomingCall[]> {
    return this.#ringing.incoming;
  }

  get active(): ReadonlySignal<ActiveCall | null> {
    return this.#active;
  }

  get held(): ReadonlySignal<ActiveCall | null> {
    return this.#waiting.call;
  }

  get relayOnly(): ReadonlySignal<boolean> {
    return this.#relayOnly.value;
  }

  setRelayOnly(only: boolean): void {
    this.#relayOnly.keep(only);
  }

  get speakerId(): ReadonlySignal<string> {
    return this.#choice.speakerId;
  }

  chooseSpeaker(device: Listed): void {
    this.#choice.keep('speaker', device);
  }

  start(roomId: string, kind: CallKind, media: MediaChoice = {}, ring = false): Promise<ActiveCall> {
    const { audio = true, video = kind === 'video' } = media;
    return this.#enter({ roomId, kind, outgoing: true }, video, audio, 'call_start', { roomId, kind, ring });
  }

  accept(callId: string, media: MediaChoice = {}): Promise<ActiveCall> {
    return this.#enterKnown(callId, media, 'call_accept');
  }

  async acceptAndHold(callId: string, media: MediaChoice = {}): Promise<ActiveCall> {
    const before = this.#active.value;
    if (before === null || before.phase.value === 'ended' || !this.#waiting.take(before)) {
      return this.accept(callId, media);
    }
    this.#active.value = null;
    try {
      return await this.accept(callId, media);
    } catch (error) {
      // nothing came of it: back to the one before
      this.takeUp();
      throw error;
    }
  }

  takeUp(): void {
    const next = this.#waiting.release();
    if (next === null) return;
    const before = this.#active.value;
    if (before !== null && before.phase.value !== 'ended') this.#waiting.take(before);
    this.#active.value = next;
    next.takeUp();
  }

  join(callId: string, media: MediaChoice = {}): Promise<ActiveCall> {
    return this.#enterKnown(callId, media, 'call_join');
  }

  async decline(callId: string, reason: 'declined' | 'busy' = 'declined'): Promise<void> {
    this.#ringing.settle(callId);
    try {
      await this.#signalling.request('call_decline', { callId, reason });
    } catch (error) {
      // over already: as good as declined
      if (codeOf(error) !== 'not_found') throw asCallError(error);
    }
  }

  silence(callId: string): void {
    this.#ringing.settle(callId);
  }

  tryOut(wish?: TrialWish): CallTrial {
    const { iceServers, media, connect } = this.#options;
    const options = {
      ...(iceServers === undefined ? {} : { iceServers }),
      ...(media === undefined ? {} : { media }),
      ...(connect === undefined ? {} : { connect }),
    };
    return new Trial(options, wish);
  }

  tryRelays(): RelayTrial {
    const { relays, connect } = this.#options;
    return new RelayRound(relays, connect === undefined ? {} : { connect });
  }

  dismiss(): void {
    if (this.#active.value?.phase.value === 'ended') this.#active.value = null;
  }

  dispose(): void {
    this.#hooks.close();
    this.#ringing.close();
    void this.#active.value?.hangUp();
    void this.#waiting.release()?.hangUp();
    this.#active.value = null;
  }

  #enterKnown(callId: string, media: MediaChoice, event: 'call_accept' | 'call_join'): Promise<ActiveCall> {
    const call = this.#known(callId);
    if (call === undefined) return Promise.reject(new CallError('not_found', 'This call is over.'));
    const { audio = true, video = call.kind === 'video' } = media;
    const about = { roomId: call.roomId, kind: call.kind, outgoing: false };
    return this.#enter(about, video, audio, event, { callId, audio, video });
  }

  async #enter(
    about: { roomId: string; kind: CallKind; outgoing: boolean },
    video: boolean,
    audio: boolean,
    event: string,
    payload: object,
  ): Promise<ActiveCall> {
    const before = this.#active.value;
    if (before !== null && before.phase.value !== 'ended') throw new CallError('busy', 'Another call is active here.');
    const userId = this.#me?.user.id ?? '';
    const call = new RunningCall(
      this.#signalling,
      { ...about, userId },
      { ...this.#options, relayOnly: this.relayOnly },
    );
    this.#active.value = call;
    this.#early = [];
    call.openDevices(audio, video);
    try {
      const admission = await this.#signalling.request<Admission>(event, payload);
      this.#ringing.settle(admission.call.id);
      this.#remember(admission.call);
      call.admit(admission);
      for (const tell of this.#early.splice(0)) tell(call);
      return call;
    } catch (error) {
      call.over('failed');
      if (this.#active.value === call) this.#active.value = null;
      throw asCallError(error);
    }
  }

  #session({ user, sessionId, serverTime, calls }: SessionSnapshot): void {
    this.#me = { user, sessionId };
    this.#ringing.serverTime(serverTime);
    this.#byRoom.value = new Map(calls.map((call) => [call.roomId, call]));
    this.#ringing.keepOnly(new Set(calls.filter(({ state }) => state === 'ringing').map(({ id }) => id)));
    for (const call of calls) {
      if (call.state !== 'ringing') continue;
      const from = this.#options.person?.(call.startedBy);
      this.#comes(call, from ?? { id: call.startedBy, username: '', displayName: '' });
    }
    void this.#active.value?.resume();
    void this.#waiting.call.value?.resume();
  }

  #comes(call: Call, from: Person): void {
    this.#remember(call);
    const here = [this.#active.value?.id, this.#waiting.call.value?.id];
    const mine = call.startedBy === this.#me?.user.id || here.includes(call.id);
    if (mine || call.state !== 'ringing' || !this.#ringing.begin({ call, from })) return;
    this.#signalling.request('call_ringing', { callId: call.id }).catch((error: unknown) => {
      const code = codeOf(error);
      // it was over before its news came
      if (code === 'not_found') this.#forget(call.id);
      // it goes on, and does not ring any more or not for this person
      else if (code === 'conflict') this.#ringing.settle(call.id);
    });
  }

  #forget(callId: string): void {
    this.#ringing.forget(callId);
    this.#byRoom.value = new Map([...this.#byRoom.value].filter(([, call]) => call.id !== callId));
  }

  #known(callId: string): Call | undefined {
    return this.#ringing.find(callId)?.call ?? [...this.#byRoom.value.values()].find(({ id }) => id === callId);
  }

  #remember(call: Call): void {
    this.#byRoom.value = new Map(this.#byRoom.value).set(call.roomId, call);
  }

  #change(callId: string, change: (call: Call) => Call): void {
    const call = [...this.#byRoom.value.values()].find(({ id }) => id === callId);
    if (call !== undefined) this.#remember(change(call));
  }

  #tell(callId: string, tell: (call: RunningCall) => void): void {
    const waiting = this.#waiting.call.value;
    if (waiting?.id === callId) tell(waiting);
    const call = this.#active.value;
    if (call === null) return;
    if (call.id === callId) tell(call);
    else if (call.phase.value === 'requesting' && this.#early.length < keep) {
      this.#early.push((admitted) => {
        if (admitted.id === callId) tell(admitted);
      });
    }
  }

  /** The payload is the server's word, as it is in the contract. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  #hear(event: string, listener: (payload: any) => void): void {
    this.#hooks.add(this.#signalling.on(event, listener));
  }
}

function joined(call: Call, participant: Participant): Call {
  const others = call.participants.filter(({ legId }) => legId !== participant.legId);
  return {
    ...call,
    state: participant.userId === call.startedBy ? call.state : 'active',
    participants: [...others, participant],
  };
}

function changed(call: Call, { legId, audio, video, screen }: Participant): Call {
  return {
    ...call,
    participants: call.participants.map((participant) =>
      participant.legId === legId ? { ...participant, audio, video, screen } : participant,
    ),
  };
}

function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  const { message, retryAfterMs } = (error ?? {}) as { message?: string; retryAfterMs?: number };
  return new CallError(codeOf(error) || 'internal', message ?? 'The call could not be made.', retryAfterMs);
}
