import type { Workspace } from '../context';
import { attempt } from '../state';

/** Begins a call from anywhere in the view; what goes wrong is said. */
export function startCall({ calls }: Workspace, roomId: string, kind: 'audio' | 'video'): void {
  if (calls !== null) attempt(calls.start(roomId, kind));
}
