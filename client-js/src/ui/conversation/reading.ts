import { useEffect } from 'preact/hooks';
import type { Conversation } from '../../chat/conversation';
import type { Room } from '../../protocol/shapes';

const settleMs = 300;

/** Marks a room as read when its newest message is on screen in a window that somebody looks at. */
export function useReading(conversation: Conversation, room: Room, lastSeq: number, atBottom: boolean): void {
  useEffect(() => {
    if (!atBottom || room.unread === 0 || lastSeq === 0) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
      timer = setTimeout(() => void conversation.markRead(lastSeq), settleMs);
    };
    look();
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [conversation, lastSeq, atBottom, room.unread]);
}
