import { boolean, instant, number, object, oneOf, string } from './decode';
import {
  draft,
  message,
  presence,
  presenceStatus,
  reaction,
  replies,
  room,
  session,
  threadPlace,
  user,
} from './shapes';
import { array, otherwise } from './decode';
import type { Decoded } from './decode';

/** What the server says without being asked, and how each of it is read. Calls have their own events in `call/`. */
export const serverEvents = {
  session,
  session_expiring: object({}, { tokenExpiresAt: instant }),
  session_ended: object(
    { reason: oneOf(['expired', 'revoked', 'rate_limited', 'drain'], 'drain') },
    { retryAfterMs: number },
  ),
  throttled: object({ event: otherwise(string, '') }, { retryAfterMs: number }),
  message: object({ message }),
  message_updated: object({ message }),
  message_deleted: object({ message }),
  reaction: object({ roomId: string, messageId: string, reactions: array(reaction) }),
  // The counters come only to the reader; they hold for messages up to `lastSeq`.
  read: object({ roomId: string, userId: string, seq: number }, { unread: number, mentions: number, lastSeq: number }),
  thread_updated: object({ roomId: string, threadId: string, thread: replies }),
  thread_followed: object({ roomId: string, threadId: string }),
  thread_place: threadPlace,
  draft,
  typing: object({ roomId: string, userId: string, on: boolean }, { threadId: string }),
  room_added: object({ room }),
  room_updated: object({ room }),
  room_removed: object({ roomId: string }, { reason: string }),
  member_joined: object({ roomId: string, user }),
  member_left: object({ roomId: string, user }),
  member_updated: object({ roomId: string, user, role: oneOf(['owner', 'moderator', 'member'], 'member') }),
  user_online: object({ userId: string, status: presenceStatus }),
  user_offline: object({ userId: string }, { lastSeenAt: instant }),
  presence_changed: object({ presence }),
} as const;

export type ServerEvents = { [E in keyof typeof serverEvents]: Decoded<(typeof serverEvents)[E]> };
export type ServerEvent = keyof ServerEvents;
