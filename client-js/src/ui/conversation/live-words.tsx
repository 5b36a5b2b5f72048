import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../../chat/chat';

const mostLines = 8;

interface Spoken {
  readonly id: string;
  readonly words: string;
}

/**
 * What others say here, for screen readers. The list itself is silent: it draws and undraws lines while one scrolls, and
 * each of those would be read aloud as if it had just been said.
 */
export function LiveWords({ roomId, chat }: { roomId: string; chat: Chat }): JSX.Element {
  const [spoken, setSpoken] = useState<readonly Spoken[]>([]);
  useEffect(
    () =>
      chat.onMessage((message) => {
        if (message.roomId !== roomId) return;
        const said = message.text || (message.media?.fileName ?? 'something new');
        const words = `${message.sender.displayName}: ${said.slice(0, 300)}`;
        setSpoken((before) => [...before.slice(1 - mostLines), { id: message.id, words }]);
      }),
    [roomId, chat],
  );
  return (
    <div class="unseen" role="log" aria-live="polite" aria-label="New messages">
      {spoken.map(({ id, words }) => (
        <p key={id}>{words}</p>
      ))}
    </div>
  );
}
