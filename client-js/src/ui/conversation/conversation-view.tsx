import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Message, Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Composer } from './composer';
import type { Mode } from './composer';
import { DropZone } from './drop-zone';
import { Header } from './header';
import { MessageList } from './message-list';
import { shownPlace } from '../route';
import { TypingLine } from './typing-line';

/** One room: its head, its messages, the place to write. */
export function ConversationView({ room }: { room: Room }): JSX.Element {
  const { chat } = useWorkspace();
  const conversation = useMemo(() => chat.conversation(room.id), [chat, room.id]);
  const [mode, setMode] = useState<Mode>({ type: 'new' });

  useEffect(() => conversation.open(), [conversation]);
  const place = shownPlace.value;
  useEffect(() => {
    if (place?.roomId === room.id && place.seq !== undefined) void conversation.goTo(place.seq);
  }, [conversation, place]);

  const actions = useMemo(
    () => ({
      reply: (message: Message) => setMode({ type: 'reply', message }),
      edit: (message: Message) => setMode({ type: 'edit', message }),
    }),
    [],
  );

  return (
    <main
      class="conversation"
      aria-label={room.peer === undefined ? `Room ${room.name}` : `Conversation with ${room.name}`}
    >
      <DropZone room={room}>
        <Header room={room} />
        <MessageList room={room} conversation={conversation} actions={actions} />
        <TypingLine roomId={room.id} />
        {room.archivedAt === undefined ? (
          <Composer room={room} conversation={conversation} mode={mode} setMode={setMode} />
        ) : (
          <p class="composer archived">This room is archived. It can be read and searched, but not written in.</p>
        )}
      </DropZone>
    </main>
  );
}
