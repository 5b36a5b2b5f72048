import { afterEach, expect, test, vi } from 'vitest';
import { parting } from './parting';

afterEach(() => vi.unstubAllGlobals());

test('a_last_word_outlives_the_page_and_says_whose_it_is', () => {
  const asked = vi.fn(() => Promise.reject(new TypeError('no network')));
  vi.stubGlobal('fetch', asked);

  parting('token-1', '/api/calls/call-1/leave', { legId: 'leg-1' });
  parting(null, '/api/calls/call-1/leave', { legId: 'leg-1' });

  expect(asked).toHaveBeenCalledExactlyOnceWith(
    '/api/calls/call-1/leave',
    expect.objectContaining({
      method: 'POST',
      keepalive: true,
      headers: { Authorization: 'Bearer token-1', 'Content-Type': 'application/json' },
      body: '{"legId":"leg-1"}',
    }),
  );
});
