import type { JSX } from 'preact';
import { aheadOf } from '../../presence/until';
import type { Room } from '../../protocol/shapes';
import { apart } from '../../protocol/line';
import { CallButtons } from '../call/call-buttons';
import { useWorkspace } from '../context';
import { Avatar, PresenceDot, presenceWord } from '../parts/avatar';
import { IconButton } from '../parts/button';
import { Icon, roomIcon } from '../parts/icons';
import { since, untilWords } from '../parts/time';
import { showList } from '../route';
import { detailsShown, openDialog } from '../state';

/** Whose conversation this is, and what one can do with all of it. */
export function Header({ room }: { room: Room }): JSX.Element {
  return (
    <header class="conversation-head">
      <span class="narrow-only">
        <IconButton icon="back" label="Back to the list" onClick={showList} />
      </span>
      <span class="room-sign large">
        {room.peer === undefined ? <Icon name={roomIcon(room.kind)} /> : <Avatar person={room.peer} size="medium" />}
      </span>
      <div class="conversation-title">
        <h1>{room.name}</h1>
        {room.peer === undefined ? <RoomLine room={room} /> : <PersonLine userId={room.peer.id} />}
      </div>
      <CallButtons room={room} />
      <span class="wide-only">
        <IconButton icon="pin" label="Pinned messages" onClick={() => (openDialog.value = 'pins')} />
      </span>
      <IconButton
        icon={room.peer === undefined ? 'people' : 'info'}
        label={detailsShown.value ? 'Hide details' : 'Show details'}
        pressed={detailsShown.value}
        onClick={() => (detailsShown.value = !detailsShown.peek())}
      />
    </header>
  );
}

function RoomLine({ room }: { room: Room }): JSX.Element {
  const people = `${room.memberCount} ${room.memberCount === 1 ? 'member' : 'members'}`;
  return (
    <p class="hint">{room.topic === undefined || room.topic === '' ? people : `${people} · ${apart(room.topic)}`}</p>
  );
}

function PersonLine({ userId }: { userId: string }): JSX.Element | null {
  const { presences } = useWorkspace();
  const { status, statusText, until, lastSeenAt } = presences.of(userId);
  const end = aheadOf(until, Date.now());
  if (status === 'unknown') return null;
  const seen = status === 'offline' && lastSeenAt !== undefined ? `, last seen ${since(new Date(lastSeenAt))}` : '';
  return (
    <p class="hint with-dot">
      <PresenceDot status={status} />
      <span aria-hidden="true">{presenceWord(status) + seen}</span>
      {statusText !== undefined && (
        <span class="says">
          · <bdi>{statusText}</bdi>
        </span>
      )}
      {end !== undefined && <span>· {untilWords(end)}</span>}
    </p>
  );
}
