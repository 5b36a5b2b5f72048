import type { ReadonlySignal } from '@preact/signals-core';
import { computed, signal } from '@preact/signals-core';
import type { Slot } from './local-media';
import type { MediaPath, PathOptions } from './media-path';
import type { LegReport } from './remote-peer';
import { RemotePeer } from './remote-peer';
import { sizeRung } from './sending';
import type { Participant, Signal } from './wire';

/** More legs than a call has at once, fewer than a report may hold. */
const keepReports = 12;

/** Media from each to each, over a connection of their own. */
export class Mesh implements MediaPath {
  readonly #options: PathOptions;
  readonly #peers = signal<readonly RemotePeer[]>([]);
  readonly #isCrowded = computed(() => sizeRung(this.#peers.value.length) === 'audio');
  /** What is to be said of those who left. */
  #gone: readonly LegReport[] = [];

  constructor(options: PathOptions) {
    this.#options = options;
  }

  get peers(): ReadonlySignal<readonly RemotePeer[]> {
    return this.#peers;
  }

  get isCrowded(): ReadonlySignal<boolean> {
    return this.#isCrowded;
  }

  get reports(): readonly LegReport[] {
    return [...this.#gone, ...this.#peers.peek().map((peer) => peer.report)];
  }

  enter(participant: Participant, polite: boolean, since: number): void {
    const { legId } = participant;
    const known = this.#find(legId);
    if (known !== undefined) {
      known.says(participant);
      return;
    }
    const { configuration, local, motion, send, onSilence, connect } = this.#options;
    const peer = new RemotePeer(participant, {
      polite,
      since,
      configuration,
      local,
      load: () => ({ peers: this.#peers.value.length, motion: motion() }),
      send: (message) => send(legId, message),
      onSilence,
      ...(connect === undefined ? {} : { connect }),
    });
    this.#peers.value = [...this.#peers.value, peer];
    peer.connection.start();
    this.#sizeChanged();
  }

  exit(legId: string): void {
    const gone = this.#find(legId);
    if (gone === undefined) return;
    this.#peers.value = this.#peers.value.filter((peer) => peer !== gone);
    this.#gone = [...this.#gone, gone.report].slice(-keepReports);
    gone.close();
    this.#sizeChanged();
  }

  says(legId: string, what: Pick<Participant, 'audio' | 'video' | 'screen'>): void {
    this.#find(legId)?.says(what);
  }

  receive(message: Signal): boolean {
    const peer = this.#find(message.fromLegId);
    if (peer !== undefined) void peer.connection.receive(message);
    return peer !== undefined;
  }

  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    for (const { connection } of this.#peers.value) void connection.setTrack(slot, track);
  }

  applyLimits(): void {
    for (const { connection } of this.#peers.value) void connection.applyLimits();
  }

  signallingBack(legId?: string): void {
    if (legId === undefined) for (const peer of this.#peers.value) peer.signallingBack();
    // one message was not taken: nothing is known of the path
    else this.#find(legId)?.connection.signallingBack();
  }

  networkChanged(): void {
    for (const { connection } of this.#peers.value) connection.restart();
  }

  serversChanged(): void {
    for (const peer of this.#peers.value) peer.connection.refreshServers(peer.quality.value?.path === 'relay');
  }

  pathsChosen(): void {
    for (const { connection } of this.#peers.peek()) connection.refreshServers(true);
  }

  close(): void {
    const peers = this.#peers.peek();
    this.#peers.value = [];
    for (const peer of peers) peer.close();
  }

  #find(legId: string): RemotePeer | undefined {
    return this.#peers.value.find((peer) => peer.legId === legId);
  }

  #sizeChanged(): void {
    for (const peer of this.#peers.value) peer.sizeChanged();
  }
}
