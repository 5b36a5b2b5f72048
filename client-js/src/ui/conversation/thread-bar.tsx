import type { JSX } from 'preact';
import type { Message } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Icon } from '../parts/icons';
import { since } from '../parts/time';
import { showThread, shownThread } from '../route';
import { replyCount } from './marks';

/** Under a message that began a thread: how much was replied, when last, and what of it is new to oneself. */
export function ThreadBar({ message }: { message: Message }): JSX.Element | null {
  const { chat } = useWorkspace();
  const { thread, id, roomId } = message;
  if (thread === undefined || thread.replies === 0) return null;
  const place = chat.threads.places.value.get(id);
  const unread = place?.following === true ? place.unread : 0;
  return (
    <button
      type="button"
      class="thread-bar"
      aria-expanded={shownThread.value === id}
      onClick={() => showThread(roomId, id)}
    >
      <Icon name="thread" size={16} />
      <strong>{replyCount(thread.replies)}</strong>
      {thread.lastReplyAt !== undefined && <span>· last {since(new Date(thread.lastReplyAt))}</span>}
      {unread > 0 && <span class="badge">{unread} new</span>}
    </button>
  );
}
