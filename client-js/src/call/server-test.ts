import type { NetworkProblem, ServerProblem, ServerResult } from './api';
import { Hooks, noteConnection } from './ledger';

export interface TestOptions {
  readonly connect?: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly timeoutMs?: number;
  /** Ends the test before its time. */
  readonly signal?: AbortSignal;
}

/** One server under one of its addresses. */
export type OneServer = RTCIceServer & { readonly urls: string };

/** A TURN server over TLS behind a slow line takes three round trips more than one over UDP. */
const waitMs = 8_000;

export function eachAddress(iceServers: readonly RTCIceServer[]): OneServer[] {
  return iceServers.flatMap((server) =>
    (typeof server.urls === 'string' ? [server.urls] : server.urls).map((url) => ({ ...server, urls: url })),
  );
}

/** Asks each server by each of its addresses, all at once; takes as long as the slowest, and eight seconds at most. */
export function testServers(iceServers: readonly RTCIceServer[], options: TestOptions = {}): Promise<ServerResult[]> {
  return Promise.all(eachAddress(iceServers).map((server) => testServer(server, options)));
}

export async function testServer(server: OneServer, options: TestOptions = {}): Promise<ServerResult> {
  const { connect = open, timeoutMs = waitMs, signal } = options;
  const relays = isRelay(server.urls);
  const wanted = relays ? 'relay' : 'srflx';
  const connection = connect({ iceServers: [server], iceTransportPolicy: relays ? 'relay' : 'all' });
  noteConnection(connection);
  const hooks = new Hooks();
  const began = Date.now();
  try {
    return await new Promise<ServerResult>((resolve, reject) => {
      const refusals: Refusal[] = [];
      const works = (candidate: RTCIceCandidate | null): void =>
        resolve({
          url: server.urls,
          works: true,
          ms: Date.now() - began,
          address: candidate === null ? null : addressOf(candidate),
          problem: null,
        });
      const failed = (): void =>
        resolve({ url: server.urls, works: false, ms: null, address: null, problem: causeOf(server.urls, refusals) });
      hooks.on(connection, 'icecandidate', (event) => {
        const { candidate } = event as RTCPeerConnectionIceEvent;
        // who is behind no router is seen as they see themselves: then STUN answers, and adds no candidate
        if (candidate === null && (relays || refusals.length > 0)) failed();
        else if (candidate === null || candidate.type === wanted) works(candidate);
      });
      hooks.on(connection, 'icecandidateerror', (event) => {
        const { errorCode, errorText } = event as RTCPeerConnectionIceErrorEvent;
        // an address of the other family was not asked at all
        if (!/incompatible/i.test(errorText)) refusals.push({ code: errorCode, text: errorText });
      });
      hooks.on(signal, 'abort', failed);
      hooks.after(timeoutMs, failed);
      connection.createDataChannel('test');
      connection.setLocalDescription().catch(reject);
    });
  } finally {
    hooks.close();
    connection.close();
  }
}

interface Refusal {
  readonly code: number;
  readonly text: string;
}

/** Codes of TURN (RFC 8656, section 18); 701 is the browser's own for "no answer", whose reason is in words if anywhere. */
function causeOf(url: string, refusals: readonly Refusal[]): ServerProblem {
  const code = refusals.find((refusal) => refusal.code >= 400 && refusal.code < 700)?.code;
  if (code === 401 || code === 438 || code === 441) return 'credentials';
  if (code === 486 || code === 508) return 'quota';
  if (code !== undefined) return 'refused';
  if (refusals.some(({ text }) => /lookup|resolve/i.test(text))) return 'name';
  // "Failed to establish connection", and not one that nobody answered
  const failed = refusals.some(({ text }) => !/timed? ?out/i.test(text));
  return url.startsWith('turns:') && failed ? 'tls' : 'silent';
}

function addressOf({ address, port }: RTCIceCandidate): string | null {
  if (address === null || port === null) return null;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

const refused: readonly (ServerProblem | null)[] = ['credentials', 'quota', 'refused'];

/** The one thing to tell a person; null when calls will work. */
export function verdict(results: readonly ServerResult[]): NetworkProblem | null {
  const relays = results.filter(({ url }) => isRelay(url));
  if (relays.length === 0) return results.some(({ works }) => !works) ? 'stun-unreachable' : 'no-relay';
  if (relays.every(({ works }) => !works)) {
    return relays.some(({ problem }) => refused.includes(problem)) ? 'relay-refused' : 'relay-unreachable';
  }
  const byUdp = results.filter(({ url }) => !/^turns:|transport=tcp/.test(url));
  if (byUdp.length > 0 && byUdp.every(({ works }) => !works)) return 'udp-blocked';
  const stun = results.filter(({ url }) => !isRelay(url));
  return stun.length > 0 && stun.every(({ works }) => !works) ? 'stun-unreachable' : null;
}

export function isRelay(url: string): boolean {
  return /^turns?:/.test(url);
}

export function open(configuration: RTCConfiguration): RTCPeerConnection {
  return new RTCPeerConnection(configuration);
}
