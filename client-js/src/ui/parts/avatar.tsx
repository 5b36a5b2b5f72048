import type { JSX } from 'preact';
import type { PresenceStatus, User } from '../../protocol/shapes';

/** How many tints the style sheet knows. */
const tints = 8;

/** A person as a disc with initials; the tint is the person's own, everywhere and always. */
export function Avatar({
  person,
  size = 'medium',
}: {
  person: Pick<User, 'id' | 'displayName'>;
  size?: 'small' | 'medium' | 'large';
}): JSX.Element {
  return (
    <span class={`avatar ${size} tint-${tintOf(person.id)}`} aria-hidden="true">
      {initials(person.displayName)}
    </span>
  );
}

export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => Array.from(word ?? '?')[0] ?? '?')
    .join('')
    .toUpperCase();
}

function tintOf(id: string): number {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % tints;
}

const words: Record<PresenceStatus, string> = {
  online: 'online',
  away: 'away',
  dnd: 'do not disturb',
  in_call: 'in a call',
  offline: 'offline',
  unknown: 'status not known',
};

export function presenceWord(status: PresenceStatus): string {
  return words[status];
}

/** A person's state by shape as well as by colour; read aloud as a word. What is not known is not shown. */
export function PresenceDot({ status }: { status: PresenceStatus }): JSX.Element {
  return (
    <span class={`presence ${status}`} title={words[status]}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        {shapeOf(status)}
      </svg>
      <span class="unseen">{`(${words[status]})`}</span>
    </span>
  );
}

function shapeOf(status: PresenceStatus): JSX.Element | null {
  switch (status) {
    case 'online':
      return <circle cx="6" cy="6" r="4.5" class="fill" />;
    case 'away':
      return <path d="M7.5 1.7A4.5 4.5 0 1 0 10.3 8 4 4 0 0 1 7.5 1.7Z" class="fill" />;
    case 'dnd':
      return (
        <path d="M6 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM3.5 5.1h5v1.8h-5Z" class="fill" fill-rule="evenodd" />
      );
    case 'in_call':
      return <path d="M2.5 3.5h5v5h-5ZM8 5.5l2.5-1.5v4L8 6.5Z" class="fill" />;
    case 'offline':
      return <circle cx="6" cy="6" r="3.7" class="line" />;
    case 'unknown':
      return null;
  }
}
