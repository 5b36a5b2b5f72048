import type { NetworkProblem } from './api';
import { Hooks, noteConnection } from './ledger';

/** What a server that helps calls is worth from here: it was asked, and no call depended on the answer. */
export interface ServerResult {
  readonly url: string;
  readonly works: boolean;
  /** Until its first candidate. */
  readonly ms: number | null;
  readonly problem: 'unreachable' | 'refused' | null;
}

export interface TestOptions {
  readonly connect?: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly timeoutMs?: number;
}

/** A TURN server over TLS behind a slow line takes three round trips more than one over UDP. */
const waitMs = 8_000;

/** Asks each server by each of its addresses, all at once; takes as long as the slowest, and eight seconds at most. */
export function testServers(iceServers: readonly RTCIceServer[], options: TestOptions = {}): Promise<ServerResult[]> {
  const single = iceServers.flatMap((server) =>
    (typeof server.urls === 'string' ? [server.urls] : server.urls).map((url) => ({ ...server, urls: url })),
  );
  return Promise.all(single.map((server) => testServer(server, options)));
}

async function testServer(server: RTCIceServer & { urls: string }, options: TestOptions): Promise<ServerResult> {
  const { connect = open, timeoutMs = waitMs } = options;
  const relays = isRelay(server.urls);
  const wanted = relays ? 'relay' : 'srflx';
  const connection = connect({ iceServers: [server], iceTransportPolicy: relays ? 'relay' : 'all' });
  noteConnection(connection);
  const hooks = new Hooks();
  const began = Date.now();
  try {
    return await new Promise<ServerResult>((resolve, reject) => {
      let code = 0;
      let unanswered = false;
      const works = (): void => resolve({ url: server.urls, works: true, ms: Date.now() - began, problem: null });
      const failed = (): void => {
        // 401 and 403: credentials; 486: quota (RFC 8656, section 18); 701: no answer at all
        const problem = code >= 400 && code < 500 ? 'refused' : 'unreachable';
        resolve({ url: server.urls, works: false, ms: null, problem });
      };
      hooks.on(connection, 'icecandidate', (event) => {
        const { candidate } = event as RTCPeerConnectionIceEvent;
        // who is behind no router is seen as they see themselves: then STUN answers, and adds no candidate
        if (candidate === null && (relays || unanswered)) failed();
        else if (candidate === null || candidate.type === wanted) works();
      });
      hooks.on(connection, 'icecandidateerror', (event) => {
        const { errorCode, errorText } = event as RTCPeerConnectionIceErrorEvent;
        if (errorCode !== 701) code = errorCode;
        // an address of the other family was not asked at all
        unanswered ||= !/incompatible/i.test(errorText);
      });
      hooks.after(timeoutMs, failed);
      connection.createDataChannel('test');
      connection.setLocalDescription().catch(reject);
    });
  } finally {
    hooks.close();
    connection.close();
  }
}

/** The one thing to tell a person; null when calls will work. */
export function verdict(results: readonly ServerResult[]): NetworkProblem | null {
  const relays = results.filter(({ url }) => isRelay(url));
  if (relays.length === 0) return results.some(({ works }) => !works) ? 'stun-unreachable' : 'no-relay';
  if (relays.every(({ works }) => !works)) {
    return relays.some(({ problem }) => problem === 'refused') ? 'relay-refused' : 'relay-unreachable';
  }
  const byUdp = results.filter(({ url }) => !/^turns:|transport=tcp/.test(url));
  if (byUdp.length > 0 && byUdp.every(({ works }) => !works)) return 'udp-blocked';
  const stun = results.filter(({ url }) => !isRelay(url));
  return stun.length > 0 && stun.every(({ works }) => !works) ? 'stun-unreachable' : null;
}

function isRelay(url: string): boolean {
  return /^turns?:/.test(url);
}

function open(configuration: RTCConfiguration): RTCPeerConnection {
  return new RTCPeerConnection(configuration);
}
