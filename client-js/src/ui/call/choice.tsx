import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

interface ChoiceProps {
  readonly label: string;
  readonly devices: readonly MediaDeviceInfo[];
  readonly current: string | null;
  readonly choose: (device: MediaDeviceInfo) => void;
}

/** Which of several; one alone is no choice. */
export function Choice({ label, devices, current, choose }: ChoiceProps): JSX.Element | null {
  const id = useId();
  const named = devices.filter((device) => device.label !== '');
  if (named.length < 2) return null;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        onChange={(event) => {
          const device = named.find(({ deviceId }) => deviceId === event.currentTarget.value);
          if (device !== undefined) choose(device);
        }}
      >
        {named.map((device) => (
          <option key={device.deviceId} value={device.deviceId} selected={device.deviceId === current}>
            {device.label}
          </option>
        ))}
      </select>
    </div>
  );
}
