import type { ComponentChildren, JSX } from 'preact';
import { plain } from '../../chat/plain';
import type { Message } from '../../protocol/shapes';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { Avatar } from '../parts/avatar';
import { closeDialog } from './dialogs';

interface MessageLineProps {
  readonly message: Message;
  /** When it was said, or what else is to be known of it. */
  readonly hint: string;
  /** Whether it goes without saying in which room that was. */
  readonly inRoom?: boolean;
  readonly onPick: () => void;
  /** What of the message is shown. */
  readonly children: ComponentChildren;
  readonly aside?: ComponentChildren;
}

/** A message in a list of some that are far apart: who said it where, and the way there. */
export function MessageLine({ message, hint, inRoom = false, onPick, children, aside }: MessageLineProps): JSX.Element {
  const { chat } = useWorkspace();
  const room = chat.rooms.byId.value.get(message.roomId);
  return (
    <button
      type="button"
      class="result pick hit"
      onClick={() => {
        closeDialog();
        onPick();
      }}
    >
      <Avatar person={message.sender} size="small" />
      <span class="result-words">
        <span class="hit-where">
          <strong>{message.sender.displayName}</strong>
          <span class="hint">
            {!inRoom && `${apart(room?.name ?? 'a room')} · `}
            {hint}
          </span>
        </span>
        <span class="hit-text">{children}</span>
      </span>
      {aside}
    </button>
  );
}

/** What a message says, in one line. */
export function shortly({ text, media, deletedAt }: Message): string {
  return deletedAt === undefined ? plain(text) || (media?.fileName ?? '') : 'A deleted message';
}
