import { computed, signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Connection } from '../net/connection';
import type { Registration, Tokens } from '../net/tokens';
import { asParleyError } from '../protocol/problem';
import type { SignInWays, User } from '../protocol/shapes';

/** Where this page stands: still asking, at the door (and why), or in. */
export type Standing =
  | { readonly state: 'starting' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'out'; readonly why?: 'revoked' | 'expired' }
  | { readonly state: 'in'; readonly user: User };

/** Signing in, staying in over a reload, signing out. The socket lives exactly as long as somebody is signed in. */
export class Account {
  readonly #tokens: Tokens;
  readonly #connection: Connection;
  readonly #phase = signal<'starting' | 'unreachable' | 'settled'>('starting');
  readonly standing: ReadonlySignal<Standing>;

  constructor(tokens: Tokens, connection: Connection) {
    this.#tokens = tokens;
    this.#connection = connection;
    this.standing = computed(() => {
      const user = tokens.user.value;
      if (user !== null) return { state: 'in', user };
      if (this.#phase.value !== 'settled') return { state: this.#phase.value };
      const link = connection.link.value;
      return link.state === 'signed_out' ? { state: 'out', why: link.why } : { state: 'out' };
    });
  }

  /** Takes up the session of the last visit, if there is one. */
  async resume(): Promise<void> {
    this.#phase.value = 'starting';
    try {
      if (await this.#tokens.resume()) this.#connection.start();
      this.#phase.value = 'settled';
    } catch (error) {
      const { code } = asParleyError(error);
      this.#phase.value =
        code === 'offline' || code === 'unavailable' || code === 'internal' ? 'unreachable' : 'settled';
    }
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.#tokens.signIn(username, password);
    this.#enter();
  }

  /** How one may sign in here. */
  get ways(): ReadonlySignal<SignInWays> {
    return this.#tokens.ways;
  }

  /** Leaves for the issuer that the server names. */
  async signInElsewhere(): Promise<void> {
    await this.#tokens.signInElsewhere();
  }

  async register(registration: Registration): Promise<void> {
    await this.#tokens.register(registration);
    this.#enter();
  }

  async signOut(): Promise<void> {
    this.#connection.stop();
    await this.#tokens.signOut();
  }

  #enter(): void {
    this.#phase.value = 'settled';
    this.#connection.start();
  }
}
