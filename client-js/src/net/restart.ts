/** A server that says goodbye is back after this time, or something else is the matter with it. */
const longestMs = 120_000;
/** RFC 6455, 7.4.1: going away; and of the IANA's list: service restart. */
const farewells: readonly number[] = [1001, 1012];

/** Whether the server is being restarted, as far as it has said so. */
export class Restart {
  readonly #now: () => number;
  #since: number | null = null;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** While this holds, a connection that cannot be made is no fault of the network. */
  get isUnderWay(): boolean {
    return this.#since !== null && this.#now() - this.#since < longestMs;
  }

  /** The server has announced it. */
  begin(): void {
    this.#since = this.#now();
  }

  /** The connection has ended; `details` is what the socket library knows of how. */
  lost(details: unknown): void {
    if (farewells.includes(codeOf(details))) this.begin();
  }

  /** There is a server again. */
  end(): void {
    this.#since = null;
  }
}

/** The code of the WebSocket's end; 0 where there was none. */
function codeOf(details: unknown): number {
  const context = (details as { context?: unknown } | undefined)?.context;
  const code = (context as { code?: unknown } | undefined)?.code;
  return typeof code === 'number' ? code : 0;
}
