import type { ReadonlySignal } from '@preact/signals-core';
import { batch, computed, effect, signal } from '@preact/signals-core';
import { Adviser } from './advice';
import type { ActiveCall, Advice, CallEnd, CallPhase, DeviceList, DeviceNews, LocalSource, Peer } from './api';
import { Hooks } from './ledger';
import type { LocalMediaOptions } from './local-media';
import { LocalMedia } from './local-media';
import type { MediaPath, PathMessage, PathOptions } from './media-path';
import { Mesh } from './mesh';
import { Seat, codeOf } from './seat';
import { keepAwake } from './wake-lock';
import type { Admission, Call, CallKind, Participant, Signal, Signalling } from './wire';

/** Of a lease of 45 s, so that three renewals may be lost. */
const renewMs = 10_000;
const adviseMs = 2_000;
/** How often the server is asked to help while the path to somebody is lost. */
const insistMs = 1_000;

export interface CallOptions {
  readonly media?: LocalMediaOptions;
  /** For networks and people who do not want to show their addresses: media go through a relay or not at all. */
  readonly relayOnly?: ReadonlySignal<boolean>;
  readonly connect?: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** Says goodbye in a way that outlives the page. */
  readonly goneAway?: (callId: string, legId: string) => void;
  /** How media get to the others; a mesh unless said otherwise. */
  readonly path?: (options: PathOptions) => MediaPath;
}

/** One call that this tab takes part in: its lease, its devices, and the path of its media. */
export class RunningCall implements ActiveCall {
  readonly roomId: string;
  readonly kind: CallKind;
  readonly outgoing: boolean;
  readonly #seat: Seat;
  readonly #userId: string;
  readonly #options: CallOptions;
  readonly #media: LocalMedia;
  readonly #hooks = new Hooks();
  readonly #path: MediaPath;
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
  /** What was on before it was put on hold. */
  #parked: { readonly audio: boolean; readonly video: boolean } | null = null;
  #reported: { readonly stats: object } | null = null;
  #told = '';
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
    this.#media = new LocalMedia((slot, track) => this.#path.setTrack(slot, track), options.media);
    this.#path = (options.path ?? ((wishes) => new Mesh(wishes)))(this.#pathOptions());
    this.#seat = new Seat(signalling, {
      roomId: about.roomId,
      kind: about.kind,
      sends: () => ({
        audio: this.#media.microphone.state.peek() === 'on',
        video: this.#media.camera.state.peek() === 'on',
      }),
      talks: () => this.#connectedAt.peek() !== null,
      onCall: (call) => this.reconcile(call),
      onServers: () => this.#path.serversChanged(),
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

  get relayRequired(): boolean {
    return this.#seat.relayOnly;
  }

  get peers(): ReadonlySignal<readonly Peer[]> {
    return this.#path.peers;
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

  get deviceNews(): ReadonlySignal<DeviceNews | null> {
    return this.#media.news;
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
    this.#path.applyLimits();
  }

  chooseMicrophone(deviceId: string): Promise<void> {
    return this.#media.microphone.choose(deviceId);
  }

  chooseCamera(deviceId: string): Promise<void> {
    return this.#media.camera.choose(deviceId);
  }

  /** From now on nothing of this person goes out, until it is taken up again; the call itself goes on. */
  hold(): void {
    const { microphone, camera, screen } = this.#media;
    const wanted = (source: LocalSource): boolean => ['on', 'starting'].includes(source.state.peek());
    this.#parked ??= { audio: wanted(microphone), video: wanted(camera) };
    for (const source of [microphone, camera, screen]) void source.set(false);
  }

  takeUp(): void {
    const { audio = false, video = false } = this.#parked ?? {};
    this.#parked = null;
    this.openDevices(audio, video);
  }

  rate(rating: 'good' | 'bad'): void {
    if (this.#reported === null) return;
    const { stats } = this.#reported;
    this.#seat.request('call_report', { stats: { ...stats, rating } }).catch(() => undefined);
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
    this.#hooks.every(adviseMs, () => (this.#advice.value = this.#adviser.weigh(this.#path.peers.value, Date.now())));
    this.#hooks.every(insistMs, () => this.#insist());
    this.#hooks.on(window, 'online', () => this.#path.networkChanged());
    this.#hooks.on((navigator as { connection?: EventTarget }).connection, 'change', () => this.#path.networkChanged());
    keepAwake(this.#hooks);
    this.#hooks.on(window, 'pagehide', () => {
      // what goes by the socket may never leave: it polls, or is being made anew
      this.#options.goneAway?.(this.id, this.#seat.legId);
      void this.hangUp();
    });
    this.#hooks.add(effect(() => this.#tellMedia()));
    this.#hooks.add(effect(() => this.#watchLinks()));
    this.#hooks.add(this.#options.relayOnly?.subscribe(() => this.#path.pathsChosen()) ?? (() => undefined));
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
      for (const peer of this.#path.peers.value) {
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
    batch(() => {
      this.#markAnswered();
      // who came here waits since the click, who was here since the other one came
      this.#path.enter(participant, polite, polite ? this.#askedAt : Date.now());
    });
  }

  left(legId: string, reason?: string): void {
    if (legId === this.#seat.legId) {
      this.#finish({ reason: reason === 'replaced' ? 'moved' : 'lost', failure: null });
      return;
    }
    this.#path.exit(legId);
  }

  mediaOf(legId: string, what: Pick<Participant, 'audio' | 'video' | 'screen'>): void {
    this.#path.says(legId, what);
  }

  rings(): void {
    this.#reached.value = true;
  }

  over(reason: CallEnd['reason']): void {
    this.#finish({ reason, failure: null });
  }

  receive(message: Signal): void {
    if (this.#end.value !== null) return;
    // Somebody of whom we have not heard: their coming was missed.
    if (!this.#path.receive(message)) void this.renew().then(() => this.#path.receive(message));
  }

  /** The connection is back: the leg is bound to it, and what could not be said is said. */
  async resume(): Promise<void> {
    // in this order on the line, without waiting for an answer: the renewal binds the leg to it, and the rest goes by the leg
    const renewed = this.renew();
    this.#path.signallingBack();
    this.#told = '';
    this.#tellMedia();
    await renewed;
    // what was refused because the server knew nothing of the call
    if (this.#seat.isWaiting) this.#path.signallingBack();
  }

  /** Keeps the lease. */
  renew(): Promise<void> {
    return this.#seat.renew();
  }

  // -- inside

  #currentPhase(): CallPhase {
    if (this.#end.value !== null) return 'ended';
    if (!this.#admitted.value) return 'requesting';
    const links = this.#path.peers.value.map((peer) => peer.link.value);
    if (links.includes('connected')) return 'connected';
    if (links.includes('reconnecting')) return 'reconnecting';
    if (links.length > 0) return 'connecting';
    if (this.#connectedAt.value !== null) return 'connected';
    return this.#answered.value ? 'waiting' : 'ringing';
  }

  #whyPaused(): 'network' | 'size' | null {
    const peers = this.#path.peers.value;
    const filming = this.#media.camera.state.value === 'on';
    if (!filming || peers.length === 0) return null;
    if (this.#path.isCrowded.value) return 'size';
    return peers.every((peer) => peer.rung.value === 'audio') ? 'network' : null;
  }

  #markAnswered(): void {
    if (this.#answered.value) return;
    this.#answered.value = true;
  }

  #pathOptions(): PathOptions {
    const { relayOnly, connect } = this.#options;
    return {
      configuration: () => ({
        iceServers: this.#seat.iceServers,
        iceTransportPolicy: this.#seat.relayOnly || relayOnly?.peek() === true ? 'relay' : 'all',
      }),
      local: () => this.#media.tracks,
      motion: () => this.#screenMoves.peek(),
      send: (legId, message) => this.#signal(legId, message),
      onSilence: () => this.#seat.insist(),
      ...(connect === undefined ? {} : { connect }),
    };
  }

  async #signal(toLegId: string, message: PathMessage): Promise<void> {
    try {
      await this.#seat.request('call_signal', { toLegId, ...message });
    } catch (error) {
      const code = codeOf(error);
      if (code === 'not_found') void this.renew();
      if (code === 'rate_limited') {
        const { retryAfterMs = renewMs } = error as { retryAfterMs?: number };
        this.#hooks.after(retryAfterMs, () => this.#path.signallingBack(toLegId));
      }
      throw error;
    }
  }

  #insist(): void {
    if (this.#path.peers.value.some((peer) => peer.link.value === 'reconnecting')) this.#seat.insist();
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
    const peers = this.#path.peers.value;
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
    this.#reported = report;
    this.#seat.leave();
    batch(() => {
      this.#end.value = end;
      this.#hooks.close();
      this.#media.release();
      this.#path.close();
    });
    if (report !== null) this.#seat.request('call_report', report).catch(() => undefined);
  }

  #report(end: CallEnd): { readonly stats: object } | null {
    if (!this.#answered.value) return null;
    const links = this.#path.reports;
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
