import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { ParleyError, errorFromProblem } from '../protocol/problem';
import type { Login, User } from '../protocol/shapes';
import { login } from '../protocol/shapes';

export interface Registration {
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
}

/** Renewed this long before the access token ends, so that no request meets its last second. */
const marginMs = 60_000;

/**
 * Who is signed in and with which token. The access token lives in memory only; the refresh token is a cookie that this
 * page cannot read. One refresh at a time, in all tabs of this browser together: a refresh token that is used twice
 * counts as stolen and ends the whole session.
 */
export class Tokens {
  readonly #user = signal<User | null>(null);
  #token: { readonly value: string; readonly staleAt: number } | null = null;
  #refreshing: Promise<string> | null = null;

  get user(): ReadonlySignal<User | null> {
    return this.#user;
  }

  /** Takes up the session that the refresh cookie stands for; answers whether there is one. */
  async resume(): Promise<boolean> {
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

  /** Ends the session on the server and here; here also when the server cannot be told. */
  async signOut(): Promise<void> {
    const token = this.#token?.value;
    this.forget();
    await post('/api/auth/logout', undefined, token).catch(() => undefined);
  }

  /** Drops what this page knows, for when the server has ended the session. */
  forget(): void {
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

  async #renew(): Promise<string> {
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
    const lifeMs = expiresIn * 1000;
    this.#token = { value: accessToken, staleAt: Date.now() + lifeMs - Math.min(marginMs, lifeMs / 2) };
    if (this.#user.peek()?.id !== user.id) this.#user.value = user;
    return accessToken;
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
