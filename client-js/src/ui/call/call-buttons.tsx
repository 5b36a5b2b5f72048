import type { JSX } from 'preact';
import type { Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Button, IconButton } from '../parts/button';
import { attempt } from '../state';
import { startCall } from './start';
import { callSize } from './state';

/** The ways to call a room, or to join the call that it has. */
export function CallButtons({ room }: { room: Room }): JSX.Element {
  const workspace = useWorkspace();
  const { calls } = workspace;
  const active = calls.active.value;
  const busy = active !== null && active.end.value === null;
  const going = calls.byRoom.value.get(room.id);
  if (going?.state === 'active' && active?.roomId !== room.id) {
    return (
      <Button
        tone="go"
        icon="phone"
        disabled={busy}
        onClick={() => {
          if (room.peer === undefined) {
            startCall(workspace, room.id, 'audio');
            return;
          }
          callSize.value = 'stage';
          attempt(calls.join(going.id, { audio: true, video: false }));
        }}
      >
        Join call
      </Button>
    );
  }
  return (
    <>
      <IconButton icon="phone" label="Call" disabled={busy} onClick={() => startCall(workspace, room.id, 'audio')} />
      <IconButton
        icon="video"
        label="Video call"
        disabled={busy}
        onClick={() => startCall(workspace, room.id, 'video')}
      />
    </>
  );
}
