import type { JSX } from 'preact';
import type { Member, Role, Room } from '../protocol/shapes';
import { apart } from '../protocol/line';
import { useWorkspace } from './context';
import { Avatar, PresenceDot } from './parts/avatar';
import { Icon } from './parts/icons';
import type { MenuItem } from './parts/menu';
import { Menu } from './parts/menu';
import { showRoom } from './route';
import { announce, attempt } from './state';

const roles: readonly { readonly value: Role; readonly title: string }[] = [
  { value: 'owner', title: 'Owner' },
  { value: 'moderator', title: 'Moderator' },
  { value: 'member', title: 'Member' },
];

interface MemberListProps {
  readonly members: readonly Member[] | null;
  readonly room: Room;
  /** Whether one may change who is here, as what. */
  readonly manages: boolean;
}

/** Who is in a room: those who are there first. */
export function MemberList({ members, room, manages }: MemberListProps): JSX.Element {
  const { presences } = useWorkspace();
  const rank = (id: string): number => (['online', 'in_call', 'away', 'dnd'].includes(presences.of(id).status) ? 0 : 1);
  const sorted = [...(members ?? [])].sort(
    (a, b) => rank(a.user.id) - rank(b.user.id) || a.user.displayName.localeCompare(b.user.displayName),
  );
  return (
    <ul class="member-list" aria-busy={members === null}>
      {sorted.map((member) => (
        <li key={member.user.id}>
          <MemberLine member={member} />
          {manages && <MemberMenu member={member} room={room} />}
        </li>
      ))}
    </ul>
  );
}

function MemberLine({ member: { user, role } }: { member: Member }): JSX.Element {
  const { chat, presences } = useWorkspace();
  const isMe = user.id === chat.me.id;
  const { status, statusText } = presences.of(user.id);
  return (
    <button
      type="button"
      class="member"
      disabled={isMe}
      title={isMe ? undefined : `Write to ${apart(user.displayName)}`}
      onClick={() => attempt(chat.rooms.direct([user.id]).then(({ id }) => showRoom(id)))}
    >
      <span class="room-sign">
        <Avatar person={user} size="small" />
        <PresenceDot status={status} />
      </span>
      <span class="member-words">
        <span>{user.displayName}</span>
        {(isMe || role !== 'member' || statusText !== undefined) && (
          <span class="member-facts">
            {role !== 'member' && <span class="role">{role}</span>}
            {isMe && <span class="hint">you</span>}
            {statusText !== undefined && <span class="hint">{statusText}</span>}
          </span>
        )}
      </span>
    </button>
  );
}

/** Roles are the owner's to give; who moderates may send out ordinary members, the owner everybody else. */
function MemberMenu({ member: { user, role }, room }: { member: Member; room: Room }): JSX.Element | null {
  const { chat } = useWorkspace();
  const isOwner = room.role === 'owner';
  const isMe = user.id === chat.me.id;
  const give = async (next: Role): Promise<void> => {
    await chat.rooms.admit(room.id, user.id, next);
    announce(`${apart(user.displayName)} is ${next} now.`);
  };
  const items: MenuItem[] = [];
  if (isOwner) {
    for (const { value, title } of roles) {
      items.push({ label: title, checked: value === role, onPick: () => attempt(give(value)) });
    }
  }
  if (!isMe && (isOwner || role === 'member')) {
    items.push({
      label: 'Remove from the room',
      icon: <Icon name="close" size={16} />,
      danger: true,
      onPick: () => attempt(chat.rooms.expel(room.id, user.id)),
    });
  }
  if (items.length === 0) return null;
  return (
    <Menu
      label={`Role and place of ${apart(user.displayName)}`}
      buttonClass="icon-button plain small"
      face={<Icon name="more" />}
      items={items}
    />
  );
}
