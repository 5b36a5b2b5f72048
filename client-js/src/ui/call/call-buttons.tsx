import type { JSX } from 'preact';
import type { Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { IconButton } from '../parts/button';
import { startCall } from './start';

/** The two ways to call a room. */
export function CallButtons({ room }: { room: Room }): JSX.Element | null {
  const workspace = useWorkspace();
  if (workspace.calls === null) return null;
  const busy = workspace.calls.active.value !== null && workspace.calls.active.value.end.value === null;
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
