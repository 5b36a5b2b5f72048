import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { asParleyError } from '../protocol/problem';
import type { Member, Room } from '../protocol/shapes';
import { apart } from '../protocol/line';
import { useWorkspace } from './context';
import { Avatar, PresenceDot, presenceWord } from './parts/avatar';
import { Button, IconButton } from './parts/button';
import { since } from './parts/time';
import { showList, showRoom } from './route';
import { attempt, detailsShown, openDialog, toast } from './state';

/** The third column: what a room is for and who is in it, or who the other one is. */
export function Details({ room }: { room: Room }): JSX.Element {
  return (
    <aside class="details" aria-label="Details">
      <header class="details-head">
        <h2>{room.peer === undefined ? 'About this room' : 'About this person'}</h2>
        <IconButton icon="close" label="Close details" onClick={() => (detailsShown.value = false)} />
      </header>
      {room.peer === undefined ? <RoomDetails room={room} /> : <PersonDetails room={room} />}
    </aside>
  );
}

function PersonDetails({ room }: { room: Room }): JSX.Element | null {
  const { presences } = useWorkspace();
  if (room.peer === undefined) return null;
  const { status, statusText, lastSeenAt } = presences.of(room.peer.id);
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
    </div>
  );
}

function RoomDetails({ room }: { room: Room }): JSX.Element {
  const { chat } = useWorkspace();
  const [members, setMembers] = useState<readonly Member[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const manages = room.role === 'owner' || room.role === 'moderator';

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
  }, [room.id, room.memberCount]);

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
          {(manages || room.kind === 'public') && (
            <IconButton icon="plus" label="Add somebody" small onClick={() => (openDialog.value = 'add-member')} />
          )}
        </header>
        {problem !== null && <p class="problem">{problem}</p>}
        <MemberList
          members={members}
          room={room}
          manages={manages}
          onGone={(id) => setMembers((list) => list?.filter(({ user }) => user.id !== id) ?? null)}
        />
      </section>
      <NoticeLevel room={room} />
      <div class="details-foot">
        {room.role === 'owner' && (
          <Button icon="lock" onClick={() => attempt(chat.rooms.archive(room.id, room.archivedAt === undefined))}>
            {room.archivedAt === undefined ? 'Archive this room' : 'Open this room again'}
          </Button>
        )}
        <Button icon="sign-out" onClick={() => attempt(leave())}>
          Leave this room
        </Button>
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

interface MemberListProps {
  readonly members: readonly Member[] | null;
  readonly room: Room;
  readonly manages: boolean;
  readonly onGone: (userId: string) => void;
}

function MemberList({ members, room, manages, onGone }: MemberListProps): JSX.Element {
  const { chat, presences } = useWorkspace();
  const rank = (id: string): number => (['online', 'in_call', 'away', 'dnd'].includes(presences.of(id).status) ? 0 : 1);
  const sorted = [...(members ?? [])].sort(
    (a, b) => rank(a.user.id) - rank(b.user.id) || a.user.displayName.localeCompare(b.user.displayName),
  );
  return (
    <ul class="member-list" aria-busy={members === null}>
      {sorted.map(({ user, role }) => (
        <li key={user.id}>
          <button
            type="button"
            class="member"
            disabled={user.id === chat.me.id}
            title={user.id === chat.me.id ? undefined : `Write to ${user.displayName}`}
            onClick={() => attempt(chat.rooms.direct(user.id).then(({ id }) => showRoom(id)))}
          >
            <span class="room-sign">
              <Avatar person={user} size="small" />
              <PresenceDot status={presences.of(user.id).status} />
            </span>
            <span class="room-name">
              {user.displayName}
              {user.id === chat.me.id && <span class="hint"> (you)</span>}
            </span>
            {role !== 'member' && <span class="role">{role}</span>}
          </button>
          {manages && user.id !== chat.me.id && role === 'member' && (
            <IconButton
              icon="close"
              label={`Remove ${user.displayName} from ${room.name}`}
              small
              onClick={() => attempt(chat.rooms.expel(room.id, user.id).then(() => onGone(user.id)))}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
