import type { JSX, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Room, User } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Avatar } from '../parts/avatar';
import { apart } from '../../protocol/line';

const mostShown = 6;

/** Who is called by these is for the server to say, and whether the writer means so many. */
const everybody: readonly User[] = [
  { id: 'all', username: 'all', displayName: 'Everybody in this room' },
  { id: 'here', username: 'here', displayName: 'Everybody who is there now' },
];

export interface Mentions {
  readonly open: boolean;
  readonly people: readonly User[];
  readonly at: number;
  pick(person: User): void;
  /** Answers whether the key was for the list. */
  onKey(event: KeyboardEvent): boolean;
}

/** Names to choose from while "@na" is being written. */
export function useMentions(
  room: Room,
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  write: (text: string) => void,
): Mentions {
  const { chat } = useWorkspace();
  const [at, setAt] = useState(0);
  const [dismissed, setDismissed] = useState('');
  const caret = field.current?.selectionStart ?? text.length;
  const begun = room.kind === 'direct' ? null : /(?:^|\s)@([\w.-]{0,40})$/.exec(text.slice(0, caret));
  const wanted = begun?.[1]?.toLowerCase() ?? '';
  const people =
    begun === null || dismissed === text
      ? []
      : [...chat.people.known.value.values(), ...everybody]
          .filter((person) => person.id !== chat.me.id && begins(person, wanted))
          .slice(0, mostShown);
  const open = people.length > 0;
  const active = Math.min(at, Math.max(0, people.length - 1));

  const pick = (person: User): void => {
    const start = caret - wanted.length;
    write(`${text.slice(0, start)}${person.username} ${text.slice(caret)}`);
    setAt(0);
    requestAnimationFrame(() => {
      const end = start + person.username.length + 1;
      field.current?.focus();
      field.current?.setSelectionRange(end, end);
    });
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const chosen = people[active];
    if (chosen === undefined) return false;
    switch (event.key) {
      case 'ArrowDown':
        setAt((active + 1) % people.length);
        break;
      case 'ArrowUp':
        setAt((active + people.length - 1) % people.length);
        break;
      case 'Enter':
        // the name stands there whole: Enter means what it always means
        if (wanted === chosen.username.toLowerCase()) return false;
        pick(chosen);
        break;
      case 'Tab':
        pick(chosen);
        break;
      case 'Escape':
        setDismissed(text);
        break;
      default:
        return false;
    }
    event.preventDefault();
    return true;
  };
  return { open, people, at: active, pick, onKey };
}

export function MentionList({ id, state }: { id: string; state: Mentions }): JSX.Element | null {
  if (!state.open) return null;
  return (
    <ul class="mention-list" id={`${id}-mentions`} role="listbox" aria-label="People to mention">
      {state.people.map((person, index) => (
        <li
          key={person.id}
          id={`${id}-mention-${index}`}
          role="option"
          aria-selected={index === state.at}
          onPointerDown={(event) => {
            event.preventDefault();
            state.pick(person);
          }}
        >
          <Avatar person={person} size="small" />
          <strong>{person.displayName}</strong>
          <span class="hint">@{apart(person.username)}</span>
        </li>
      ))}
    </ul>
  );
}

function begins(person: User, wanted: string): boolean {
  return [person.username, ...person.displayName.split(/\s+/)].some((word) => word.toLowerCase().startsWith(wanted));
}
