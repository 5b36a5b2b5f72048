import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Conversation } from '../../chat/conversation';
import { actedWithin } from '../../presence/activity';

const settleMs = 300;
/** Who did nothing for so long may have left the desk: what comes in stays unread until they are back. */
const attentiveMs = 60_000;

const signs = ['focus', 'pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/** Marks as read what is on screen, in a window that has the focus, of somebody who is there. */
export function useReading(conversation: Conversation, box: RefObject<HTMLElement | null>): void {
  const { unread, readSeq, lastSeq } = conversation.reading.value;
  useEffect(() => {
    const element = box.current;
    if (element === null || unread === 0) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        if (document.visibilityState !== 'visible' || !document.hasFocus() || !actedWithin(attentiveMs)) return;
        const seq = lastShown(element);
        if (seq > 0) void conversation.markRead(seq);
      }, settleMs);
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    for (const sign of signs) window.addEventListener(sign, look, { passive: true });
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      element.removeEventListener('scroll', look);
      for (const sign of signs) window.removeEventListener(sign, look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [conversation, lastSeq, unread, readSeq]);
}

/** The number of the lowest message that is on screen at least with its first line. */
function lastShown(element: HTMLElement): number {
  const bottom = element.getBoundingClientRect().bottom - 12;
  const shown = [...element.querySelectorAll<HTMLElement>('[data-seq]')].filter(
    (row) => row.getBoundingClientRect().top < bottom,
  );
  return Math.max(0, ...shown.map(({ dataset }) => Number(dataset.seq)));
}
