import { array, number, object, string } from '../protocol/decode';
import { ParleyError, sentence } from '../protocol/problem';

/** An OpenID Connect issuer, as the server names it. */
export interface Issuer {
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: string;
}

/** What the issuer gave: kept in memory, and nowhere else. */
export interface Grant {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken?: string;
  readonly idToken: string;
}

export type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The page, as far as signing in moves it. */
export interface Page {
  readonly address: () => URL;
  /** Leaves for another address. */
  readonly go: (address: string) => void;
  /** Shows another address without leaving. */
  readonly rewrite: (address: string) => void;
  /** Lasts as long as the tab. */
  readonly tab: Memory;
  /** Lasts. */
  readonly browser: Memory;
  readonly now: () => number;
}

export const browserPage: Page = {
  address: () => new URL(window.location.href),
  go: (address) => window.location.assign(address),
  rewrite: (address) => {
    window.history.replaceState(null, '', address);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  },
  get tab() {
    return window.sessionStorage;
  },
  get browser() {
    return window.localStorage;
  },
  now: () => Date.now(),
};

const attemptKey = 'parley-oidc-attempt';
/** Clocks differ. */
const skewSeconds = 60;
const requestMs = 15_000;

const metadata = object(
  { issuer: string, authorization_endpoint: string, token_endpoint: string },
  { end_session_endpoint: string },
);
const granted = object({ access_token: string }, { expires_in: number, refresh_token: string, id_token: string });
const claims = object({ iss: string, sub: string, exp: number }, { nonce: string });
const attempt = object({ state: string, nonce: string, verifier: string, hash: string });

/**
 * Authorization Code with PKCE (RFC 7636, S256) at an OpenID Connect issuer. The code comes back in the fragment, so that no
 * server's log ever has it; state binds it to this tab, the nonce binds the ID token to this attempt.
 */
export class Oidc {
  readonly #issuer: Issuer;
  readonly #page: Page;
  #endpoints: Promise<ReturnType<typeof metadata>> | null = null;
  #idToken: string | null = null;

  constructor(issuer: Issuer, page: Page) {
    this.#issuer = issuer;
    this.#page = page;
  }

  /**
   * Leaves for the issuer. `none` asks nobody anything: whoever is still signed in there comes back with a code, everybody
   * else with `login_required`. `login` has people prove themselves even if they are signed in there.
   */
  async begin(prompt?: 'none' | 'login'): Promise<void> {
    const { authorization_endpoint } = await this.#discovered();
    const state = random();
    const nonce = random();
    const verifier = random();
    const { hash } = this.#page.address();
    this.#page.tab.setItem(attemptKey, JSON.stringify({ state, nonce, verifier, hash }));
    const address = new URL(authorization_endpoint);
    const query = {
      client_id: this.#issuer.clientId,
      response_type: 'code',
      response_mode: 'fragment',
      redirect_uri: this.#home(),
      scope: this.#issuer.scopes,
      state,
      nonce,
      code_challenge: await challenge(verifier),
      code_challenge_method: 'S256',
      ...(prompt === undefined ? {} : { prompt }),
    };
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    this.#page.go(address.toString());
  }

  /**
   * Takes up what the issuer sent this page back with. Answers `null` when the page was just opened, the grant of a success;
   * rejects with `unauthorized` when there is none (the `details` are the issuer's word, such as `login_required`).
   */
  async finish(): Promise<Grant | null> {
    const answer = this.#answer();
    const begun = this.#page.tab.getItem(attemptKey);
    if (answer === null) return null;
    this.#page.tab.removeItem(attemptKey);
    if (begun === null) {
      // A link of somebody else's, or the address of long ago.
      this.#page.rewrite(this.#home());
      return null;
    }
    const { state, nonce, verifier, hash } = attempt(JSON.parse(begun));
    this.#page.rewrite(this.#home() + hash);
    const error = answer.get('error');
    if (answer.get('state') !== state) throw refused('state');
    if (error !== null) throw refused(error);
    const { issuer } = await this.#discovered();
    // RFC 9207: an answer that another issuer gave is not meant for this one's token endpoint.
    if ((answer.get('iss') ?? issuer) !== issuer) throw refused('iss');
    return this.#ask({
      grant_type: 'authorization_code',
      code: answer.get('code') ?? '',
      redirect_uri: this.#home(),
      code_verifier: verifier,
    }).then((grant) => this.#checked(grant, nonce));
  }

  /** The next access token; rejects with `unauthorized` when the issuer has ended the session. */
  async renew(refreshToken: string): Promise<Grant> {
    const grant = await this.#ask({ grant_type: 'refresh_token', refresh_token: refreshToken });
    return {
      ...grant,
      refreshToken: grant.refreshToken ?? refreshToken,
      idToken: grant.idToken || (this.#idToken ?? ''),
    };
  }

  /** Leaves for the end of the issuer's own session, if the issuer has one; comes back here. */
  async signOut(): Promise<void> {
    const { end_session_endpoint } = await this.#discovered();
    const idToken = this.#idToken;
    this.#idToken = null;
    if (end_session_endpoint === undefined) return;
    const address = new URL(end_session_endpoint);
    address.searchParams.set('client_id', this.#issuer.clientId);
    address.searchParams.set('post_logout_redirect_uri', this.#home());
    if (idToken !== null && idToken !== '') address.searchParams.set('id_token_hint', idToken);
    this.#page.go(address.toString());
  }

  #answer(): URLSearchParams | null {
    const { hash, search } = this.#page.address();
    for (const text of [hash.slice(1), search.slice(1)]) {
      const found = new URLSearchParams(text);
      if (found.has('state') && (found.has('code') || found.has('error'))) return found;
    }
    return null;
  }

  #home(): string {
    return `${this.#page.address().origin}/`;
  }

  /** OpenID Connect Core 3.1.3.7: it comes from the token endpoint itself, so TLS stands in for its signature. */
  #checked(grant: Grant, nonce: string): Grant {
    const payload = decodedPart(grant.idToken);
    const { iss, exp, nonce: heard } = claims(payload);
    const audiences = audience(payload);
    if (iss !== this.#issuer.issuer) throw refused('iss');
    if (!audiences.includes(this.#issuer.clientId)) throw refused('aud');
    if (heard !== nonce) throw refused('nonce');
    if (exp + skewSeconds < this.#page.now() / 1000) throw refused('exp');
    return grant;
  }

  async #ask(form: Readonly<Record<string, string>>): Promise<Grant> {
    const { token_endpoint } = await this.#discovered();
    const response = await fetched(token_endpoint, {
      method: 'POST',
      body: new URLSearchParams({ ...form, client_id: this.#issuer.clientId }),
    });
    if (response.status >= 500 || response.status === 429)
      throw new ParleyError('unavailable', sentence('unavailable'));
    if (!response.ok) throw refused('token');
    const { access_token, expires_in = 60, refresh_token, id_token = '' } = granted(await response.json());
    if (id_token !== '') this.#idToken = id_token;
    return {
      accessToken: access_token,
      expiresIn: expires_in,
      idToken: id_token,
      ...(refresh_token === undefined ? {} : { refreshToken: refresh_token }),
    };
  }

  #discovered(): Promise<ReturnType<typeof metadata>> {
    this.#endpoints ??= this.#discover().catch((error: unknown) => {
      this.#endpoints = null;
      throw error;
    });
    return this.#endpoints;
  }

  async #discover(): Promise<ReturnType<typeof metadata>> {
    const base = this.#issuer.issuer.replace(/\/$/, '');
    const response = await fetched(`${base}/.well-known/openid-configuration`, {});
    if (!response.ok) throw new ParleyError('unavailable', sentence('unavailable'));
    const found = metadata(await response.json());
    if (found.issuer !== this.#issuer.issuer) throw refused('issuer');
    return found;
  }
}

function refused(why: string): ParleyError {
  return new ParleyError('unauthorized', 'The sign-in was not completed.', { details: why });
}

async function fetched(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, credentials: 'omit', signal: AbortSignal.timeout(requestMs) });
  } catch {
    throw new ParleyError('offline', 'The sign-in service cannot be reached.');
  }
}

/** 256 random bits. */
function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challenge(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function decodedPart(token: string): unknown {
  const part = token.split('.')[1] ?? '';
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw refused('id_token');
  }
}

function audience(payload: unknown): readonly string[] {
  const { aud } = payload as { aud?: unknown };
  return typeof aud === 'string' ? [aud] : array(string)(aud);
}
