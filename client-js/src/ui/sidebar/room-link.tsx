import type { JSX } from 'preact';
import type { Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Avatar, PresenceDot } from '../parts/avatar';
import { Icon, roomIcon } from '../parts/icons';

/** One room of the list. A link, so that it opens in a new tab like any other. */
export function RoomLink({ room, current }: { room: Room; current: boolean }): JSX.Element {
  const { presences, chat, calls } = useWorkspace();
  const typing = chat.typing.byPlace.value.has(room.id);
  const inCall = calls.byRoom.value.has(room.id);
  const muted = room.notify !== 'all';
  return (
    <a
      class={`room-link${room.unread > 0 && !muted ? ' unread' : ''}`}
      href={`#/rooms/${encodeURIComponent(room.id)}`}
      aria-current={current ? 'page' : undefined}
    >
      <span class="room-sign">
        {room.peer === undefined ? (
          <Icon name={roomIcon(room.kind)} size={16} />
        ) : (
          <>
            <Avatar person={room.peer} size="small" />
            <PresenceDot status={presences.of(room.peer.id).status} />
          </>
        )}
      </span>
      <span class="room-name">{room.name}</span>
      {inCall && <Icon name="phone" size={16} />}
      {typing && (
        <span class="dots" title="writing">
          <i />
          <i />
          <i />
        </span>
      )}
      <Counts room={room} />
    </a>
  );
}

function Counts({ room }: { room: Room }): JSX.Element | null {
  if (room.mentions > 0) {
    return (
      <span class="badge mention">
        @{short(room.mentions)}
        <span class="unseen"> mentions of you, {room.unread} unread</span>
      </span>
    );
  }
  if (room.unread === 0) return null;
  return (
    <span class={`badge${room.notify === 'all' ? '' : ' quiet'}`}>
      {short(room.unread)}
      <span class="unseen"> unread</span>
    </span>
  );
}

export const short = (count: number): string => (count > 99 ? '99+' : String(count));
