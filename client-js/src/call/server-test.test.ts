import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ServerProblem, ServerResult } from './api';
import { openMedia } from './ledger';
import { testServer, testServers, verdict } from './server-test';

/** A connection whose server answers as it is told. */
class Asked extends EventTarget {
  signalingState: RTCSignalingState = 'stable';

  constructor(readonly configuration: RTCConfiguration) {
    super();
  }

  createDataChannel(): void {
    // its only use is that there is something to find candidates for
  }

  setLocalDescription(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.signalingState = 'closed';
  }

  find(type: string | null, address: string | null = null, port: number | null = null): void {
    const candidate = type === null ? null : { type, address, port };
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
  }

  fail(errorCode: number, errorText = ''): void {
    this.dispatchEvent(Object.assign(new Event('icecandidateerror'), { errorCode, errorText }));
  }
}

const connectTo =
  (asked: Asked[]) =>
  (configuration: RTCConfiguration): RTCPeerConnection => {
    const connection = new Asked(configuration);
    asked.push(connection);
    return connection as unknown as RTCPeerConnection;
  };

describe('a server', () => {
  const asked: Asked[] = [];
  const run = (...urls: string[]): Promise<ServerResult[]> => testServers([{ urls }], { connect: connectTo(asked) });

  beforeEach(() => {
    vi.useFakeTimers();
    asked.length = 0;
  });

  afterEach(() => {
    vi.useRealTimers();
    expect(openMedia()).toEqual({ tracks: 0, connections: 0, contexts: 0, hooks: 0 });
  });

  test('works_when_it_finds_what_it_is_for_and_is_asked_by_each_address_alone', async () => {
    const results = run('stun:s.example', 'turn:t.example?transport=tcp');
    expect(asked.map(({ configuration }) => configuration.iceTransportPolicy)).toEqual(['all', 'relay']);

    asked[0]?.find('host');
    await vi.advanceTimersByTimeAsync(30);
    asked[0]?.find('srflx', '1.2.3.4', 1000);
    asked[1]?.find('relay', 'fd00::1', 1001);

    expect(await results).toEqual([
      { url: 'stun:s.example', works: true, ms: 30, address: '1.2.3.4:1000', problem: null },
      { url: 'turn:t.example?transport=tcp', works: true, ms: 30, address: '[fd00::1]:1001', problem: null },
    ]);
  });

  test('that_finds_no_other_address_than_the_own_one_works_unless_it_did_not_answer', async () => {
    const results = run('stun:same.example', 'stun:gone.example', 'turn:none.example');

    asked[0]?.fail(701, 'STUN server address is incompatible.');
    asked[1]?.fail(701, 'STUN binding request timed out.');
    for (const connection of asked) connection.find(null);

    expect((await results).map(({ works }) => works)).toEqual([true, false, false]);
  });

  test.each<[string, [number, string?][], ServerProblem]>([
    ['turn:t.example', [[401, 'Unauthorized']], 'credentials'],
    ['turn:t.example', [[701, 'TURN allocate request timed out.'], [401]], 'credentials'],
    ['turn:t.example', [[486, 'Allocation Quota Reached']], 'quota'],
    ['turn:t.example', [[508, 'Insufficient Capacity']], 'quota'],
    ['turn:t.example', [[403, 'Forbidden']], 'refused'],
    ['turn:t.example', [[701, 'TURN host lookup received error.']], 'name'],
    ['turns:t.example', [[701, 'TURN host lookup received error.']], 'name'],
    ['turns:t.example', [[701, 'Failed to establish connection']], 'tls'],
    ['turns:t.example', [[701, 'TURN allocate request timed out.']], 'silent'],
    ['turns:t.example', [], 'silent'],
    ['turn:t.example?transport=tcp', [[701, 'Failed to establish connection']], 'silent'],
  ])('%s that answers %o has a cause: %s', async (url, refusals, cause) => {
    const results = run(url);

    for (const [code, text] of refusals) asked[0]?.fail(code, text);
    asked[0]?.find(null);

    expect(await results).toEqual([{ url, works: false, ms: null, address: null, problem: cause }]);
  });

  test('that_says_nothing_is_waited_for_eight_seconds', async () => {
    const results = run('turn:silent.example');
    let problem: ServerProblem | null = null;
    void results.then(([result]) => (problem = result?.problem ?? null));

    await vi.advanceTimersByTimeAsync(7_900);
    expect(problem).toBeNull();
    await vi.advanceTimersByTimeAsync(100);

    expect(problem).toBe('silent');
  });

  test('is_let_go_at_once_when_nobody_wants_to_know_any_more', async () => {
    const { signal, abort } = aborting();
    const result = testServer({ urls: 'turn:t.example' }, { connect: connectTo(asked), signal });

    abort();

    expect((await result).works).toBe(false);
    expect(asked[0]?.signalingState).toBe('closed');
  });
});

function aborting(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

describe('the verdict', () => {
  const said = (works: Record<string, boolean | ServerProblem>): ServerResult[] =>
    Object.entries(works).map(([url, state]) => ({
      url,
      works: state === true,
      ms: state === true ? 10 : null,
      address: null,
      problem: typeof state === 'string' ? state : state ? null : 'silent',
    }));
  const [stun, udp, tls] = ['stun:a', 'turn:a?transport=udp', 'turns:a?transport=tcp'];

  test.each([
    [{ [stun]: true, [udp]: true, [tls]: true }, null],
    [{ [stun]: true, [udp]: true, [tls]: false }, null],
    [{ [stun]: false, [udp]: false, [tls]: true }, 'udp-blocked'],
    [{ [stun]: false, [udp]: true }, 'stun-unreachable'],
    [{ [stun]: true, [udp]: 'credentials', [tls]: false }, 'relay-refused'],
    [{ [stun]: true, [udp]: false, [tls]: 'quota' }, 'relay-refused'],
    [{ [stun]: true, [udp]: 'name', [tls]: 'tls' }, 'relay-unreachable'],
    [{ [stun]: true, [udp]: false, [tls]: false }, 'relay-unreachable'],
    [{ [stun]: true }, 'no-relay'],
    [{ [stun]: false }, 'stun-unreachable'],
    [{}, 'no-relay'],
  ] as const)('of %o is %s', (works, problem) => {
    expect(verdict(said(works))).toBe(problem);
  });
});
