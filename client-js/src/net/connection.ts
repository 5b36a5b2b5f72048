import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { MalformedError } from '../protocol/decode';
import type { Link, WaitReason } from '../protocol/link';
import type { ServerEvent, ServerEvents } from '../protocol/events';
import { serverEvents } from '../protocol/events';
import { ParleyError, asParleyError, errorFromAck, sentence } from '../protocol/problem';
import { Backoff } from './backoff';
import { watchMachine } from './machine';
import { Restart } from './restart';
import { SignOfLife } from './sign-of-life';
import type { Tokens } from './tokens';
import { isSignedOut } from './tokens';

type Listener<T> = (payload: T) => void;

const requestMs = 10_000;
/** What cannot wait gives a new line so long to come. */
const comeMs = 4_000;
/** A server that is restarted is looked for at least so often. */
const restartMs = 5_000;

/**
 * The one socket of this page. It reconnects by itself, with jittered delays and whatever the server asks for; it
 * counts as online only once the `session` snapshot has come. After sleep it asks the server at once whether the line
 * still holds, instead of waiting for a heartbeat.
 */
export class Connection {
  readonly #tokens: Tokens;
  readonly #socket: Socket;
  readonly #link = signal<Link>({ state: 'idle' });
  readonly #backoff = new Backoff();
  readonly #restart = new Restart();
  readonly #signOfLife = new SignOfLife((withinMs) => this.request('sync', { rooms: [] }, withinMs));
  #unwatch: () => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = false;
  #again = false;
  #hold: { readonly why: 'rate_limited' | 'drain'; readonly ms: number } | null = null;
  #connectingSince = 0;
  /** Whether the person did something lately: what a new connection by itself does not prove. */
  activity: () => boolean = () => false;

  constructor(tokens: Tokens, url = window.location.origin) {
    this.#tokens = tokens;
    this.#socket = io(url, {
      autoConnect: false,
      reconnection: false,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      timeout: 15_000,
      auth: (send) => {
        tokens.access().then(
          // A page that was opened is a person; one that connects again by itself may be a machine that woke up.
          (token) => send({ token, active: !this.#again || this.activity() }),
          (error: unknown) => this.#refused(asParleyError(error).code, undefined),
        );
      },
    });
    this.#socket.on('disconnect', (reason, details) => this.#lost(reason, details));
    this.#socket.on('connect_error', (error) => {
      const { code, retryAfterMs } = refusal(error);
      this.#refused(code, retryAfterMs);
    });
    this.hear('session', () => {
      this.#backoff.reset();
      this.#restart.end();
      this.#again = true;
      this.#hold = null;
      this.#link.value = { state: 'online' };
    });
    this.hear('session_expiring', () => void this.#renew());
    this.hear('session_ended', ({ reason, retryAfterMs }) => this.#ended(reason, retryAfterMs));
  }

  get link(): ReadonlySignal<Link> {
    return this.#link;
  }

  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#again = false;
    this.#unwatch = watchMachine({
      back: () => void this.probe(),
      gone: () => {
        if (!this.#open()) this.#link.value = { state: 'offline' };
        else void this.probe();
      },
    });
    this.#connect();
  }

  stop(): void {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#unwatch();
    this.#socket.disconnect();
    this.#link.value = { state: 'idle' };
  }

  /** Try now, whatever the waiting time says. */
  retryNow(): void {
    if (this.#wanted && this.#link.peek().state !== 'online') this.#connect();
  }

  /** Sends an event and answers the `data` of its acknowledgement. Rejects with a `ParleyError`, at the latest in 10 s. */
  // The type is the caller's word, as with fetch().json(): who cannot vouch for it asks for unknown and decodes.
  async request<T = unknown>(event: string, payload: unknown, timeoutMs = requestMs): Promise<T> {
    if (!this.#open()) throw new ParleyError('offline', sentence('offline'));
    let answer: unknown;
    try {
      answer = await this.#socket.timeout(timeoutMs).emitWithAck(event, payload);
    } catch {
      const code = this.#open() ? 'timeout' : 'offline';
      throw new ParleyError(code, sentence(code));
    }
    const { ok, data, error } = (answer ?? {}) as { ok?: unknown; data?: unknown; error?: unknown };
    if (ok === true) return data as T;
    throw errorFromAck(error);
  }

  /** Sends what may be lost: no acknowledgement, nothing kept for later. */
  whisper(event: string, payload: unknown): void {
    if (this.#open()) this.#socket.volatile.emit(event, payload);
  }

  /** Listens to any event, undecoded. */
  on(event: string, listener: Listener<unknown>): () => void {
    this.#socket.on(event, listener);
    return () => this.#socket.off(event, listener);
  }

  /** Listens to an event of the contract; what cannot be read is dropped, it never reaches a feature. */
  hear<E extends ServerEvent>(event: E, listener: Listener<ServerEvents[E]>): () => void {
    return this.on(event, (payload) => {
      let value: ServerEvents[E];
      try {
        value = serverEvents[event](payload ?? {}) as ServerEvents[E];
      } catch (error) {
        if (error instanceof MalformedError) return;
        throw error;
      }
      listener(value);
    });
  }

  /** Asks the server for a sign of life, and starts anew when none comes. */
  async probe(): Promise<void> {
    if (this.#signOfLife.isAwaited || !this.#open()) this.retryNow();
    else if (await this.#signOfLife.isMissing()) this.#giveUp();
  }

  /**
   * The same for what cannot wait, such as a call that has lost its path: a line that is silent, or a new one that does not come, is given
   * up soon and tried anew at once. What the server asked to wait is waited.
   */
  insist(): void {
    const link = this.#link.peek();
    if (!this.#wanted || this.#signOfLife.isAwaited) return;
    if (this.#open()) void this.#renewWhenSilent();
    else if (link.state === 'waiting' && link.why === 'lost') this.#connect();
    else if (link.state === 'connecting' && Date.now() - this.#connectingSince >= comeMs) this.#anew();
  }

  async #renewWhenSilent(): Promise<void> {
    if (await this.#signOfLife.isMissingSoon()) this.#anew();
  }

  #open(): boolean {
    return this.#socket.connected;
  }

  #anew(): void {
    this.#socket.disconnect();
    // who stops it while the silence is on its way here wants no line
    if (this.#wanted) this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    if (!navigator.onLine) {
      this.#link.value = { state: 'offline' };
      return;
    }
    this.#link.value = { state: 'connecting', again: this.#again, restarts: this.#restart.isUnderWay };
    this.#connectingSince = Date.now();
    this.#socket.connect();
    // Covers what has no end of its own: a handshake that is accepted and then says nothing.
    this.#timer = setTimeout(() => {
      if (this.#link.peek().state === 'connecting') this.#giveUp();
    }, 20_000);
  }

  #giveUp(): void {
    this.#socket.disconnect();
    this.#wait('lost');
  }

  #lost(reason: Socket.DisconnectReason, details: unknown): void {
    if (!this.#wanted || reason === 'io client disconnect') return;
    const state = this.#link.peek().state;
    if (state === 'signed_out') return;
    this.#restart.lost(details);
    const hold = this.#hold;
    this.#hold = null;
    this.#wait(hold?.why ?? 'lost', hold?.ms);
  }

  #wait(why: WaitReason, atLeastMs = 0): void {
    if (!this.#wanted) return;
    if (!navigator.onLine) {
      this.#link.value = { state: 'offline' };
      return;
    }
    const restarts = why === 'lost' && this.#restart.isUnderWay;
    const delay = Math.max(Math.min(this.#backoff.next(), restarts ? restartMs : Infinity), atLeastMs);
    this.#link.value = { state: 'waiting', until: Date.now() + delay, why: restarts ? 'drain' : why };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), delay);
  }

  #refused(code: string, retryAfterMs: number | undefined): void {
    if (!this.#wanted) return;
    switch (code) {
      case 'token_missing':
      case 'token_invalid':
      case 'token_expired':
        this.#freshToken();
        return;
      case 'unauthorized':
      case 'forbidden':
        this.#signOut('expired');
        return;
      case 'too_many_connections':
        this.#wait('too_many', retryAfterMs ?? 15_000);
        return;
      case 'rate_limited':
        this.#wait('rate_limited', retryAfterMs);
        return;
      default:
        this.#socket.disconnect();
        this.#wait(code === 'unavailable' ? 'unavailable' : 'lost', retryAfterMs);
    }
  }

  #freshToken(): void {
    this.#tokens.refresh().then(
      () => this.#wait('lost'),
      (error: unknown) => {
        if (isSignedOut(asParleyError(error))) this.#signOut('expired');
        else this.#wait('lost');
      },
    );
  }

  async #renew(): Promise<void> {
    try {
      const token = await this.#tokens.refresh();
      await this.request('session_renew', { token });
    } catch (error) {
      // Anything but a clear no is met again when the server ends the session: then with a new connection.
      if (isSignedOut(asParleyError(error))) this.#signOut('expired');
    }
  }

  #ended(reason: 'expired' | 'revoked' | 'rate_limited' | 'drain', retryAfterMs = 0): void {
    switch (reason) {
      case 'revoked':
        this.#signOut('revoked');
        return;
      case 'drain':
        this.#restart.begin();
        this.#hold = { why: reason, ms: retryAfterMs };
        return;
      case 'rate_limited':
        this.#hold = { why: reason, ms: retryAfterMs };
        return;
      case 'expired':
        // The disconnect that follows brings a new connection, and that a new token.
        this.#tokens.refresh().catch(() => undefined);
    }
  }

  #signOut(why: 'revoked' | 'expired'): void {
    this.stop();
    this.#tokens.forget();
    this.#link.value = { state: 'signed_out', why };
  }
}

function refusal(error: unknown): { code: string; retryAfterMs: number | undefined } {
  const data = (error as { data?: { code?: unknown; retryAfterMs?: unknown } }).data;
  return {
    code: typeof data?.code === 'string' ? data.code : 'offline',
    retryAfterMs: typeof data?.retryAfterMs === 'number' ? data.retryAfterMs : undefined,
  };
}
