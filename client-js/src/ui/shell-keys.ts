import type { Room } from '../protocol/shapes';
import { useWorkspace } from './context';
import { useKeys } from './keys';
import { showRoom, shownRoom, shownThread } from './route';
import { attempt, detailsShown, openDialog, toast } from './state';
import type { DialogName } from './state';

/** The keys that work wherever one is. */
export function useShellKeys(): void {
  const { chat } = useWorkspace();
  const go = (step: 1 | -1, fits: (room: Room) => boolean): void => {
    const rooms = [...chat.rooms.groups.peek(), ...chat.rooms.directs.peek()];
    const next = neighbour(rooms, shownRoom.peek(), step, fits);
    if (next !== undefined) showRoom(next.id);
  };
  const any = (): boolean => true;
  const isNew = ({ unread, mentions, notify }: Room): boolean => mentions > 0 || (unread > 0 && notify === 'all');
  useKeys({
    switch: () => toggle('switch'),
    search: () => toggle('search'),
    shortcuts: () => toggle('shortcuts'),
    'next-region': () => nextRegion(1),
    'previous-region': () => nextRegion(-1),
    'room-above': () => go(-1, any),
    'room-below': () => go(1, any),
    'unread-above': () => go(-1, isNew),
    'unread-below': () => go(1, isNew),
    'mark-read': () => {
      const threadId = shownThread.peek();
      const roomId = shownRoom.peek();
      // Where the focus is, there one has read.
      if (threadId !== null && document.activeElement?.closest('.thread') != null) attempt(chat.marks.thread(threadId));
      else if (roomId !== null) attempt(chat.marks.room(roomId));
    },
    'mark-all-read': () => attempt(chat.marks.all().then(() => toast('Everything is marked as read.'))),
    details: () => (detailsShown.value = !detailsShown.peek()),
  });
}

function toggle(dialog: DialogName): void {
  openDialog.value = openDialog.peek() === dialog ? null : dialog;
}

/** The next one that fits, above or below; round the end to the other one. */
function neighbour(
  rooms: readonly Room[],
  from: string | null,
  step: 1 | -1,
  fits: (room: Room) => boolean,
): Room | undefined {
  const at = rooms.findIndex(({ id }) => id === from);
  const start = at < 0 && step < 0 ? 0 : at;
  for (let away = 1; away <= rooms.length; away++) {
    const room = rooms.at((start + step * away) % rooms.length);
    if (room !== undefined && room.id !== from && fits(room)) return room;
  }
  return undefined;
}

/** Goes round the parts of the page: the list, the messages, the place to write, the details. */
function nextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('.sidebar, .messages, .composer, .details, .call')].filter(
    (region) => region.offsetParent !== null,
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions.at((at + step) % regions.length);
  const inside = next?.querySelector<HTMLElement>('[aria-current], textarea, a, button');
  (next?.matches('.messages') === true ? next : inside)?.focus();
}
