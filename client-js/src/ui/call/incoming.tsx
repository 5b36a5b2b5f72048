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

  const accept = async (video: boolean): Promise<void> => {
    if (busy) await active.hangUp();
    calls.dismiss();
    callSize.value = 'stage';
    showRoom(call.roomId);
    await calls.accept(call.id, { audio: true, video });
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
          {busy && ' · answering ends your current call'}
        </p>
      </div>
      <div class="incoming-choices">
        <Button tone="go" icon="phone" onClick={() => attempt(accept(false))}>
          Answer
        </Button>
        <Button tone="go" icon="video" onClick={() => attempt(accept(true))}>
          With video
        </Button>
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
