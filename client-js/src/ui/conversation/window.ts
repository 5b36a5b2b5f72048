import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { Slice } from './heights';
import { Heights, lineAt, sliceAround } from './heights';

const nearPx = 60;
const earlyPx = 800;
const aroundPx = 900;
const enoughPx = 300;
/** Measuring makes guesses true; more rounds than these would be a flicker. */
const mostRounds = 6;

interface Wish {
  /** One key for each line, top to bottom. */
  readonly keys: readonly string[];
  /** The newest line is one's own doing: it is shown wherever one was. */
  readonly lastIsOwn: boolean;
  /** Changes with every page that came in above, also when nothing of it is shown. */
  readonly reach: number;
  /** Called when the reader comes near the top. */
  readonly older: () => void;
}

export interface ListWindow {
  readonly slice: Slice;
  readonly above: RefObject<HTMLDivElement | null>;
  readonly below: RefObject<HTMLDivElement | null>;
  readonly atBottom: boolean;
  readonly toBottom: () => void;
  /** Brings a line on screen, a third below the top. */
  readonly show: (key: string) => void;
}

/**
 * Draws of a long list only what is on screen and a little around it, between two empty spaces of the height of the rest.
 * The reader's place is a line and its distance from the top, not a scroll position: it stays when lines come in above,
 * when pictures load and when the window changes its width. At the bottom one stays at the bottom.
 */
export function useWindow(box: RefObject<HTMLElement | null>, { keys, lastIsOwn, reach, older }: Wish): ListWindow {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const [atBottom, setAtBottom] = useState(true);
  const heights = useRef(new Heights()).current;
  const above = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLDivElement>(null);
  const at = useRef({
    pinned: true,
    key: '',
    offset: 0,
    index: 0,
    width: 0,
    rounds: 0,
    led: false,
    last: keys.at(-1),
  }).current;
  const now = useRef({ keys, older, slice: { from: 0, to: 0 } }).current;

  if (at.last !== keys.at(-1)) {
    at.last = keys.at(-1);
    if (lastIsOwn) at.pinned = true;
  }
  now.keys = keys;
  now.older = older;
  now.slice = wanted();

  function wanted(): Slice {
    const screenPx = box.current?.clientHeight ?? 900;
    if (at.pinned || at.key === '') {
      const last = Math.max(0, keys.length - 1);
      return sliceAround(keys, heights, last, screenPx - heights.of(keys[last] ?? ''), screenPx, aroundPx);
    }
    const found = now.keys[at.index] === at.key ? at.index : keys.indexOf(at.key);
    // The line itself is gone: its neighbour is nearest to where the reader was.
    at.index = found >= 0 ? found : Math.min(at.index, keys.length - 1);
    at.key = keys[at.index] ?? '';
    return sliceAround(keys, heights, at.index, at.offset, screenPx, aroundPx);
  }

  /** Measures what is drawn, gives the rest its space, and puts the reader back to their line. */
  function settle(): void {
    const element = box.current;
    if (element === null || above.current === null || below.current === null) return;
    if (element.clientWidth !== at.width) {
      if (at.width !== 0) heights.forget();
      at.width = element.clientWidth;
    }
    for (const row of rowsOf(element)) heights.measured(row.dataset.key ?? '', row.getBoundingClientRect().height);
    const { from, to } = now.slice;
    above.current.style.height = `${heights.sum(now.keys, 0, from)}px`;
    below.current.style.height = `${heights.sum(now.keys, to, now.keys.length)}px`;
    if (at.pinned) {
      element.scrollTop = element.scrollHeight;
    } else {
      const row = rowsOf(element).find(({ dataset }) => dataset.key === at.key);
      if (row !== undefined) element.scrollTop += topOf(row, element) - at.offset;
    }
    // Nothing to scroll: whatever one was led to, the end is on screen too.
    if (element.scrollHeight <= element.clientHeight) setAtBottom(true);
    if (isCovered(element)) at.rounds = 0;
    else if (at.rounds++ < mostRounds) draw(undefined);
  }

  /** Whether what is drawn reaches beyond the screen, as far as there is anything. */
  function isCovered(element: HTMLElement): boolean {
    const { from, to } = now.slice;
    const top = above.current?.offsetHeight ?? 0;
    const bottom = element.scrollHeight - (below.current?.offsetHeight ?? 0);
    return (
      (from === 0 || top <= element.scrollTop - enoughPx) &&
      (to === now.keys.length || bottom >= element.scrollTop + element.clientHeight + enoughPx)
    );
  }

  function look(): void {
    const element = box.current;
    // An event of the scrolling before: where it was led to is not drawn yet.
    if (element === null || at.led) return;
    at.pinned = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    setAtBottom(at.pinned);
    const shown = rowsOf(element).filter((one) => topOf(one, element) + one.offsetHeight > 0);
    // What only separates lines moves when lines come in: it is no place to hold on to.
    const row = shown.find(({ dataset }) => dataset.holds === 'true') ?? shown[0];
    const drawn = row !== undefined && topOf(row, element) < element.clientHeight;
    if (drawn) {
      at.key = row.dataset.key ?? '';
      at.offset = topOf(row, element);
      at.index = now.keys.indexOf(at.key, now.slice.from);
    } else {
      const line = lineAt(now.keys, heights, element.scrollTop);
      at.key = now.keys[line.index] ?? '';
      at.offset = line.offset;
      at.index = line.index;
    }
    if (!isCovered(element)) draw(undefined);
    if (element.scrollTop < earlyPx) now.older();
  }

  useLayoutEffect(() => {
    at.led = false;
    settle();
  });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    element.addEventListener('scroll', look, { passive: true });
    // Until it is drawn where one is led to, nothing is measured that would hold one back.
    const resized = new ResizeObserver(() => {
      if (!at.led) settle();
    });
    resized.observe(element);
    // A picture that arrives, a text that folds: the lines change without being drawn anew.
    const list = above.current?.parentElement;
    if (list != null) resized.observe(list);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, []);
  useEffect(() => {
    // A page that does not reach beyond the screen leaves nothing to scroll: more is asked for right away.
    const element = box.current;
    if (element !== null && (element.scrollTop < earlyPx || element.scrollHeight <= element.clientHeight)) older();
  }, [keys[1], reach]);

  return {
    slice: now.slice,
    above,
    below,
    atBottom,
    toBottom: () => {
      at.pinned = true;
      at.led = true;
      setAtBottom(true);
      draw(undefined);
    },
    show: (key) => {
      at.pinned = false;
      at.led = true;
      at.key = key;
      at.index = now.keys.indexOf(key);
      at.offset = (box.current?.clientHeight ?? 0) / 3;
      setAtBottom(false);
      draw(undefined);
    },
  };
}

function rowsOf(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('.line')];
}

function topOf(row: HTMLElement, box: HTMLElement): number {
  return row.getBoundingClientRect().top - box.getBoundingClientRect().top;
}
