import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import type { Memory, Page } from './oidc';
import { Oidc } from './oidc';
import { Tokens } from './tokens';

const issuer = { issuer: 'https://id.example/realm', clientId: 'parley', scopes: 'openid profile' };
const home = 'https://chat.example/';

afterEach(() => vi.unstubAllGlobals());

function memory(): Memory {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** A browser's tab at an address, and where it was sent. */
function tab(address = home): Page & { at: URL; left: URL | null } {
  const page = {
    at: new URL(address),
    left: null as URL | null,
    address: () => page.at,
    go: (to: string) => void (page.left = new URL(to)),
    rewrite: (to: string) => void (page.at = new URL(to)),
    tab: memory(),
    browser: memory(),
    now: () => 1_000_000,
  };
  return page;
}

interface Asked {
  readonly path: string;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

/** An issuer that grants whatever is asked with a good verifier, and our server beside it. */
function world(page: { left: URL | null }, change: (claims: Record<string, unknown>) => void = () => undefined) {
  const asked: Asked[] = [];
  const state = { count: 0, refuse: false, me: 200, ways: { oidc: issuer } as unknown };
  const token = (): Response => {
    const query = page.left?.searchParams ?? new URLSearchParams();
    const claims = { iss: issuer.issuer, sub: 'ada', aud: 'parley', exp: 2000, nonce: query.get('nonce') };
    change(claims);
    state.count += 1;
    return Response.json({
      access_token: `access-${state.count}`,
      refresh_token: `refresh-${state.count}`,
      expires_in: 300,
      id_token: `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`,
    });
  };
  vi.stubGlobal('fetch', (address: string, init: RequestInit = {}) => {
    const form = new URLSearchParams(init.body instanceof URLSearchParams ? init.body : '');
    asked.push({ path: address, form, authorization: new Headers(init.headers).get('Authorization') ?? undefined });
    switch (address) {
      case 'https://id.example/realm/.well-known/openid-configuration':
        return Promise.resolve(
          Response.json({
            issuer: issuer.issuer,
            authorization_endpoint: 'https://id.example/auth',
            token_endpoint: 'https://id.example/token',
            end_session_endpoint: 'https://id.example/logout',
          }),
        );
      case 'https://id.example/token':
        return Promise.resolve(state.refuse ? Response.json({ error: 'invalid_grant' }, { status: 400 }) : token());
      case '/api/auth/config':
        return Promise.resolve(Response.json(state.ways));
      case '/api/me':
        return Promise.resolve(
          state.me === 200
            ? Response.json({ id: 'u-ada', username: 'ada', displayName: 'Ada' })
            : Response.json({ code: 'unauthorized' }, { status: state.me }),
        );
      default:
        return Promise.resolve(new Response(null, { status: 204 }));
    }
  });
  return { asked, state };
}

/** The issuer sends the tab back, as a reload of the page. */
function comeBack(page: ReturnType<typeof tab>, answer: Record<string, string> = {}): void {
  const state = page.left?.searchParams.get('state') ?? '';
  page.at = new URL(`${home}#${new URLSearchParams({ state, code: 'the-code', ...answer }).toString()}`);
}

test('a_code_is_traded_with_the_verifier_whose_hash_was_shown', async () => {
  const page = tab(`${home}#/rooms/r-1`);
  const { asked } = world(page);

  await new Oidc(issuer, page).begin();
  const sent = page.left?.searchParams;
  comeBack(page);
  const grant = await new Oidc(issuer, page).finish();

  expect(grant).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' });
  expect(page.at.href).toBe(`${home}#/rooms/r-1`);
  expect(sent?.get('code_challenge_method')).toBe('S256');
  const form = asked.find(({ path }) => path.endsWith('/token'))?.form;
  expect(Object.fromEntries(form ?? [])).toMatchObject({
    grant_type: 'authorization_code',
    code: 'the-code',
    redirect_uri: home,
    client_id: 'parley',
  });
  const hash = createHash('sha256').update(form?.get('code_verifier') ?? '');
  expect(sent?.get('code_challenge')).toBe(hash.digest('base64url'));
  expect(page.tab.getItem('parley-oidc-attempt')).toBeNull();
});

test.each([
  ['state', { state: 'of somebody else' }],
  ['iss', { iss: 'https://evil.example' }],
  ['login_required', { error: 'login_required' }],
])('an_answer_with_a_wrong_%s_is_worth_nothing', async (why, answer) => {
  const page = tab();
  const { asked } = world(page);
  await new Oidc(issuer, page).begin('none');
  expect(page.left?.searchParams.get('prompt')).toBe('none');

  comeBack(page, answer);

  await expect(new Oidc(issuer, page).finish()).rejects.toMatchObject({ code: 'unauthorized', details: why });
  expect(asked.some(({ path }) => path.endsWith('/token'))).toBe(false);
  expect(page.at.href).toBe(home);
});

test.each([
  ['nonce', { nonce: 'of another attempt' }],
  ['aud', { aud: ['another client'] }],
  ['iss', { iss: 'https://evil.example' }],
  ['exp', { exp: 900 }],
])('an_id_token_with_a_wrong_%s_is_refused', async (why, wrong) => {
  const page = tab();
  world(page, (claims) => Object.assign(claims, wrong));
  await new Oidc(issuer, page).begin();
  comeBack(page);

  await expect(new Oidc(issuer, page).finish()).rejects.toMatchObject({ code: 'unauthorized', details: why });
});

test('a_link_with_a_code_that_nobody_asked_for_is_dropped', async () => {
  const page = tab(`${home}#state=x&code=y`);
  world(page);

  expect(await new Oidc(issuer, page).finish()).toBeNull();
  expect(page.at.href).toBe(home);
});

async function signedIn(page: ReturnType<typeof tab>): Promise<Tokens> {
  const first = new Tokens(page);
  expect(await first.resume()).toBe(false);
  await first.signInElsewhere();
  comeBack(page);
  const tokens = new Tokens(page);
  expect(await tokens.resume()).toBe(true);
  return tokens;
}

test('who_comes_back_is_who_the_server_says_and_is_renewed_by_the_refresh_token', async () => {
  const page = tab();
  const { asked } = world(page);
  const tokens = await signedIn(page);

  expect(tokens.user.value?.username).toBe('ada');
  expect(asked.find(({ path }) => path === '/api/me')?.authorization).toBe('Bearer access-1');
  expect(await tokens.access()).toBe('access-1');
  expect(await tokens.refresh()).toBe('access-2');
  expect(asked.at(-1)?.form.get('refresh_token')).toBe('refresh-1');
  expect(JSON.stringify([page.tab.getItem('parley-oidc-attempt'), page.browser])).not.toContain('access-');
});

test('a_reload_asks_the_issuer_without_asking_the_person', async () => {
  const page = tab();
  world(page);
  await signedIn(page);
  page.left = null;

  void new Tokens(page).resume();

  await vi.waitFor(() => expect(page.left?.searchParams.get('prompt')).toBe('none'));
  comeBack(page);
  expect(await new Tokens(page).resume()).toBe(true);
});

test('who_is_signed_out_at_the_issuer_is_signed_out_here', async () => {
  const page = tab();
  const { state } = world(page);
  const tokens = await signedIn(page);
  state.refuse = true;

  await expect(tokens.refresh()).rejects.toMatchObject({ code: 'unauthorized' });

  expect(tokens.user.value).toBeNull();
});

test('a_session_that_the_server_ended_begins_again_with_a_new_proof_only', async () => {
  const page = tab();
  const { state } = world(page);
  await signedIn(page);
  state.me = 401;
  const reloaded = new Tokens(page);
  void reloaded.resume();
  await vi.waitFor(() => expect(page.left?.searchParams.get('prompt')).toBe('none'));
  comeBack(page);
  const tokens = new Tokens(page);

  expect(await tokens.resume()).toBe(false);
  await tokens.signInElsewhere();

  expect(page.left?.searchParams.get('prompt')).toBe('login');
});

test('signing_out_ends_the_session_at_the_issuer_too', async () => {
  const page = tab();
  const { asked } = world(page);
  const tokens = await signedIn(page);

  await tokens.signOut();

  expect(asked.at(-1)).toMatchObject({ path: '/api/auth/logout', authorization: 'Bearer access-1' });
  expect(page.left?.href).toContain('https://id.example/logout');
  expect(page.left?.searchParams.get('post_logout_redirect_uri')).toBe(home);
  expect(page.left?.searchParams.get('id_token_hint')).toMatch(/^e30\./);
  expect(tokens.user.value).toBeNull();
  page.at = new URL(home);
  expect(await new Tokens(page).resume()).toBe(false);
});
