import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { excerpt } from '../../chat/excerpt';
import type { Found } from '../../chat/search';
import { cut } from '../../chat/search';
import { asParleyError } from '../../protocol/problem';
import type { Message } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { dayAndTime } from '../parts/time';
import { showMessage } from '../route';
import { closeDialog } from './dialogs';
import { MessageLine } from './message-line';

const pauseMs = 250;
const operators = ['from:', 'in:', 'before:', 'after:', 'has:file', 'has:image', 'has:link'] as const;

/** Everything that one may read, by words and by who, where and when. */
export function Search(): JSX.Element {
  const { chat } = useWorkspace();
  const [words, setWords] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const ask = async (cursor?: string, signal?: AbortSignal): Promise<void> => {
    setBusy(true);
    try {
      const page = await chat.search(words.trim(), cursor, signal);
      setProblem(null);
      setFound((before) =>
        cursor === undefined || before === null
          ? page
          : {
              ...page,
              messages: [...before.messages, ...page.messages],
              highlights: new Map([...before.highlights, ...page.highlights]),
            },
      );
    } catch (error) {
      if (signal?.aborted !== true) setProblem(asParleyError(error).message);
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    if (words.trim() === '') {
      setFound(null);
      setProblem(null);
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => void ask(undefined, abort.signal), pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [words]);

  return (
    <Dialog title="Search messages" kind="search" onClose={closeDialog}>
      <input
        ref={field}
        class="palette-input"
        type="text"
        role="searchbox"
        aria-label="Search messages"
        placeholder="Words, or “several words”"
        autocomplete="off"
        autoFocus
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <div class="row search-operators" role="group" aria-label="Narrow the search">
        {operators.map((operator) => (
          <button
            key={operator}
            type="button"
            class="chip"
            onClick={() => {
              setWords((now) => `${now.trimEnd()} ${operator}`.trimStart() + (operator.startsWith('has') ? ' ' : ''));
              field.current?.focus();
            }}
          >
            {operator}
          </button>
        ))}
      </div>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <p class="unseen" role="status">
        {found === null ? '' : `${found.messages.length} messages found`}
      </p>
      <ul class="result-list" aria-label="Messages found" aria-busy={busy}>
        {found?.messages.map((message) => (
          <li key={message.id}>
            <Hit message={message} found={found} />
          </li>
        ))}
      </ul>
      {found?.messages.length === 0 && <p class="nothing">Nothing that you may read holds these words.</p>}
      {found?.cursor !== undefined && found.more && (
        <div class="row end">
          <Button busy={busy} onClick={() => void ask(found.cursor)}>
            More
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Hit({ message, found }: { message: Message; found: Found }): JSX.Element {
  const meant = found.highlights.get(message.id) ?? [];
  const parts = message.text === '' ? cut(message.media?.fileName ?? '', meant) : excerpt(message.text, meant);
  return (
    <MessageLine
      message={message}
      hint={dayAndTime(new Date(message.sentAt))}
      onPick={() => showMessage(message.roomId, message.seq)}
    >
      {parts.map((part, index) =>
        part.isMeant ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
      )}
    </MessageLine>
  );
}
