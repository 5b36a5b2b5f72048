import type { JSX } from 'preact';
import type { Room, User } from '../../protocol/shapes';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { Avatar, PresenceDot } from '../parts/avatar';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { showRoom } from '../route';
import { attempt, toast } from '../state';
import { closeDialog } from './dialogs';
import { useSearch } from './use-search';

export function NewDirect(): JSX.Element {
  const { chat } = useWorkspace();
  const write = async (person: User): Promise<void> => {
    const { id } = await chat.rooms.direct(person.id);
    closeDialog();
    showRoom(id);
  };
  return <PickPerson title="Write to somebody" onPick={write} />;
}

export function AddMember({ room }: { room: Room }): JSX.Element {
  const { chat } = useWorkspace();
  const add = async (person: User): Promise<void> => {
    await chat.rooms.admit(room.id, person.id);
    toast(`${apart(person.displayName)} is now in ${apart(room.name)}.`);
    closeDialog();
  };
  return <PickPerson title={`Add somebody to ${apart(room.name)}`} onPick={add} />;
}

function PickPerson({ title, onPick }: { title: string; onPick: (person: User) => Promise<void> }): JSX.Element {
  const { chat, presences } = useWorkspace();
  const { query, setQuery, found, problem } = useSearch<User>((wish, signal) => chat.people.search(wish, signal));
  const others = found?.filter(({ id }) => id !== chat.me.id);
  return (
    <Dialog title={title} onClose={closeDialog}>
      <Field label="Name" type="search" value={query} onInput={setQuery} focus />
      {problem !== null && <p class="problem">{problem}</p>}
      <ul class="result-list" aria-busy={found === null}>
        {others?.map((person) => (
          <li key={person.id}>
            <button type="button" class="result pick" onClick={() => attempt(onPick(person))}>
              <span class="room-sign">
                <Avatar person={person} />
                <PresenceDot status={presences.of(person.id).status} />
              </span>
              <span class="result-words">
                <strong>{person.displayName}</strong>
                <span class="hint">@{apart(person.username)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {others?.length === 0 && <p class="nothing">Nobody here is called “{apart(query)}”.</p>}
    </Dialog>
  );
}
