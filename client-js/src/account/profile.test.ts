// @vitest-environment node
import { expect, test } from 'vitest';
import type { Api } from '../net/api';
import { ParleyError } from '../protocol/problem';
import { Profile } from './profile';

/** A server whose every answer the test gives. */
class Server {
  readonly asked: { body: unknown; answer: (shareLastSeen: unknown) => Promise<void>; fail: () => Promise<void> }[] =
    [];
  readonly profile = new Profile({
    call: (_: string, read: (value: unknown) => unknown, { body }: { body?: unknown }) =>
      new Promise((resolve, reject) =>
        this.asked.push({
          body,
          answer: (shareLastSeen) => {
            resolve(read({ id: 'u-alice', shareLastSeen }));
            return Promise.resolve();
          },
          fail: () => {
            reject(new ParleyError('unavailable', 'Not now.'));
            return Promise.resolve();
          },
        }),
      ),
  } as unknown as Api);

  get shown(): boolean | undefined {
    return this.profile.privacy.value?.shareLastSeen;
  }
}

const { signal } = new AbortController();

async function loaded(shareLastSeen: unknown): Promise<Server> {
  const server = new Server();
  const done = server.profile.load(signal);
  await server.asked[0]?.answer(shareLastSeen);
  await done;
  return server;
}

test('what_the_server_keeps_is_shown_and_what_it_does_not_say_is_as_at_first', async () => {
  expect((await loaded(false)).shown).toBe(false);
  expect((await loaded(undefined)).shown).toBe(true);
});

test('a_choice_is_shown_at_once_and_taken_back_when_it_is_refused', async () => {
  const server = await loaded(true);

  const done = server.profile.change({ shareLastSeen: false });
  const during = server.shown;
  await server.asked[1]?.fail();

  await expect(done).rejects.toThrow('Not now.');
  expect([server.asked[1]?.body, during, server.shown]).toEqual([{ shareLastSeen: false }, false, true]);
});

test('an_older_answer_does_not_undo_a_newer_choice', async () => {
  const server = await loaded(true);

  const first = server.profile.change({ shareLastSeen: false });
  const second = server.profile.change({ shareLastSeen: true });
  await server.asked[1]?.answer(false);
  await first;
  const between = server.shown;
  await server.asked[2]?.answer(true);
  await second;

  expect([between, server.shown]).toEqual([true, true]);
});

test('nothing_is_chosen_before_it_is_known', async () => {
  const server = new Server();

  await server.profile.change({ shareLastSeen: false });

  expect(server.asked).toEqual([]);
});
