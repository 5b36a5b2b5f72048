// @vitest-environment node
import { afterEach, expect, test, vi } from 'vitest';
import { object, string } from '../protocol/decode';
import type { ParleyError } from '../protocol/problem';
import { Api, nothing } from './api';

const thing = object({ name: string });

afterEach(() => vi.unstubAllGlobals());

/** Answers requests in turn and remembers them. */
function serve(...responses: (Response | Error)[]): { url: string; authorization: string | null }[] {
  const asked: { url: string; authorization: string | null }[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push({ url, authorization: new Headers(init.headers).get('Authorization') });
    const next = responses.shift() ?? new Response(null, { status: 500 });
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
  return asked;
}

function tokens(): { access: () => Promise<string>; refresh: () => Promise<string>; refreshed: number } {
  const state = {
    refreshed: 0,
    access: () => Promise.resolve('old'),
    refresh: () => {
      state.refreshed += 1;
      return Promise.resolve('new');
    },
  };
  return state;
}

test('a_401_is_met_with_one_refresh_and_one_second_try', async () => {
  const asked = serve(new Response(null, { status: 401 }), Response.json({ name: 'x' }));
  const held = tokens();

  const answer = await new Api(held).call('/api/things', thing);

  expect(answer).toEqual({ name: 'x' });
  expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new']);
  expect(held.refreshed).toBe(1);
});

test('a_second_401_is_an_answer_and_no_reason_to_go_on', async () => {
  const asked = serve(new Response(null, { status: 401 }), new Response(null, { status: 401 }), Response.json({}));

  const failure = await new Api(tokens()).call('/api/things', thing).catch((error: unknown) => error as ParleyError);

  expect(failure).toMatchObject({ code: 'unauthorized' });
  expect(asked).toHaveLength(2);
});

test('a_problem_becomes_an_error_with_its_code_and_its_sentence', async () => {
  serve(
    new Response(JSON.stringify({ code: 'too_large', detail: 'The limit is 5 MB.', status: 413 }), {
      status: 413,
      headers: { 'Content-Type': 'application/problem+json' },
    }),
  );

  await expect(new Api(tokens()).call('/api/uploads', thing)).rejects.toMatchObject({
    code: 'too_large',
    message: 'The limit is 5 MB.',
  });
});

test('retry_after_is_read_from_the_header_when_the_body_says_nothing', async () => {
  serve(new Response('busy', { status: 429, headers: { 'Retry-After': '7' } }));

  await expect(new Api(tokens()).call('/api/things', thing)).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 7_000,
  });
});

test('no_network_and_an_unreadable_answer_have_names_of_their_own', async () => {
  serve(new TypeError('Failed to fetch'), Response.json({ name: 7 }), new Response('<html>', { status: 200 }));
  const api = new Api(tokens());

  await expect(api.call('/api/things', thing)).rejects.toMatchObject({ code: 'offline' });
  await expect(api.call('/api/things', thing)).rejects.toMatchObject({ code: 'malformed' });
  await expect(api.call('/api/things', thing)).rejects.toMatchObject({ code: 'malformed' });
});

test('queries_are_escaped_and_absent_ones_left_out', async () => {
  const asked = serve(new Response(null, { status: 204 }));

  await new Api(tokens()).call('/api/users', nothing, { query: { query: 'a&b=c', limit: 20, from: undefined } });

  expect(asked[0]?.url).toBe('/api/users?query=a%26b%3Dc&limit=20');
});
