import type { LinkFailure } from './api';

/** What was seen of a path that does not come up, for the name of the failure. */
export class PathEvidence {
  /** The other side has said something. */
  heard = false;
  #relaySeen = false;
  #relayError = 0;

  found(candidate: RTCIceCandidate | null): void {
    if (candidate?.type === 'relay') this.#relaySeen = true;
  }

  /** An answer of the server says more than none at all (701). */
  refused({ errorCode, url }: RTCPeerConnectionIceErrorEvent): void {
    if (isRelay(url)) this.#relayError = Math.max(this.#relayError === 701 ? 0 : this.#relayError, errorCode);
  }

  name({ iceServers = [] }: RTCConfiguration): LinkFailure {
    if (!this.heard) return 'peer-silent';
    if (!iceServers.flatMap((server) => server.urls).some(isRelay)) return 'no-relay';
    if (this.#relaySeen) return 'no-path';
    return this.#relayError >= 400 && this.#relayError < 500 ? 'relay-refused' : 'relay-unreachable';
  }
}

function isRelay(url: string): boolean {
  return /^turns?:/.test(url);
}
