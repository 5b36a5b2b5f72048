import { afterEach, expect, test, vi } from 'vitest';
import { Tokens } from './tokens';

const alice = { id: 'u-alice', username: 'alice', displayName: 'Alice' };

afterEach(() => vi.unstubAllGlobals());

function serve(answer: (path: string, count: number) => Response | Promise<Response>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return Promise.resolve(answer(path, asked.length));
  });
  return asked;
}

const login = (accessToken: string, expiresIn = 900): Response =>
  Response.json({ accessToken, expiresIn, user: alice });

test('many_who_need_a_token_cause_one_refresh', async () => {
  const asked = serve((_, count) => login(`token-${count}`));
  const tokens = new Tokens();

  const got = await Promise.all([tokens.access(), tokens.access(), tokens.refresh()]);

  expect(got).toEqual(['token-1', 'token-1', 'token-1']);
  expect(asked).toEqual(['/api/auth/refresh']);
});

test('a_token_is_renewed_before_it_ends', async () => {
  serve((_, count) => login(`token-${count}`, count === 1 ? 0 : 900));
  const tokens = new Tokens();
  await tokens.signIn('alice', 'parley');

  expect(await tokens.access()).toBe('token-2');
  expect(await tokens.access()).toBe('token-2');
});

test('without_a_session_nobody_is_signed_in', async () => {
  serve(() => Response.json({ code: 'unauthorized' }, { status: 401 }));
  const tokens = new Tokens();

  expect(await tokens.resume()).toBe(false);
  expect(tokens.user.value).toBeNull();
});

test('a_server_that_is_down_signs_nobody_out', async () => {
  serve((_, count) => (count === 1 ? login('token') : new Response(null, { status: 503 })));
  const tokens = new Tokens();
  await tokens.signIn('alice', 'parley');

  await expect(tokens.refresh()).rejects.toMatchObject({ code: 'unavailable' });
  expect(tokens.user.value).toEqual(alice);
});

test('signing_out_forgets_here_even_if_the_server_cannot_be_told', async () => {
  serve((path) => (path.endsWith('login') ? login('token') : Promise.reject(new TypeError('network'))));
  const tokens = new Tokens();
  await tokens.signIn('alice', 'parley');

  await tokens.signOut();

  expect(tokens.user.value).toBeNull();
});
