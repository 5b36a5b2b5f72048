import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PinList } from '../../chat/pins';
import type { Message, Room } from '../../protocol/shapes';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { IconButton } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { dayAndTime } from '../parts/time';
import { showMessage } from '../route';
import { attempt } from '../state';
import { closeDialog } from './dialogs';
import { MessageLine, shortly } from './message-line';

/** What a room keeps in view, the latest first, as it is at every moment. */
export function Pins({ room }: { room: Room }): JSX.Element {
  const { chat } = useWorkspace();
  const [list, setList] = useState<PinList | null>(null);
  const rows = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const opened = chat.pins.open(room.id);
    setList(opened);
    return () => opened.close();
  }, [chat, room.id]);
  const pins = list?.messages.value ?? null;
  const problem = list?.problem.value ?? null;
  const unpin = async (message: Message, row: number): Promise<void> => {
    await chat.changes.pin(message, false);
    // The button is gone with its row: the focus goes to the next one, or to what closes the list.
    requestAnimationFrame(() => {
      const left = rows.current?.querySelectorAll<HTMLElement>('.hit') ?? [];
      (left[Math.min(row, left.length - 1)] ?? rows.current?.closest('dialog')?.querySelector('button'))?.focus();
    });
  };
  return (
    <Dialog title={`Pinned in ${apart(room.name)}`} kind="search" onClose={closeDialog}>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <p class="unseen" role="status">
        {pins === null ? '' : count(pins.length)}
      </p>
      <ul ref={rows} class="result-list" aria-label="Pinned messages" aria-busy={pins === null && problem === null}>
        {pins?.map((message, index) => (
          <li key={message.id} class="row">
            <MessageLine
              message={message}
              hint={dayAndTime(new Date(message.sentAt))}
              inRoom
              onPick={() => showMessage(message.roomId, message.seq)}
            >
              {shortly(message)}
            </MessageLine>
            {room.archivedAt === undefined && (
              <IconButton
                icon="close"
                label={`Unpin “${apart(shortly(message).slice(0, 40))}”`}
                small
                onClick={() => attempt(unpin(message, index))}
              />
            )}
          </li>
        ))}
      </ul>
      {pins?.length === 0 && <p class="nothing">Nothing is pinned here. A message’s own buttons can pin it.</p>}
    </Dialog>
  );
}

function count(pins: number): string {
  return pins === 1 ? '1 pinned message' : `${pins} pinned messages`;
}
