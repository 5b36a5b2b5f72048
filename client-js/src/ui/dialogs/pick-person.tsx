import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Room, User } from '../../protocol/shapes';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { Avatar, PresenceDot } from '../parts/avatar';
import { Button, IconButton } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Icon } from '../parts/icons';
import { showRoom } from '../route';
import { attempt, toast } from '../state';
import { closeDialog } from './dialogs';
import { useSearch } from './use-search';

/** Nobody is asked whether they want to be in a room of so many. */
const mostInDirect = 9;

/** One person, or a few of them who write to each other. */
export function NewDirect(): JSX.Element {
  const { chat } = useWorkspace();
  const [picked, setPicked] = useState<readonly User[]>([]);
  const write = async (people: readonly User[]): Promise<void> => {
    const { id } = await chat.rooms.direct(people.map((person) => person.id));
    closeDialog();
    showRoom(id);
  };
  const toggle = (person: User): void => {
    const rest = picked.filter(({ id }) => id !== person.id);
    if (rest.length === picked.length && picked.length === mostInDirect) {
      toast(`A conversation of more than ${mostInDirect + 1} people is better a room.`);
      return;
    }
    setPicked(rest.length === picked.length ? [...picked, person] : rest);
  };
  return (
    <PickPerson
      title="Write to somebody"
      onPick={(person) => {
        if (picked.length === 0) return write([person]);
        toggle(person);
        return Promise.resolve();
      }}
      aside={(person) => {
        const isPicked = picked.some(({ id }) => id === person.id);
        return (
          <IconButton
            icon={isPicked ? 'check' : 'plus'}
            label={isPicked ? `Without ${apart(person.displayName)}` : `Together with ${apart(person.displayName)}`}
            pressed={isPicked}
            onClick={() => toggle(person)}
          />
        );
      }}
    >
      {picked.length > 0 && (
        <div class="picked">
          <ul aria-label="In this conversation">
            {picked.map((person) => (
              <li key={person.id}>
                <button type="button" class="chip" onClick={() => toggle(person)}>
                  <bdi>{person.displayName}</bdi>
                  <span class="unseen">: leave out</span> <Icon name="close" size={16} />
                </button>
              </li>
            ))}
          </ul>
          <Button tone="primary" onClick={() => attempt(write(picked))}>
            {picked.length === 1 ? 'Write' : `Write to these ${picked.length}`}
          </Button>
        </div>
      )}
    </PickPerson>
  );
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

interface PickPersonProps {
  readonly title: string;
  readonly onPick: (person: User) => Promise<void>;
  /** What else one can do with each. */
  readonly aside?: (person: User) => JSX.Element;
  readonly children?: ComponentChildren;
}

function PickPerson({ title, onPick, aside, children }: PickPersonProps): JSX.Element {
  const { chat, presences } = useWorkspace();
  const { query, setQuery, found, problem } = useSearch<User>((wish, signal) => chat.people.search(wish, signal));
  const others = found?.filter(({ id }) => id !== chat.me.id);
  return (
    <Dialog title={title} onClose={closeDialog}>
      <Field label="Name" type="search" value={query} onInput={setQuery} focus />
      {problem !== null && <p class="problem">{problem}</p>}
      <ul class="result-list" aria-busy={found === null}>
        {others?.map((person) => (
          <li key={person.id} class="row">
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
            {aside?.(person)}
          </li>
        ))}
      </ul>
      {children}
      {others?.length === 0 && <p class="nothing">Nobody here is called “{apart(query)}”.</p>}
    </Dialog>
  );
}
