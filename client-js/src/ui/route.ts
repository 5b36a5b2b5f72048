import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

export interface Place {
  readonly roomId: string;
  /** The thread beside it, by the message that began it. */
  readonly threadId?: string;
  /** The message that a permalink names by its number in the room. */
  readonly seq?: number;
}

const place = signal<Place | null>(read());

/** Which room is on screen, as the address says: a reload stays there, and "back" on a phone leads to the list. */
export const shownRoom = computed(() => place.value?.roomId ?? null);

/** Where the address leads; each visit is a new object, so that the same link leads there again. */
export const shownPlace: ReadonlySignal<Place | null> = place;

/** Which thread is on screen beside its room. */
export const shownThread = computed(() => place.value?.threadId ?? null);

window.addEventListener('hashchange', () => {
  place.value = read();
});

export function showRoom(roomId: string): void {
  window.location.hash = hashOf({ roomId });
}

export function showThread(roomId: string, threadId: string): void {
  window.location.hash = hashOf({ roomId, threadId });
}

/** Leads to a message, also when the address names it already. */
export function showMessage(roomId: string, seq: number): void {
  const hash = hashOf({ roomId, seq });
  if (window.location.hash === hash) place.value = { roomId, seq };
  else window.location.hash = hash;
}

/** The message that the address names turned out to be a reply: the address now names its thread too. */
export function correctPlace(to: Place): void {
  window.history.replaceState(window.history.state, '', hashOf(to));
  place.value = to;
}

export function permalink(to: Place): string {
  return `${window.location.origin}${window.location.pathname}${hashOf(to)}`;
}

export function showList(): void {
  window.location.hash = '#/';
}

function hashOf({ roomId, threadId, seq }: Place): string {
  const thread = threadId === undefined ? '' : `/threads/${encodeURIComponent(threadId)}`;
  return `#/rooms/${encodeURIComponent(roomId)}${thread}${seq === undefined ? '' : `/messages/${seq}`}`;
}

function read(): Place | null {
  const match = /^#\/rooms\/([^/]+)(?:\/threads\/([^/]+))?(?:\/messages\/(\d{1,15}))?$/.exec(window.location.hash);
  const [, room, thread, seq] = match ?? [];
  if (room === undefined) return null;
  try {
    return {
      roomId: decodeURIComponent(room),
      ...(thread === undefined ? {} : { threadId: decodeURIComponent(thread) }),
      ...(seq === undefined ? {} : { seq: Number(seq) }),
    };
  } catch {
    return null;
  }
}
