import type { JSX } from 'preact';
import type { Message } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Icon } from '../parts/icons';
import { Menu } from '../parts/menu';
import { attempt } from '../state';

const offered = [
  ['👍', 'thumbs up'],
  ['❤️', 'heart'],
  ['😂', 'laughing'],
  ['🎉', 'party'],
  ['😮', 'surprised'],
  ['😢', 'sad'],
  ['👀', 'looking'],
  ['✅', 'done'],
] as const;

/** How people took a message; one's own are pressed. */
export function Reactions({ message }: { message: Message }): JSX.Element | null {
  const { chat } = useWorkspace();
  if (message.reactions.length === 0) return null;
  return (
    <div class="reactions" role="group" aria-label="Reactions">
      {message.reactions.map(({ emoji, userIds }) => {
        const mine = userIds.includes(chat.me.id);
        const names = userIds.map((id) => (id === chat.me.id ? 'you' : chat.people.nameOf(id))).join(', ');
        return (
          <button
            key={emoji}
            type="button"
            class="reaction"
            aria-pressed={mine}
            title={names}
            onClick={() => attempt(chat.changes.react(message, emoji, !mine))}
          >
            <span>{emoji}</span> {userIds.length}
            <span class="unseen"> by {names}</span>
          </button>
        );
      })}
    </div>
  );
}

export function ReactionPicker({ message }: { message: Message }): JSX.Element {
  const { chat } = useWorkspace();
  return (
    <Menu
      label="React"
      buttonClass="icon-button plain small"
      face={<Icon name="smile" size={16} />}
      items={offered.map(([emoji, name]) => ({
        label: name,
        icon: emoji,
        onPick: () => attempt(chat.changes.react(message, emoji, true)),
      }))}
    />
  );
}
