import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { ParleyError, errorFromProblem } from '../protocol/problem';
import type { Login, SignInWays, User } from '../protocol/shapes';
import { login, signInWays, user as userShape } from '../protocol/shapes';
import type { Grant, Page } from './oidc';
import { Oidc } from './oidc';

export interface Registration {
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
}

/** Renewed this long before the access token ends, so that no request meets its last second. */
const marginMs = 60_000;

/** That the person signed in at the issuer before, so that a reload may ask there again. */
const elsewhereKey = 'parley-signed-in-elsewhere';

/** By then the browser has left, or never will. */
const leavingMs = 30_000;

/** What a server is taken for that does not say how one signs in. */
const ownOnly: SignInWays = { own: { registration: true } };

/**
 * Who is signed in and with which token. The access token lives in memory only; our own refresh token is a cookie that this
 * page cannot read, that of another issuer lives in memory too: after a reload the issuer is asked anew. One refresh at a time, in all tabs of this browser together: a refresh token that is used twice
 * counts as stolen and ends the whole session.
 */
export class Tokens {
  readonly #user = signal<User | null>(null);
  #token: { readonly value: string; readonly staleAt: number } | null = null;
  #refreshing: Promise<string> | null = null;
  readonly #ways = signal<SignInWays>(ownOnly);
  readonly #page: Page | null;
  #oidc: Oidc | null = null;
  #grant: Grant | null = null;
  /** The server ended the session that the issuer still has: only a new proof begins a new one. */
  #prove = false;

  /** @param page what moves when people sign in elsewhere; null where they cannot */
  constructor(page: Page | null = null) {
    this.#page = page;
  }

  /** How one may sign in here, as far as it is known. */
  get ways(): ReadonlySignal<SignInWays> {
    return this.#ways;
  }

  /** The token as it is, for when there is no time to ask for another; null without one. */
  get atHand(): string | null {
    return this.#token?.value ?? null;
  }

  get user(): ReadonlySignal<User | null> {
    return this.#user;
  }

  /** Takes up the session of the last visit, here or at the issuer; answers whether there is one. */
  async resume(): Promise<boolean> {
    const { own } = await this.#learn();
    if (this.#oidc !== null && (await this.#resumeElsewhere(this.#oidc))) return true;
    if (own === undefined) return false;
    try {
      await this.refresh();
      return true;
    } catch (error) {
      if (error instanceof ParleyError && isSignedOut(error)) return false;
      throw error;
    }
  }

  signIn(username: string, password: string): Promise<void> {
    return this.#enter('/api/auth/login', { username, password });
  }

  register(registration: Registration): Promise<void> {
    return this.#enter('/api/auth/register', registration);
  }

  /** Leaves for the issuer; the page that comes back resumes. */
  async signInElsewhere(): Promise<void> {
    await this.#oidc?.begin(this.#prove ? 'login' : undefined);
  }

  /** Ends the session on the server, at the issuer and here; here also when nobody can be told. */
  async signOut(): Promise<void> {
    const token = this.#token?.value;
    const elsewhere = this.#grant !== null;
    this.forget();
    await post('/api/auth/logout', undefined, token).catch(() => undefined);
    if (elsewhere) {
      this.#page?.browser.removeItem(elsewhereKey);
      await this.#oidc?.signOut().catch(() => undefined);
    }
  }

  /** Drops what this page knows, for when the server has ended the session. */
  forget(): void {
    this.#prove ||= this.#grant !== null;
    this.#grant = null;
    this.#token = null;
    this.#user.value = null;
  }

  /** A token that is good for now. */
  access(): Promise<string> {
    const token = this.#token;
    return token !== null && Date.now() < token.staleAt ? Promise.resolve(token.value) : this.refresh();
  }

  /** A new token, even if the old one still looks good. */
  refresh(): Promise<string> {
    this.#refreshing ??= exclusively(() => this.#renew()).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #learn(): Promise<SignInWays> {
    const response = await get('/api/auth/config');
    if (response.status >= 500) throw errorFromProblem(response.status, await bodyOf(response));
    const ways = response.ok ? signInWays(await response.json()) : ownOnly;
    this.#ways.value = ways;
    this.#oidc = ways.oidc !== undefined && this.#page !== null ? new Oidc(ways.oidc, this.#page) : null;
    return ways;
  }

  async #resumeElsewhere(oidc: Oidc): Promise<boolean> {
    const memory = this.#page?.browser;
    try {
      const grant = await oidc.finish();
      if (grant !== null) {
        await this.#admit(grant);
        memory?.setItem(elsewhereKey, 'yes');
        return true;
      }
      if (memory?.getItem(elsewhereKey) == null) return false;
      await leave(oidc.begin('none'));
      return false;
    } catch (error) {
      if (!(error instanceof ParleyError) || !isSignedOut(error)) throw error;
      memory?.removeItem(elsewhereKey);
      return false;
    }
  }

  /** Whom a grant stands for, in this server's eyes. */
  async #admit(grant: Grant): Promise<void> {
    const response = await get('/api/me', grant.accessToken);
    this.#prove = response.status === 401;
    if (!response.ok) throw errorFromProblem(response.status, await bodyOf(response));
    const user = userShape(await response.json());
    this.#hold(grant);
    this.#user.value = user;
  }

  async #renewElsewhere(grant: Grant): Promise<string> {
    if (this.#oidc === null || grant.refreshToken === undefined) {
      // No token to renew with: the issuer is asked by way of the address, and this page begins anew.
      await leave(this.#oidc?.begin('none'));
      throw new ParleyError('offline', 'The sign-in service cannot be reached.');
    }
    try {
      return this.#hold(await this.#oidc.renew(grant.refreshToken));
    } catch (error) {
      if (error instanceof ParleyError && isSignedOut(error)) this.forget();
      throw error;
    }
  }

  #hold(grant: Grant): string {
    this.#grant = grant;
    this.#keep(grant.accessToken, grant.expiresIn);
    return grant.accessToken;
  }

  async #renew(): Promise<string> {
    if (this.#grant !== null) return this.#renewElsewhere(this.#grant);
    const response = await post('/api/auth/refresh');
    if (response.ok) return this.#accept(login(await response.json()));
    const error = errorFromProblem(response.status, await bodyOf(response));
    if (isSignedOut(error)) this.forget();
    throw error;
  }

  async #enter(path: string, body: unknown): Promise<void> {
    const response = await post(path, body);
    if (!response.ok) throw errorFromProblem(response.status, await bodyOf(response), retryAfterMs(response));
    this.#accept(login(await response.json()));
  }

  #accept({ accessToken, expiresIn, user }: Login): string {
    this.#keep(accessToken, expiresIn);
    if (this.#user.peek()?.id !== user.id) this.#user.value = user;
    return accessToken;
  }

  #keep(value: string, expiresIn: number): void {
    const lifeMs = expiresIn * 1000;
    this.#token = { value, staleAt: Date.now() + lifeMs - Math.min(marginMs, lifeMs / 2) };
  }
}

export function isSignedOut(error: ParleyError): boolean {
  return error.code === 'unauthorized' || error.code === 'forbidden';
}

export function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

export async function bodyOf(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}

/** The page is on its way to another address: waits until it is gone. */
async function leave(going: Promise<void> | undefined): Promise<void> {
  await going;
  await new Promise((resolve) => setTimeout(resolve, leavingMs));
}

async function get(path: string, token?: string): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (token !== undefined) headers.Authorization = `Bearer ${token}`;
  try {
    return await fetch(path, { headers, credentials: 'same-origin' });
  } catch {
    throw new ParleyError('offline', 'The server cannot be reached.');
  }
}

async function post(path: string, body?: unknown, token?: string): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token !== undefined) headers.Authorization = `Bearer ${token}`;
  try {
    return await fetch(path, {
      method: 'POST',
      headers,
      credentials: 'same-origin',
      // A refresh that is cut off by a reload would lose the rotated cookie; this one is finished all the same.
      keepalive: true,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ParleyError('offline', 'The server cannot be reached.');
  }
}

/** Web Locks span the tabs of one browser. Pages without them (insecure origins) take the risk of two tabs at once. */
async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager | null }).locks;
  return locks == null ? work() : locks.request('parley-refresh', work);
}
