import { effect, useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Banner } from './banner';
import { CallLayer } from './call/call-layer';
import { useParley, useWorkspace } from './context';
import { ConversationView } from './conversation/conversation-view';
import { Details } from './details';
import { Dialogs } from './dialogs/dialogs';
import { Welcome } from './welcome';
import { showList, shownRoom } from './route';
import { Sidebar } from './sidebar/sidebar';
import { detailsShown, openDialog, toast } from './state';

/** The signed-in page: rooms, the conversation, and who is in it. On a phone one of them at a time. */
export function Shell(): JSX.Element {
  const { chat, files } = useWorkspace();
  const { link } = useParley();
  const room = useComputed(() => {
    const id = shownRoom.value;
    return id === null ? undefined : chat.rooms.byId.value.get(id);
  }).value;

  useEffect(
    () =>
      effect(() => {
        const count = chat.rooms.unread.value;
        document.title = count > 0 ? `(${count}) Parley` : 'Parley';
      }),
    [chat],
  );
  useEffect(() => chat.onRemoved((name) => toast(`You are no longer in ${name}.`)), [chat]);
  useEffect(() => {
    // A room of the address that one is not in: the list, once the rooms are known. An effect runs late: it looks for itself.
    const shown = shownRoom.peek();
    if (shown !== null && chat.rooms.loaded.peek() && !chat.rooms.byId.peek().has(shown)) showList();
  }, [room, chat.rooms.loaded.value, shownRoom.value]);
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent): void => {
      if (files.uploads.busy) event.preventDefault();
    };
    window.addEventListener('beforeunload', leaving);
    window.addEventListener('keydown', shortcuts);
    return () => {
      window.removeEventListener('beforeunload', leaving);
      window.removeEventListener('keydown', shortcuts);
    };
  }, [files]);

  const classes = `shell${room === undefined ? '' : ' has-room'}${detailsShown.value && room !== undefined ? ' has-details' : ''}`;
  return (
    <div class={classes}>
      <Banner link={link.value} />
      <Sidebar shownId={room?.id ?? null} />
      {room === undefined ? <Welcome /> : <ConversationView key={room.id} room={room} />}
      {room !== undefined && detailsShown.value && <Details key={room.id} room={room} />}
      <CallLayer />
      <Dialogs room={room} />
    </div>
  );
}

/** Keys that work everywhere; none that a text field needs. */
function shortcuts(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    openDialog.value = openDialog.peek() === 'switch' ? null : 'switch';
    return;
  }
  if (event.key === 'F6') {
    event.preventDefault();
    nextRegion(event.shiftKey ? -1 : 1);
    return;
  }
  const writing = event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null;
  if (event.key === '?' && !writing) openDialog.value = 'shortcuts';
}

/** F6 goes round the parts of the page: the list, the messages, the place to write, the details. */
function nextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('.sidebar, .messages, .composer, .details, .call')].filter(
    (region) => region.offsetParent !== null,
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions.at((at + step) % regions.length);
  const inside = next?.querySelector<HTMLElement>('[aria-current], textarea, a, button');
  (next?.matches('.messages') === true ? next : inside)?.focus();
}
