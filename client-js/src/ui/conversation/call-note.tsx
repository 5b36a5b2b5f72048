import type { JSX } from 'preact';
import type { Message, Room } from '../../protocol/shapes';
import { startCall } from '../call/start';
import { useWorkspace } from '../context';
import { Icon } from '../parts/icons';
import { clockTime, fullTime } from '../parts/time';

/** What is left of a call in its room. The server writes for whoever was called; the caller's half is turned here. */
export function CallNote({ message, room }: { message: Message; room: Room }): JSX.Element {
  const workspace = useWorkspace();
  const at = new Date(message.sentAt);
  const missed = /^missed/i.test(message.text);
  const mine = message.sender.id === workspace.chat.me.id;
  const who = mine ? 'you' : message.sender.displayName;
  const what = missed && mine ? 'No answer' : message.text === '' ? 'Call' : message.text;
  return (
    <div class={`call-note${missed && !mine ? ' missed' : ''}`} data-seq={message.seq}>
      <Icon name={missed && !mine ? 'missed' : 'phone'} size={16} />
      <span>
        <bdi>{what}</bdi>{' '}
        <span class="hint">
          by <bdi>{who}</bdi>
        </span>
      </span>
      <time dateTime={message.sentAt} title={fullTime(at)}>
        {clockTime(at)}
      </time>
      {missed && (
        <button type="button" class="link" onClick={() => startCall(workspace, room.id, 'audio')}>
          {mine ? 'Call again' : 'Call back'}
        </button>
      )}
    </div>
  );
}
