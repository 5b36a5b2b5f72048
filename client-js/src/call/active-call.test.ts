import { signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import { RunningCall } from './active-call';
import type { LinkState, Peer } from './api';
import type { MediaPath, PathOptions } from './media-path';
import type { Call, Participant, Signal } from './wire';

const participant = (legId: string): Participant => ({
  userId: legId.replace('leg-', ''),
  sessionId: `session of ${legId}`,
  legId,
  joinedAt: '2026-01-01T00:00:00.000Z',
  audio: true,
  video: false,
  screen: false,
});

const call = (...legs: string[]): Call => ({
  id: 'call-1',
  roomId: 'room-1',
  startedBy: 'ann',
  kind: 'audio',
  state: 'active',
  participants: legs.map(participant),
  startedAt: '2026-01-01T00:00:00.000Z',
});

/** What forwards media instead of sending them to each: it has one connection, and says nothing of how. */
class Forwarded implements MediaPath {
  readonly links = signal<readonly Peer[]>([]);
  readonly isCrowded = signal(false);
  readonly reports = [];
  readonly told: string[] = [];
  readonly link = signal<LinkState>('connecting');

  constructor(readonly options: PathOptions) {}

  get peers(): MediaPath['peers'] {
    return this.links;
  }

  enter({ legId }: Participant, polite: boolean): void {
    if (this.links.value.some((peer) => peer.legId === legId)) return;
    this.told.push(`${legId} enters${polite ? ', who was here first' : ''}`);
    this.links.value = [...this.links.value, { legId, link: this.link, failure: signal(null) } as unknown as Peer];
  }

  exit(legId: string): void {
    this.told.push(`${legId} leaves`);
    this.links.value = this.links.value.filter((peer) => peer.legId !== legId);
  }

  receive({ fromLegId }: Signal): boolean {
    const isKnown = this.links.value.some((peer) => peer.legId === fromLegId);
    this.told.push(`${fromLegId} ${isKnown ? 'speaks' : 'is not known'}`);
    return isKnown;
  }

  says = (legId: string): unknown => this.told.push(`${legId} says what they send`);
  setTrack = (): unknown => this.told.push('a track');
  applyLimits = (): unknown => this.told.push('limits');
  signallingBack = (legId?: string): unknown => this.told.push(`the server is back${legId ? ` for ${legId}` : ''}`);
  networkChanged = (): unknown => this.told.push('another network');
  serversChanged = (): unknown => this.told.push('other servers');
  pathsChosen = (): unknown => this.told.push('other ways');
  close = (): unknown => this.told.push('closed');
}

function began(
  answers: Record<string, () => unknown> = {},
  ...legs: string[]
): {
  running: RunningCall;
  path: Forwarded;
  asked: [string, object][];
  gone: [string, string][];
} {
  const asked: [string, object][] = [];
  const gone: [string, string][] = [];
  let path: Forwarded | undefined;
  const running = new RunningCall(
    {
      // the call's own word for what comes
      // eslint-disable-next-line @typescript-eslint/require-await
      request: async <T>(event: string, payload: unknown) => {
        asked.push([event, payload as object]);
        return answers[event]?.() as T;
      },
      on: () => () => undefined,
      insist: () => undefined,
    },
    { roomId: 'room-1', kind: 'audio', outgoing: false, userId: 'bob' },
    {
      path: (options) => (path = new Forwarded(options)),
      goneAway: (...what) => gone.push(what),
    },
  );
  running.admit({
    call: call(...(legs.length > 0 ? legs : ['leg-ann', 'leg-bob', 'leg-cleo'])),
    legId: 'leg-bob',
    iceServers: [{ urls: 'stun:one' }],
  });
  if (path === undefined) throw new Error('a call without a path');
  return { running, path, asked, gone };
}

test('any_path_can_carry_the_media_of_a_call', () => {
  const { running, path } = began();

  expect(path.told.filter((what) => what.includes('enters'))).toEqual([
    'leg-ann enters, who was here first',
    'leg-cleo enters',
  ]);
  expect(path.options.configuration().iceServers).toEqual([{ urls: 'stun:one' }]);
  expect(running.peers.value.map(({ legId }) => legId)).toEqual(['leg-ann', 'leg-cleo']);
  expect(running.phase.value).toBe('connecting');
  path.link.value = 'connected';
  expect(running.phase.value).toBe('connected');

  running.left('leg-cleo');
  running.over('hangup');

  expect(path.told.slice(-2)).toEqual(['leg-cleo leaves', 'closed']);
  expect(running.phase.value).toBe('ended');
});

test('who_is_alone_in_a_call_that_does_not_ring_waits_until_somebody_comes', () => {
  const { running, path } = began({}, 'leg-bob');
  expect(running.phase.value).toBe('waiting');

  running.joined(participant('leg-ann'));

  expect(running.phase.value).toBe('connecting');
  path.link.value = 'connected';
  expect(running.phase.value).toBe('connected');
  running.over('hangup');
});

test('what_a_path_says_goes_to_the_leg_and_what_comes_for_it_is_handed_on_unopened', async () => {
  const { running, path, asked } = began({
    call_renew: () => ({ call: call('leg-ann', 'leg-bob', 'leg-cleo', 'leg-dora'), iceServers: [] }),
  });

  await path.options.send('leg-ann', { epoch: 1, restart: true });
  running.receive({ callId: 'call-1', fromLegId: 'leg-ann', epoch: 1 });
  // of whom nothing was heard: their coming was missed, and is asked for
  running.receive({ callId: 'call-1', fromLegId: 'leg-dora', epoch: 1 });
  await expect.poll(() => path.told).toContain('leg-dora speaks');

  expect(asked).toContainEqual([
    'call_signal',
    { callId: 'call-1', legId: 'leg-bob', toLegId: 'leg-ann', epoch: 1, restart: true },
  ]);
  expect(path.told).toContain('leg-ann speaks');
  expect(path.told.indexOf('leg-dora is not known')).toBeLessThan(path.told.indexOf('leg-dora enters'));
  running.over('hangup');
});

test('a_page_that_goes_away_says_goodbye_by_the_socket_and_in_a_way_that_needs_none', () => {
  const { asked, gone } = began();

  window.dispatchEvent(new Event('pagehide'));
  window.dispatchEvent(new Event('pagehide'));

  expect(gone).toEqual([['call-1', 'leg-bob']]);
  expect(asked).toContainEqual(['call_leave', { callId: 'call-1', legId: 'leg-bob', reason: 'hangup' }]);
});

test('a_server_that_allows_relays_only_is_obeyed_whatever_the_person_chose', () => {
  const { running, path } = began();
  expect(running.relayRequired).toBe(false);
  expect(path.options.configuration().iceTransportPolicy).toBe('all');

  running.admit({ call: call('leg-bob'), legId: 'leg-bob', iceServers: [], relayOnly: true });

  expect(running.relayRequired).toBe(true);
  expect(path.options.configuration().iceTransportPolicy).toBe('relay');
  running.over('hangup');
});

test('a_path_is_told_when_the_network_or_the_server_is_another', async () => {
  const { running, path } = began({ call_renew: () => ({ iceServers: [] }) });

  window.dispatchEvent(new Event('online'));
  await running.resume();
  running.setScreenMoves(true);

  expect(path.told).toEqual(expect.arrayContaining(['another network', 'the server is back', 'limits']));
  expect(path.options.motion()).toBe(true);
  running.over('hangup');
});
