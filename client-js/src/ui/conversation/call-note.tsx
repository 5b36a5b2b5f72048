import type { JSX } from 'preact';
import type { Message, Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Icon } from '../parts/icons';
import { clockTime, fullTime } from '../parts/time';
import { startCall } from '../call/start';

/** What is left of a call in its room. */
export function CallNote({ message, room }: { message: Message; room: Room }): JSX.Element {
  const workspace = useWorkspace();
  const at = new Date(message.sentAt);
  const missed = /missed|no answer|unanswered/i.test(message.text);
  const mine = message.sender.id === workspace.chat.me.id;
  const who = mine ? 'You called' : `${message.sender.displayName} called`;
  return (
    <div class={`call-note${missed ? ' missed' : ''}`}>
      <Icon name={missed ? 'missed' : 'phone'} size={16} />
      <span>{message.text === '' ? who : message.text}</span>
      <time dateTime={message.sentAt} title={fullTime(at)}>
        {clockTime(at)}
      </time>
      {missed && workspace.calls !== null && (
        <button type="button" class="link" onClick={() => startCall(workspace, room.id, 'audio')}>
          {mine ? 'Call again' : 'Call back'}
        </button>
      )}
    </div>
  );
}
