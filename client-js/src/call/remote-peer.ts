import type { ReadonlySignal, Signal as Writable } from '@preact/signals-core';
import { batch, signal } from '@preact/signals-core';
import type { LinkFailure, LinkState, Peer, Quality } from './api';
import { comparisonCode } from './fingerprint';
import { FirstMedia } from './first-media';
import { Ladder } from './ladder';
import type { Rung } from './ladder';
import type { LegStats } from './leg-record';
import { LegRecord } from './leg-record';
import { Hooks } from './ledger';
import type { Slot } from './local-media';
import type { LinkOptions } from './peer-link';
import { PeerLink } from './peer-link';
import type { Interval } from './quality';
import { between, judge, lossMs } from './quality';
import type { Reading } from './reading';
import { read } from './reading';
import type { Load } from './sending';
import { Silence } from './silence';
import { Speech } from './voice';
import type { Participant } from './wire';

const readMs = 2_000;
const hearMs = 200;
/** Readings without a picture before it counts as missing: a camera takes a moment to open. */
const patience = 3;

export interface PeerOptions extends Omit<LinkOptions, 'onTrack' | 'load'> {
  /** From when on the person waits for this one (milliseconds of `Date.now`). */
  readonly since: number;
  readonly load: () => Omit<Load, 'rung'>;
  /** Nothing comes any more, although the browser has not noticed yet. */
  readonly onSilence: () => void;
}

/** `LinkStats` of the contract. */
export interface LegReport extends Partial<LegStats> {
  readonly legId: string;
  readonly state: LinkState;
  readonly epoch: number;
  readonly setupMs: number | null;
}

/** Somebody else's leg: what they say they send, what arrives, how well, and how much is sent to them. */
export class RemotePeer implements Peer {
  readonly legId: string;
  readonly userId: string;
  readonly stream = new MediaStream();
  readonly screenStream = new MediaStream();
  readonly connection: PeerLink;
  readonly #since: number;
  readonly #first = new FirstMedia();
  readonly #record = new LegRecord();
  readonly #load: PeerOptions['load'];
  readonly #onSilence: PeerOptions['onSilence'];
  readonly #audio: Writable<boolean>;
  readonly #video: Writable<boolean>;
  readonly #screen: Writable<boolean>;
  readonly #quality = signal<Quality | null>(null);
  readonly #rung = signal<Rung>('720p');
  readonly #pictureMissing = signal(false);
  readonly #speaking = signal(false);
  readonly #speech = new Speech();
  readonly #ladder = new Ladder();
  readonly #silence = new Silence();
  readonly #hooks = new Hooks();
  /** Of this connection, the newest last, as far back as loss is looked at. */
  #readings: readonly Reading[] = [];
  #blank = 0;

  constructor(participant: Participant, options: PeerOptions) {
    this.legId = participant.legId;
    this.userId = participant.userId;
    this.#audio = signal(participant.audio);
    this.#video = signal(participant.video);
    this.#screen = signal(participant.screen);
    this.#load = options.load;
    this.#onSilence = options.onSilence;
    this.#since = options.since;
    this.connection = new PeerLink({
      ...options,
      load: () => ({ ...options.load(), rung: this.#rung.peek() }),
      onTrack: (slot, track) => this.#arrived(slot, track),
    });
    this.#hooks.every(hearMs, () => this.#listen());
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

  get speaking(): ReadonlySignal<boolean> {
    return this.#speaking;
  }

  comparisonCode(): Promise<string | null> {
    const { localDescription, remoteDescription } = this.connection.connection ?? {};
    return comparisonCode(localDescription?.sdp, remoteDescription?.sdp);
  }

  get rung(): ReadonlySignal<Rung> {
    return this.#rung;
  }

  get pictureMissing(): ReadonlySignal<boolean> {
    return this.#pictureMissing;
  }

  /** For the record of the call. */
  get report(): LegReport {
    return {
      legId: this.legId,
      state: this.link.peek(),
      epoch: this.connection.epoch,
      setupMs: this.#first.at === null ? null : this.#first.at - this.#since,
      ...this.#record.stats,
    };
  }

  says({ audio, video, screen }: Pick<Participant, 'audio' | 'video' | 'screen'>): void {
    this.#audio.value = audio;
    this.#video.value = video;
    this.#screen.value = screen;
    this.#blank = 0;
    this.#pictureMissing.value = false;
  }

  /** How many take part, or what they are shown, has changed. */
  sizeChanged(): void {
    this.#ladder.limit(this.#load().peers > 1 ? '360p' : '720p');
    this.#rung.value = this.#ladder.rung;
    void this.connection.applyLimits();
  }

  /** The server can be reached again; what was silent then may well have moved, and so may we. */
  signallingBack(): void {
    this.connection.signallingBack();
    if (this.#silence.isDoubtful) this.connection.seek();
  }

  close(): void {
    this.#hooks.close();
    this.#first.close();
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
    this.#first.watch(track, async () => {
      const report = await this.connection.connection?.getStats();
      return report === undefined ? 0 : read(report, 0).framesDecoded;
    });
  }

  /** By what the last packets say of their loudness (RFC 6464), so that nothing has to be decoded twice. */
  #listen(): void {
    const loudest = this.connection.soundSources().map(({ audioLevel = 0 }) => audioLevel);
    this.#speaking.value = this.#speech.hear(Math.max(0, ...loudest), Date.now()) !== null && this.#audio.value;
    this.#noticeSilence(Date.now());
  }

  #noticeSilence(at: number): void {
    const link = this.connection;
    const sends = this.#audio.value || this.#video.value || this.#screen.value;
    const { connection: by, isAlive: alive } = link;
    const sign = this.#silence.weigh({ at, newest: link.newestPacket(), by, sends, alive });
    if (sign === 'none') return;
    if (sign === 'over') {
      // who has not heard of us for as long cannot show a picture that builds on what was lost
      void link.showWhole();
      return;
    }
    this.#onSilence();
    if (sign === 'lost') link.seek();
  }

  async #measure(): Promise<void> {
    const connection = this.connection.connection;
    if (connection === null || this.link.value !== 'connected') {
      this.#readings = [];
      return;
    }
    let reading: Reading;
    try {
      reading = read(await connection.getStats(), Date.now());
    } catch {
      return;
    }
    if (connection !== this.connection.connection) return;
    const before = this.#readings.at(-1);
    this.#readings = [...this.#readings.filter(({ at }) => reading.at - at < lossMs + readMs), reading];
    if (before === undefined) {
      this.#ladder.settle(reading.at);
      // also a call of a few seconds had a path
      this.#note(reading, between(reading, reading));
    } else {
      batch(() => this.#weigh(reading, between(before, reading, this.#readings[0])));
    }
  }

  #weigh(now: Reading, interval: Interval): void {
    const rung = this.#ladder.step({ ...now, loss: interval.lossThere, sent: interval.sent });
    const sends = this.#audio.value || this.#video.value || this.#screen.value;
    const quality = judge(now, interval, { sends, rung });
    this.#quality.value = quality;
    this.#blank = this.#isBlank(interval) ? this.#blank + 1 : 0;
    this.#pictureMissing.value = this.#blank >= patience;
    this.#note(now, interval);
    if (rung === this.#rung.value) return;
    this.#rung.value = rung;
    void this.connection.applyLimits();
  }

  #note(now: Reading, interval: Interval): void {
    this.#record.add(now, interval, this.#ladder);
  }

  /** The sound alone says that it is not the whole path. */
  #isBlank({ audioReceived, videoReceived }: Interval): boolean {
    return (this.#video.value || this.#screen.value) && audioReceived > 0 && videoReceived === 0;
  }
}
