import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Seat } from './seat';
import type { Admission, Call } from './wire';

const call: Call = {
  id: 'call-1',
  roomId: 'room-1',
  startedBy: 'ann',
  kind: 'video',
  state: 'active',
  participants: [],
  startedAt: '2026-01-01T00:00:00.000Z',
};
const refused = (code: string): Error => Object.assign(new Error(code), { code });

describe('a seat in a call', () => {
  const asked: { event: string; payload: unknown }[] = [];
  const told: string[] = [];
  let answers: Record<string, () => unknown> = {};
  let talks = true;

  const seat = (): Seat => {
    const made = new Seat(
      {
        // the seat's own word for what comes
        // eslint-disable-next-line @typescript-eslint/require-await
        request: async <T>(event: string, payload: unknown) => {
          asked.push({ event, payload });
          return answers[event]?.() as T;
        },
        on: () => () => undefined,
        insist: () => told.push('insisted'),
      },
      {
        roomId: 'room-1',
        kind: 'video',
        sends: () => ({ audio: true, video: false }),
        talks: () => talks,
        onCall: ({ id }) => told.push(`call ${id}`),
        onServers: () => told.push('servers'),
        onLost: () => told.push('lost'),
      },
    );
    const admission: Admission = { call, legId: 'leg-1', iceServers: [{ urls: 'stun:one' }], ttlMs: 1_000 };
    made.take(admission);
    return made;
  };

  beforeEach(() => {
    asked.length = 0;
    told.length = 0;
    talks = true;
    answers = { call_renew: () => ({ call, iceServers: [{ urls: 'stun:two' }], ttlMs: 1_000 }) };
  });

  test('takes_new_credentials_when_the_old_ones_are_nearly_over', async () => {
    vi.useFakeTimers();
    const it = seat();

    await it.renew();
    expect(it.iceServers).toEqual([{ urls: 'stun:one' }]);
    vi.advanceTimersByTime(801);
    await it.renew();

    expect(it.iceServers).toEqual([{ urls: 'stun:two' }]);
    expect(told).toEqual(['call call-1', 'servers', 'call call-1']);
    vi.useRealTimers();
  });

  test('is_taken_again_in_a_call_that_the_servers_have_forgotten_and_waits_for_the_others', async () => {
    answers.call_renew = () => {
      throw refused('not_found');
    };
    answers.call_join = () => ({ call, legId: 'leg-1', iceServers: [] });
    const it = seat();
    expect(it.isWaiting).toBe(false);

    await it.renew();

    expect(asked.at(-1)).toEqual({
      event: 'call_join',
      payload: { callId: 'call-1', legId: 'leg-1', roomId: 'room-1', kind: 'video', audio: true, video: false },
    });
    expect(told).toEqual(['call call-1']);
    expect(it.isWaiting).toBe(true);
  });

  test('is_lost_when_nobody_talks_or_the_call_is_really_over_but_not_when_the_network_is_away', async () => {
    answers.call_renew = () => {
      throw refused('not_found');
    };
    answers.call_join = () => {
      throw refused('offline');
    };
    const it = seat();
    await it.renew();
    expect(told).toEqual([]);

    answers.call_join = () => {
      throw refused('not_found');
    };
    await it.renew();
    talks = false;
    await it.renew();
    expect(told).toEqual(['lost', 'lost']);
  });

  test('that_was_left_is_not_renewed_any_more', async () => {
    const it = seat();
    it.leave();

    await it.renew();

    expect(asked).toEqual([]);
  });
});
