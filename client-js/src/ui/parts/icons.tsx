import type { JSX } from 'preact';

export type IconName = keyof typeof paths;

/** Line drawings on a 24 grid. */
const paths = {
  send: 'M4 12 20 4l-5 16-3.5-6.5L4 12Zm7.5 1.5L20 4',
  attach: 'M20 11.5 12 19.4a5 5 0 0 1-7-7l8.3-8.3a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.5-7.4',
  phone:
    'M5 4h4l1.8 4.6-2.3 1.6a12 12 0 0 0 5.3 5.3l1.6-2.3L20 15v4a1.5 1.5 0 0 1-1.6 1.5C10.6 20 4 13.4 3.5 5.6A1.5 1.5 0 0 1 5 4Z',
  'phone-down':
    'M3 14.5c0-5 18-5 18 0v1.7a1 1 0 0 1-1.2 1l-3.6-.7a1 1 0 0 1-.8-1v-2a13 13 0 0 0-6.8 0v2a1 1 0 0 1-.8 1l-3.6.7a1 1 0 0 1-1.2-1v-1.7Z',
  video:
    'M4 7h9.5A1.5 1.5 0 0 1 15 8.5v7a1.5 1.5 0 0 1-1.5 1.5H4.5A1.5 1.5 0 0 1 3 15.5v-7A1.5 1.5 0 0 1 4.5 7ZM15 11l6-3.5v9L15 13',
  'video-off':
    'M3 3l18 18M10 7h3.5A1.5 1.5 0 0 1 15 8.5V12m0 3.5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 15.5v-7A1.5 1.5 0 0 1 4.5 7H6m9 4 6-3.5v9l-3-1.7',
  mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21m-3.5 0h7',
  'mic-off':
    'M3 3l18 18M9 6a3 3 0 0 1 6 0v5c0 .4-.1.8-.2 1.2M12.5 14A3 3 0 0 1 9 11V9.5M5.5 11a6.5 6.5 0 0 0 10.3 5.3M18.5 11c0 .9-.2 1.8-.5 2.6M12 17.5V21m-3.5 0h7',
  screen: 'M4 5h16v11H4V5Zm4 15h8m-4-4v4',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm4.7 11.2L20 20',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M14.5 5l-7 7 7 7',
  down: 'M12 5v14m-6-6 6 6 6-6',
  chevron: 'M7 10l5 5 5-5',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 9a6.5 6.5 0 0 1 13 0M15.5 4.3a3.5 3.5 0 0 1 0 6.4M17.5 14a6.5 6.5 0 0 1 4 6',
  person: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0',
  hash: 'M9 4 7 20M17 4l-2 16M4.5 9h16M3.5 15h16',
  lock: 'M6 10.5h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 7 0v2.5',
  reply: 'M10 6 4 12l6 6M4 12h9a7 7 0 0 1 7 7',
  thread: 'M4 5h16v11h-8l-4 3.5V16H4V5Zm4 4h8m-8 3.5h5',
  pin: 'M9 4h6l-.7 6.5 3.2 3V15h-11v-1.5l3.2-3L9 4Zm3 11v5.5',
  edit: 'M4 20l1-4.5L16.5 4 20 7.5 8.5 19 4 20ZM14 6.5 17.5 10',
  trash: 'M5 7h14M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.5 11v5.5m3-5.5v5.5',
  smile: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM8.5 14a4.5 4.5 0 0 0 7 0M9 9.5v.5m6-.5v.5',
  unread: 'M4 6h16v12H4V6Zm0 .5 8 6.5 8-6.5',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1.4 1.4M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.4-1.4',
  file: 'M6 3.5h7.5L18 8v12.5H6v-17Zm7 0V8.5h5',
  download: 'M12 4v11m-5-4.5 5 5 5-5M5 20h14',
  retry: 'M19 12a7 7 0 1 1-2.2-5.1M19 3.5v4h-4',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm0-5v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4',
  moon: 'M19.5 14A8 8 0 1 1 10 4.5a6.5 6.5 0 0 0 9.5 9.5Z',
  auto: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Zm0 0v17',
  'sign-out': 'M10 4H5v16h5M15 8l4 4-4 4m4-4H9.5',
  check: 'M5 12.5l4.5 4.5L19 7',
  clock: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM12 7.5V12l3 2',
  alert: 'M12 4 2.5 20h19L12 4Zm0 6v4.5m0 2.5v.5',
  info: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM12 11v5.5m0-9V8',
  missed: 'M4 7l7 7 9-9M4 12V7h5',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4',
  'bell-off': 'M3 3l18 18M6 16.5V11c0-1 .2-2 .7-2.8M9 5.8A6 6 0 0 1 18 11v4M16.5 18h-12L6 16.5M10 20.5h4',
  keyboard: 'M3 6.5h18v11H3v-11ZM7 10h.5m3 0h.5m3 0h.5m3 0h.5M7.5 14h9',
  settings: 'M4 7h10m4 0h2M4 17h2m4 0h10M14 4.5h4v5h-4v-5ZM6 14.5h4v5H6v-5Z',
  more: 'M5.5 12h.5m5.7 0h.6m5.7 0h.5',
  expand: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
} as const;

/** A drawing beside words. It says nothing to a screen reader: the words do. */
export function Icon({ name, size = 20 }: { name: IconName; size?: 16 | 20 | 24 | 40 }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** What stands for a room that is no single person. */
export function roomIcon(kind: 'public' | 'private' | 'direct'): IconName {
  if (kind === 'direct') return 'people';
  return kind === 'public' ? 'hash' : 'lock';
}

/** The product's sign: two people, one conversation. */
export function Mark({ size = 28 }: { size?: number }): JSX.Element {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-ground" width="32" height="32" rx="9" />
      <path class="mark-one" d="M9 12.5A4.5 4.5 0 0 1 13.5 8h5a4.5 4.5 0 0 1 0 9H15l-4 3.2V17a4.5 4.5 0 0 1-2-4.5Z" />
      <path
        class="mark-two"
        d="M18 19.6h1.2a6.6 6.6 0 0 0 5.3-2.7A4 4 0 0 1 23 23.4V26l-3-2.4h-2.5a4 4 0 0 1-3.4-2l2.2-2Z"
      />
    </svg>
  );
}
