import type { Workspace } from '../context';
import { attempt } from '../state';
import { callSize, planned } from './state';

/** Begins a call from anywhere in the view; what goes wrong is said. */
export function startCall({ calls, chat }: Workspace, roomId: string, kind: 'audio' | 'video'): void {
  // of two people one waits for an answer; in a room one looks first at what the others will see
  if (chat.rooms.byId.peek().get(roomId)?.peer === undefined) {
    planned.value = { roomId, kind };
    return;
  }
  callSize.value = 'stage';
  attempt(calls.start(roomId, kind));
}
