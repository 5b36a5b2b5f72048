import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { comboOf } from '../../keys/combo';
import type { Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { IconButton } from '../parts/button';
import { showRoom, shownPlace } from '../route';
import { announce, attempt } from '../state';
import { Composer } from './composer';
import type { Mode } from './composer';
import { useActions } from './conversation-view';
import { DropZone } from './drop-zone';
import { MessageList } from './message-list';
import { TypingLine } from './typing-line';

/** One thread beside its room: the message that began it, the replies, the place to reply. */
export function ThreadView({ room, threadId }: { room: Room; threadId: string }): JSX.Element {
  const { chat, keymap } = useWorkspace();
  const conversation = useMemo(() => chat.conversation(room.id, threadId), [chat, room.id, threadId]);
  const [mode, setMode] = useState<Mode>({ type: 'new' });
  const actions = useActions(setMode);

  useEffect(() => conversation.open(), [conversation]);
  const place = shownPlace.value;
  useEffect(() => {
    if (place?.threadId === threadId && place.seq !== undefined) void conversation.goTo(place.seq);
  }, [conversation, place]);

  const close = (): void => {
    const root = conversation.find(threadId)?.seq;
    showRoom(room.id);
    // Back to where one came from: the message in the room, or the place to write.
    requestAnimationFrame(() => {
      const row = document.querySelector<HTMLElement>(`main.conversation [data-seq="${root ?? 0}"]`);
      (row ?? document.querySelector<HTMLElement>('main.conversation textarea'))?.focus({ preventScroll: true });
    });
  };
  const following = chat.threads.places.value.get(threadId)?.following === true;
  const follow = async (): Promise<void> => {
    await chat.threads.follow(threadId, !following);
    announce(following ? 'You no longer follow this thread.' : 'You follow this thread.');
  };
  return (
    <aside
      class="thread"
      aria-label="Thread"
      onKeyDown={(event) => {
        if (event.defaultPrevented || comboOf(event) !== 'Escape') return;
        // As in the room, the key first says that all of it is read; then there is nothing left but to close.
        if (conversation.reading.peek().unread > 0 && keymap.actionOf('Escape') === 'mark-read') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <DropZone room={room} conversation={conversation}>
        <header class="thread-head">
          <div class="conversation-title">
            <h2>Thread</h2>
            <p class="hint">{room.name}</p>
          </div>
          <IconButton
            icon={following ? 'bell' : 'bell-off'}
            label={following ? 'Following. You are told of new replies' : 'Follow this thread'}
            pressed={following}
            onClick={() => attempt(follow())}
          />
          <IconButton icon="close" label="Close the thread" onClick={close} />
        </header>
        <MessageList room={room} conversation={conversation} actions={actions} />
        <TypingLine conversation={conversation} />
        {room.archivedAt === undefined ? (
          <Composer room={room} conversation={conversation} mode={mode} setMode={setMode} />
        ) : (
          <p class="composer archived">This room is archived: nothing can be added to the thread.</p>
        )}
      </DropZone>
    </aside>
  );
}
