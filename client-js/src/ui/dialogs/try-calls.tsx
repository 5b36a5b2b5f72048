import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { CallTrial } from '../../call/api';
import { Trouble } from '../call/trouble';
import { Video } from '../call/video';
import { networkWords } from '../call/words';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Icon } from '../parts/icons';
import { useClosable } from '../parts/use-closable';
import { attempt } from '../state';
import { closeDialog } from './dialogs';

/** Microphone, camera and network, before somebody else has to wait for them. */
export function TryCalls(): JSX.Element {
  const { calls } = useWorkspace();
  const trial = useClosable(calls, (all) => all.tryOut());
  return (
    <Dialog title="Try out calls" onClose={closeDialog}>
      <p class="hint">Only you see and hear this.</p>
      {trial !== null && <Found trial={trial} />}
    </Dialog>
  );
}

function Found({ trial }: { trial: CallTrial }): JSX.Element {
  const { microphones, cameras } = trial.devices.value;
  const stream = trial.camera.stream.value;
  const network = networkWords(trial.network.value);
  return (
    <div class="try-calls">
      <div class="try-picture">
        {stream === null ? <Icon name="video-off" size={24} /> : <Video stream={stream} label="Your picture" own />}
      </div>
      <Choice
        label="Camera"
        devices={cameras}
        current={trial.camera.deviceId.value}
        choose={(id) => attempt(trial.tryCamera(id))}
      />
      <Trouble source={trial.camera} again={() => trial.tryCamera()} />
      <label class="try-level">
        <Icon name="mic" />
        <span>Say something: the bar moves when you are heard.</span>
        <meter min={0} max={1} value={trial.level.value} />
      </label>
      <Choice
        label="Microphone"
        devices={microphones}
        current={trial.microphone.deviceId.value}
        choose={(id) => attempt(trial.tryMicrophone(id))}
      />
      <Trouble source={trial.microphone} again={() => trial.tryMicrophone()} />
      <div class={`try-network ${network.tone}`} role="status">
        <Icon name={network.tone === 'good' ? 'check' : network.tone === 'bad' ? 'alert' : 'info'} />
        <p>
          <strong>{network.title}</strong> {network.help}
        </p>
        {trial.network.value !== 'asking' && <Button onClick={() => trial.askAgain()}>Ask again</Button>}
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly devices: readonly MediaDeviceInfo[];
  readonly current: string | null;
  readonly choose: (deviceId: string) => void;
}

/** Which of several; one alone is no choice. */
function Choice({ label, devices, current, choose }: ChoiceProps): JSX.Element | null {
  const id = useId();
  const named = devices.filter((device) => device.label !== '');
  if (named.length < 2) return null;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} onChange={(event) => choose(event.currentTarget.value)}>
        {named.map((device) => (
          <option key={device.deviceId} value={device.deviceId} selected={device.deviceId === current}>
            {device.label}
          </option>
        ))}
      </select>
    </div>
  );
}
