import type { JSX } from 'preact';
import type { ActiveCall } from '../../call/api';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Icon } from '../parts/icons';
import { attempt } from '../state';

/** The call that waits while one talks in another. */
export function Held({ call }: { call: ActiveCall }): JSX.Element {
  const { calls, chat } = useWorkspace();
  const name = chat.rooms.byId.value.get(call.roomId)?.name ?? 'them';
  return (
    <section class="held" aria-label={`Call on hold: ${apart(name)}`}>
      <Icon name="phone" />
      <p role="status">
        <strong>{apart(name)}</strong> is on hold.
      </p>
      <Button
        tone="go"
        onClick={() => {
          calls.dismiss();
          calls.takeUp();
        }}
      >
        Go back
      </Button>
      <Button tone="danger" onClick={() => attempt(call.hangUp())}>
        Hang up<span class="unseen"> on {apart(name)}</span>
      </Button>
    </section>
  );
}
