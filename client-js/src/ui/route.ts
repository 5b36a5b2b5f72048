import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

export interface Place {
  readonly roomId: string;
  /** The message that a permalink names by its number in the room. */
  readonly seq?: number;
}

const place = signal<Place | null>(read());

/** Which room is on screen, as the address says: a reload stays there, and "back" on a phone leads to the list. */
export const shownRoom = computed(() => place.value?.roomId ?? null);

/** Where the address leads; each visit is a new object, so that the same link leads there again. */
export const shownPlace: ReadonlySignal<Place | null> = place;

window.addEventListener('hashchange', () => {
  place.value = read();
});

export function showRoom(roomId: string): void {
  window.location.hash = hashOf({ roomId });
}

/** Leads to a message, also when the address names it already. */
export function showMessage(roomId: string, seq: number): void {
  const hash = hashOf({ roomId, seq });
  if (window.location.hash === hash) place.value = { roomId, seq };
  else window.location.hash = hash;
}

export function permalink(roomId: string, seq: number): string {
  return `${window.location.origin}${window.location.pathname}${hashOf({ roomId, seq })}`;
}

export function showList(): void {
  window.location.hash = '#/';
}

function hashOf({ roomId, seq }: Place): string {
  return `#/rooms/${encodeURIComponent(roomId)}${seq === undefined ? '' : `/messages/${seq}`}`;
}

function read(): Place | null {
  const match = /^#\/rooms\/([^/]+)(?:\/messages\/(\d{1,15}))?$/.exec(window.location.hash);
  if (match?.[1] === undefined) return null;
  try {
    const roomId = decodeURIComponent(match[1]);
    return match[2] === undefined ? { roomId } : { roomId, seq: Number(match[2]) };
  } catch {
    return null;
  }
}
