import type { CallKind, Admission, Call, IceServers, Renewal, Signalling } from './wire';

/** The part of their life after which credentials are replaced. */
const refreshAfter = 0.8;
const defaultTtlMs = 600_000;
/** After a restart of the servers the others come back one by one. */
const backMs = 45_000;
/** How long a goodbye may take before nobody waits for it any more. */
const goodbyeMs = 3_000;

export interface SeatOptions {
  readonly roomId: string;
  readonly kind: CallKind;
  /** What this device sends, for when it has to take its place anew. */
  readonly sends: () => { readonly audio: boolean; readonly video: boolean };
  /** Only where people talk is there something to go on with when no server knows the call. */
  readonly talks: () => boolean;
  readonly onCall: (call: Call) => void;
  /** There are other servers and credentials for new paths. */
  readonly onServers: () => void;
  readonly onLost: () => void;
}

/** This device's place in a call, as the server keeps it: a leg, its lease, and what came with it. */
export class Seat {
  readonly #signalling: Signalling;
  readonly #options: SeatOptions;
  #callId = '';
  #legId = '';
  #iceServers: RTCIceServer[] = [];
  #relayOnly = false;
  #refreshAt = Infinity;
  #renewing: Promise<void> | null = null;
  #backUntil = 0;
  #left = false;

  constructor(signalling: Signalling, options: SeatOptions) {
    this.#signalling = signalling;
    this.#options = options;
  }

  /** Empty until the server has let this device in. */
  get callId(): string {
    return this.#callId;
  }

  get legId(): string {
    return this.#legId;
  }

  get iceServers(): RTCIceServer[] {
    return this.#iceServers;
  }

  /** Whether this server lets media go through a relay only, whatever the person chose. */
  get relayOnly(): boolean {
    return this.#relayOnly;
  }

  /** Whether somebody who is not in the server's list may still come back to it. */
  get isWaiting(): boolean {
    return Date.now() < this.#backUntil;
  }

  take({ call, legId, ...servers }: Admission): void {
    this.#callId = call.id;
    this.#legId = legId;
    this.#use(servers);
  }

  /** Nothing is renewed any more; what is said besides still is. */
  leave(): void {
    this.#left = true;
  }

  /** Keeps the lease; at most one renewal is on its way. */
  renew(): Promise<void> {
    this.#renewing ??= this.#renewOnce().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  request<T>(event: string, payload: object): Promise<T> {
    return this.#signalling.request<T>(event, { callId: this.#callId, legId: this.#legId, ...payload });
  }

  /** Makes sure that the server hears us, at once. */
  insist(): void {
    this.#signalling.insist();
  }

  async goodbye(reason: 'hangup' | 'failed'): Promise<void> {
    const goodbye = this.request('call_leave', { reason }).catch(() => undefined);
    await Promise.race([goodbye, new Promise((resolve) => setTimeout(resolve, goodbyeMs))]);
  }

  async #renewOnce(): Promise<void> {
    if (this.#left || this.#callId === '') return;
    let renewal: Renewal;
    try {
      renewal = await this.request<Renewal>('call_renew', {});
    } catch (error) {
      // Anything else is a matter of the network, and tried again.
      if (codeOf(error) === 'not_found') await this.#retake();
      return;
    }
    if (Date.now() >= this.#refreshAt) {
      this.#use(renewal);
      this.#options.onServers();
    }
    if (renewal.call !== undefined) this.#options.onCall(renewal.call);
  }

  /** Those who talk are all that is left of a call when the servers were restarted: it goes on with them. */
  async #retake(): Promise<void> {
    const { roomId, kind, sends, talks, onCall, onLost } = this.#options;
    if (!talks()) {
      onLost();
      return;
    }
    try {
      const { call } = await this.request<Admission>('call_join', { roomId, kind, ...sends() });
      this.#backUntil = Date.now() + backMs;
      onCall(call);
    } catch (error) {
      if (['not_found', 'conflict', 'invalid'].includes(codeOf(error))) onLost();
    }
  }

  #use({ iceServers, ttlMs = defaultTtlMs, relayOnly = false }: IceServers): void {
    this.#relayOnly = relayOnly;
    this.#iceServers = iceServers;
    this.#refreshAt = Date.now() + ttlMs * refreshAfter;
  }
}

export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
