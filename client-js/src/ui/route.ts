import { signal } from '@preact/signals';

/** Which room is on screen, as the address says: a reload stays there, and "back" on a phone leads to the list. */
export const shownRoom = signal<string | null>(read());

window.addEventListener('hashchange', () => {
  shownRoom.value = read();
});

export function showRoom(roomId: string): void {
  window.location.hash = `#/rooms/${encodeURIComponent(roomId)}`;
}

export function showList(): void {
  window.location.hash = '#/';
}

function read(): string | null {
  const match = /^#\/rooms\/([^/]+)$/.exec(window.location.hash);
  return match?.[1] === undefined ? null : decodeURIComponent(match[1]);
}
