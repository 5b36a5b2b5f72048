import { signal } from '@preact/signals';
import { asParleyError } from '../protocol/problem';

export type DialogName =
  | 'create-room'
  | 'find-rooms'
  | 'new-direct'
  | 'switch'
  | 'search'
  | 'threads'
  | 'status'
  | 'pins'
  | 'devices'
  | 'password'
  | 'privacy'
  | 'notices'
  | 'try-calls'
  | 'try-relays'
  | 'shortcuts'
  | 'add-member';

/** The dialog that is open, at most one. */
export const openDialog = signal<DialogName | null>(null);

/** Whether the column with members and details is wanted; narrow screens begin without. */
export const detailsShown = signal(window.innerWidth >= 1200);

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'error' | 'info';
}

const mostToasts = 4;
let lastToast = 0;

export const toasts = signal<readonly Toast[]>([]);

export function toast(text: string, tone: Toast['tone'] = 'info'): void {
  if (toasts.peek().some((shown) => shown.text === text)) return;
  const id = ++lastToast;
  toasts.value = [...toasts.peek().slice(1 - mostToasts), { id, text, tone }];
  setTimeout(() => dismissToast(id), tone === 'error' ? 9_000 : 5_000);
}

export function dismissToast(id: number): void {
  toasts.value = toasts.peek().filter((shown) => shown.id !== id);
}

/** Runs what a button started; what goes wrong is said. */
export function attempt(work: Promise<unknown>): void {
  work.catch((error: unknown) => toast(asParleyError(error).message, 'error'));
}

/** Says something to screen readers only. */
export const announcement = signal('');

export function announce(text: string): void {
  announcement.value = text;
}
