/** Counts what calls hold open, so that a test can ask whether a way out has left anything behind. */

const tracks = new Set<MediaStreamTrack>();
const connections = new Set<RTCPeerConnection>();
const contexts = new Set<AudioContext>();
let held = 0;

export interface OpenMedia {
  /** Tracks of devices that are live: while one is, a light is on. */
  readonly tracks: number;
  readonly connections: number;
  readonly contexts: number;
  /** Listeners and timers. */
  readonly hooks: number;
}

export function openMedia(): OpenMedia {
  for (const track of tracks) if (track.readyState === 'ended') tracks.delete(track);
  for (const connection of connections) if (connection.signalingState === 'closed') connections.delete(connection);
  for (const context of contexts) if (context.state === 'closed') contexts.delete(context);
  return { tracks: tracks.size, connections: connections.size, contexts: contexts.size, hooks: held };
}

export function noteTrack(track: MediaStreamTrack): void {
  tracks.add(track);
}

export function noteConnection(connection: RTCPeerConnection): void {
  connections.add(connection);
}

export function noteContext(context: AudioContext): void {
  contexts.add(context);
}

/** Listeners and timers that end together. After `close` nothing is added any more. */
export class Hooks {
  readonly #ends = new Set<() => void>();
  #closed = false;

  on(target: EventTarget | undefined, event: string, listener: (event: Event) => void): void {
    if (target === undefined) return;
    target.addEventListener(event, listener);
    this.add(() => target.removeEventListener(event, listener));
  }

  /** Runs once, unless closed or ended before. */
  after(ms: number, run: () => void): () => void {
    const timer = setTimeout(() => {
      end();
      run();
    }, ms);
    const end = this.add(() => clearTimeout(timer));
    return end;
  }

  every(ms: number, run: () => void): () => void {
    const timer = setInterval(run, ms);
    return this.add(() => clearInterval(timer));
  }

  /** Keeps what ends something; the function it returns ends it now. */
  add(stop: () => void): () => void {
    if (this.#closed) {
      stop();
      return () => undefined;
    }
    held += 1;
    const end = (): void => {
      if (!this.#ends.delete(end)) return;
      held -= 1;
      stop();
    };
    this.#ends.add(end);
    return end;
  }

  close(): void {
    this.#closed = true;
    for (const end of [...this.#ends]) end();
  }
}
