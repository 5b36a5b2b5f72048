import type { ReadonlySignal, Signal as Writable } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { LinkFailure, LinkState, Peer, Quality } from './api';
import { Hooks } from './ledger';
import type { Slot } from './local-media';
import type { LinkOptions } from './peer-link';
import { PeerLink } from './peer-link';
import type { Reading } from './quality';
import { judge, read } from './quality';
import type { Participant } from './wire';

const readMs = 2_000;

/** Somebody else's leg: what they say they send, what arrives, and how well. */
export class RemotePeer implements Peer {
  readonly legId: string;
  readonly userId: string;
  readonly stream = new MediaStream();
  readonly screenStream = new MediaStream();
  readonly connection: PeerLink;
  readonly #audio: Writable<boolean>;
  readonly #video: Writable<boolean>;
  readonly #screen: Writable<boolean>;
  readonly #quality = signal<Quality | null>(null);
  readonly #hooks = new Hooks();
  #reading: Reading | null = null;
  #worstLoss = 0;

  constructor(participant: Participant, link: Omit<LinkOptions, 'onTrack'>) {
    this.legId = participant.legId;
    this.userId = participant.userId;
    this.#audio = signal(participant.audio);
    this.#video = signal(participant.video);
    this.#screen = signal(participant.screen);
    this.connection = new PeerLink({ ...link, onTrack: (slot, track) => this.#arrived(slot, track) });
    this.#hooks.every(readMs, () => void this.#measure());
  }

  get audio(): ReadonlySignal<boolean> {
    return this.#audio;
  }

  get video(): ReadonlySignal<boolean> {
    return this.#video;
  }

  get screen(): ReadonlySignal<boolean> {
    return this.#screen;
  }

  get link(): ReadonlySignal<LinkState> {
    return this.connection.state;
  }

  get failure(): ReadonlySignal<LinkFailure | null> {
    return this.connection.failure;
  }

  get quality(): ReadonlySignal<Quality | null> {
    return this.#quality;
  }

  /** For the record of the call. */
  get worstLoss(): number {
    return this.#worstLoss;
  }

  says({ audio, video, screen }: Pick<Participant, 'audio' | 'video' | 'screen'>): void {
    this.#audio.value = audio;
    this.#video.value = video;
    this.#screen.value = screen;
  }

  close(): void {
    this.#hooks.close();
    this.connection.close();
    for (const stream of [this.stream, this.screenStream]) {
      for (const track of stream.getTracks()) {
        track.stop();
        stream.removeTrack(track);
      }
    }
  }

  /** A new connection brings new tracks; each takes the place of the one before, in the same stream. */
  #arrived(slot: Slot, track: MediaStreamTrack): void {
    const stream = slot === 'screen' ? this.screenStream : this.stream;
    for (const before of stream.getTracks()) if (before.kind === track.kind) stream.removeTrack(before);
    stream.addTrack(track);
  }

  async #measure(): Promise<void> {
    const connection = this.connection.connection;
    if (connection === null || this.link.value !== 'connected') {
      this.#reading = null;
      return;
    }
    let reading: Reading;
    try {
      reading = read(await connection.getStats(), Date.now());
    } catch {
      return;
    }
    if (this.#reading !== null) {
      const quality = judge(this.#reading, reading);
      this.#quality.value = quality;
      this.#worstLoss = Math.max(this.#worstLoss, quality.loss ?? 0);
    }
    this.#reading = reading;
  }
}
