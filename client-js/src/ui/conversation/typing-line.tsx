import type { JSX } from 'preact';
import type { Conversation } from '../../chat/conversation';
import { useWorkspace } from '../context';
import { apart } from '../../protocol/line';

/** Who is writing. Its height is always there, so that nothing jumps. */
export function TypingLine({ conversation }: { conversation: Conversation }): JSX.Element {
  const { chat } = useWorkspace();
  const names = (chat.typing.byPlace.value.get(conversation.threadId ?? conversation.roomId) ?? []).map((id) =>
    chat.people.nameOf(id),
  );
  return (
    <p class="typing-line" role="status">
      {names.length > 0 && (
        <>
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {sentence(names)}
        </>
      )}
    </p>
  );
}

function sentence(names: readonly string[]): string {
  const [one = '', two = ''] = names.map(apart);
  if (names.length === 1) return `${one} is writing…`;
  if (names.length === 2) return `${one} and ${two} are writing…`;
  return `${names.length} people are writing…`;
}
