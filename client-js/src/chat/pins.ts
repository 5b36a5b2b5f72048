import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Api } from '../net/api';
import { asParleyError } from '../protocol/problem';
import type { Message } from '../protocol/shapes';
import { messagePage } from '../protocol/shapes';

type LoadPins = (roomId: string, signal: AbortSignal) => Promise<Message[]>;

/** Asks the server what a room keeps in view, the latest first. */
export function loadPins(api: Api): LoadPins {
  return async (roomId, signal) =>
    (await api.call(`/api/rooms/${encodeURIComponent(roomId)}/pins`, messagePage, { signal })).messages;
}

/** The lists of pinned messages that somebody looks at. */
export class Pins {
  readonly #load: LoadPins;
  readonly #open = new Set<PinList>();

  constructor(load: LoadPins) {
    this.#load = load;
  }

  /** What a room keeps in view, kept true until it is closed. */
  open(roomId: string): PinList {
    const list = new PinList(roomId, this.#load, () => this.#open.delete(list));
    this.#open.add(list);
    return list;
  }

  /** A message is another now: pinned, let go, edited, deleted. */
  changed(message: Message): void {
    for (const list of this.#open) list.changed(message);
  }

  /** A new connection: what happened without one was not heard. */
  reload(): void {
    for (const list of this.#open) void list.reload();
  }

  close(): void {
    for (const list of this.#open) list.close();
  }
}

/** The pinned messages of one room. */
export class PinList {
  readonly #roomId: string;
  readonly #load: LoadPins;
  readonly #closed: () => void;
  readonly #messages = signal<readonly Message[] | null>(null);
  readonly #problem = signal<string | null>(null);
  /** What was heard while an answer is on its way, which may be older than that; null while none is. */
  #meanwhile: Message[] | null = null;
  #asking = new AbortController();

  constructor(roomId: string, load: LoadPins, closed: () => void) {
    this.#roomId = roomId;
    this.#load = load;
    this.#closed = closed;
    void this.reload();
  }

  /** The latest pin first; null until they are known. */
  get messages(): ReadonlySignal<readonly Message[] | null> {
    return this.#messages;
  }

  /** Why they are not known. */
  get problem(): ReadonlySignal<string | null> {
    return this.#problem;
  }

  changed(message: Message): void {
    if (message.roomId !== this.#roomId) return;
    this.#meanwhile?.push(message);
    const known = this.#messages.peek();
    if (known !== null) this.#messages.value = withChange(known, message);
  }

  async reload(): Promise<void> {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const meanwhile: Message[] = [];
    this.#meanwhile = meanwhile;
    try {
      const found = await this.#load(this.#roomId, asking.signal);
      if (asking.signal.aborted) return;
      this.#messages.value = meanwhile.reduce<readonly Message[]>(withChange, found);
      this.#problem.value = null;
    } catch (error) {
      if (!asking.signal.aborted) this.#problem.value = asParleyError(error).message;
    } finally {
      if (this.#asking === asking) this.#meanwhile = null;
    }
  }

  close(): void {
    this.#asking.abort();
    this.#closed();
  }
}

function withChange(pins: readonly Message[], message: Message): readonly Message[] {
  const others = pins.filter(({ id }) => id !== message.id);
  const { pinnedAt, deletedAt } = message;
  if (pinnedAt === undefined || deletedAt !== undefined) return others;
  const at = others.findIndex((other) => Date.parse(other.pinnedAt ?? '') <= Date.parse(pinnedAt));
  return at < 0 ? [...others, message] : [...others.slice(0, at), message, ...others.slice(at)];
}
