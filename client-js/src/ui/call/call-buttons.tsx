import type { JSX } from 'preact';
import type { Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { IconButton } from '../parts/button';
import { Icon } from '../parts/icons';
import { Menu } from '../parts/menu';
import { startCall } from './start';
import { goingCall } from './going-call';

/** The ways to call a room; while a call goes on there, its banner has the way in. */
export function CallButtons({ room }: { room: Room }): JSX.Element | null {
  const workspace = useWorkspace();
  const { calls } = workspace;
  const active = calls.active.value;
  const busy = active !== null && active.end.value === null;
  if (goingCall(calls, room) !== undefined) return null;
  const ring = (kind: 'audio' | 'video'): void => startCall(workspace, room.id, kind, true);
  return (
    <>
      <IconButton icon="phone" label="Call" disabled={busy} onClick={() => startCall(workspace, room.id, 'audio')} />
      <IconButton
        icon="video"
        label="Video call"
        disabled={busy}
        onClick={() => startCall(workspace, room.id, 'video')}
      />
      {room.kind !== 'direct' && !busy && (
        <Menu
          label="More ways to call"
          face={<Icon name="chevron" size={16} />}
          buttonClass="icon-button plain ways-to-call"
          items={[
            { label: 'Ring everybody', icon: <Icon name="bell" size={16} />, onPick: () => ring('audio') },
            { label: 'Ring everybody, with video', icon: <Icon name="video" size={16} />, onPick: () => ring('video') },
          ]}
        />
      )}
    </>
  );
}
