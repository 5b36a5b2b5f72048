import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import type { Conversation } from '../../chat/conversation';
import { plain } from '../../chat/plain';
import type { Message, Room } from '../../protocol/shapes';
import { isMentioned } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Avatar } from '../parts/avatar';
import { Icon } from '../parts/icons';
import { clockTime, fullTime } from '../parts/time';
import { Attachment } from './attachment';
import { EditedMark } from './edited-mark';
import { Reactions } from './reactions';
import { RichText } from './rich-text';
import { ThreadBar } from './thread-bar';
import { Toolbar } from './toolbar';

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
        {message.pinnedAt !== undefined && !deleted && (
          <p class="pinned">
            <Icon name="pin" size={16} /> Pinned
          </p>
        )}
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
      {message.editedAt !== undefined && <EditedMark message={message} at={new Date(message.editedAt)} />}
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
    original.deletedAt === undefined ? plain(original.text) || (original.media?.fileName ?? '') : 'a deleted message';
  return (
    <button type="button" class="reply-to" onClick={() => void conversation.goTo(original.seq)}>
      <strong>{original.sender.displayName}</strong> <span>{text}</span>
    </button>
  );
}
