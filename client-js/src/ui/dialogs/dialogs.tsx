import type { JSX } from 'preact';
import type { Room } from '../../protocol/shapes';
import { openDialog } from '../state';
import { ChangePassword, DeviceList } from './devices';
import { CreateRoom } from './create-room';
import { FindRooms } from './find-rooms';
import { AddMember, NewDirect } from './pick-person';
import { Pins } from './pins';
import { Notices } from './notices';
import { PrivacyDialog } from './privacy';
import { Search } from './search';
import { Shortcuts } from './shortcuts';
import { StatusDialog } from './status';
import { Switcher } from './switcher';
import { ThreadsDialog } from './threads';
import { TryCalls } from './try-calls';
import { TryRelays } from './try-relays';

/** Whatever dialog is open. */
export function Dialogs({ room }: { room: Room | undefined }): JSX.Element | null {
  switch (openDialog.value) {
    case null:
      return null;
    case 'create-room':
      return <CreateRoom />;
    case 'find-rooms':
      return <FindRooms />;
    case 'new-direct':
      return <NewDirect />;
    case 'add-member':
      return room === undefined ? null : <AddMember room={room} />;
    case 'pins':
      return room === undefined ? null : <Pins room={room} />;
    case 'status':
      return <StatusDialog />;
    case 'switch':
      return <Switcher />;
    case 'search':
      return <Search />;
    case 'threads':
      return <ThreadsDialog />;
    case 'devices':
      return <DeviceList />;
    case 'password':
      return <ChangePassword />;
    case 'try-calls':
      return <TryCalls />;
    case 'try-relays':
      return <TryRelays />;
    case 'privacy':
      return <PrivacyDialog />;
    case 'notices':
      return <Notices />;
    case 'shortcuts':
      return <Shortcuts />;
  }
}

export const closeDialog = (): void => {
  openDialog.value = null;
};
