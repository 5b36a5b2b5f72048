import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Room } from '../../protocol/shapes';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { Avatar } from '../parts/avatar';
import { Dialog } from '../parts/dialog';
import { Icon, roomIcon } from '../parts/icons';
import { showRoom } from '../route';
import { closeDialog } from './dialogs';

const mostShown = 8;

/** Ctrl K: a few letters, Enter, there. */
export function Switcher(): JSX.Element {
  const { chat } = useWorkspace();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const matches = find([...chat.rooms.byId.value.values()], query).slice(0, mostShown);
  const active = Math.min(at, Math.max(0, matches.length - 1));
  const go = (room: Room | undefined): void => {
    if (room === undefined) return;
    closeDialog();
    showRoom(room.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt((active + 1) % Math.max(1, matches.length));
    else if (event.key === 'ArrowUp') setAt((active + matches.length - 1) % Math.max(1, matches.length));
    else if (event.key === 'Enter') go(matches[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Go to a conversation" kind="palette" onClose={closeDialog}>
      <input
        class="palette-input"
        type="text"
        role="combobox"
        aria-label="Room or person"
        aria-expanded={matches.length > 0}
        aria-controls="switch-list"
        aria-activedescendant={matches.length > 0 ? `switch-${active}` : undefined}
        aria-autocomplete="list"
        placeholder="Room or person"
        autocomplete="off"
        spellcheck={false}
        autoFocus
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="switch-list" class="result-list" role="listbox" aria-label="Conversations">
        {matches.map((room, index) => (
          <li
            key={room.id}
            id={`switch-${index}`}
            role="option"
            aria-selected={index === active}
            class="result option"
            onClick={() => go(room)}
          >
            {room.peer === undefined ? <Icon name={roomIcon(room.kind)} /> : <Avatar person={room.peer} size="small" />}
            <span class="result-words">
              <strong>{room.name}</strong>
            </span>
            {room.unread > 0 && <span class="badge">{room.unread}</span>}
          </li>
        ))}
      </ul>
      {matches.length === 0 && <p class="nothing">Nothing of yours is called “{apart(query)}”.</p>}
    </Dialog>
  );
}

/** Rooms whose name has a word that begins like this first, then those that contain it; unread ones before read ones. */
function find(rooms: readonly Room[], query: string): Room[] {
  const wanted = query.trim().toLowerCase();
  const rank = ({ name, peer }: Room): number => {
    const names = [name, peer?.username ?? ''].map((one) => one.toLowerCase());
    if (names.some((one) => one.split(/[\s\-_.]+/).some((word) => word.startsWith(wanted)))) return 0;
    return names.some((one) => one.includes(wanted)) ? 1 : 2;
  };
  return rooms
    .filter((room) => rank(room) < 2)
    .sort((a, b) => rank(a) - rank(b) || Number(b.unread > 0) - Number(a.unread > 0) || a.name.localeCompare(b.name));
}
