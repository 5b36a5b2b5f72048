import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { aheadOf } from '../presence/until';
import { asParleyError } from '../protocol/problem';
import type { Member, Room } from '../protocol/shapes';
import { apart } from '../protocol/line';
import { useWorkspace } from './context';
import { Avatar, PresenceDot, presenceWord } from './parts/avatar';
import { Button, IconButton } from './parts/button';
import { since, untilWords } from './parts/time';
import { MemberList } from './members';
import { showList } from './route';
import { attempt, detailsShown, openDialog, toast } from './state';

/** The third column: what a room is for and who is in it, or who the other one is. */
export function Details({ room }: { room: Room }): JSX.Element {
  return (
    <aside class="details" aria-label="Details">
      <header class="details-head">
        <h2>{title(room)}</h2>
        <IconButton icon="close" label="Close details" onClick={() => (detailsShown.value = false)} />
      </header>
      {room.peer === undefined ? <RoomDetails room={room} /> : <PersonDetails room={room} />}
    </aside>
  );
}

function title(room: Room): string {
  if (room.kind !== 'direct') return 'About this room';
  return room.peer === undefined ? 'About this conversation' : 'About this person';
}

function PersonDetails({ room }: { room: Room }): JSX.Element | null {
  const { presences } = useWorkspace();
  if (room.peer === undefined) return null;
  const { status, statusText, until, lastSeenAt } = presences.of(room.peer.id);
  const end = aheadOf(until, Date.now());
  return (
    <div class="person-card">
      <Avatar person={room.peer} size="large" />
      <h3>{room.peer.displayName}</h3>
      <p class="hint">@{apart(room.peer.username)}</p>
      {status !== 'unknown' && (
        <p class="with-dot">
          <PresenceDot status={status} />
          <span aria-hidden="true">{presenceWord(status)}</span>
          {status === 'offline' && lastSeenAt !== undefined && (
            <span class="hint">seen {since(new Date(lastSeenAt))}</span>
          )}
        </p>
      )}
      {statusText !== undefined && <p>{statusText}</p>}
      {end !== undefined && <p class="hint">{untilWords(end)}</p>}
      <Button icon="pin" onClick={() => (openDialog.value = 'pins')}>
        Pinned messages
      </Button>
    </div>
  );
}

function RoomDetails({ room }: { room: Room }): JSX.Element {
  const { chat } = useWorkspace();
  const [members, setMembers] = useState<readonly Member[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isRoom = room.kind !== 'direct';
  const open = room.archivedAt === undefined;
  const manages = isRoom && open && (room.role === 'owner' || room.role === 'moderator');
  const stirred = chat.rooms.stirs.value.get(room.id);

  useEffect(() => {
    const abort = new AbortController();
    chat.rooms.members(room.id, abort.signal).then(
      (list) => {
        chat.people.learn(list.map(({ user }) => user));
        setMembers(list);
        setProblem(null);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setProblem(asParleyError(error).message);
      },
    );
    return () => abort.abort();
  }, [room.id, stirred]);

  const leave = async (): Promise<void> => {
    await chat.rooms.leave(room.id);
    showList();
    toast(`You have left ${apart(room.name)}.`);
  };
  return (
    <>
      {room.archivedAt !== undefined && (
        <p class="note">This room is archived: it can be read, and nothing in it changes.</p>
      )}
      {room.topic !== undefined && room.topic !== '' && <p class="topic">{room.topic}</p>}
      <section aria-labelledby="members-title">
        <header class="group-head">
          <h3 id="members-title">Members {members !== null && <span class="hint">{members.length}</span>}</h3>
          {manages && (
            <IconButton icon="plus" label="Add somebody" small onClick={() => (openDialog.value = 'add-member')} />
          )}
        </header>
        {problem !== null && <p class="problem">{problem}</p>}
        <MemberList members={members} room={room} manages={manages} />
      </section>
      <NoticeLevel room={room} />
      <div class="details-foot">
        <Button icon="pin" onClick={() => (openDialog.value = 'pins')}>
          Pinned messages
        </Button>
        {isRoom && room.role === 'owner' && (
          <Button icon="lock" onClick={() => attempt(chat.rooms.archive(room.id, room.archivedAt === undefined))}>
            {room.archivedAt === undefined ? 'Archive this room' : 'Open this room again'}
          </Button>
        )}
        {isRoom && (
          <Button icon="sign-out" onClick={() => attempt(leave())}>
            Leave this room
          </Button>
        )}
      </div>
    </>
  );
}

const levels = [
  { value: 'all', title: 'Every message' },
  { value: 'mentions', title: 'Mentions and my words' },
  { value: 'none', title: 'Nothing' },
] as const;

/** What of this room one wants to be told. */
function NoticeLevel({ room }: { room: Room }): JSX.Element {
  const { chat } = useWorkspace();
  return (
    <fieldset class="levels">
      <legend>Notify me of</legend>
      {levels.map(({ value, title }) => (
        <label key={value}>
          <input
            type="radio"
            name="notice-level"
            checked={room.notify === value}
            onChange={() => attempt(chat.rooms.alter(room.id, { notify: value }))}
          />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
