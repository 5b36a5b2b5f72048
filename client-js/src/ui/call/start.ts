import type { Workspace } from '../context';
import { attempt } from '../state';
import { callSize } from './state';

/** Begins a call from anywhere in the view; what goes wrong is said. */
export function startCall({ calls }: Workspace, roomId: string, kind: 'audio' | 'video'): void {
  callSize.value = 'stage';
  attempt(calls.start(roomId, kind));
}
