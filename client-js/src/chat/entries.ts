import type { Message } from '../protocol/shapes';
import type { Pending } from './pending';
import type { Timeline } from './timeline';
import { gaps } from './timeline';

/** One line of a conversation as it is read from top to bottom. `key` is the same for a bubble from sending to sent. */
export type Entry =
  | { readonly type: 'day'; readonly key: string; readonly date: Date }
  | { readonly type: 'unread'; readonly key: string }
  | { readonly type: 'gap'; readonly key: string; readonly afterSeq: number; readonly beforeSeq: number }
  | { readonly type: 'replies'; readonly key: string }
  | { readonly type: 'message'; readonly key: string; readonly message: Message; readonly opens: boolean }
  | { readonly type: 'pending'; readonly key: string; readonly pending: Pending; readonly opens: boolean };

/** Messages of one person within this time stand together under one name. */
const groupMs = 5 * 60_000;

/**
 * Lays out a conversation.
 *
 * @param me whose own messages are recognised by their clientId
 * @param unreadAfter the divider stands before the first message of others behind this number; null for none
 * @param threadId the message that began the thread; without it the room is laid out, which does not show its threads' replies
 */
export function layOut(
  timeline: Timeline,
  pending: readonly Pending[],
  me: string,
  unreadAfter: number | null,
  threadId?: string,
): Entry[] {
  const entries: Entry[] = [];
  const holes = gaps(timeline);
  let day = '';
  let group: { sender: string; at: number } | null = null;
  let divided = unreadAfter === null;

  const separate = ({ at, day: its }: Moment): void => {
    if (its === day) return;
    day = its;
    group = null;
    entries.push({ type: 'day', key: `day-${its}`, date: new Date(at) });
  };

  /** What is not shown here may stand between two holes, or behind the last one. */
  const showHoles = (upTo: number): void => {
    for (let hole = holes[0]; hole !== undefined && upTo >= hole.beforeSeq; hole = holes[0]) {
      holes.shift();
      group = null;
      entries.push({ type: 'gap', key: `gap-${hole.afterSeq}`, ...hole });
    }
  };

  const dividable =
    unreadAfter !== null && timeline.covered.some(({ from, to }) => from <= unreadAfter + 1 && unreadAfter + 1 <= to);
  for (const message of timeline.messages) {
    const begins = message.id === threadId;
    if (message.threadId !== threadId && !begins) continue;
    showHoles(message.seq);
    const sent = sentAt(message);
    separate(sent);
    if (!divided && dividable && message.seq > unreadAfter && message.sender.id !== me) {
      divided = true;
      group = null;
      entries.push({ type: 'unread', key: 'unread' });
    }
    const stands = message.kind === 'text' || message.kind === 'media';
    const opens = !follows(group, message.sender.id, sent.at) || message.replyTo !== undefined;
    entries.push({ type: 'message', key: keyOf(message, me), message, opens });
    group = stands && !begins ? { sender: message.sender.id, at: sent.at } : null;
    if (begins) entries.push({ type: 'replies', key: 'replies' });
  }

  showHoles(Number.MAX_SAFE_INTEGER);
  for (const waiting of pending) {
    if (timeline.messages.some((message) => isEcho(message, waiting.clientId, me))) continue;
    separate(momentOf(new Date(waiting.createdAt)));
    const opens = !follows(group, me, waiting.createdAt) || waiting.replyTo !== undefined;
    entries.push({ type: 'pending', key: waiting.clientId, pending: waiting, opens });
    group = { sender: me, at: waiting.createdAt };
  }
  return entries;
}

function keyOf(message: Message, me: string): string {
  return message.sender.id === me && message.clientId !== '' ? message.clientId : message.id;
}

function isEcho(message: Message, clientId: string, me: string): boolean {
  return message.clientId === clientId && message.sender.id === me;
}

function follows(group: { sender: string; at: number } | null, sender: string, at: number): boolean {
  return group?.sender === sender && at - group.at < groupMs;
}

interface Moment {
  readonly at: number;
  readonly day: string;
}

/** Ten thousand messages are laid out anew for each that comes: what a date costs is paid once. */
const moments = new WeakMap<Message, Moment>();

function sentAt(message: Message): Moment {
  const known = moments.get(message);
  if (known !== undefined) return known;
  const moment = momentOf(new Date(message.sentAt));
  moments.set(message, moment);
  return moment;
}

function momentOf(date: Date): Moment {
  return { at: date.getTime(), day: `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}` };
}
