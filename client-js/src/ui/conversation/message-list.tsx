import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Conversation } from '../../chat/conversation';
import type { Entry } from '../../chat/entries';
import { layOut } from '../../chat/entries';
import { isComplete, oldestSeq } from '../../chat/timeline';
import type { Message, Room } from '../../protocol/shapes';
import type { Upload } from '../../upload/uploads';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Icon } from '../parts/icons';
import { dayName } from '../parts/time';
import { CallNote } from './call-note';
import { LiveWords } from './live-words';
import { Beginning, Gap, Loading, RepliesMark } from './marks';
import type { MessageActions } from './message-row';
import { MessageRow } from './message-row';
import { PendingRow, UploadRow } from './pending-row';
import { useReading } from './reading';
import { useWindow } from './window';

interface MessageListProps {
  readonly room: Room;
  readonly conversation: Conversation;
  readonly actions: MessageActions;
}

type Line =
  | Entry
  | { readonly type: 'top'; readonly key: 'top' }
  | { readonly type: 'upload'; readonly key: string; readonly upload: Upload; readonly opens: boolean };

/** The messages of a room, newest at the bottom. Arrow keys walk through them, Tab reaches what one can do with each. */
export function MessageList({ room, conversation, actions }: MessageListProps): JSX.Element {
  const { chat } = useWorkspace();
  const lines = useLines(conversation);
  const loading = conversation.loading.value;
  const timeline = conversation.timeline.value;
  const { messages, covered } = timeline;
  const loaded = covered.length > 0;
  const lastSeq = messages.at(-1)?.seq ?? 0;

  const box = useRef<HTMLDivElement>(null);
  const keys = useMemo(() => lines.map(({ key }) => key), [lines]);
  const list = useWindow(box, {
    keys,
    reach: oldestSeq(timeline),
    older: () => void conversation.loadOlder(),
    lastIsOwn: isOwn(lines.at(-1), chat.me.id),
  });
  useReading(conversation, box);
  // What was said before the room was opened is not new, whatever page of it comes in last.
  const [seen, setSeen] = useState(() => conversation.reading.peek().lastSeq);
  useEffect(() => {
    if (list.atBottom) setSeen((before) => Math.max(before, lastSeq));
  }, [list.atBottom, lastSeq]);
  useEffect(() => {
    // Once, when a room is opened with something unread: begin where reading stopped.
    if (loaded && keys.includes('unread')) list.show('unread');
  }, [loaded]);
  const focused = useTarget(conversation, lines, list.show, box);

  const fresh = countBehind(conversation, messages, seen, chat.me.id);
  return (
    <div class="messages-frame">
      <div
        class="messages"
        ref={box}
        role="log"
        aria-label={conversation.threadId === undefined ? 'Messages' : 'Replies'}
        aria-live="off"
        aria-busy={loading === 'older' || loading === 'newest'}
        tabIndex={0}
        onKeyDown={(event) => walk(event, (end) => list.show(keys.at(end === 'first' ? 0 : -1) ?? 'top'))}
      >
        <div>
          <div ref={list.above} />
          {lines.slice(list.slice.from, list.slice.to).map((line) => (
            <div
              key={line.key}
              class={`line${line.key === focused ? ' pointed-at' : ''}`}
              data-key={line.key}
              data-holds={holds(line)}
            >
              <LineBody line={line} room={room} conversation={conversation} actions={actions} />
            </div>
          ))}
          <div ref={list.below} />
        </div>
      </div>
      <LiveWords conversation={conversation} chat={chat} />
      {!list.atBottom && (
        <div class="to-newest">
          <Button icon="down" tone={fresh > 0 ? 'primary' : 'plain'} onClick={list.toBottom}>
            {fresh > 0 ? `${fresh} new` : 'Newest'}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What stands in the list, from the beginning of the room to files on their way. */
function useLines(conversation: Conversation): readonly Line[] {
  const { chat, files } = useWorkspace();
  return useComputed((): Line[] => {
    const entries = layOut(
      conversation.timeline.value,
      chat.outbox.pending.value.filter((pending) => isFor(conversation, pending)),
      chat.me.id,
      conversation.unreadAfter.value,
      conversation.threadId,
    );
    const uploads = files.uploads.all.value
      .filter((upload) => isFor(conversation, upload))
      .map((upload, index): Line => ({ type: 'upload', key: upload.id, upload, opens: index === 0 }));
    return [{ type: 'top', key: 'top' }, ...entries, ...uploads];
  }).value;
}

/** Whether something on its way belongs here. */
function isFor(here: Conversation, { roomId, threadId }: { roomId: string; threadId?: string }): boolean {
  return roomId === here.roomId && threadId === here.threadId;
}

/** Follows the wish to see a message; answers the key of the line that is pointed at. */
function useTarget(
  conversation: Conversation,
  lines: readonly Line[],
  show: (key: string) => void,
  box: { readonly current: HTMLElement | null },
): string | null {
  const target = conversation.target.value;
  const [key, setKey] = useState<string | null>(null);
  useEffect(() => {
    if (target === null) return undefined;
    const line = lines.find((one) => one.type === 'message' && one.message.seq >= target.seq);
    if (line === undefined) return undefined;
    show(line.key);
    setKey(line.key);
    const frame = requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-seq="${target.seq}"]`)?.focus({ preventScroll: true });
    });
    const timer = setTimeout(() => setKey(null), 2_500);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [target]);
  return key;
}

function LineBody({ line, room, conversation, actions }: MessageListProps & { line: Line }): JSX.Element {
  switch (line.type) {
    case 'top': {
      const loaded = conversation.timeline.value.covered.length > 0;
      if (loaded && conversation.threadId !== undefined) return <></>;
      return loaded && isComplete(conversation.timeline.value) ? (
        <Beginning room={room} />
      ) : (
        <Loading conversation={conversation} loaded={loaded} />
      );
    }
    case 'upload':
      return <UploadRow upload={line.upload} opens={line.opens} />;
    case 'day':
      return (
        <div class="day" role="separator">
          <span>{dayName(line.date)}</span>
        </div>
      );
    case 'unread':
      return (
        <div class="unread-mark" role="separator">
          <span>New</span>
        </div>
      );
    case 'replies':
      return <RepliesMark conversation={conversation} />;
    case 'gap':
      return <Gap afterSeq={line.afterSeq} beforeSeq={line.beforeSeq} conversation={conversation} />;
    case 'pending':
      return <PendingRow pending={line.pending} opens={line.opens} conversation={conversation} />;
    case 'message':
      switch (line.message.kind) {
        case 'call':
          return <CallNote message={line.message} room={room} />;
        case 'system':
          return (
            <p class="system-note" data-seq={line.message.seq}>
              <Icon name="info" size={16} />
              {line.message.text}
            </p>
          );
        default:
          return (
            <MessageRow
              message={line.message}
              opens={line.opens}
              room={room}
              conversation={conversation}
              actions={actions}
            />
          );
      }
  }
}

/** How many messages of others have come since; counted from the end, where the new ones are. */
function countBehind(here: Conversation, messages: readonly Message[], seq: number, me: string): number {
  let count = 0;
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index];
    if (message === undefined || message.seq <= seq) break;
    if (message.sender.id !== me && here.shows(message)) count++;
  }
  return count;
}

/** Whether a line stays where it is in the order of lines, whatever else comes in. */
function holds(line: Line): boolean {
  return line.type === 'message' || line.type === 'pending' || line.type === 'upload';
}

function isOwn(line: Line | undefined, me: string): boolean {
  if (line?.type === 'pending' || line?.type === 'upload') return true;
  return line?.type === 'message' && line.message.sender.id === me;
}

/** Up and down move the focus from message to message, Home and End to the first and the last. */
function walk(event: KeyboardEvent, leap: (to: 'first' | 'last') => void): void {
  const log = event.currentTarget;
  if (!(log instanceof HTMLElement) || !(event.target instanceof Element) || event.altKey) return;
  // A dialog that a message has opened has keys of its own.
  if (event.target.closest('dialog') !== null) return;
  if (event.target !== log && !event.target.matches('.message')) {
    const row = event.key === 'Escape' && !event.shiftKey ? event.target.closest<HTMLElement>('.message') : null;
    if (row === null) return;
    event.preventDefault();
    row.focus();
    return;
  }
  const rows = [...log.querySelectorAll<HTMLElement>('.message')];
  const at = rows.indexOf(event.target as HTMLElement);
  if (event.key === 'Home' || event.key === 'End') {
    event.preventDefault();
    log.focus();
    leap(event.key === 'Home' ? 'first' : 'last');
    return;
  }
  const to: Record<string, number> = {
    ArrowUp: at < 0 ? rows.length - 1 : Math.max(0, at - 1),
    ArrowDown: at < 0 ? rows.length - 1 : Math.min(rows.length - 1, at + 1),
  };
  const target = to[event.key];
  if (target === undefined || rows.length === 0) return;
  event.preventDefault();
  rows[target]?.focus();
}
