import type { JSX } from 'preact';
import type { ActiveCall } from '../../call/api';
import { IconButton } from '../parts/button';
import { Icon } from '../parts/icons';
import { Menu } from '../parts/menu';
import { attempt } from '../state';
import { useWorkspace } from '../context';
import { comparing } from './state';

/** What one can do in a call. */
export function Controls({ call }: { call: ActiveCall }): JSX.Element {
  const { calls } = useWorkspace();
  const speaks = call.microphone.state.value === 'on';
  const films = call.camera.state.value === 'on';
  const shares = call.screen.state.value === 'on';
  return (
    <div class="controls" role="toolbar" aria-label="Call">
      <div class="control">
        <IconButton
          icon={speaks ? 'mic' : 'mic-off'}
          label={speaks ? 'Mute' : 'Unmute'}
          tone={speaks ? 'plain' : 'off'}
          disabled={call.microphone.state.value === 'starting'}
          onClick={() => attempt(call.setMicrophone(!speaks))}
        />
        <DeviceMenu
          label="Choose microphone and speaker"
          groups={[
            {
              devices: call.devices.value.microphones,
              current: call.microphone.deviceId.value,
              choose: ({ deviceId }) => attempt(call.chooseMicrophone(deviceId)),
            },
            {
              devices: call.devices.value.speakers,
              current: calls.speakerId.value,
              choose: (device) => calls.chooseSpeaker(device),
            },
          ]}
        />
      </div>
      <div class="control">
        <IconButton
          icon={films ? 'video' : 'video-off'}
          label={films ? 'Camera off' : 'Camera on'}
          tone={films ? 'plain' : 'off'}
          disabled={call.camera.state.value === 'starting'}
          onClick={() => attempt(call.setCamera(!films))}
        />
        <DeviceMenu
          label="Choose camera"
          groups={[
            {
              devices: call.devices.value.cameras,
              current: call.camera.deviceId.value,
              choose: ({ deviceId }) => attempt(call.chooseCamera(deviceId)),
            },
          ]}
        />
      </div>
      {mayShareScreen() && (
        <IconButton
          icon="screen"
          label={shares ? 'Stop sharing your screen' : 'Share your screen'}
          pressed={shares}
          onClick={() => attempt(call.setScreen(!shares))}
        />
      )}
      <More call={call} />
      <button
        type="button"
        class="icon-button danger filled hang-up"
        aria-label="Hang up"
        title="Hang up"
        onClick={() => attempt(call.hangUp())}
      >
        <Icon name="phone-down" size={24} />
      </button>
    </div>
  );
}

/** What one does seldom. */
function More({ call }: { call: ActiveCall }): JSX.Element {
  const { calls } = useWorkspace();
  const relayOnly = calls.relayOnly.value;
  const moves = call.screenMoves.value;
  return (
    <Menu
      label="More about this call"
      place="above"
      buttonClass="icon-button"
      face={<Icon name="more" />}
      items={[
        {
          label: 'Compare security codes',
          icon: <Icon name="lock" size={16} />,
          onPick: () => (comparing.value = true),
        },
        call.relayRequired
          ? {
              label: 'Addresses are hidden: this server allows relays only',
              checked: true,
              disabled: true,
              onPick: () => undefined,
            }
          : {
              label: 'Hide my addresses (relay only)',
              checked: relayOnly,
              onPick: () => calls.setRelayOnly(!relayOnly),
            },
        ...(call.screen.state.value === 'on'
          ? [{ label: 'Shared screen: smooth motion', checked: moves, onPick: () => call.setScreenMoves(!moves) }]
          : []),
      ]}
    />
  );
}

/** Phones have no such thing, and insecure pages no devices at all. */
function mayShareScreen(): boolean {
  const devices = (navigator as { mediaDevices?: object }).mediaDevices;
  return devices !== undefined && 'getDisplayMedia' in devices;
}

interface DeviceGroup {
  readonly devices: readonly MediaDeviceInfo[];
  readonly current: string | null;
  readonly choose: (device: MediaDeviceInfo) => void;
}

function DeviceMenu({ label, groups }: { label: string; groups: readonly DeviceGroup[] }): JSX.Element | null {
  const items = groups.flatMap(({ devices, current, choose }) =>
    devices
      .filter((device) => device.label !== '')
      .map((device) => ({
        label: device.label,
        checked: device.deviceId === current,
        icon: (
          <Icon
            name={device.kind === 'videoinput' ? 'video' : device.kind === 'audioinput' ? 'mic' : 'bell'}
            size={16}
          />
        ),
        onPick: () => choose(device),
      })),
  );
  if (items.length < 2) return null;
  return (
    <Menu
      label={label}
      place="above"
      buttonClass="control-more"
      face={<Icon name="chevron" size={16} />}
      items={items}
    />
  );
}
