import type { JSX } from 'preact';
import type { Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { keyHint } from '../keys';
import { IconButton } from '../parts/button';
import { Icon, Mark } from '../parts/icons';
import { openDialog } from '../state';
import { Me } from './me';
import { RoomLink, short } from './room-link';

/** The list of rooms and people, with what is new in each. */
export function Sidebar({ shownId }: { shownId: string | null }): JSX.Element {
  const { chat, keymap } = useWorkspace();
  const { groups, directs, loaded } = chat.rooms;
  return (
    <nav class="sidebar" aria-label="Conversations">
      <header class="sidebar-head">
        <Mark size={28} />
        <span class="sidebar-name">Parley</span>
        <button
          type="button"
          class="search-button"
          title={`Go to a conversation${keyHint(keymap, 'switch')}`}
          onClick={() => (openDialog.value = 'switch')}
        >
          <span>Go to…</span>
        </button>
        <IconButton icon="search" label="Search messages" onClick={() => (openDialog.value = 'search')} />
      </header>
      <div class="sidebar-lists">
        {loaded.value ? (
          <>
            <ThreadsLink />
            <Group title="Rooms" rooms={groups.value} shownId={shownId} empty="You are in no room yet.">
              <IconButton icon="search" label="Find rooms" small onClick={() => (openDialog.value = 'find-rooms')} />
              <IconButton icon="plus" label="New room" small onClick={() => (openDialog.value = 'create-room')} />
            </Group>
            <Group
              title="People"
              rooms={directs.value}
              shownId={shownId}
              empty="No conversations with single people yet."
            >
              <IconButton
                icon="plus"
                label="Write to somebody"
                small
                onClick={() => (openDialog.value = 'new-direct')}
              />
            </Group>
          </>
        ) : (
          <Skeleton />
        )}
      </div>
      <Me />
    </nav>
  );
}

/** To the threads that one follows, with how much is new in them. */
function ThreadsLink(): JSX.Element {
  const { chat } = useWorkspace();
  const unread = chat.threads.unread.value;
  const mentions = chat.threads.mentions.value;
  return (
    <button
      type="button"
      class={`room-link threads-link${unread > 0 ? ' unread' : ''}`}
      onClick={() => (openDialog.value = 'threads')}
    >
      <span class="room-sign">
        <Icon name="thread" size={16} />
      </span>
      <span class="room-name">Threads</span>
      {unread > 0 && (
        <span class={`badge${mentions > 0 ? ' mention' : ''}`}>
          {short(unread)}
          <span class="unseen"> unread{mentions > 0 ? `, ${mentions} mentions of you` : ''}</span>
        </span>
      )}
    </button>
  );
}

interface GroupProps {
  readonly title: string;
  readonly rooms: readonly Room[];
  readonly shownId: string | null;
  readonly empty: string;
  readonly children: JSX.Element | JSX.Element[];
}

function Group({ title, rooms, shownId, empty, children }: GroupProps): JSX.Element {
  const id = `group-${title.toLowerCase()}`;
  return (
    <section aria-labelledby={id}>
      <header class="group-head">
        <h2 id={id}>{title}</h2>
        {children}
      </header>
      {rooms.length === 0 ? (
        <p class="hint group-empty">{empty}</p>
      ) : (
        <ul class="room-list">
          {rooms.map((room) => (
            <li key={room.id}>
              <RoomLink room={room} current={room.id === shownId} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Skeleton(): JSX.Element {
  return (
    <div class="skeleton" aria-busy="true">
      <span class="unseen">Loading your rooms</span>
      {[1, 2, 3, 4, 5, 6].map((line) => (
        <div key={line} class="skeleton-line" />
      ))}
    </div>
  );
}
