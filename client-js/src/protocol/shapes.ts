import type { Decoded } from './decode';
import { array, boolean, instant, number, object, oneOf, otherwise, string, unknown } from './decode';
import { line, name } from './line';

/** The shapes of the wire contract: one decoder each, and the type that it yields. */

export const user = object({ id: string, username: name, displayName: name }, { avatarUrl: string });
export type User = Decoded<typeof user>;

export const room = object(
  {
    id: string,
    kind: oneOf(['public', 'private', 'direct']),
    name: otherwise(name, ''),
    memberCount: otherwise(number, 0),
    lastSeq: otherwise(number, 0),
    readSeq: otherwise(number, 0),
    unread: otherwise(number, 0),
    mentions: otherwise(number, 0),
    notify: oneOf(['all', 'mentions', 'none'], 'all'),
  },
  // A public room that one has only found and not joined has no role.
  {
    topic: line,
    threadUnread: number,
    threadMentions: number,
    peer: user,
    peers: array(user),
    archivedAt: instant,
    role: oneOf(['owner', 'moderator', 'member'], 'member'),
  },
);
export type Room = Decoded<typeof room>;

export const media = object(
  {
    id: string,
    fileName: name,
    contentType: string,
    size: number,
    url: string,
    state: oneOf(['scanning', 'ready', 'rejected'], 'ready'),
  },
  { width: number, height: number, durationMs: number, thumbnailUrl: string },
);
export type Media = Decoded<typeof media>;

export const reaction = object({ emoji: line, userIds: array(string) });
export type Reaction = Decoded<typeof reaction>;

/** Of the thread that a message began. */
export const replies = object({ replies: number, lastSeq: number }, { lastReplyAt: instant });
export type Replies = Decoded<typeof replies>;

export const message = object(
  {
    id: string,
    roomId: string,
    seq: number,
    sender: user,
    clientId: otherwise(string, ''),
    kind: oneOf(['text', 'media', 'call', 'system'], 'system'),
    text: otherwise(string, ''),
    reactions: otherwise(array(reaction), []),
    mentions: otherwise(array(string), []),
    sentAt: instant,
  },
  {
    media,
    replyTo: string,
    threadId: string,
    editedAt: instant,
    deletedAt: instant,
    thread: replies,
    mentionsAll: oneOf(['all', 'here']),
    pinnedAt: instant,
  },
);
export type Message = Decoded<typeof message>;

/** Whether a message calls a person, by name or with everybody. Who was called by `@here` is among the names. */
export function isMentioned(said: Message, userId: string): boolean {
  return said.mentions.includes(userId) || said.mentionsAll === 'all';
}

export const presenceStatus = oneOf(['online', 'away', 'dnd', 'in_call', 'offline', 'unknown'], 'unknown');
export type PresenceStatus = Decoded<typeof presenceStatus>;

export const presence = object(
  { userId: string, status: presenceStatus },
  { statusText: line, until: instant, lastSeenAt: instant },
);
export type Presence = Decoded<typeof presence>;

export const limits = object(
  {},
  {
    messageLength: number,
    uploadBytes: number,
    uploadTypes: array(string),
    editWindowMs: number,
  },
);
export type Limits = Decoded<typeof limits>;

/** The first event of every connection: who one is and all that happened before it. */
export const session = object(
  {
    user,
    sessionId: string,
    rooms: array(room),
    presence: otherwise(array(presence), []),
    calls: otherwise(array(unknown), []),
    limits: otherwise(limits, {}),
  },
  { serverTime: instant, tokenExpiresAt: instant, administrator: boolean },
);
export type Session = Decoded<typeof session>;

/** How oneself stands to one thread; `threadId` is the message that began it. */
export const threadPlace = object({
  threadId: string,
  roomId: string,
  following: boolean,
  readSeq: number,
  unread: number,
  mentions: number,
  lastSeq: number,
});
export type ThreadPlace = Decoded<typeof threadPlace>;

/** What oneself has begun to write on whatever device; empty when there is nothing any more. */
export const draft = object(
  { roomId: string, text: string, updatedAt: instant },
  { threadId: string, replyTo: string },
);
export type Draft = Decoded<typeof draft>;

export const login = object({ accessToken: string, expiresIn: number, user });
export type Login = Decoded<typeof login>;

/** How one may sign in here: by a password of ours, at an OpenID Connect issuer, or both. */
export const signInWays = object(
  {},
  {
    own: object({ registration: otherwise(boolean, false) }),
    oidc: object({ issuer: string, clientId: string, scopes: otherwise(string, 'openid') }),
  },
);
export type SignInWays = Decoded<typeof signInWays>;

/** A device that the person is signed in with. */
export const deviceSession = object(
  { id: string, name, createdAt: instant, lastUsedAt: instant, current: boolean },
  { address: string },
);
export type DeviceSession = Decoded<typeof deviceSession>;

export const deviceSessions = object({ sessions: array(deviceSession) });

export const messagePage = object({ messages: array(message) }, { more: boolean });
export type MessagePage = Decoded<typeof messagePage>;

/** Replies of a thread, with the message that began it. */
export const threadPage = object({ root: message, place: threadPlace, messages: array(message) }, { more: boolean });

/** Threads that one follows, the one with the latest reply first. */
export const threadList = object({ threads: array(object({ root: message, place: threadPlace })) }, { more: boolean });
export type ThreadList = Decoded<typeof threadList>;

const range = object({ start: number, end: number });

/** Parts of texts are in UTF-16 code units, as JavaScript counts them. */
export const found = object(
  { messages: array(message) },
  {
    more: boolean,
    cursor: string,
    highlights: (value: unknown): Record<string, Decoded<typeof range>[]> => rangeMap(value),
  },
);
export type Found = Decoded<typeof found>;

function rangeMap(value: unknown): Record<string, Decoded<typeof range>[]> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([id, ranges]) => [id, array(range)(ranges)]));
}

export const syncedRoom = object(
  { roomId: string, messages: array(message) },
  // `removed`: the room is not the person's any more. `stale`: more has changed than `updated` holds.
  { room, updated: array(message), removed: boolean, stale: boolean, more: boolean },
);
export type SyncedRoom = Decoded<typeof syncedRoom>;

export const uploadTicket = object(
  { uploadId: string, url: string, method: oneOf(['PUT'], 'PUT') },
  { headers: (value: unknown): Record<string, string> => headerMap(value), expiresAt: instant },
);
export type UploadTicket = Decoded<typeof uploadTicket>;

function headerMap(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export type Role = NonNullable<Room['role']>;

export interface Member {
  readonly user: User;
  readonly role: Role;
}

const membership = object({ user }, { role: oneOf(['owner', 'moderator', 'member'], 'member') });

/** A member is written as `{user, role}`. */
export const member = (value: unknown, path?: string): Member => {
  const { user: person, role = 'member' } = membership(value, path);
  return { user: person, role };
};
