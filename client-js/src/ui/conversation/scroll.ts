import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

const nearPx = 60;
const earlyPx = 600;

interface ScrollWish {
  /** Called when the reader comes near the top. */
  readonly older: () => void;
  /** The keys of the first and the last line: their change tells what was added where. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly lastIsOwn: boolean;
}

interface Scrolling {
  readonly atBottom: boolean;
  readonly toBottom: () => void;
}

/**
 * Keeps a growing list where the reader is: at the bottom as long as they are there, on the same line while older
 * lines come in above. What one has said oneself is always shown.
 */
export function useScroll(
  box: RefObject<HTMLElement | null>,
  { older, first, last, lastIsOwn }: ScrollWish,
): Scrolling {
  const [atBottom, setAtBottom] = useState(true);
  const pinned = useRef(true);
  const before = useRef({ first, last, height: 0 });

  const toBottom = (): void => {
    const element = box.current;
    if (element === null) return;
    pinned.current = true;
    element.scrollTop = element.scrollHeight;
    setAtBottom(true);
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { first: firstBefore, last: lastBefore, height } = before.current;
    const isPrepended = first !== firstBefore && firstBefore !== undefined && last === lastBefore;
    if (isPrepended && !pinned.current) element.scrollTop += element.scrollHeight - height;
    else if (pinned.current || (last !== lastBefore && lastIsOwn)) toBottom();
    before.current = { first, last, height: element.scrollHeight };
  });

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const look = (): void => {
      const below = element.scrollHeight - element.scrollTop - element.clientHeight;
      pinned.current = below < nearPx;
      setAtBottom(pinned.current);
      before.current.height = element.scrollHeight;
      if (element.scrollTop < earlyPx) older();
    };
    element.addEventListener('scroll', look, { passive: true });
    // The box changes when the composer grows or a keyboard comes up; the lines when a picture arrives.
    const resized = new ResizeObserver(() => {
      if (pinned.current) element.scrollTop = element.scrollHeight;
    });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, []);

  useEffect(() => {
    // A first page that does not fill the screen leaves nothing to scroll: ask for more right away.
    const element = box.current;
    if (first !== undefined && element !== null && element.scrollHeight <= element.clientHeight) older();
  }, [first]);

  return { atBottom, toBottom };
}
