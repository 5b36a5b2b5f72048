import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Conversation } from '../../chat/conversation';
import type { Room } from '../../protocol/shapes';
import { GoingCall } from '../call/going-call';
import { useWorkspace } from '../context';
import { Composer } from './composer';
import type { Mode } from './composer';
import { DropZone } from './drop-zone';
import { Header } from './header';
import { MessageList } from './message-list';
import type { MessageActions } from './message-row';
import { correctPlace, shownPlace } from '../route';
import { TypingLine } from './typing-line';

/** Leads to a message; what was said in a thread is shown there. */
async function goTo(conversation: Conversation, seq: number): Promise<void> {
  await conversation.goTo(seq);
  const { roomId } = conversation;
  const found = conversation.timeline.peek().messages.find((message) => message.seq === seq);
  const place = shownPlace.peek();
  if (found?.threadId === undefined || place?.roomId !== roomId || place.seq !== seq) return;
  correctPlace({ roomId, threadId: found.threadId, seq });
}

/** What a row of messages asks of the place to write below it. */
export function useActions(setMode: (mode: Mode) => void): MessageActions {
  return useMemo(
    () => ({
      reply: (message) => setMode({ type: 'reply', message }),
      edit: (message) => setMode({ type: 'edit', message }),
    }),
    [],
  );
}

/** One room: its head, its messages, the place to write. */
export function ConversationView({ room }: { room: Room }): JSX.Element {
  const { chat } = useWorkspace();
  const conversation = useMemo(() => chat.conversation(room.id), [chat, room.id]);
  const [mode, setMode] = useState<Mode>({ type: 'new' });

  useEffect(() => conversation.open(), [conversation]);
  const place = shownPlace.value;
  useEffect(() => {
    if (place?.roomId === room.id && place.threadId === undefined && place.seq !== undefined)
      void goTo(conversation, place.seq);
  }, [conversation, place]);
  const actions = useActions(setMode);

  return (
    <main
      class="conversation"
      aria-label={room.kind === 'direct' ? `Conversation with ${room.name}` : `Room ${room.name}`}
    >
      <DropZone room={room} conversation={conversation}>
        <div>
          <Header room={room} />
          <GoingCall room={room} />
        </div>
        <MessageList room={room} conversation={conversation} actions={actions} />
        <TypingLine conversation={conversation} />
        {room.archivedAt === undefined ? (
          <Composer room={room} conversation={conversation} mode={mode} setMode={setMode} />
        ) : (
          <p class="composer archived">This room is archived. It can be read and searched, but not written in.</p>
        )}
      </DropZone>
    </main>
  );
}
