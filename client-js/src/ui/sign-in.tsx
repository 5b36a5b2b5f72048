import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Account } from '../account/account';
import { asParleyError } from '../protocol/problem';
import { Button } from './parts/button';
import { Field } from './parts/field';
import { Icon, Mark } from './parts/icons';

const reasons = {
  revoked: 'Your session was ended. Please sign in again.',
  expired: 'Your session has run out. Please sign in again.',
} as const;

/** The door: sign in, or make an account where the server allows it. */
export function SignIn({ account, why }: { account: Account; why?: keyof typeof reasons }): JSX.Element {
  const [mode, setMode] = useState<'sign-in' | 'register'>('sign-in');
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { own, oidc } = account.ways.value;
  const registering = mode === 'register' && own?.registration === true;

  const leave = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await account.signInElsewhere();
    } catch (error) {
      setProblem(sentence(error, false));
      setBusy(false);
    }
  };

  const enter = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      if (registering) await account.register({ username, password, displayName: displayName.trim() || username });
      else await account.signIn(username, password);
    } catch (error) {
      setProblem(sentence(error, registering));
    } finally {
      setBusy(false);
    }
  };

  return (
    <main class="door">
      <section class="door-card" aria-labelledby="door-title">
        <header>
          <Mark size={44} />
          <h1 id="door-title">{registering ? 'Join Parley' : 'Welcome to Parley'}</h1>
          <p class="hint">{registering ? 'A name, a password, and you are in.' : 'Sign in to talk to your people.'}</p>
        </header>
        {why !== undefined && problem === null && (
          <p class="note" role="status">
            <Icon name="info" />
            {reasons[why]}
          </p>
        )}
        {problem !== null && (
          <p class="note error" role="alert">
            <Icon name="alert" />
            {problem}
          </p>
        )}
        {oidc !== undefined && (
          <div class="door-elsewhere">
            <Button tone="primary" busy={busy} onClick={() => void leave()}>
              Sign in at {new URL(oidc.issuer).host}
            </Button>
          </div>
        )}
        {own !== undefined && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void enter();
            }}
          >
            <Field label="User name" value={username} onInput={setUsername} autocomplete="username" required focus />
            {registering && (
              <Field
                label="Your name"
                value={displayName}
                onInput={setDisplayName}
                autocomplete="name"
                hint="What others see."
                maxLength={80}
              />
            )}
            <Field
              key={mode}
              label="Password"
              type="password"
              value={password}
              onInput={setPassword}
              autocomplete={registering ? 'new-password' : 'current-password'}
              required
            />
            <Button type="submit" tone="primary" busy={busy} disabled={username === '' || password === ''}>
              {registering ? 'Create account' : 'Sign in'}
            </Button>
          </form>
        )}
        {own?.registration === true && (
          <p class="door-switch">
            {registering ? 'You have an account?' : 'New here?'}{' '}
            <button
              type="button"
              class="link"
              onClick={() => {
                setMode(registering ? 'sign-in' : 'register');
                setProblem(null);
              }}
            >
              {registering ? 'Sign in' : 'Create an account'}
            </button>
          </p>
        )}
      </section>
    </main>
  );
}

function sentence(error: unknown, registering: boolean): string {
  const { code, message, retryAfterMs } = asParleyError(error);
  if (code === 'rate_limited') {
    const seconds = Math.ceil((retryAfterMs ?? 1_000) / 1000);
    return `Too many attempts. Please wait ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`;
  }
  if (registering && (code === 'forbidden' || code === 'not_found')) {
    return 'This server does not let people make their own accounts. Ask whoever runs it.';
  }
  if (!registering && code === 'unauthorized') return 'The user name or the password is wrong.';
  return message;
}
