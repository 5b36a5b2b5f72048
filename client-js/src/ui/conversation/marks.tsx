import type { JSX } from 'preact';
import type { Conversation } from '../../chat/conversation';
import type { Room } from '../../protocol/shapes';
import { apart } from '../../protocol/line';
import { Avatar } from '../parts/avatar';
import { Button } from '../parts/button';
import { Icon, roomIcon } from '../parts/icons';

/** The very top of a room that has been read to its beginning. */
export function Beginning({ room }: { room: Room }): JSX.Element {
  return (
    <header class="beginning">
      {room.peer === undefined ? (
        <span class="beginning-sign">
          <Icon name={roomIcon(room.kind)} size={24} />
        </span>
      ) : (
        <Avatar person={room.peer} size="large" />
      )}
      <h2>{room.name}</h2>
      <p class="hint">{beginning(room)}</p>
    </header>
  );
}

function beginning({ kind, name, topic, peer }: Room): string {
  if (kind !== 'direct') return `This is where ${apart(name)} begins.${topic ? ` ${apart(topic)}` : ''}`;
  const who = peer === undefined ? 'Only you and they can see it.' : 'Only you two can see it.';
  return `This is the beginning of your conversation with ${apart(name)}. ${who}`;
}

/** While the first or an older page is on its way, or why it is not. */
export function Loading({ conversation, loaded }: { conversation: Conversation; loaded: boolean }): JSX.Element {
  const problem = conversation.problem.value;
  if (problem !== null && conversation.loading.value === null) {
    return (
      <div class="load-problem" role="alert">
        <p>{problem}</p>
        <Button icon="retry" onClick={() => void (loaded ? conversation.loadOlder() : conversation.loadNewest())}>
          Try again
        </Button>
      </div>
    );
  }
  if (loaded)
    return <p class="load-older hint">{conversation.loading.value === 'older' ? 'Loading older messages…' : ''}</p>;
  return (
    <div class="skeleton messages-skeleton" aria-busy="true">
      <span class="unseen">Loading messages</span>
      {[1, 2, 3, 4, 5].map((line) => (
        <div key={line} class="skeleton-message">
          <div class="skeleton-face" />
          <div class="skeleton-line" />
        </div>
      ))}
    </div>
  );
}

/** A hole in what is known: said, never hidden. */
export function Gap(props: { afterSeq: number; beforeSeq: number; conversation: Conversation }): JSX.Element {
  const { afterSeq, beforeSeq, conversation } = props;
  // The numbers are the room's: how many of them are this thread's nobody has said.
  const count = conversation.threadId === undefined ? beforeSeq - afterSeq - 1 : null;
  const busy = conversation.loading.value === 'gap' || conversation.loading.value === 'sync';
  return (
    <div class="gap" role="separator">
      <span>{count === null ? 'Some replies are not shown here.' : missing(count)}</span>
      <button
        type="button"
        class="link"
        disabled={busy}
        onClick={(event) => void conversation.fill({ afterSeq, beforeSeq }, sideOf(event.currentTarget))}
      >
        {busy ? 'Loading…' : 'Load'}
      </button>
    </div>
  );
}

const missing = (count: number): string =>
  count === 1 ? 'One message is not shown here.' : `${count} messages are not shown here.`;

/** Between the message that began a thread and the replies to it. */
export function RepliesMark({ conversation }: { conversation: Conversation }): JSX.Element {
  const count = conversation.timeline.value.messages.find(({ id }) => id === conversation.threadId)?.thread?.replies;
  return (
    <div class="day replies" role="separator">
      <span>{replyCount(count ?? 0)}</span>
    </div>
  );
}

export function replyCount(count: number): string {
  if (count === 0) return 'No replies yet';
  return count === 1 ? '1 reply' : `${count} replies`;
}

/** Whoever reads what is below a hole sees it in the upper half of the list, and the other way round. */
function sideOf(button: HTMLElement): 'above' | 'below' {
  const list = button.closest('.messages')?.getBoundingClientRect();
  const { top } = button.getBoundingClientRect();
  return list !== undefined && top < list.top + list.height / 2 ? 'below' : 'above';
}
