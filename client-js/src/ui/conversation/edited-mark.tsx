import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Revision } from '../../chat/changes';
import { asParleyError } from '../../protocol/problem';
import type { Message } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Dialog } from '../parts/dialog';
import { fullTime } from '../parts/time';
import { RichText } from './rich-text';

/** Says that a message was changed, and leads to what it said before. */
export function EditedMark({ message, at }: { message: Message; at: Date }): JSX.Element {
  const [shown, setShown] = useState(false);
  return (
    <>
      <button
        type="button"
        class="edited"
        title={`${fullTime(at)}. Show what it said before`}
        onClick={() => setShown(true)}
      >
        (edited)
      </button>
      {shown && <Revisions message={message} onClose={() => setShown(false)} />}
    </>
  );
}

function Revisions({ message, onClose }: { message: Message; onClose: () => void }): JSX.Element {
  const { chat } = useWorkspace();
  const [list, setList] = useState<readonly Revision[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    chat.changes.revisions(message, abort.signal).then(setList, (error: unknown) => {
      if (!abort.signal.aborted) setProblem(asParleyError(error).message);
    });
    return () => abort.abort();
  }, [message]);
  return (
    <Dialog title="What it said before" onClose={onClose}>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ol class="revisions" aria-busy={list === null && problem === null}>
        {list?.map(({ text, writtenAt }) => (
          <li key={writtenAt}>
            <time class="hint" dateTime={writtenAt}>
              {fullTime(new Date(writtenAt))}
            </time>
            <RichText text={text} />
          </li>
        ))}
      </ol>
      {list?.length === 0 && <p class="nothing">This server does not keep what a message said before it was edited.</p>}
    </Dialog>
  );
}
