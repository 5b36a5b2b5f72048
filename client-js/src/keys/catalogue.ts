import type { Combo } from './combo';

/** All that a key can do and people may move to another one, in the order in which it is listed. */
export const keyActions = [
  { id: 'switch', group: 'Everywhere', title: 'Go to a conversation', key: 'Mod+K' },
  { id: 'search', group: 'Everywhere', title: 'Search messages', key: 'Mod+Shift+F' },
  { id: 'shortcuts', group: 'Everywhere', title: 'This list', key: '?' },
  { id: 'next-region', group: 'Everywhere', title: 'The next part of the page', key: 'F6' },
  { id: 'previous-region', group: 'Everywhere', title: 'The part of the page before', key: 'Shift+F6' },
  { id: 'room-above', group: 'Conversations', title: 'The conversation above', key: 'Alt+ArrowUp' },
  { id: 'room-below', group: 'Conversations', title: 'The conversation below', key: 'Alt+ArrowDown' },
  { id: 'unread-above', group: 'Conversations', title: 'The unread one above', key: 'Alt+Shift+ArrowUp' },
  { id: 'unread-below', group: 'Conversations', title: 'The unread one below', key: 'Alt+Shift+ArrowDown' },
  { id: 'mark-read', group: 'Conversations', title: 'Mark this conversation or thread as read', key: 'Escape' },
  { id: 'mark-all-read', group: 'Conversations', title: 'Mark everything as read', key: 'Shift+Escape' },
  { id: 'details', group: 'Conversations', title: 'Show and hide the details', key: 'Mod+.' },
  { id: 'mute', group: 'In a call', title: 'Mute and unmute', key: 'M' },
  { id: 'mute-anywhere', group: 'In a call', title: 'Mute and unmute, also while you write', key: 'Mod+Shift+Space' },
  { id: 'camera', group: 'In a call', title: 'Camera on and off', key: 'V' },
  { id: 'talk', group: 'In a call', title: 'Speak while you hold it', key: 'Space' },
] as const satisfies readonly { id: string; group: string; title: string; key: Combo }[];

export type KeyAction = (typeof keyActions)[number]['id'];

/** These work over an open dialog too. */
export const overDialogs: readonly KeyAction[] = ['switch', 'search', 'mute-anywhere'];
