import type { JSX } from 'preact';
import { useWorkspace } from './context';
import { Button } from './parts/button';
import { Mark } from './parts/icons';
import { openDialog } from './state';
import { apart } from '../protocol/line';

/** What stands in the middle while no conversation is open. */
export function Welcome(): JSX.Element {
  const { chat } = useWorkspace();
  if (!chat.rooms.loaded.value) return <main class="welcome" aria-busy="true" />;
  const empty = chat.rooms.byId.value.size === 0;
  return (
    <main class="welcome">
      <div class="welcome-body">
        <Mark size={56} />
        <h1>{empty ? `Hello, ${apart(chat.me.displayName)}` : 'Pick up a conversation'}</h1>
        <p>
          {empty
            ? 'You are in no room yet. Join one, make one, or write to somebody.'
            : 'Choose a room or a person on the left, or begin something new.'}
        </p>
        <div class="row">
          <Button tone="primary" icon="person" onClick={() => (openDialog.value = 'new-direct')}>
            Write to somebody
          </Button>
          <Button icon="search" onClick={() => (openDialog.value = 'find-rooms')}>
            Find rooms
          </Button>
        </div>
        <p class="hint wide-only">
          <kbd>Ctrl</kbd> <kbd>K</kbd> switches between conversations, <kbd>?</kbd> shows all keys.
        </p>
      </div>
    </main>
  );
}
