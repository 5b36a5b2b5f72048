import { effect } from '@preact/signals';
import type { Rooms } from '../chat/rooms';

const mostShown = 9;

/** Says in the title, the tab's icon and, where there is one, on the app's icon what is unread. Answers how that ends. */
export function showCounts(rooms: Pick<Rooms, 'unread' | 'personal'>): () => void {
  const stop = effect(() => show(rooms.unread.value, rooms.personal.value));
  return () => {
    stop();
    show(0, 0);
  };
}

/** @param personal how many of the unread ones are said to this person: mentions, and what is said to them alone */
function show(unread: number, personal: number): void {
  document.title = titleOf(unread, personal);
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const href = iconOf(unread, personal);
  if (icon !== null && icon.getAttribute('href') !== href) icon.href = href;
  showOnApp(unread);
}

export function titleOf(unread: number, personal: number): string {
  if (unread === 0) return 'Parley';
  return personal === 0 ? `(${unread}) Parley` : `(${unread} · @${personal}) Parley`;
}

/** A dot for what is unread, a number for what is said to oneself. The pictures are drawn by `badges.ts` at build time. */
export function iconOf(unread: number, personal: number): string {
  if (personal > 0) return `/badges/${personal > mostShown ? 'many' : personal}.svg`;
  return unread > 0 ? '/badges/dot.svg' : '/favicon.svg';
}

/** Only installed apps have an icon to write on, and only some systems show it. */
function showOnApp(count: number): void {
  const app = navigator as Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;
  const done = count > 0 ? app.setAppBadge?.(count) : app.clearAppBadge?.();
  done?.catch(() => undefined);
}
