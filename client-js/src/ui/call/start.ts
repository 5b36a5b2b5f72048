import type { ActiveCall, MediaChoice } from '../../call/api';
import type { Workspace } from '../context';
import { attempt } from '../state';
import { callSize, planned } from './state';

/**
 * Begins a call from anywhere in the view; what goes wrong is said.
 *
 * @param ring whether it rings for everybody in a room; a conversation that has no name always does
 */
export function startCall({ calls, chat }: Workspace, roomId: string, kind: 'audio' | 'video', ring = false): void {
  const room = chat.rooms.byId.peek().get(roomId);
  // of two people one waits for an answer; in a room one looks first at what the others will see
  if (room?.peer === undefined) {
    planned.value = { roomId, kind, ring: ring || room?.kind === 'direct' };
    return;
  }
  callSize.value = 'stage';
  attempt(calls.start(roomId, kind));
}

/** Back into a call whose connection was lost, with what was sent then: the same one while it goes on, or else a new one. */
export function reconnect({ calls, chat }: Workspace, { roomId, kind }: ActiveCall, sent: MediaChoice): void {
  callSize.value = 'stage';
  const going = calls.byRoom.peek().get(roomId);
  const rings = chat.rooms.byId.peek().get(roomId)?.kind === 'direct';
  attempt(going === undefined ? calls.start(roomId, kind, sent, rings) : calls.join(going.id, sent));
}
