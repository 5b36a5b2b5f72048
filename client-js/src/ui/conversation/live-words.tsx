import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../../chat/chat';
import type { Conversation } from '../../chat/conversation';

const mostLines = 8;

interface Spoken {
  readonly id: string;
  readonly words: string;
}

/**
 * What others say here, for screen readers. The list itself is silent: it draws and undraws lines while one scrolls, and
 * each of those would be read aloud as if it had just been said.
 */
export function LiveWords({ conversation, chat }: { conversation: Conversation; chat: Chat }): JSX.Element {
  const [spoken, setSpoken] = useState<readonly Spoken[]>([]);
  useEffect(
    () =>
      chat.onMessage((message) => {
        if (message.roomId !== conversation.roomId || !conversation.shows(message)) return;
        const said = message.text || (message.media?.fileName ?? 'something new');
        const words = `${message.sender.displayName}: ${said.slice(0, 300)}`;
        setSpoken((before) => [...before.slice(1 - mostLines), { id: message.id, words }]);
      }),
    [conversation, chat],
  );
  const label = conversation.threadId === undefined ? 'New messages' : 'New replies';
  return (
    <div class="unseen" role="log" aria-live="polite" aria-label={label}>
      {spoken.map(({ id, words }) => (
        <p key={id}>{words}</p>
      ))}
    </div>
  );
}
