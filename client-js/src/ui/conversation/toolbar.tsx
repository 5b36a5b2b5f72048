import type { JSX } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import { editableFor, mayDelete, mayEdit } from '../../chat/changes';
import type { Conversation } from '../../chat/conversation';
import type { Message, Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { IconButton } from '../parts/button';
import type { Place } from '../route';
import { permalink, showThread } from '../route';
import { announce, attempt, toast } from '../state';
import type { MessageActions } from './message-row';
import { ReactionPicker } from './reactions';

/** Browsers count no further. */
const longestTimerMs = 2_147_000_000;

interface ToolbarProps {
  readonly message: Message;
  readonly room: Room;
  readonly conversation: Conversation;
  readonly actions: MessageActions;
}

/** What one can do with a message: nothing that the server would refuse, as far as this page knows. */
export function Toolbar({ message, room, conversation, actions }: ToolbarProps): JSX.Element {
  const { chat } = useWorkspace();
  const [certain, setCertain] = useState(false);
  const own = message.sender.id === chat.me.id;
  const { threadId } = conversation;
  const limits = chat.limits.value;
  const editable = mayEdit(message, chat.me.id, room, limits, Date.now());
  useEnd(editable ? editableFor(message, limits, Date.now()) : undefined);
  const changing = room.archivedAt === undefined;
  const pinned = message.pinnedAt !== undefined;
  const stands = message.kind === 'text' || message.kind === 'media';
  if (!stands) return <></>;
  if (certain) {
    return (
      <div class="toolbar open" role="group" aria-label="Delete this message?">
        <span class="toolbar-words">Delete for everybody?</span>
        <button
          type="button"
          class="link danger"
          autoFocus
          onClick={() => attempt(chat.changes.delete(message).then(() => announce('Message deleted.')))}
        >
          Delete
        </button>
        <button type="button" class="link" onClick={() => setCertain(false)}>
          Keep
        </button>
      </div>
    );
  }
  return (
    <div class="toolbar" role="group" aria-label="Message actions">
      {changing && <ReactionPicker message={message} />}
      {threadId === undefined && (
        <IconButton icon="thread" label="Answer in a thread" small onClick={() => showThread(room.id, message.id)} />
      )}
      {changing && <IconButton icon="reply" label="Reply" small onClick={() => actions.reply(message)} />}
      {editable && <IconButton icon="edit" label="Edit" small onClick={() => actions.edit(message)} />}
      {!own && (
        <IconButton
          icon="unread"
          label="Mark as unread from here"
          small
          onClick={() => attempt(conversation.markUnread(message))}
        />
      )}
      <IconButton
        icon="link"
        label="Copy the link to this message"
        small
        onClick={() => attempt(copyLink(permalink(placeOf(message))))}
      />
      {changing && (
        <IconButton
          icon="pin"
          label={pinned ? 'Unpin' : 'Pin'}
          pressed={pinned}
          small
          onClick={() => attempt(chat.changes.pin(message, !pinned))}
        />
      )}
      {mayDelete(message, chat.me.id, room) && (
        <IconButton icon="trash" label="Delete" small tone="danger" onClick={() => setCertain(true)} />
      )}
    </div>
  );
}

/** Draws anew when a time is over. */
function useEnd(ms: number | undefined): void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (ms === undefined || ms > longestTimerMs) return undefined;
    const timer = setTimeout(() => draw(undefined), ms + 1);
    return () => clearTimeout(timer);
  }, [ms !== undefined]);
}

function placeOf({ roomId, threadId, seq }: Message): Place {
  return { roomId, seq, ...(threadId === undefined ? {} : { threadId }) };
}

async function copyLink(url: string): Promise<void> {
  await navigator.clipboard.writeText(url);
  toast('The link is copied. Only members of this room can follow it.');
}
