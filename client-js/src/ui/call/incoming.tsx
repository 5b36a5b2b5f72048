import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { IncomingCall } from '../../call/api';
import { apart, tidy } from '../../protocol/line';
import { useWorkspace } from '../context';
import { showRing } from '../desk';
import { Avatar } from '../parts/avatar';
import { Button, IconButton } from '../parts/button';
import { showRoom } from '../route';
import { attempt } from '../state';
import { callSize } from './state';
import { playTone } from './tones';

/** A call that rings here. It does not take the focus: who is writing would answer by accident. */
export function Incoming({ incoming }: { incoming: IncomingCall }): JSX.Element {
  const { calls, chat, presences, tabs, notices } = useWorkspace();
  const { call, from } = incoming;
  const room = chat.rooms.byId.value.get(call.roomId);
  const active = calls.active.value;
  const busy = active !== null && active.end.value === null;
  const quiet = presences.of(chat.me.id).status === 'dnd' || busy || !tabs.lead.value;

  useEffect(() => (quiet ? undefined : playTone('ring')), [quiet]);

  const title = `${apart(tidy(from.displayName))} is calling`;
  const { desktop, content } = notices.choice.value;
  const tells = desktop && !quiet;
  useEffect(
    () => (tells ? showRing(content === 'none' ? 'Somebody is calling' : title, `call-${call.id}`) : undefined),
    [tells],
  );

  // one can wait, and no more: two strangers on hold would hear nothing for ever
  const mayHold = busy && active.id !== '' && calls.held.value === null;

  const accept = async (video: boolean, hold = false): Promise<void> => {
    if (busy && !hold) await active.hangUp();
    calls.dismiss();
    callSize.value = 'stage';
    showRoom(call.roomId);
    const media = { audio: true, video };
    await (hold ? calls.acceptAndHold(call.id, media) : calls.accept(call.id, media));
  };
  return (
    <section class="incoming" role="alertdialog" aria-label={title}>
      <Avatar person={from} size="large" />
      <div class="incoming-words">
        <h2>
          <span role="alert">{title}</span>
        </h2>
        <p class="hint">
          {call.kind === 'video' ? 'Video call' : 'Call'}
          {room !== undefined && room.peer === undefined && ` in ${apart(room.name)}`}
          {busy && ' · you are in another call'}
        </p>
      </div>
      <div class={`incoming-choices${busy ? ' second' : ''}`}>
        {mayHold && (
          <Button tone="go" icon="phone" onClick={() => attempt(accept(false, true))}>
            Hold and answer
          </Button>
        )}
        {busy ? (
          <Button icon="phone" onClick={() => attempt(accept(false))}>
            Hang up and answer
          </Button>
        ) : (
          <>
            <Button tone="go" icon="phone" onClick={() => attempt(accept(false))}>
              Answer
            </Button>
            <Button tone="go" icon="video" onClick={() => attempt(accept(true))}>
              With video
            </Button>
          </>
        )}
        <Button
          tone="danger"
          icon="phone-down"
          onClick={() => attempt(calls.decline(call.id, busy ? 'busy' : 'declined'))}
        >
          Decline
        </Button>
        <IconButton icon="bell-off" label="Silence on this device" onClick={() => calls.silence(call.id)} />
      </div>
    </section>
  );
}
