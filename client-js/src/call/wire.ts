import type { Decoded } from '../protocol/decode';
import { array, object, oneOf, otherwise, string } from '../protocol/decode';

/** What calls look like on the wire, and the little that this folder needs of a connection. */

export type CallKind = 'audio' | 'video';

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly avatarUrl?: string;
}

/** One device's part in a call. */
export interface Participant {
  readonly userId: string;
  readonly sessionId: string;
  readonly legId: string;
  /** ISO-8601. */
  readonly joinedAt: string;
  readonly audio: boolean;
  readonly video: boolean;
  readonly screen: boolean;
}

export type EndReason = 'hangup' | 'declined' | 'busy' | 'missed' | 'failed' | 'lost';

export interface Call {
  readonly id: string;
  readonly roomId: string;
  readonly startedBy: string;
  readonly kind: CallKind;
  readonly state: 'ringing' | 'active' | 'ended';
  readonly participants: readonly Participant[];
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly endReason?: EndReason;
}

export interface IceServers {
  readonly iceServers: RTCIceServer[];
  /** How long the credentials live, in milliseconds. */
  readonly ttlMs?: number;
  /** Whether whoever runs the server lets media go through a relay only. */
  readonly relayOnly?: boolean;
}

const iceServerList = array(object({ urls: array(string) }, { username: string, credential: string }));

/** The answer of `GET /api/ice-servers`. */
export const iceServers = object({ iceServers: iceServerList });

const warning = oneOf(['no_stun', 'no_turn', 'no_udp', 'no_tcp', 'no_tls', 'short_secret', ''], '');

/** The answer of `GET /api/admin/ice-servers`; a warning that is not known here says nothing. */
export const relaySettings = object({ iceServers: iceServerList, warnings: otherwise(array(warning), []) });
export type RelaySettings = Decoded<typeof relaySettings>;

/** The answer to call_start, call_accept and call_join. */
export interface Admission extends IceServers {
  readonly call: Call;
  readonly legId: string;
}

/** The answer to call_renew. */
export interface Renewal extends IceServers {
  readonly call?: Call;
}

/** What the server says first on every connection; only the parts that concern calls. */
export interface SessionSnapshot {
  readonly user: Person;
  readonly sessionId: string;
  /** ISO-8601: how old something is, is a matter of the server's clock. */
  readonly serverTime?: string;
  readonly calls: readonly Call[];
}

/** A message of one leg to another, as it arrives. */
export interface Signal {
  readonly callId: string;
  readonly fromLegId: string;
  readonly epoch: number;
  readonly description?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit;
  /** Asks for a new offer. */
  readonly restart?: boolean;
}

/**
 * The connection to the server, as calls see it.
 *
 * `request` resolves with an acknowledgement's `data` and rejects with an error that has a `code` of the catalogue (`conflict`,
 * `not_found`, `rate_limited`, …) and perhaps `retryAfterMs`; it also rejects when there is no connection.
 */
export interface Signalling {
  request<T>(event: string, payload: unknown): Promise<T>;
  /** Listens to a server event; the function it returns stops listening. */
  // The payload's shape belongs to the event's name, which the type system does not know.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  on(event: string, listener: (payload: any) => void): () => void;
  /** A path for media has been lost and only the server can help to another: makes sure that it hears us, at once. */
  insist(): void;
}
