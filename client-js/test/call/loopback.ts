import type { Admission, Call, CallKind, Participant, Person, Signalling } from '../../src/call/wire';

type Listener = (payload: unknown) => void;

interface Failure {
  readonly code: string;
  readonly message: string;
}

export interface LoopbackOptions {
  /** Milliseconds that each message takes, both ways; order is kept. */
  readonly delayMs?: () => number;
  readonly iceServers?: RTCIceServer[];
  readonly ttlMs?: number;
}

/** A server in one page, as far as calls of one room need it: everybody who connects is a member. */
export class LoopbackServer {
  readonly clients: LoopbackClient[] = [];
  readonly log: { readonly event: string; readonly from: string; readonly payload: unknown }[] = [];
  call: Call | null = null;
  #counter = 0;

  constructor(readonly options: LoopbackOptions = {}) {}

  connect(name: string): LoopbackClient {
    const client = new LoopbackClient(this, { id: name, username: name, displayName: name }, `session-${name}`);
    this.clients.push(client);
    return client;
  }

  handle(client: LoopbackClient, event: string, payload: Record<string, unknown>): unknown {
    this.log.push({ event, from: client.user.id, payload });
    switch (event) {
      case 'call_start':
        return this.#start(client, payload.kind as CallKind);
      case 'call_accept':
      case 'call_join':
        return this.#join(client, payload.audio !== false, payload.video === true);
      case 'call_ringing':
        this.#tellLegs('call_ringing', { callId: this.#live().id, userId: client.user.id });
        return {};
      case 'call_decline':
        this.#live();
        this.end(payload.reason === 'busy' ? 'busy' : 'declined');
        return {};
      case 'call_renew':
        this.#own(client);
        return { call: this.#live(), iceServers: this.options.iceServers ?? [], ttlMs: this.options.ttlMs };
      case 'call_media':
        return this.#media(client, payload);
      case 'call_signal':
        return this.#signal(client, payload);
      case 'call_leave':
        return this.#leave(client);
      case 'call_report':
        return {};
      default:
        throw failure('invalid', `no event ${event}`);
    }
  }

  end(reason: string): void {
    const call = this.#live();
    this.call = null;
    for (const client of this.clients) {
      client.legId = null;
      client.deliver('call_ended', { callId: call.id, reason });
    }
  }

  #start(client: LoopbackClient, kind: CallKind): Admission {
    if (this.call !== null) return this.#join(client, true, kind === 'video');
    const me = this.#leg(client, true, kind === 'video');
    this.call = {
      id: this.#next('call'),
      roomId: 'room',
      startedBy: client.user.id,
      kind,
      state: 'ringing',
      participants: [me],
      startedAt: new Date().toISOString(),
    };
    for (const other of this.clients) {
      if (other !== client) other.deliver('call_incoming', { call: this.call, from: client.user });
    }
    return this.#admission(me);
  }

  #join(client: LoopbackClient, audio: boolean, video: boolean): Admission {
    const call = this.#live();
    const known = call.participants.find(({ userId }) => userId === client.user.id);
    if (known !== undefined) return this.#admission(known);
    const me = this.#leg(client, audio, video);
    this.call = { ...call, state: 'active', participants: [...call.participants, me] };
    for (const other of this.clients) {
      if (other !== client) other.deliver('call_joined', { callId: call.id, participant: me });
    }
    return this.#admission(me);
  }

  #media(client: LoopbackClient, payload: Record<string, unknown>): unknown {
    const legId = this.#own(client);
    const call = this.#live();
    const { audio, video, screen } = payload as unknown as Participant;
    this.call = {
      ...call,
      participants: call.participants.map((p) => (p.legId === legId ? { ...p, audio, video, screen } : p)),
    };
    this.#tellLegs('call_media', { callId: call.id, legId, userId: client.user.id, audio, video, screen });
    return {};
  }

  #signal(client: LoopbackClient, payload: Record<string, unknown>): unknown {
    const fromLegId = this.#own(client);
    const { callId, toLegId, epoch, description, candidate, restart } = payload;
    const to = this.clients.find(({ legId }) => legId === toLegId);
    if (to === undefined) throw failure('not_found', 'no such leg');
    to.deliver('call_signal', { callId, fromLegId, epoch, description, candidate, restart });
    return {};
  }

  #leave(client: LoopbackClient): unknown {
    const legId = this.#own(client);
    const call = this.#live();
    client.legId = null;
    this.call = { ...call, participants: call.participants.filter((p) => p.legId !== legId) };
    for (const other of this.clients) other.deliver('call_left', { callId: call.id, legId, reason: 'hangup' });
    if (this.call.participants.length < 2) this.end('hangup');
    return {};
  }

  #leg(client: LoopbackClient, audio: boolean, video: boolean): Participant {
    client.legId = this.#next('leg');
    return {
      userId: client.user.id,
      sessionId: client.sessionId,
      legId: client.legId,
      joinedAt: new Date().toISOString(),
      audio,
      video,
      screen: false,
    };
  }

  #admission({ legId }: Participant): Admission {
    const { iceServers = [], ttlMs } = this.options;
    return { call: this.#live(), legId, iceServers, ...(ttlMs === undefined ? {} : { ttlMs }) };
  }

  #tellLegs(event: string, payload: unknown): void {
    for (const client of this.clients) if (client.legId !== null) client.deliver(event, payload);
  }

  #own(client: LoopbackClient): string {
    if (client.legId === null) throw failure('not_found', 'no leg');
    return client.legId;
  }

  #live(): Call {
    if (this.call === null) throw failure('not_found', 'no call');
    return this.call;
  }

  #next(what: string): string {
    this.#counter += 1;
    return `${what}-${this.#counter}`;
  }
}

/** One page's connection; `offline` loses it until `online`. */
export class LoopbackClient implements Signalling {
  legId: string | null = null;
  readonly #listeners = new Map<string, Set<Listener>>();
  #in: Promise<void> = Promise.resolve();
  #out: Promise<void> = Promise.resolve();
  #online = true;

  constructor(
    readonly server: LoopbackServer,
    readonly user: Person,
    readonly sessionId: string,
  ) {}

  offline(): void {
    this.#online = false;
  }

  online(): void {
    this.#online = true;
    const calls = this.server.call === null ? [] : [this.server.call];
    this.deliver('session', { user: this.user, sessionId: this.sessionId, calls });
  }

  async request<T>(event: string, payload: unknown): Promise<T> {
    this.#requireOnline();
    const sent = this.#out.then(() => this.#pass());
    this.#out = sent;
    await sent;
    this.#requireOnline();
    const copy = JSON.parse(JSON.stringify(payload)) as Record<string, unknown>;
    const answer = JSON.parse(JSON.stringify(this.server.handle(this, event, copy))) as T;
    // an acknowledgement keeps its place among the events
    const back = this.#in.then(() => this.#pass());
    this.#in = back;
    await back;
    return answer;
  }

  insist(): void {
    // a line in one page does not go silent
  }

  on(event: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  deliver(event: string, payload: unknown): void {
    if (!this.#online) return;
    const text = JSON.stringify(payload);
    this.#in = this.#in
      .then(() => this.#pass())
      .then(() => {
        if (!this.#online) return;
        for (const listener of this.#listeners.get(event) ?? []) listener(JSON.parse(text));
      });
  }

  #requireOnline(): void {
    if (!this.#online) throw failure('offline', 'offline');
  }

  async #pass(): Promise<void> {
    const delay = this.server.options.delayMs?.() ?? 0;
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  }
}

function failure(code: string, message: string): Error & Failure {
  return Object.assign(new Error(message), { code });
}
