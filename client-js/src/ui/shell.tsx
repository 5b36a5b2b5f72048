import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { showCounts } from './badge';
import { Banner } from './banner';
import { CallLayer } from './call/call-layer';
import { useParley, useWorkspace } from './context';
import { ConversationView } from './conversation/conversation-view';
import { useNoStrayDrops } from './conversation/drop-zone';
import { ThreadView } from './conversation/thread-view';
import { Details } from './details';
import { Dialogs } from './dialogs/dialogs';
import { Welcome } from './welcome';
import { showList, shownRoom, shownThread } from './route';
import { Sidebar } from './sidebar/sidebar';
import { useShellKeys } from './shell-keys';
import { detailsShown, toast } from './state';
import { apart } from '../protocol/line';

/** The signed-in page: rooms, the conversation, and who is in it. On a phone one of them at a time. */
export function Shell(): JSX.Element {
  const { chat, files } = useWorkspace();
  const { link } = useParley();
  const room = useComputed(() => {
    const id = shownRoom.value;
    return id === null ? undefined : chat.rooms.byId.value.get(id);
  }).value;

  useShellKeys();
  useNoStrayDrops();
  useEffect(() => showCounts(chat.rooms), [chat]);
  useEffect(() => chat.onRemoved((name) => toast(`You are no longer in ${apart(name)}.`)), [chat]);
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
    return () => window.removeEventListener('beforeunload', leaving);
  }, [files]);

  const threadId = shownThread.value;
  const beside = threadId !== null ? ' has-thread' : detailsShown.value ? ' has-details' : '';
  const classes = `shell${room === undefined ? '' : ` has-room${beside}`}`;
  return (
    <div class={classes}>
      <Banner link={link.value} />
      <Sidebar shownId={room?.id ?? null} />
      {room === undefined ? <Welcome /> : <ConversationView key={room.id} room={room} />}
      {room !== undefined && threadId !== null && <ThreadView key={threadId} room={room} threadId={threadId} />}
      {room !== undefined && threadId === null && detailsShown.value && <Details key={room.id} room={room} />}
      <CallLayer />
      <Dialogs room={room} />
    </div>
  );
}
