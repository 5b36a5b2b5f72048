import type { JSX } from 'preact';
import type { CallTrial } from '../../call/api';
import { Choice } from '../call/choice';
import { Trouble } from '../call/trouble';
import { Video } from '../call/video';
import { networkWords } from '../call/words';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Icon } from '../parts/icons';
import { useClosable } from '../parts/use-closable';
import { tryTone } from '../call/tones';
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
  const { calls } = useWorkspace();
  const { microphones, cameras, speakers } = trial.devices.value;
  const speakerId = calls.speakerId.value;
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
        choose={({ deviceId }) => attempt(trial.tryCamera(deviceId))}
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
        choose={({ deviceId }) => attempt(trial.tryMicrophone(deviceId))}
      />
      <Trouble source={trial.microphone} again={() => trial.tryMicrophone()} />
      <Choice label="Speaker" devices={speakers} current={speakerId} choose={(device) => calls.chooseSpeaker(device)} />
      <div class="row">
        <Button icon="bell" onClick={() => attempt(tryTone(speakerId))}>
          Play a tone
        </Button>
      </div>
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
