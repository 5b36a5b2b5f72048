import type { Message } from '../protocol/shapes';

/** Sequence numbers that are known to hold no message this page has not seen, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The part of a room that this page knows. The server's `seq` alone orders it; `covered` tells what was asked for, so
 * that a hole is known to be one and can be shown.
 */
export interface Timeline {
  readonly messages: readonly Message[];
  readonly covered: readonly Range[];
}

/** Messages that exist between two known ones and were never fetched. */
export interface Gap {
  readonly afterSeq: number;
  readonly beforeSeq: number;
}

export const emptyTimeline: Timeline = { messages: [], covered: [] };

/** Takes in messages, whatever their order and however often they come; the newer word about a message wins. */
export function insert(timeline: Timeline, incoming: readonly Message[]): Timeline {
  if (incoming.length === 0) return timeline;
  const [only] = incoming;
  if (incoming.length === 1 && only !== undefined && only.seq > (timeline.messages.at(-1)?.seq ?? 0)) {
    return { ...timeline, messages: [...timeline.messages, only] };
  }
  const byId = new Map(timeline.messages.map((message) => [message.id, message]));
  for (const message of incoming) byId.set(message.id, newer(byId.get(message.id), message));
  return { ...timeline, messages: [...byId.values()].sort((a, b) => a.seq - b.seq) };
}

/** Changes a message that is known; one that is not was never shown and stays away. */
export function update(timeline: Timeline, message: Message): Timeline {
  return timeline.messages.some(({ id }) => id === message.id) ? insert(timeline, [message]) : timeline;
}

/** Changes what is not said by the message itself but about it: reactions, the thread that it began. */
export function patch(
  timeline: Timeline,
  messageId: string,
  about: Partial<Pick<Message, 'reactions' | 'thread'>>,
): Timeline {
  return {
    ...timeline,
    messages: timeline.messages.map((message) => (message.id === messageId ? { ...message, ...about } : message)),
  };
}

/** Notes that everything from one number to another has been asked for. */
export function cover(timeline: Timeline, from: number, to: number): Timeline {
  if (to < from) return timeline;
  const merged: Range[] = [];
  for (const range of [...timeline.covered, { from, to }].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && range.from <= last.to + 1) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else {
      merged.push(range);
    }
  }
  return { ...timeline, covered: merged };
}

/** The holes between what is known, oldest first. */
export function gaps(timeline: Timeline): Gap[] {
  return timeline.covered.slice(1).map((range, index) => ({
    afterSeq: timeline.covered[index]?.to ?? 0,
    beforeSeq: range.from,
  }));
}

/** Up to where the newest part is known without a hole. */
export function newestSeq(timeline: Timeline): number {
  return timeline.covered.at(-1)?.to ?? 0;
}

export function oldestSeq(timeline: Timeline): number {
  return timeline.covered[0]?.from ?? 1;
}

/** Whether the room's very first message is known. */
export function isComplete(timeline: Timeline): boolean {
  return timeline.covered.length > 0 && oldestSeq(timeline) <= 1;
}

/**
 * Takes in one page of history as the server gave it: between the messages of a page there is no hole. `bounds` widens
 * that to what was asked for, which tells more than the messages do when the page is short.
 */
export function insertPage(timeline: Timeline, page: readonly Message[], bounds: Partial<Range> = {}): Timeline {
  const seqs = page.map(({ seq }) => seq);
  const from = bounds.from ?? (seqs.length > 0 ? Math.min(...seqs) : undefined);
  const to = bounds.to ?? (seqs.length > 0 ? Math.max(...seqs) : undefined);
  const filled = insert(timeline, page);
  return from === undefined || to === undefined ? filled : cover(filled, from, to);
}

/** A deleted message stays deleted, an edited one keeps its newest text, whichever order the words come in. */
function newer(known: Message | undefined, incoming: Message): Message {
  if (known === undefined) return incoming;
  if (known.deletedAt !== undefined && incoming.deletedAt === undefined) return known;
  if (known.editedAt !== undefined && (incoming.editedAt === undefined || incoming.editedAt < known.editedAt)) {
    return incoming.deletedAt === undefined ? known : incoming;
  }
  return incoming;
}
