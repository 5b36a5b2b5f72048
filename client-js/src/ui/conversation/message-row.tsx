import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useState } from 'preact/hooks';
import { mayDelete, mayEdit } from '../../chat/changes';
import type { Conversation } from '../../chat/conversation';
import type { Message, Room } from '../../protocol/shapes';
import { isMentioned } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Avatar } from '../parts/avatar';
import { IconButton } from '../parts/button';
import { clockTime, fullTime } from '../parts/time';
import type { Place } from '../route';
import { permalink, showThread } from '../route';
import { announce, attempt, toast } from '../state';
import { Attachment } from './attachment';
import { Reactions, ReactionPicker } from './reactions';
import { RichText } from './rich-text';
import { ThreadBar } from './thread-bar';

export interface MessageActions {
  reply(message: Message): void;
  edit(message: Message): void;
}

interface MessageRowProps {
  readonly message: Message;
  readonly opens: boolean;
  readonly room: Room;
  readonly conversation: Conversation;
  readonly actions: MessageActions;
}

/** A message that the server knows. */
export const MessageRow = memo(function MessageRow({ message, opens, room, conversation, actions }: MessageRowProps) {
  const { chat } = useWorkspace();
  const deleted = message.deletedAt !== undefined;
  const mentioned = isMentioned(message, chat.me.id);
  return (
    <article
      class={`message${opens ? ' opens' : ''}${mentioned ? ' mentions-me' : ''}`}
      data-seq={message.seq}
      tabIndex={-1}
      aria-label={`${message.sender.displayName}, ${clockTime(new Date(message.sentAt))}`}
    >
      <Gutter message={message} opens={opens} />
      <div class="message-body">
        {opens && <Byline name={message.sender.displayName} at={new Date(message.sentAt)} />}
        {message.replyTo !== undefined && !deleted && <ReplyTo conversation={conversation} id={message.replyTo} />}
        {deleted ? <p class="tombstone">This message was deleted.</p> : <Content message={message} />}
        <Reactions message={message} />
        {conversation.threadId === undefined && <ThreadBar message={message} />}
      </div>
      {!deleted && <Toolbar message={message} room={room} conversation={conversation} actions={actions} />}
    </article>
  );
});

function Content({ message }: { message: Message }): JSX.Element {
  return (
    <>
      {message.media !== undefined && <Attachment media={message.media} />}
      {message.text !== '' && <RichText text={message.text} />}
      {message.editedAt !== undefined && (
        <span class="edited" title={fullTime(new Date(message.editedAt))}>
          (edited)
        </span>
      )}
    </>
  );
}

/** The sender's face, or for a message that follows its own, the hour when one looks for it. */
function Gutter({ message, opens }: { message: Message; opens: boolean }): JSX.Element {
  const at = new Date(message.sentAt);
  return (
    <div class="gutter">
      {opens ? (
        <Avatar person={message.sender} />
      ) : (
        <time class="gutter-time" dateTime={message.sentAt} title={fullTime(at)}>
          {clockTime(at)}
        </time>
      )}
    </div>
  );
}

export function Byline({ name, at }: { name: string; at: Date }): JSX.Element {
  return (
    <header class="byline">
      <strong>{name}</strong>
      <time dateTime={at.toISOString()} title={fullTime(at)}>
        {clockTime(at)}
      </time>
    </header>
  );
}

export function ReplyTo({ conversation, id }: { conversation: Conversation; id: string }): JSX.Element {
  const original = conversation.find(id);
  if (original === undefined) return <p class="reply-to">A reply to an earlier message</p>;
  const text =
    original.deletedAt === undefined ? original.text || (original.media?.fileName ?? '') : 'a deleted message';
  return (
    <button type="button" class="reply-to" onClick={() => void conversation.goTo(original.seq)}>
      <strong>{original.sender.displayName}</strong> <span>{text}</span>
    </button>
  );
}

function Toolbar({ message, room, conversation, actions }: Omit<MessageRowProps, 'opens'>): JSX.Element {
  const { chat } = useWorkspace();
  const [certain, setCertain] = useState(false);
  const own = message.sender.id === chat.me.id;
  const { threadId } = conversation;
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
      <ReactionPicker message={message} />
      {threadId === undefined && (
        <IconButton icon="thread" label="Answer in a thread" small onClick={() => showThread(room.id, message.id)} />
      )}
      <IconButton icon="reply" label="Reply" small onClick={() => actions.reply(message)} />
      {mayEdit(message, chat.me.id, room, chat.limits.value, Date.now()) && (
        <IconButton icon="edit" label="Edit" small onClick={() => actions.edit(message)} />
      )}
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
      {mayDelete(message, chat.me.id, room) && (
        <IconButton icon="trash" label="Delete" small tone="danger" onClick={() => setCertain(true)} />
      )}
    </div>
  );
}

function placeOf({ roomId, threadId, seq }: Message): Place {
  return { roomId, seq, ...(threadId === undefined ? {} : { threadId }) };
}

async function copyLink(url: string): Promise<void> {
  await navigator.clipboard.writeText(url);
  toast('The link is copied. Only members of this room can follow it.');
}
