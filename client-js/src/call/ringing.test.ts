import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Calls } from './api';
import { createCalls } from './calls';
import { openMedia } from './ledger';
import type { Call } from './wire';

const now = Date.parse('2026-01-01T10:00:00.000Z');
const at = (ms: number): string => new Date(now + ms).toISOString();

const call = (startedMs: number, more: Partial<Call> = {}): Call => ({
  id: 'call-1',
  roomId: 'room-1',
  startedBy: 'ann',
  kind: 'audio',
  state: 'ringing',
  participants: [],
  startedAt: at(startedMs),
  ...more,
});
const from = { id: 'ann', username: 'ann', displayName: 'Ann' };
const bob = { id: 'bob', username: 'bob', displayName: 'Bob' };

/** Bob's connection, and what is said over it. */
class Line {
  readonly asked: [string, unknown][] = [];
  readonly #listeners = new Map<string, (payload: unknown) => void>();
  refusal: string | null = null;

  // eslint-disable-next-line @typescript-eslint/require-await
  async request<T>(event: string, payload: unknown): Promise<T> {
    this.asked.push([event, payload]);
    if (this.refusal !== null) throw Object.assign(new Error(this.refusal), { code: this.refusal });
    return {} as T;
  }

  on(event: string, listener: (payload: unknown) => void): () => void {
    this.#listeners.set(event, listener);
    return () => this.#listeners.delete(event);
  }

  insist(): void {
    // nobody is lost here
  }

  hears(event: string, payload: unknown): void {
    this.#listeners.get(event)?.(payload);
  }

  session(serverTime: string, ...calls: Call[]): void {
    this.hears('session', { user: bob, sessionId: 'session-1', serverTime, calls });
  }
}

let line: Line;
let calls: Calls;
const ringing = (): string[] => calls.incoming.value.map((incoming) => incoming.call.id);

beforeEach(() => {
  vi.useFakeTimers({ now });
  line = new Line();
  calls = createCalls(line);
  line.session(at(0));
});

afterEach(() => {
  calls.dispose();
  expect(openMedia().hooks).toBe(0);
  vi.useRealTimers();
});

test('a_call_rings_for_forty_five_seconds_after_it_was_started_and_not_after_its_news_came', () => {
  vi.setSystemTime(now + 30_000);
  line.hears('call_incoming', { call: call(0), from });
  expect(ringing()).toEqual(['call-1']);
  expect(line.asked).toEqual([['call_ringing', { callId: 'call-1' }]]);

  vi.advanceTimersByTime(14_999);
  expect(ringing()).toEqual(['call-1']);
  vi.advanceTimersByTime(1);

  expect(ringing()).toEqual([]);
});

test('what_lay_in_a_queue_while_the_computer_slept_does_not_ring', () => {
  vi.setSystemTime(now + 600_000);
  line.hears('call_incoming', { call: call(1_000), from });

  expect(ringing()).toEqual([]);
  expect(line.asked).toEqual([]);
});

test('a_clock_that_is_wrong_by_hours_changes_nothing', () => {
  line.session(new Date(now - 7_200_000).toISOString());
  line.hears('call_incoming', { call: call(-7_200_000), from });
  expect(ringing()).toEqual(['call-1']);

  line.hears('call_incoming', { call: call(-7_260_000, { id: 'call-2', roomId: 'room-2' }), from });

  expect(ringing()).toEqual(['call-1']);
});

test('a_call_that_the_server_knows_to_be_over_stops_at_once', async () => {
  line.refusal = 'not_found';
  line.hears('call_incoming', { call: call(0), from });
  await vi.advanceTimersByTimeAsync(0);

  expect(ringing()).toEqual([]);
  expect(calls.byRoom.value.size).toBe(0);
});

test('a_call_that_the_server_does_not_let_ring_is_silent_and_can_be_joined', async () => {
  line.refusal = 'conflict';
  line.hears('call_incoming', { call: call(0), from });
  await vi.advanceTimersByTimeAsync(0);

  expect(ringing()).toEqual([]);
  expect(calls.byRoom.value.has('room-1')).toBe(true);
});

test('a_call_that_is_told_to_a_room_is_known_there_and_rings_nowhere', () => {
  line.hears('call_started', { call: call(0, { state: 'active' }), from });

  expect(ringing()).toEqual([]);
  expect(line.asked).toEqual([]);
  expect(calls.byRoom.value.get('room-1')?.id).toBe('call-1');
});

test('everybody_is_rung_only_by_somebody_who_wishes_it', async () => {
  line.refusal = 'forbidden';

  await expect(calls.start('room-1', 'audio')).rejects.toThrow('forbidden');
  await expect(calls.start('room-1', 'audio', {}, true)).rejects.toThrow('forbidden');

  expect(line.asked).toEqual([
    ['call_start', { roomId: 'room-1', kind: 'audio', ring: false }],
    ['call_start', { roomId: 'room-1', kind: 'audio', ring: true }],
  ]);
});

test.each([
  ['declined here', () => void calls.decline('call-1')],
  ['silenced here', () => calls.silence('call-1')],
  ['answered elsewhere', () => line.hears('call_answered', { callId: 'call-1', bySessionId: 'session-2' })],
  ['declined elsewhere', () => line.hears('call_declined', { callId: 'call-1', userId: 'bob', reason: 'declined' })],
  ['busy elsewhere', () => line.hears('call_declined', { callId: 'call-1', userId: 'bob', reason: 'busy' })],
])('what_was_%s_stops_and_does_not_ring_again_when_the_connection_is_made_anew', (_, stop) => {
  line.hears('call_incoming', { call: call(0), from });
  expect(ringing()).toEqual(['call-1']);

  stop();
  expect(ringing()).toEqual([]);
  line.session(at(0), call(0));
  expect(ringing()).toEqual([]);

  // the next one is another matter
  line.hears('call_ended', { callId: 'call-1', reason: 'missed' });
  line.hears('call_incoming', { call: call(0, { id: 'call-2' }), from });
  expect(ringing()).toEqual(['call-2']);
});

test('somebody_else_who_declines_does_not_stop_the_ringing_here', () => {
  line.hears('call_incoming', { call: call(0), from });
  line.hears('call_declined', { callId: 'call-1', userId: 'cleo', reason: 'declined' });

  expect(ringing()).toEqual(['call-1']);
});

test('what_began_to_ring_while_the_connection_was_away_rings_and_what_was_over_then_does_not', () => {
  line.hears('call_incoming', { call: call(0), from });

  line.session(at(0), call(0, { id: 'call-2' }));

  expect(ringing()).toEqual(['call-2']);
});
