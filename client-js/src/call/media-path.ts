import type { ReadonlySignal } from '@preact/signals-core';
import type { Peer } from './api';
import type { LocalTracks, Slot } from './local-media';
import type { LegReport } from './remote-peer';
import type { Participant, Signal } from './wire';

/** What one leg says to another about media; the server passes it on and looks only at its size. */
export type PathMessage = Omit<Signal, 'callId' | 'fromLegId'>;

/** What a path needs of the call that it carries. */
export interface PathOptions {
  /** With the servers, the credentials and the person's wishes of the moment. */
  readonly configuration: () => RTCConfiguration;
  /** What is sent, now and to whoever enters. */
  readonly local: () => LocalTracks;
  /** Whether the shared screen is something that moves. */
  readonly motion: () => boolean;
  /** Resolves when the server has taken the message for that leg. */
  readonly send: (toLegId: string, message: PathMessage) => Promise<void>;
  /** Nothing comes from somebody any more, and only the server can help to another way. */
  readonly onSilence: () => void;
  readonly connect?: (configuration: RTCConfiguration) => RTCPeerConnection;
}

/**
 * How media get from everybody to everybody: over connections from each to each ({@link Mesh}) today, over a server that passes them on
 * another day. It knows nothing of ringing, leases and views, and they know nothing of it.
 */
export interface MediaPath {
  /** Everybody else whose media go this way, in the order of their coming. */
  readonly peers: ReadonlySignal<readonly Peer[]>;
  /** Whether so many take part that nobody's picture is sent. */
  readonly isCrowded: ReadonlySignal<boolean>;
  /** What there is to be said of everybody who took part, those who left too. */
  readonly reports: readonly LegReport[];

  /** Somebody takes part, or says something else of what they send. `polite`: they were here first and make the offers; `since`: this person waits for them. */
  enter(participant: Participant, polite: boolean, since: number): void;
  exit(legId: string): void;
  /** What somebody says that they send. */
  says(legId: string, what: Pick<Participant, 'audio' | 'video' | 'screen'>): void;
  /** False when it comes from nobody who is known. */
  receive(message: Signal): boolean;
  /** Puts what is sent in that place, to everybody; null for nothing. */
  setTrack(slot: Slot, track: MediaStreamTrack | null): void;
  /** What is sent is shaped anew, because what it shows or how many see it has changed. */
  applyLimits(): void;

  /** The server can be reached again, or takes messages for that leg again. */
  signallingBack(legId?: string): void;
  /** This device's addresses may have changed. */
  networkChanged(): void;
  /** There are other credentials; who depends on a relay needs them soon. */
  serversChanged(): void;
  /** Other ways are allowed from now on. */
  pathsChosen(): void;
  /** Releases everything, at once. */
  close(): void;
}
