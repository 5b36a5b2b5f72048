import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { LinkFailure, LinkState } from './api';
import { Hooks, noteConnection } from './ledger';
import type { LocalTracks, Slot } from './local-media';
import { askForSilence } from './opus';
import type { Load } from './sending';
import { applyLimits, showWhole } from './sending';

/** The order of the m-lines, the same on both sides and for ever: what is sent changes, the negotiation does not. */
export const slots: readonly Slot[] = ['audio', 'video', 'screen'];

/**
 * What two links say to each other: a description, a candidate (an empty one ends its generation), or the wish for a new offer:
 * of the connection that is there, or of the next epoch's.
 */
export interface LinkMessage {
  readonly epoch: number;
  readonly description?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit;
  readonly restart?: boolean;
}

export interface LinkOptions {
  /** The one who came later: asks the other one for offers, and never makes one. */
  readonly polite: boolean;
  readonly configuration: () => RTCConfiguration;
  readonly local: () => LocalTracks;
  /** How much may be sent. */
  readonly load: () => Load;
  /** Resolves when the server has taken the message. */
  readonly send: (message: LinkMessage) => Promise<void>;
  readonly onTrack: (slot: Slot, track: MediaStreamTrack) => void;
  readonly connect?: (configuration: RTCConfiguration) => RTCPeerConnection;
}

/** Chromium says disconnected after five seconds without an answer, and often takes it back. */
const patienceMs = 2_000;
const retryMs = 5_000;
const giveUpMs = 30_000;
/** Restarts of ICE before the whole connection is made anew. */
const restarts = 2;
/** Candidates kept for later: more than any description has. */
const keep = 200;
/** A restart that has just begun is the one that is asked for. */
const settleMs = 1_000;
/** Candidates that both know of are tried for so long before others are asked for. */
const trialMs = 2_000;
/** How long the one who waits for the first offer waits before it asks. */
const askMs = 4_000;

/**
 * The connection to one other leg, by perfect negotiation (https://www.w3.org/TR/webrtc/#perfect-negotiation-example) with one
 * difference: all offers come from the side that was there first, and the other one asks for them. In the example the polite side
 * rolls its own offer back when two collide; Chromium (156) then goes on decoding the other side's picture and shows none of it. Two
 * sides that see the same path die at the same moment would meet that every time.
 *
 * A connection that cannot be repaired is replaced by one of the next epoch; what is said about an older one is dropped.
 */
export class PeerLink {
  readonly #options: LinkOptions;
  readonly #state = signal<LinkState>('connecting');
  readonly #failure = signal<LinkFailure | null>(null);
  readonly #hooks = new Hooks();
  #connection: RTCPeerConnection | null = null;
  #connectionHooks = new Hooks();
  #epoch = 0;
  #makingOffer = false;
  #ignoreOffer = false;
  #settingAnswer = false;
  #early: RTCIceCandidateInit[] = [];
  #unsent: LinkMessage[] = [];
  #inbox: Promise<void> = Promise.resolve();
  #limits: Promise<void> = Promise.resolve();
  #recovery: (() => void) | null = null;
  #tries = 0;
  #deadline: (() => void) | null = null;
  #closed = false;
  #restartedAt = 0;
  /** When both last knew of each other's candidates. */
  #agreedAt = 0;
  /** How much the server has not said yes or no to. */
  #pending = 0;
  #retoldAt = 0;
  // what went wrong, for the name of the failure
  #heard = false;
  #relaySeen = false;
  #relayError = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get state(): ReadonlySignal<LinkState> {
    return this.#state;
  }

  get failure(): ReadonlySignal<LinkFailure | null> {
    return this.#failure;
  }

  get connection(): RTCPeerConnection | null {
    return this.#connection;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Begins: the one who was there offers, the one who came waits and, after a while, asks. */
  start(): void {
    this.#lost();
    if (!this.#options.polite) this.#offerAnew();
    else this.#hooks.after(askMs, () => this.#askUnlessHeard());
  }

  /** Takes a message of the other side; they are worked through one by one, in their order. */
  receive(message: LinkMessage): Promise<void> {
    this.#inbox = this.#inbox.then(async () => {
      if (this.#closed) return;
      if (message.epoch < this.#epoch) {
        this.#retell();
        return;
      }
      try {
        await this.#handle(message);
      } catch {
        // A description that does not fit what we have: only a new connection helps.
        if (!this.#isClosed() && message.epoch === this.#epoch) this.#rebuild();
      }
    });
    return this.#inbox;
  }

  /** Sends another track, or none, without negotiating. */
  async setTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    const sender = this.#transceiver(slot)?.sender;
    if (sender === undefined || sender.track === track) return;
    try {
      await sender.replaceTrack(track);
      await this.applyLimits();
    } catch {
      // the connection was closed meanwhile; the next one takes its tracks from local()
    }
  }

  applyLimits(): Promise<void> {
    return this.#setEach((slot, sender) => applyLimits(slot, sender, this.#options.load()));
  }

  /** Shows the other side pictures that it understands without those before, which it has not got. */
  showWhole(): Promise<void> {
    return this.#setEach((slot, sender) => (slot === 'audio' ? Promise.resolve() : showWhole(sender)));
  }

  /** Whether the browser holds the path to be there. */
  get isAlive(): boolean {
    return ['connected', 'completed'].includes(this.#connection?.iceConnectionState ?? 'new');
  }

  /** When the newest packet of sound or picture came, by a clock that only this connection has; null when none came lately. */
  newestPacket(): number | null {
    const came = (['audio', 'video'] as const).flatMap((slot) => {
      const sources = this.#transceiver(slot)?.receiver.getSynchronizationSources() ?? [];
      return sources.map(({ timestamp }) => timestamp);
    });
    return came.length === 0 ? null : Math.max(...came);
  }

  /** Whose sound came last, and how loud it was. */
  soundSources(): readonly RTCRtpSynchronizationSource[] {
    if (this.#state.peek() !== 'connected') return [];
    return this.#transceiver('audio')?.receiver.getSynchronizationSources() ?? [];
  }

  /** Looks for another path at once: the network has changed. */
  restart(): void {
    if (!this.#closed && this.#state.value !== 'failed') this.#restartIce();
  }

  /** The same when nothing comes any more; what was offered for that reason is given its time. */
  seek(): void {
    if (this.#connection === null || Date.now() - this.#agreedAt < trialMs) return;
    if (this.#options.polite || this.#connection.signalingState !== 'have-local-offer') this.restart();
  }

  /** New relay credentials; the ones in use keep working until they expire. */
  refreshServers(onRelay: boolean): void {
    try {
      this.#connection?.setConfiguration(this.#configuration());
    } catch {
      return;
    }
    if (onRelay) this.#restartIce();
  }

  /** The server can be reached again: says what it could not take, and looks again if it did not help. */
  signallingBack(): void {
    if (this.#closed) return;
    const connection = this.#connection;
    const unsent = this.#unsent.splice(0);
    const description = connection?.localDescription;
    const lostDescription = unsent.some((message) => message.description !== undefined);
    if (description && (lostDescription || connection.signalingState === 'have-local-offer')) {
      // carries all candidates found so far
      this.#describeTo(description);
    }
    for (const message of unsent) if (message.candidate !== undefined) this.#send(message);
    // what the other side said meanwhile went to a line that was dead already
    const wished = unsent.some(({ restart }) => restart === true) || this.#state.value !== 'connected';
    if (this.#options.polite && wished) this.#restartIce();
  }

  close(): void {
    this.#closed = true;
    this.#hooks.close();
    this.#dropConnection();
    this.#unsent = [];
  }

  // -- negotiation

  async #handle({ epoch, description, candidate, restart }: LinkMessage): Promise<void> {
    this.#heard ||= !this.#options.polite || description !== undefined;
    if (epoch > this.#epoch) {
      this.#epoch = epoch;
      // also after we have given up: the other side has not
      this.#lost();
      if (!this.#options.polite && description === undefined) {
        this.#offerAnew();
        return;
      }
      this.#dropConnection();
    }
    if (restart === true) this.#asked();
    else if (description !== undefined) await this.#describe(description);
    else if (candidate !== undefined) await this.#addCandidate(candidate);
  }

  async #describe(description: RTCSessionDescriptionInit): Promise<void> {
    const connection = this.#connection ?? this.#open();
    const isOffer = description.type === 'offer';
    const ready = !this.#makingOffer && (connection.signalingState === 'stable' || this.#settingAnswer);
    this.#ignoreOffer = isOffer && !ready && !this.#options.polite;
    if (this.#ignoreOffer) return;
    if (!isOffer && (connection.signalingState !== 'have-local-offer' || isOld(description, connection))) return;
    this.#settingAnswer = !isOffer;
    try {
      await connection.setRemoteDescription(description);
    } finally {
      this.#settingAnswer = false;
    }
    if (connection !== this.#connection) return;
    this.#agreedAt = Date.now();
    for (const early of this.#early.splice(0)) await this.#addCandidate(early);
    if (isOffer) {
      await this.#adopt(connection);
      await connection.setLocalDescription();
      if (connection !== this.#connection || connection.localDescription === null) return;
      this.#describeTo(connection.localDescription);
    }
    await this.applyLimits();
  }

  /** The other side wants a new offer: the one that it may not have got, or a restart. */
  #asked(): void {
    if (this.#options.polite || this.#connection === null || this.#offerAgain()) return;
    if (Date.now() - this.#restartedAt >= settleMs) this.#restartIce();
  }

  /** Says the offer again that has not been answered; whether there is one. */
  #offerAgain(): boolean {
    const { signalingState, localDescription } = this.#connection ?? {};
    if (signalingState !== 'have-local-offer' || !localDescription) return false;
    this.#describeTo(localDescription);
    return true;
  }

  #restartIce(): void {
    this.#restartedAt = Date.now();
    if (this.#options.polite) this.#send({ epoch: this.#epoch, restart: true });
    else this.#connection?.restartIce();
  }

  /** The other side has not heard of this epoch: its first word went to a line that was dead already. */
  #retell(): void {
    if (this.#state.value === 'failed' || Date.now() - this.#retoldAt < settleMs) return;
    this.#retoldAt = Date.now();
    if (!this.#options.polite) this.#offerAgain();
    else if (this.#connection === null) this.#restartIce();
  }

  async #addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    const connection = this.#connection;
    if (!connection?.remoteDescription) {
      if (this.#early.length < keep) this.#early.push(candidate);
      return;
    }
    try {
      await connection.addIceCandidate(candidate);
    } catch {
      // Of an offer that we ignored, of a generation that is over, or an end that this browser does not understand:
      // none is a reason to give up a path that others may still give.
    }
  }

  /** The later side sends through the transceivers that the first offer made here. */
  async #adopt(connection: RTCPeerConnection): Promise<void> {
    const local = this.#options.local();
    for (const [index, slot] of slots.entries()) {
      const transceiver = connection.getTransceivers()[index];
      if (transceiver === undefined) continue;
      if (transceiver.direction !== 'sendrecv') transceiver.direction = 'sendrecv';
      if (transceiver.sender.track !== local[slot]) await transceiver.sender.replaceTrack(local[slot]);
    }
  }

  async #negotiate(connection: RTCPeerConnection): Promise<void> {
    if (connection !== this.#connection || this.#options.polite) return;
    try {
      this.#makingOffer = true;
      await connection.setLocalDescription();
      const description = connection.localDescription;
      if (connection !== this.#connection || description?.type !== 'offer') return;
      this.#describeTo(description);
    } catch {
      if (connection === this.#connection) this.#rebuild();
    } finally {
      if (connection === this.#connection) this.#makingOffer = false;
    }
  }

  // -- connections

  #offerAnew(): void {
    this.#dropConnection();
    const connection = this.#open();
    const local = this.#options.local();
    for (const slot of slots) {
      const track = local[slot];
      connection.addTransceiver(track ?? (slot === 'audio' ? 'audio' : 'video'), { direction: 'sendrecv' });
    }
  }

  #open(): RTCPeerConnection {
    const make = this.#options.connect ?? ((configuration) => new RTCPeerConnection(configuration));
    const connection = make(this.#configuration());
    noteConnection(connection);
    this.#connection = connection;
    const hooks = new Hooks();
    this.#connectionHooks = hooks;
    hooks.on(connection, 'negotiationneeded', () => void this.#negotiate(connection));
    hooks.on(connection, 'icecandidate', (event) => this.#found((event as RTCPeerConnectionIceEvent).candidate));
    hooks.on(connection, 'icecandidateerror', (event) => {
      const { errorCode, url } = event as RTCPeerConnectionIceErrorEvent;
      if (/^turns?:/.test(url)) this.#relayError = Math.max(this.#relayError === 701 ? 0 : this.#relayError, errorCode);
    });
    hooks.on(connection, 'track', (event) => {
      const { transceiver, track } = event as RTCTrackEvent;
      const slot = slots[connection.getTransceivers().indexOf(transceiver)];
      if (slot !== undefined) this.#options.onTrack(slot, track);
    });
    // Both are watched: either may know of a failure that the other one does not show.
    hooks.on(connection, 'connectionstatechange', () => this.#watch(connection));
    hooks.on(connection, 'iceconnectionstatechange', () => this.#watch(connection));
    return connection;
  }

  /** The policies belong to every configuration: to leave one out of a later one is to ask for another, and refused. */
  #configuration(): RTCConfiguration {
    return { ...this.#options.configuration(), bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' };
  }

  #dropConnection(): void {
    const connection = this.#connection;
    this.#connectionHooks.close();
    this.#connection = null;
    this.#makingOffer = false;
    this.#ignoreOffer = false;
    this.#settingAnswer = false;
    this.#early = [];
    this.#unsent = [];
    connection?.close();
  }

  #found(candidate: RTCIceCandidate | null): void {
    if (candidate?.type === 'relay') this.#relaySeen = true;
    const init: RTCIceCandidateInit = candidate === null ? { candidate: '', sdpMid: '0' } : candidate.toJSON();
    this.#send({ epoch: this.#epoch, candidate: init });
  }

  #describeTo({ type, sdp }: RTCSessionDescription): void {
    this.#send({ epoch: this.#epoch, description: { type, sdp: askForSilence(sdp) } });
  }

  #send(message: LinkMessage): void {
    this.#pending += 1;
    this.#options.send(message).then(
      () => (this.#pending -= 1),
      () => {
        this.#pending -= 1;
        if (!this.#closed && message.epoch === this.#epoch && this.#unsent.length < keep) this.#unsent.push(message);
      },
    );
  }

  #askUnlessHeard(): void {
    if (!this.#heard) this.#restartIce();
  }

  // -- recovery

  #watch(connection: RTCPeerConnection): void {
    if (connection !== this.#connection) return;
    const { connectionState, iceConnectionState } = connection;
    if (connectionState === 'failed' || iceConnectionState === 'failed') {
      this.#recover(0);
    } else if (connectionState === 'disconnected' || iceConnectionState === 'disconnected') {
      this.#recover(patienceMs);
    } else if (connectionState === 'connected') {
      this.#recovered();
    }
  }

  #recovered(): void {
    this.#recovery?.();
    this.#recovery = null;
    this.#deadline?.();
    this.#deadline = null;
    this.#tries = 0;
    this.#failure.value = null;
    this.#state.value = 'connected';
    void this.applyLimits();
  }

  #recover(afterMs: number): void {
    if (this.#closed || this.#state.value === 'failed') return;
    this.#lost();
    this.#recovery?.();
    this.#recovery = this.#hooks.after(afterMs, () => this.#tryAgain());
  }

  #tryAgain(): void {
    if (this.#closed) return;
    // a new connection needs the server: as long as it does not listen, the one that is there may come back by itself
    const isHeard = this.#pending === 0 && this.#unsent.length === 0;
    if (isHeard) this.#tries += 1;
    if (this.#tries > restarts && isHeard) this.#rebuild();
    else if (this.#options.polite || !this.#offerAgain()) this.#restartIce();
    this.#recovery = this.#hooks.after(retryMs, () => this.#tryAgain());
  }

  /** A connection of the next epoch. The one who does not make first offers asks for it. */
  #rebuild(): void {
    if (this.#closed || this.#state.value === 'failed') return;
    this.#epoch += 1;
    this.#retoldAt = Date.now();
    this.#lost();
    if (this.#options.polite) {
      this.#dropConnection();
      this.#send({ epoch: this.#epoch, restart: true });
    } else {
      this.#offerAnew();
    }
  }

  /** There is no connection: from now on it is sought, for a while. */
  #lost(): void {
    if (this.#closed) return;
    if (this.#state.value === 'connected') this.#state.value = 'reconnecting';
    if (this.#state.value === 'failed') this.#state.value = 'connecting';
    this.#deadline ??= this.#hooks.after(giveUpMs, () => this.#giveUp());
    // for a connection that never says failed, because nothing of the other side ever comes
    this.#recovery ??= this.#hooks.after(2 * retryMs, () => this.#tryAgain());
  }

  #giveUp(): void {
    this.#recovery?.();
    this.#recovery = null;
    this.#deadline = null;
    this.#failure.value = this.#nameFailure();
    this.#state.value = 'failed';
    this.#dropConnection();
  }

  #nameFailure(): LinkFailure {
    if (!this.#heard) return 'peer-silent';
    const urls = (this.#options.configuration().iceServers ?? []).flatMap((server) => server.urls);
    if (!urls.some((url) => /^turns?:/.test(url))) return 'no-relay';
    if (this.#relaySeen) return 'no-path';
    return this.#relayError >= 400 && this.#relayError < 500 ? 'relay-refused' : 'relay-unreachable';
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  /** One after the other: parameters that were read before others were set are refused. */
  #setEach(set: (slot: Slot, sender: RTCRtpSender) => Promise<void>): Promise<void> {
    this.#limits = this.#limits.then(async () => {
      for (const slot of slots) {
        const sender = this.#transceiver(slot)?.sender;
        if (sender !== undefined) await set(slot, sender);
      }
    });
    return this.#limits;
  }

  #transceiver(slot: Slot): RTCRtpTransceiver | undefined {
    return this.#connection?.getTransceivers()[slots.indexOf(slot)];
  }
}

/**
 * An offer that was said twice is answered twice, and the second answer may come when the next offer is out already. Every offer after
 * the first one restarts ICE, so that an answer to it brings new credentials (RFC 8839, section 4.4.1.1.1).
 */
function isOld(answer: RTCSessionDescriptionInit, { remoteDescription }: RTCPeerConnection): boolean {
  return remoteDescription !== null && credentials(answer.sdp) === credentials(remoteDescription.sdp);
}

function credentials(sdp: string | undefined): string | undefined {
  return /^a=ice-ufrag:(.*)$/m.exec(sdp ?? '')?.[1];
}
