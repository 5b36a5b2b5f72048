import type { ReadonlySignal } from '@preact/signals-core';
import { batch, computed, effect, signal } from '@preact/signals-core';
import { Adviser } from './advice';
import type { ActiveCall, Advice, CallEnd, CallPhase, DeviceList, LocalSource } from './api';
import { Hooks } from './ledger';
import type { LocalMediaOptions, Slot } from './local-media';
import { LocalMedia } from './local-media';
import type { LinkMessage } from './peer-link';
import type { LegReport, PeerOptions } from './remote-peer';
import { RemotePeer } from './remote-peer';
import { Seat, codeOf } from './seat';
import { sizeRung } from './sending';
import { keepAwake } from './wake-lock';
import type { Admission, Call, CallKind, Participant, Signal, Signalling } from './wire';

/** Of a lease of 45 s, so that three renewals may be lost. */
const renewMs = 10_000;
const adviseMs = 2_000;
/** How often the server is asked to help while the path to somebody is lost. */
const insistMs = 1_000;
/** More legs than a call has at once, fewer than a report may hold. */
const keepReports = 12;

export interface CallOptions {
  readonly media?: LocalMediaOptions;
  /** For networks and people who do not want to show their addresses: media go through a relay or not at all. */
  readonly relayOnly?: ReadonlySignal<boolean>;
  readonly connect?: (configuration: RTCConfiguration) => RTCPeerConnection;
}

/** One call that this tab takes part in: its lease, its links to the others, its devices. */
export class RunningCall implements ActiveCall {
  readonly roomId: string;
  readonly kind: CallKind;
  readonly outgoing: boolean;
  readonly #seat: Seat;
  readonly #userId: string;
  readonly #options: CallOptions;
  readonly #media: LocalMedia;
  readonly #hooks = new Hooks();
  readonly #peers = signal<readonly RemotePeer[]>([]);
  readonly #admitted = signal(false);
  readonly #answered = signal(false);
  readonly #reached = signal(false);
  readonly #connectedAt = signal<number | null>(null);
  readonly #end = signal<CallEnd | null>(null);
  readonly #advice = signal<Advice | null>(null);
  readonly #screenMoves = signal(false);
  readonly #adviser = new Adviser();
  readonly #picturePaused: ReadonlySignal<'network' | 'size' | null>;
  readonly #phase: ReadonlySignal<CallPhase>;
  #told = '';
  /** What is to be said of those who left. */
  #gone: readonly LegReport[] = [];
  readonly #askedAt = Date.now();

  constructor(
    signalling: Signalling,
    about: { roomId: string; kind: CallKind; outgoing: boolean; userId: string },
    options: CallOptions = {},
  ) {
    this.roomId = about.roomId;
    this.kind = about.kind;
    this.outgoing = about.outgoing;
    this.#userId = about.userId;
    this.#options = options;
    this.#media = new LocalMedia((slot, track) => this.#sendTrack(slot, track), options.media);
    this.#seat = new Seat(signalling, {
      roomId: about.roomId,
      kind: about.kind,
      sends: () => ({
        audio: this.#media.microphone.state.peek() === 'on',
        video: this.#media.camera.state.peek() === 'on',
      }),
      talks: () => this.#connectedAt.peek() !== null,
      onCall: (call) => this.reconcile(call),
      onServers: () => this.#serversChanged(),
      onLost: () => this.#finish({ reason: 'lost', failure: null }),
    });
    this.#phase = computed(() => this.#currentPhase());
    this.#picturePaused = computed(() => this.#whyPaused());
  }

  get id(): string {
    return this.#seat.callId;
  }

  get phase(): ReadonlySignal<CallPhase> {
    return this.#phase;
  }

  get reached(): ReadonlySignal<boolean> {
    return this.#reached;
  }

  get connectedAt(): ReadonlySignal<number | null> {
    return this.#connectedAt;
  }

  get peers(): ReadonlySignal<readonly RemotePeer[]> {
    return this.#peers;
  }

  get end(): ReadonlySignal<CallEnd | null> {
    return this.#end;
  }

  get picturePaused(): ReadonlySignal<'network' | 'size' | null> {
    return this.#picturePaused;
  }

  get advice(): ReadonlySignal<Advice | null> {
    return this.#advice;
  }

  get microphone(): LocalSource {
    return this.#media.microphone;
  }

  get camera(): LocalSource {
    return this.#media.camera;
  }

  get screen(): LocalSource {
    return this.#media.screen;
  }

  get screenMoves(): ReadonlySignal<boolean> {
    return this.#screenMoves;
  }

  get level(): ReadonlySignal<number> {
    return this.#media.voice.level;
  }

  get speaking(): ReadonlySignal<boolean> {
    return this.#media.voice.speaking;
  }

  get unheard(): ReadonlySignal<boolean> {
    return this.#media.voice.unheard;
  }

  get devices(): ReadonlySignal<DeviceList> {
    return this.#media.devices;
  }

  // -- the person

  /** Opens devices while the server is still being asked; each may fail on its own. */
  openDevices(audio: boolean, video: boolean): void {
    const opened = [
      ...(audio ? [this.#media.microphone.set(true)] : []),
      ...(video ? [this.#media.camera.set(true)] : []),
    ];
    // labels can be read only after a permission was given
    void Promise.all(opened).then(() => this.#media.refresh());
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#media.microphone.set(on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.#media.camera.set(on);
  }

  setScreen(on: boolean): Promise<void> {
    return this.#media.screen.set(on);
  }

  setScreenMoves(moves: boolean): void {
    this.#screenMoves.value = moves;
    this.#media.screen.show(moves ? 'motion' : 'detail');
    for (const peer of this.#peers.value) void peer.connection.applyLimits();
  }

  chooseMicrophone(deviceId: string): Promise<void> {
    return this.#media.microphone.choose(deviceId);
  }

  chooseCamera(deviceId: string): Promise<void> {
    return this.#media.camera.choose(deviceId);
  }

  async hangUp(): Promise<void> {
    await this.#leave({ reason: 'hangup', failure: null });
  }

  // -- the server

  /** The server has let this device in. */
  admit(admission: Admission): void {
    this.#seat.take(admission);
    if (this.#end.value !== null) {
      // hung up before the answer came
      void this.#seat.goodbye('hangup');
      return;
    }
    this.#admitted.value = true;
    this.#hooks.every(renewMs, () => void this.renew());
    this.#hooks.every(adviseMs, () => (this.#advice.value = this.#adviser.weigh(this.#peers.value, Date.now())));
    this.#hooks.every(insistMs, () => this.#insist());
    this.#hooks.on(window, 'online', () => this.#networkChanged());
    this.#hooks.on((navigator as { connection?: EventTarget }).connection, 'change', () => this.#networkChanged());
    keepAwake(this.#hooks);
    this.#hooks.on(window, 'pagehide', () => void this.hangUp());
    this.#hooks.add(effect(() => this.#tellMedia()));
    this.#hooks.add(effect(() => this.#watchLinks()));
    this.#hooks.add(this.#options.relayOnly?.subscribe(() => this.#pathsChosen()) ?? (() => undefined));
    this.reconcile(admission.call);
  }

  /** Makes the links fit the server's list, whatever was missed. */
  reconcile(call: Call): void {
    if (this.#end.value !== null) return;
    const mine = call.participants.findIndex(({ legId }) => legId === this.#seat.legId);
    if (mine < 0) {
      const elsewhere = call.participants.some(({ userId }) => userId === this.#userId);
      this.#finish({ reason: elsewhere ? 'moved' : 'lost', failure: null });
      return;
    }
    batch(() => {
      for (const peer of this.#peers.value) {
        const known = call.participants.some(({ legId }) => legId === peer.legId);
        if (!known && !this.#seat.isWaiting) this.left(peer.legId);
      }
      // who came earlier offers
      call.participants.forEach((participant, index) => {
        if (index !== mine) this.joined(participant, index < mine);
      });
      if (call.state === 'active') this.#markAnswered();
    });
  }

  joined(participant: Participant, polite = false): void {
    if (this.#end.value !== null || participant.legId === this.#seat.legId) return;
    const known = this.#peers.value.find(({ legId }) => legId === participant.legId);
    if (known !== undefined) {
      known.says(participant);
      return;
    }
    this.#markAnswered();
    const peer = new RemotePeer(participant, this.#linkOptions(participant.legId, polite));
    this.#peers.value = [...this.#peers.value, peer];
    peer.connection.start();
    for (const other of this.#peers.value) other.sizeChanged();
  }

  left(legId: string, reason?: string): void {
    if (legId === this.#seat.legId) {
      this.#finish({ reason: reason === 'replaced' ? 'moved' : 'lost', failure: null });
      return;
    }
    const gone = this.#peers.value.find((peer) => peer.legId === legId);
    if (gone === undefined) return;
    this.#peers.value = this.#peers.value.filter((peer) => peer !== gone);
    this.#gone = [...this.#gone, gone.report].slice(-keepReports);
    gone.close();
    for (const other of this.#peers.value) other.sizeChanged();
  }

  mediaOf(legId: string, what: Pick<Participant, 'audio' | 'video' | 'screen'>): void {
    this.#peers.value.find((peer) => peer.legId === legId)?.says(what);
  }

  rings(): void {
    this.#reached.value = true;
  }

  over(reason: CallEnd['reason']): void {
    this.#finish({ reason, failure: null });
  }

  receive(message: Signal): void {
    if (this.#end.value !== null) return;
    const peer = this.#peers.value.find(({ legId }) => legId === message.fromLegId);
    // Somebody of whom we have not heard: their coming was missed.
    if (peer === undefined) void this.renew().then(() => this.#deliver(message));
    else void peer.connection.receive(message);
  }

  /** The connection is back: the leg is bound to it, and what could not be said is said. */
  async resume(): Promise<void> {
    // in this order on the line, without waiting for an answer: the renewal binds the leg to it, and the rest goes by the leg
    const renewed = this.renew();
    for (const peer of this.#peers.value) peer.signallingBack();
    this.#told = '';
    this.#tellMedia();
    await renewed;
    // what was refused because the server knew nothing of the call
    if (this.#seat.isWaiting) for (const peer of this.#peers.value) peer.signallingBack();
  }

  /** Keeps the lease. */
  renew(): Promise<void> {
    return this.#seat.renew();
  }

  // -- inside

  #currentPhase(): CallPhase {
    if (this.#end.value !== null) return 'ended';
    if (!this.#admitted.value) return 'requesting';
    const links = this.#peers.value.map((peer) => peer.link.value);
    if (links.includes('connected')) return 'connected';
    if (links.includes('reconnecting')) return 'reconnecting';
    if (links.length > 0) return 'connecting';
    if (this.#connectedAt.value !== null) return 'connected';
    return this.#answered.value ? 'connecting' : 'ringing';
  }

  #whyPaused(): 'network' | 'size' | null {
    const peers = this.#peers.value;
    const filming = this.#media.camera.state.value === 'on';
    if (!filming || peers.length === 0) return null;
    if (sizeRung(peers.length) === 'audio') return 'size';
    return peers.every((peer) => peer.rung.value === 'audio') ? 'network' : null;
  }

  #markAnswered(): void {
    if (this.#answered.value) return;
    this.#answered.value = true;
  }

  #serversChanged(): void {
    for (const peer of this.#peers.value) peer.connection.refreshServers(peer.quality.value?.path === 'relay');
  }

  #linkOptions(legId: string, polite: boolean): PeerOptions {
    const { relayOnly, connect } = this.#options;
    return {
      polite,
      // who came here waits since the click, who was here since the other one came
      since: polite ? this.#askedAt : Date.now(),
      configuration: () => ({
        iceServers: this.#seat.iceServers,
        iceTransportPolicy: relayOnly?.peek() === true ? 'relay' : 'all',
      }),
      local: () => this.#media.tracks,
      load: () => ({ peers: this.#peers.value.length, motion: this.#screenMoves.peek() }),
      send: (message) => this.#signal(legId, message),
      onSilence: () => this.#seat.insist(),
      ...(connect === undefined ? {} : { connect }),
    };
  }

  async #signal(toLegId: string, message: LinkMessage): Promise<void> {
    try {
      await this.#seat.request('call_signal', { toLegId, ...message });
    } catch (error) {
      const code = codeOf(error);
      if (code === 'not_found') void this.renew();
      if (code === 'rate_limited') {
        const { retryAfterMs = renewMs } = error as { retryAfterMs?: number };
        this.#hooks.after(retryAfterMs, () => this.#retry(toLegId));
      }
      throw error;
    }
  }

  #retry(legId: string): void {
    this.#peers.value.find((peer) => peer.legId === legId)?.connection.signallingBack();
  }

  #deliver(message: Signal): void {
    const peer = this.#peers.value.find(({ legId }) => legId === message.fromLegId);
    void peer?.connection.receive(message);
  }

  #sendTrack(slot: Slot, track: MediaStreamTrack | null): void {
    for (const peer of this.#peers.value) void peer.connection.setTrack(slot, track);
  }

  #networkChanged(): void {
    for (const peer of this.#peers.value) peer.connection.restart();
  }

  #insist(): void {
    if (this.#peers.value.some((peer) => peer.link.value === 'reconnecting')) this.#seat.insist();
  }

  /** Other paths are allowed from now on; also when this is the first word of it, for then there is nobody to connect to yet. */
  #pathsChosen(): void {
    for (const peer of this.#peers.peek()) peer.connection.refreshServers(true);
  }

  /** Tells the others what is sent, whenever that changes and is no longer in between. */
  #tellMedia(): void {
    const { microphone, camera, screen } = this.#media;
    const states = [microphone.state.value, camera.state.value, screen.state.value];
    if (!this.#admitted.value || this.#end.value !== null || states.includes('starting')) return;
    const [audio, video, shared] = states.map((state) => state === 'on');
    const news = JSON.stringify([audio, video, shared]);
    if (news === this.#told) return;
    this.#told = news;
    this.#seat.request('call_media', { audio, video, screen: shared }).catch((error: unknown) => {
      if (this.#told === news) this.#told = '';
      // A camera that the call has no room for is switched off again.
      if (codeOf(error) === 'conflict') void this.#media.camera.set(false);
    });
  }

  #watchLinks(): void {
    const peers = this.#peers.value;
    const states = peers.map((peer) => peer.link.value);
    if (states.includes('connected') && this.#connectedAt.value === null) this.#connectedAt.value = Date.now();
    const only = peers[0];
    // Between two there is nothing left; among many the others go on.
    if (peers.length === 1 && only?.link.value === 'failed') {
      const failure = only.failure.value;
      queueMicrotask(() => void this.#leave({ reason: 'failed', failure }));
    }
  }

  async #leave(end: CallEnd): Promise<void> {
    if (this.#end.value !== null) return;
    const known = this.id !== '';
    this.#finish(end);
    if (known) await this.#seat.goodbye(end.reason === 'failed' ? 'failed' : 'hangup');
  }

  /** Everything this call holds is released, in whatever way it came to its end. */
  #finish(end: CallEnd): void {
    if (this.#end.value !== null) return;
    const report = this.#report(end);
    this.#seat.leave();
    batch(() => {
      this.#end.value = end;
      this.#hooks.close();
      this.#media.release();
      const peers = this.#peers.value;
      this.#peers.value = [];
      for (const peer of peers) peer.close();
    });
    if (report !== null) this.#seat.request('call_report', report).catch(() => undefined);
  }

  #report(end: CallEnd): object | null {
    if (!this.#answered.value) return null;
    const links = [...this.#gone, ...this.#peers.value.map((peer) => peer.report)];
    return {
      stats: {
        setupMs: links.find(({ setupMs }) => setupMs !== null)?.setupMs ?? null,
        end: end.reason,
        failure: end.failure,
        links,
      },
    };
  }
}
