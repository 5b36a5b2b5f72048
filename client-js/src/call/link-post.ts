/** Sent and not yet answered for, or refused: more than any description has candidates. */
export const keep = 200;

/**
 * What links say to each other by way of the server: a description, a candidate (an empty one ends its generation), or the wish for a
 * new offer: of the connection that is there, or of the next epoch's.
 */
export interface LinkMessage {
  readonly epoch: number;
  readonly description?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit;
  readonly restart?: boolean;
}

/** Says it, and keeps what the server could not take. */
export class LinkPost {
  readonly #send: (message: LinkMessage) => Promise<void>;
  readonly #matters: (message: LinkMessage) => boolean;
  #unsent: LinkMessage[] = [];
  /** How much the server has said neither yes nor no to. */
  #pending = 0;

  /** `matters`: whether it is still worth being said. */
  constructor(send: (message: LinkMessage) => Promise<void>, matters: (message: LinkMessage) => boolean) {
    this.#send = send;
    this.#matters = matters;
  }

  /** Whether the server has taken all of it. */
  get isHeard(): boolean {
    return this.#pending === 0 && this.#unsent.length === 0;
  }

  say(message: LinkMessage): void {
    this.#pending += 1;
    this.#send(message).then(
      () => (this.#pending -= 1),
      () => {
        this.#pending -= 1;
        if (this.#matters(message) && this.#unsent.length < keep) this.#unsent.push(message);
      },
    );
  }

  /** What the server could not take, to be said otherwise or not at all. */
  take(): readonly LinkMessage[] {
    return this.#unsent.splice(0);
  }
}
