import { useEffect, useRef } from 'preact/hooks';
import type { KeyAction } from '../keys/catalogue';
import { overDialogs } from '../keys/catalogue';
import type { Combo } from '../keys/combo';
import { comboOf, isSingle, printed } from '../keys/combo';
import type { Keymap } from '../keys/keymap';
import { useWorkspace } from './context';

export const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

export type KeyHandlers = Partial<Record<KeyAction, () => void>>;

/** Does what keys are for, while the component that says so is on screen. */
export function useKeys(handlers: KeyHandlers): void {
  const { keymap } = useWorkspace();
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const action = meant(event, keymap);
      const handler = action === undefined ? undefined : latest.current[action];
      if (handler === undefined) return;
      event.preventDefault();
      // A key that is held down does its work once.
      if (!event.repeat) handler();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keymap]);
}

/** The key of an action as it stands in a tooltip: ` (Ctrl K)`, or nothing. */
export function keyHint(keymap: Keymap, action: KeyAction): string {
  const { of, singles } = keymap.keys.value;
  const combo = of[action];
  return combo === '' || (!singles && isSingle(combo)) ? '' : ` (${printed(combo, isMac).join(' ')})`;
}

/** What a key means where it was pressed: nearer things come first, and who writes is not disturbed. */
function meant(event: KeyboardEvent, keymap: Keymap): KeyAction | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  const combo = comboOf(event);
  if (combo === null || (isSingle(combo) && isNeeded(combo, event.target))) return undefined;
  const action = keymap.actionOf(combo);
  if (action === undefined || overDialogs.includes(action)) return action;
  return document.querySelector('dialog[open]') === null ? action : undefined;
}

const writing = 'input, textarea, select, [contenteditable], dialog, [role="menu"], [role="listbox"]';
/** The space bar presses buttons and scrolls what can be scrolled. */
const spaced = 'button, a, summary, [role="button"], [tabindex]';

function isNeeded(combo: Combo, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest(writing) !== null || (combo === 'Space' && target.closest(spaced) !== null);
}
