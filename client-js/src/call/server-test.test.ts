import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openMedia } from './ledger';
import type { ServerResult } from './server-test';
import { testServers, verdict } from './server-test';

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

  find(type: string | null): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: type === null ? null : { type } }));
  }

  fail(errorCode: number, errorText = ''): void {
    this.dispatchEvent(Object.assign(new Event('icecandidateerror'), { errorCode, errorText }));
  }
}

describe('a server', () => {
  const asked: Asked[] = [];
  const run = (...urls: string[]): Promise<ServerResult[]> =>
    testServers([{ urls }], {
      connect: (configuration) => {
        const connection = new Asked(configuration);
        asked.push(connection);
        return connection as unknown as RTCPeerConnection;
      },
    });

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
    asked[0]?.find('srflx');
    asked[1]?.find('relay');

    expect(await results).toEqual([
      { url: 'stun:s.example', works: true, ms: 30, problem: null },
      { url: 'turn:t.example?transport=tcp', works: true, ms: 30, problem: null },
    ]);
  });

  test('that_finds_no_other_address_than_the_own_one_works_unless_it_did_not_answer', async () => {
    const results = run('stun:same.example', 'stun:gone.example', 'turn:none.example');

    asked[0]?.fail(701, 'STUN server address is incompatible.');
    asked[1]?.fail(701, 'STUN binding request timed out.');
    for (const connection of asked) connection.find(null);

    expect((await results).map(({ works }) => works)).toEqual([true, false, false]);
  });

  test('that_refuses_is_told_from_one_that_is_not_there', async () => {
    const results = run('turn:refuses.example', 'turn:gone.example', 'turn:silent.example');

    asked[0]?.fail(401);
    asked[0]?.find(null);
    asked[1]?.fail(701);
    asked[1]?.find(null);
    await vi.advanceTimersByTimeAsync(8_000);

    expect((await results).map(({ problem }) => problem)).toEqual(['refused', 'unreachable', 'unreachable']);
  });
});

describe('the verdict', () => {
  const said = (works: Record<string, boolean | 'refused'>): ServerResult[] =>
    Object.entries(works).map(([url, state]) => ({
      url,
      works: state === true,
      ms: state === true ? 10 : null,
      problem: state === true ? null : state === 'refused' ? 'refused' : 'unreachable',
    }));
  const [stun, udp, tls] = ['stun:a', 'turn:a?transport=udp', 'turns:a?transport=tcp'];

  test.each([
    [{ [stun]: true, [udp]: true, [tls]: true }, null],
    [{ [stun]: true, [udp]: true, [tls]: false }, null],
    [{ [stun]: false, [udp]: false, [tls]: true }, 'udp-blocked'],
    [{ [stun]: false, [udp]: true }, 'stun-unreachable'],
    [{ [stun]: true, [udp]: 'refused', [tls]: false }, 'relay-refused'],
    [{ [stun]: true, [udp]: false, [tls]: false }, 'relay-unreachable'],
    [{ [stun]: true }, 'no-relay'],
    [{ [stun]: false }, 'stun-unreachable'],
    [{}, 'no-relay'],
  ] as const)('of %o is %s', (works, problem) => {
    expect(verdict(said(works))).toBe(problem);
  });
});
