import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Calls } from '../../call/api';
import type { Call, CallKind } from '../../call/wire';
import type { Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Icon } from '../parts/icons';
import { attempt } from '../state';
import { startCall } from './start';
import { callSize } from './state';
import { goingWords } from './words';

/** The call that one could join in that room: neither one that rings here, nor one that this tab is in or keeps on hold. */
export function goingCall(calls: Calls, room: Room): Call | undefined {
  const going = calls.byRoom.value.get(room.id);
  if (going?.state !== 'active' || calls.incoming.value.some(({ call }) => call.id === going.id)) return undefined;
  const mine = [calls.active.value, calls.held.value];
  return mine.some((call) => call?.roomId === room.id && call.end.value === null) ? undefined : going;
}

/** Says that a call goes on in this room and who takes part; the way in. */
export function GoingCall({ room }: { room: Room }): JSX.Element | null {
  const going = goingCall(useWorkspace().calls, room);
  return going === undefined ? null : <Going key={going.id} call={going} room={room} />;
}

function Going({ call, room }: { call: Call; room: Room }): JSX.Element {
  const workspace = useWorkspace();
  const { calls, chat } = workspace;
  const active = calls.active.value;
  const busy = active !== null && active.end.value === null;
  const people = [...new Set(call.participants.map(({ userId }) => userId))];
  const known = chat.people.known.value;
  const strangers = people.some((userId) => !known.has(userId));
  useEffect(() => {
    // those who never wrote here are known by the list of members only; without it they stay "Someone"
    if (!strangers) return;
    chat.rooms.members(room.id).then(
      (members) => chat.people.learn(members.map(({ user }) => user)),
      () => undefined,
    );
  }, [strangers]);

  const join = (kind: CallKind): void => {
    calls.dismiss();
    if (room.peer === undefined) {
      startCall(workspace, room.id, kind);
      return;
    }
    callSize.value = 'stage';
    attempt(calls.join(call.id, { audio: true, video: kind === 'video' }));
  };
  const names = people.map((userId) =>
    userId === chat.me.id ? 'Another device of yours' : chat.people.nameOf(userId),
  );
  return (
    <section class="going-call" aria-label="Call in this room">
      <Icon name={call.kind === 'video' ? 'video' : 'phone'} size={16} />
      <p role="status">{goingWords(names)}</p>
      <span class="going-call-ways">
        <Button tone="go" icon="phone" disabled={busy} onClick={() => join('audio')}>
          Join call
        </Button>
        <Button icon="video" disabled={busy} onClick={() => join('video')}>
          Join with video
        </Button>
      </span>
    </section>
  );
}
