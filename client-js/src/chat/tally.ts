/** A message as far as it counts. */
export interface Heard {
  readonly seq: number;
  /** Somebody else said it, and it still stands. */
  readonly others: boolean;
  readonly mention: boolean;
}

/** Counters of a place, as the server makes them: they hold for messages up to `lastSeq`. */
export interface Counted {
  readonly readSeq: number;
  readonly unread: number;
  readonly mentions: number;
  readonly lastSeq: number;
}

/** So many live messages of a place are remembered, to be counted to a server's word that does not know them yet. */
const mostHeard = 200;

/** What was heard live in each room or thread, for counters of the server's that are older than that. */
export class Tally {
  readonly #heard = new Map<string, readonly Heard[]>();

  heard(placeId: string, message: Heard): void {
    this.#heard.set(placeId, [...(this.#heard.get(placeId) ?? []), message].slice(-mostHeard));
  }

  /** The counters with everything added that was heard behind them. */
  counted(placeId: string, { readSeq, unread, mentions, lastSeq }: Counted): Omit<Counted, 'readSeq'> {
    const behind = (this.#heard.get(placeId) ?? []).filter(({ seq }) => seq > lastSeq);
    const counting = behind.filter(({ seq, others }) => others && seq > readSeq);
    return {
      unread: unread + counting.length,
      mentions: mentions + counting.filter(({ mention }) => mention).length,
      lastSeq: Math.max(lastSeq, ...behind.map(({ seq }) => seq)),
    };
  }

  clear(): void {
    this.#heard.clear();
  }
}
