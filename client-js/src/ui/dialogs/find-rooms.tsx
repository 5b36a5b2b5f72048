import type { JSX } from 'preact';
import type { Room } from '../../protocol/shapes';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Icon } from '../parts/icons';
import { showRoom } from '../route';
import { attempt, openDialog } from '../state';
import { closeDialog } from './dialogs';
import { useSearch } from './use-search';

export function FindRooms(): JSX.Element {
  const { chat } = useWorkspace();
  const { query, setQuery, found, problem } = useSearch<Room>((wish, signal) => chat.rooms.find(wish, signal));
  const join = async (room: Room): Promise<void> => {
    const { id } = await chat.rooms.join(room.id);
    closeDialog();
    showRoom(id);
  };
  return (
    <Dialog title="Find rooms" onClose={closeDialog}>
      <Field label="Search public rooms" type="search" value={query} onInput={setQuery} focus />
      {problem !== null && <p class="problem">{problem}</p>}
      <ul class="result-list" aria-busy={found === null}>
        {found?.map((room) => (
          <li key={room.id} class="result">
            <Icon name="hash" />
            <span class="result-words">
              <strong>{room.name}</strong>
              <span class="hint">
                {room.memberCount} {room.memberCount === 1 ? 'member' : 'members'}
                {room.topic ? ` · ${apart(room.topic)}` : ''}
              </span>
            </span>
            <Button onClick={() => attempt(join(room))}>Join</Button>
          </li>
        ))}
      </ul>
      {found?.length === 0 && (
        <div class="nothing">
          <p>
            {query === ''
              ? 'There is no public room that you are not in.'
              : `No public room matches “${apart(query)}”.`}
          </p>
          <Button icon="plus" onClick={() => (openDialog.value = 'create-room')}>
            Make one
          </Button>
        </div>
      )}
    </Dialog>
  );
}
