import type { ReadonlySignal } from '@preact/signals-core';
import type { LinkFailure, LinkState } from './api';
import { Hooks, noteConnection } from './ledger';
import type { LinkMessage } from './link-post';
import { LinkPost, keep } from './link-post';
import type { LocalTracks, Slot } from './local-media';
import { askForSilence } from './opus';
import { PathEvidence } from './path-evidence';
import { Recovery } from './recovery';
import type { Load } from './sending';
import { Transceivers } from './transceivers';

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
  readonly #hooks = new Hooks();
  readonly #places = new Transceivers(() => this.#connection);
  readonly #post: LinkPost;
  readonly #recovery: Recovery;
  readonly #evidence = new PathEvidence();
  #connection: RTCPeerConnection | null = null;
  #connectionHooks = new Hooks();
  #epoch = 0;
  #makingOffer = false;
  #settingAnswer = false;
  #early: RTCIceCandidateInit[] = [];
  #inbox: Promise<void> = Promise.resolve();
  #closed = false;
  #restartedAt = 0;
  /** When both last knew of each other's candidates. */
  #agreedAt = 0;
  #retoldAt = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#post = new LinkPost(options.send, ({ epoch }) => !this.#closed && epoch === this.#epoch);
    this.#recovery = new Recovery({
      isHeard: () => this.#post.isHeard,
      onConnected: () => void this.applyLimits(),
      restart: () => {
        if (options.polite || !this.#offerAgain()) this.#restartIce();
      },
      rebuild: () => this.#rebuild(),
      onFailed: () => this.#dropConnection(),
      name: () => this.#evidence.name(options.configuration()),
    });
  }

  get state(): ReadonlySignal<LinkState> {
    return this.#recovery.state;
  }

  get failure(): ReadonlySignal<LinkFailure | null> {
    return this.#recovery.failure;
  }

  get connection(): RTCPeerConnection | null {
    return this.#connection;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Begins: the one who was there offers, the one who came waits and, after a while, asks. */
  start(): void {
    this.#recovery.lost();
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
    if (await this.#places.setTrack(slot, track)) await this.applyLimits();
  }

  applyLimits(): Promise<void> {
    return this.#places.applyLimits(this.#options.load);
  }

  /** Shows the other side pictures that it understands without those before, which it has not got. */
  showWhole(): Promise<void> {
    return this.#places.showWhole();
  }

  /** Whether the browser holds the path to be there. */
  get isAlive(): boolean {
    return ['connected', 'completed'].includes(this.#connection?.iceConnectionState ?? 'new');
  }

  /** When the newest packet of sound or picture came, by a clock that only this connection has; null when none came lately. */
  newestPacket(): number | null {
    return this.#places.newestPacket();
  }

  /** Whose sound came last, and how loud it was. */
  soundSources(): readonly RTCRtpSynchronizationSource[] {
    return this.state.peek() === 'connected' ? this.#places.sources('audio') : [];
  }

  /** Looks for another path at once: the network has changed. */
  restart(): void {
    if (!this.#closed && this.state.peek() !== 'failed') this.#restartIce();
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
    const unsent = this.#post.take();
    const description = connection?.localDescription;
    const lostDescription = unsent.some((message) => message.description !== undefined);
    if (description && (lostDescription || connection.signalingState === 'have-local-offer')) {
      // carries all candidates found so far
      this.#describeTo(description);
    }
    for (const message of unsent) if (message.candidate !== undefined) this.#post.say(message);
    // what the other side said meanwhile went to a line that was dead already
    const wished = unsent.some(({ restart }) => restart === true) || this.state.peek() !== 'connected';
    if (this.#options.polite && wished) this.#restartIce();
  }

  close(): void {
    this.#closed = true;
    this.#hooks.close();
    this.#recovery.close();
    this.#dropConnection();
  }

  // -- negotiation

  async #handle({ epoch, description, candidate, restart }: LinkMessage): Promise<void> {
    if (!this.#options.polite || description !== undefined) this.#evidence.heard = true;
    if (epoch > this.#epoch) {
      this.#epoch = epoch;
      // also after we have given up: the other side has not
      this.#recovery.lost();
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
    if (isOffer && !ready && !this.#options.polite) return;
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
      await this.#places.adopt(connection, this.#options.local());
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
    if (this.#options.polite) this.#post.say({ epoch: this.#epoch, restart: true });
    else this.#connection?.restartIce();
  }

  /** The other side has not heard of this epoch: its first word went to a line that was dead already. */
  #retell(): void {
    if (this.state.peek() === 'failed' || Date.now() - this.#retoldAt < settleMs) return;
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
    this.#places.add(connection, this.#options.local());
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
      this.#evidence.refused(event as RTCPeerConnectionIceErrorEvent);
    });
    hooks.on(connection, 'track', (event) => {
      const { transceiver, track } = event as RTCTrackEvent;
      const slot = this.#places.slotOf(connection, transceiver);
      if (slot !== undefined) this.#options.onTrack(slot, track);
    });
    hooks.on(connection, 'connectionstatechange', () => this.#recovery.look(connection));
    hooks.on(connection, 'iceconnectionstatechange', () => this.#recovery.look(connection));
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
    this.#settingAnswer = false;
    this.#early = [];
    this.#post.take();
    connection?.close();
  }

  #found(candidate: RTCIceCandidate | null): void {
    this.#evidence.found(candidate);
    const init: RTCIceCandidateInit = candidate === null ? { candidate: '', sdpMid: '0' } : candidate.toJSON();
    this.#post.say({ epoch: this.#epoch, candidate: init });
  }

  #describeTo({ type, sdp }: RTCSessionDescription): void {
    this.#post.say({ epoch: this.#epoch, description: { type, sdp: askForSilence(sdp) } });
  }

  #askUnlessHeard(): void {
    if (!this.#evidence.heard) this.#restartIce();
  }

  /** A connection of the next epoch. The one who does not make first offers asks for it. */
  #rebuild(): void {
    if (this.#closed || this.state.peek() === 'failed') return;
    this.#epoch += 1;
    this.#retoldAt = Date.now();
    this.#recovery.lost();
    if (this.#options.polite) {
      this.#dropConnection();
      this.#post.say({ epoch: this.#epoch, restart: true });
    } else {
      this.#offerAnew();
    }
  }

  #isClosed(): boolean {
    return this.#closed;
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
