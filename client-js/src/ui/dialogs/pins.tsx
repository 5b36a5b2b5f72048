import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { asParleyError } from '../../protocol/problem';
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

/** What a room keeps in view, the latest first. */
export function Pins({ room }: { room: Room }): JSX.Element {
  const { chat } = useWorkspace();
  const [pins, setPins] = useState<readonly Message[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    chat.changes.pins(room.id, abort.signal).then(setPins, (error: unknown) => {
      if (!abort.signal.aborted) setProblem(asParleyError(error).message);
    });
    return () => abort.abort();
  }, [room.id]);
  const unpin = async (message: Message): Promise<void> => {
    await chat.changes.pin(message, false);
    setPins((now) => now?.filter(({ id }) => id !== message.id) ?? null);
  };
  return (
    <Dialog title={`Pinned in ${apart(room.name)}`} kind="search" onClose={closeDialog}>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="result-list" aria-label="Pinned messages" aria-busy={pins === null && problem === null}>
        {pins?.map((message) => (
          <li key={message.id} class="row">
            <MessageLine
              message={message}
              hint={dayAndTime(new Date(message.sentAt))}
              onPick={() => showMessage(message.roomId, message.seq)}
            >
              {shortly(message)}
            </MessageLine>
            {room.archivedAt === undefined && (
              <IconButton
                icon="close"
                label={`Unpin “${apart(shortly(message).slice(0, 40))}”`}
                small
                onClick={() => attempt(unpin(message))}
              />
            )}
          </li>
        ))}
      </ul>
      {pins?.length === 0 && <p class="nothing">Nothing is pinned here. A message’s own buttons can pin it.</p>}
    </Dialog>
  );
}
