import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { asParleyError } from '../../protocol/problem';
import type { ThreadList } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { replyCount } from '../conversation/marks';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { since } from '../parts/time';
import { showThread } from '../route';
import { closeDialog } from './dialogs';
import { MessageLine, shortly } from './message-line';

type Seen = ThreadList['threads'][number];

/** The threads that one follows, the one with the latest reply first. */
export function ThreadsDialog(): JSX.Element {
  const { chat } = useWorkspace();
  const [seen, setSeen] = useState<readonly Seen[] | null>(null);
  const [more, setMore] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const ask = async (signal?: AbortSignal): Promise<void> => {
    try {
      const page = await chat.threads.list(seen?.at(-1)?.root.thread?.lastReplyAt, signal);
      setSeen((before) => [...(before ?? []), ...page.threads]);
      setMore(page.more === true);
      setProblem(null);
    } catch (error) {
      if (signal?.aborted !== true) setProblem(asParleyError(error).message);
    }
  };
  useEffect(() => {
    const abort = new AbortController();
    void ask(abort.signal);
    return () => abort.abort();
  }, [chat]);

  return (
    <Dialog title="Threads" kind="search" onClose={closeDialog}>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="result-list" aria-label="Threads that you follow" aria-busy={seen === null && problem === null}>
        {seen?.map((one) => (
          <li key={one.place.threadId}>
            <ThreadLine seen={one} />
          </li>
        ))}
      </ul>
      {seen?.length === 0 && (
        <p class="nothing">You follow no thread yet. You do as soon as you reply in one or are named there.</p>
      )}
      {more && (
        <div class="row end">
          <Button onClick={() => void ask()}>More</Button>
        </div>
      )}
    </Dialog>
  );
}

function ThreadLine({ seen: { root, place } }: { seen: Seen }): JSX.Element {
  const { chat } = useWorkspace();
  const { unread, mentions } = chat.threads.places.value.get(place.threadId) ?? place;
  const last = root.thread?.lastReplyAt;
  const ago = last === undefined ? '' : ` · last ${since(new Date(last))}`;
  return (
    <MessageLine
      message={root}
      hint={replyCount(root.thread?.replies ?? 0) + ago}
      onPick={() => showThread(root.roomId, root.id)}
      aside={
        unread > 0 && (
          <span class={`badge${mentions > 0 ? ' mention' : ''}`}>
            {unread}
            <span class="unseen"> unread</span>
          </span>
        )
      }
    >
      {shortly(root)}
    </MessageLine>
  );
}
