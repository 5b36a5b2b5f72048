// @vitest-environment node
import { signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import type { Link } from '../protocol/link';
import type { Presence } from '../protocol/shapes';
import { Presences } from './presence';
import { endOf, endings } from './until';

const me = 'u-alice';

class Server {
  readonly asked: unknown[] = [];
  readonly listeners = new Map<string, (payload: never) => void>();
  readonly presences = new Presences({
    link: signal<Link>({ state: 'online' }),
    hear: (event, listener) => {
      this.listeners.set(event, listener);
      return () => undefined;
    },
    request: <T>(_: string, payload: unknown) => {
      this.asked.push(payload);
      return Promise.resolve({} as T);
    },
  });

  tell(presence: Omit<Presence, 'userId'>): void {
    this.listeners.get('presence_changed')?.({ presence: { userId: me, ...presence } } as never);
  }
}

test('who_only_changes_their_state_keeps_what_they_said_and_when_it_ends_on_whatever_device', async () => {
  const server = new Server();
  const until = new Date(Date.now() + 3_600_000).toISOString();
  server.tell({ status: 'dnd', statusText: 'in the garden', until });

  await server.presences.change(me, 'online');

  expect(server.asked).toEqual([{ status: 'online', statusText: 'in the garden', until }]);
});

test('an_end_that_has_passed_or_that_belonged_to_the_state_alone_is_not_kept', async () => {
  const server = new Server();
  server.tell({ status: 'dnd', statusText: 'in the garden', until: new Date(Date.now() - 1).toISOString() });
  await server.presences.change(me, 'away');
  server.tell({ status: 'dnd', until: new Date(Date.now() + 60_000).toISOString() });
  await server.presences.change(me, 'online');

  expect(server.asked).toEqual([{ status: 'away', statusText: 'in the garden' }, { status: 'online' }]);
});

test('who_comes_back_still_says_what_they_said_and_until_when', () => {
  const server = new Server();
  const until = new Date(Date.now() + 60_000).toISOString();
  server.tell({ status: 'online', statusText: 'on the train', until });

  server.listeners.get('user_online')?.({ userId: me, status: 'away' } as never);

  expect(server.presences.now(me)).toEqual({ userId: me, status: 'away', statusText: 'on the train', until });
});

test('who_has_said_nothing_sends_nothing_but_the_state', async () => {
  const server = new Server();
  server.tell({ status: 'online' });

  await server.presences.change(me, 'away');

  expect(server.asked).toEqual([{ status: 'away' }]);
});

test('every_ending_lies_ahead_and_the_week_ends_with_sunday', () => {
  for (let day = 1; day <= 7; day++) {
    const now = new Date(2026, 10, 15 + day, 23, 59, 30);
    for (const { value } of endings) {
      const end = endOf(value, now);
      expect(end === undefined ? value : end.getTime() - now.getTime() > 0).toBe(end === undefined ? 'never' : true);
    }
    expect(endOf('week', now)).toEqual(new Date(2026, 10, 23));
    expect(endOf('today', now)).toEqual(new Date(2026, 10, 16 + day));
  }
});
