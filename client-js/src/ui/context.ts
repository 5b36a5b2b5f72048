import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Account } from '../account/account';
import type { Devices } from '../account/devices';
import type { Profile } from '../account/profile';
import type { Calls } from '../call/api';
import type { Chat } from '../chat/chat';
import type { Keymap } from '../keys/keymap';
import type { Presences } from '../presence/presence';
import type { NotifySettings } from '../notify/settings';
import type { Tabs } from '../notify/tabs';
import type { Link } from '../protocol/link';
import type { Files } from '../upload/files';

/** Everything that one signed-in person works with. */
export interface Workspace {
  readonly chat: Chat;
  readonly presences: Presences;
  readonly files: Files;
  readonly calls: Calls;
  readonly tabs: Tabs;
  readonly notices: NotifySettings;
  readonly devices: Devices;
  readonly profile: Profile;
  readonly keymap: Keymap;
  /** Whether this person may look after the server. */
  readonly administrator: ReadonlySignal<boolean>;
}

/** What the view is given. It reads signals and calls methods; it never speaks to the network itself. */
export interface Parley {
  readonly account: Account;
  readonly link: ReadonlySignal<Link>;
  readonly workspace: ReadonlySignal<Workspace | null>;
  readonly retryNow: () => void;
}

export const ParleyContext = createContext<Parley | null>(null);
export const WorkspaceContext = createContext<Workspace | null>(null);

export function useParley(): Parley {
  const parley = useContext(ParleyContext);
  if (parley === null) throw new Error('There is no ParleyContext above.');
  return parley;
}

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error('There is no WorkspaceContext above.');
  return workspace;
}
