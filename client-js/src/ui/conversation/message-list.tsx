import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Conversation } from '../../chat/conversation';
import type { Entry } from '../../chat/entries';
import { layOut } from '../../chat/entries';
import { isComplete } from '../../chat/timeline';
import type { Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Icon } from '../parts/icons';
import { dayName } from '../parts/time';
import { CallNote } from './call-note';
import { Beginning, Gap, Loading } from './marks';
import type { MessageActions } from './message-row';
import { MessageRow } from './message-row';
import { PendingRow, UploadRow } from './pending-row';
import { useReading } from './reading';
import { useScroll } from './scroll';

interface MessageListProps {
  readonly room: Room;
  readonly conversation: Conversation;
  readonly actions: MessageActions;
}

/** The messages of a room, newest at the bottom. Arrow keys walk through them, Tab reaches what one can do with each. */
export function MessageList({ room, conversation, actions }: MessageListProps): JSX.Element {
  const { chat, files } = useWorkspace();
  const entries = useComputed(() =>
    layOut(
      conversation.timeline.value,
      chat.outbox.pending.value.filter((pending) => pending.roomId === conversation.roomId),
      chat.me.id,
      conversation.unreadAfter.value,
    ),
  ).value;
  const uploads = files.uploads.all.value.filter((upload) => upload.roomId === conversation.roomId);
  const loading = conversation.loading.value;
  const loaded = conversation.timeline.value.covered.length > 0;
  const lastSeq = conversation.timeline.value.messages.at(-1)?.seq ?? 0;

  const box = useRef<HTMLDivElement>(null);
  const scroll = useScroll(box, {
    older: () => void conversation.loadOlder(),
    first: entries[0]?.key,
    last: uploads.at(-1)?.id ?? entries.at(-1)?.key,
    lastIsOwn: uploads.length > 0 || isOwn(entries.at(-1), chat.me.id),
  });
  useReading(conversation, room, lastSeq, scroll.atBottom);
  const [seen, setSeen] = useState(lastSeq);
  useEffect(() => {
    if (scroll.atBottom) setSeen(lastSeq);
  }, [scroll.atBottom, lastSeq]);
  useLayoutEffect(() => {
    // Once, when a room is opened with something unread: begin where reading stopped.
    if (loaded) box.current?.querySelector('.unread-mark')?.scrollIntoView({ block: 'center' });
  }, [loaded]);

  const fresh = conversation.timeline.value.messages.filter(
    ({ seq, sender }) => seq > seen && sender.id !== chat.me.id,
  ).length;
  return (
    <div class="messages-frame">
      <div
        class="messages"
        ref={box}
        role="log"
        aria-label="Messages"
        aria-live="polite"
        aria-relevant="additions"
        aria-busy={loading === 'older' || loading === 'newest'}
        tabIndex={0}
        onKeyDown={walk}
      >
        {loaded && isComplete(conversation.timeline.value) ? (
          <Beginning room={room} />
        ) : (
          <Loading conversation={conversation} loaded={loaded} />
        )}
        {entries.map((entry) => (
          <EntryRow key={entry.key} entry={entry} room={room} conversation={conversation} actions={actions} />
        ))}
        {uploads.map((upload, index) => (
          <UploadRow key={upload.id} upload={upload} opens={index === 0} />
        ))}
      </div>
      {!scroll.atBottom && (
        <div class="to-newest">
          <Button icon="down" tone={fresh > 0 ? 'primary' : 'plain'} onClick={scroll.toBottom}>
            {fresh > 0 ? `${fresh} new` : 'Newest'}
          </Button>
        </div>
      )}
    </div>
  );
}

function EntryRow({ entry, room, conversation, actions }: MessageListProps & { entry: Entry }): JSX.Element {
  switch (entry.type) {
    case 'day':
      return (
        <div class="day" role="separator">
          <span>{dayName(entry.date)}</span>
        </div>
      );
    case 'unread':
      return (
        <div class="unread-mark" role="separator">
          <span>New</span>
        </div>
      );
    case 'gap':
      return <Gap afterSeq={entry.afterSeq} beforeSeq={entry.beforeSeq} conversation={conversation} />;
    case 'pending':
      return <PendingRow pending={entry.pending} opens={entry.opens} conversation={conversation} />;
    case 'message':
      switch (entry.message.kind) {
        case 'call':
          return <CallNote message={entry.message} room={room} />;
        case 'system':
          return (
            <p class="system-note">
              <Icon name="info" size={16} />
              {entry.message.text}
            </p>
          );
        default:
          return (
            <MessageRow
              message={entry.message}
              opens={entry.opens}
              room={room}
              conversation={conversation}
              actions={actions}
            />
          );
      }
  }
}

function isOwn(entry: Entry | undefined, me: string): boolean {
  return entry?.type === 'pending' || (entry?.type === 'message' && entry.message.sender.id === me);
}

/** Up and down move the focus from message to message. */
function walk(event: KeyboardEvent): void {
  const log = event.currentTarget;
  if (!(log instanceof HTMLElement) || !(event.target instanceof Element)) return;
  if (event.target !== log && !event.target.matches('.message')) {
    if (event.key === 'Escape') event.target.closest<HTMLElement>('.message')?.focus();
    return;
  }
  const rows = [...log.querySelectorAll<HTMLElement>('.message')];
  const at = rows.indexOf(event.target as HTMLElement);
  const to: Record<string, number> = {
    ArrowUp: at < 0 ? rows.length - 1 : Math.max(0, at - 1),
    ArrowDown: at < 0 ? rows.length - 1 : Math.min(rows.length - 1, at + 1),
    Home: 0,
    End: rows.length - 1,
  };
  const target = to[event.key];
  if (target === undefined || rows.length === 0) return;
  event.preventDefault();
  rows[target]?.focus();
}
