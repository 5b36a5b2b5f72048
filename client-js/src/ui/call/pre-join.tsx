import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { CallTrial, MediaChoice } from '../../call/api';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { Avatar } from '../parts/avatar';
import { Button, IconButton } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Icon } from '../parts/icons';
import { useClosable } from '../parts/use-closable';
import { attempt } from '../state';
import { Choice } from './choice';
import { callSize, planned } from './state';
import { Trouble } from './trouble';
import { Video } from './video';
import { thereWords } from './words';

const close = (): void => {
  planned.value = null;
};

interface Plan {
  readonly roomId: string;
  readonly kind: 'audio' | 'video';
  /** Whether everybody is rung, rather than told. */
  readonly ring: boolean;
}

/** What others will see and hear, before they do: for calls of a room, where nobody waits for an answer. */
export function PreJoin({ roomId, kind, ring }: Plan): JSX.Element | null {
  const { calls, chat } = useWorkspace();
  const room = chat.rooms.byId.value.get(roomId);
  const going = calls.byRoom.value.get(roomId);
  const trial = useClosable(calls, (all) => all.tryOut({ camera: kind === 'video', network: false }));
  useEffect(() => {
    // one was sent out of the room meanwhile
    if (room === undefined) close();
  }, [room]);
  if (room === undefined) return null;

  const enter = (media: MediaChoice): void => {
    close();
    callSize.value = 'stage';
    attempt(going === undefined ? calls.start(roomId, kind, media, ring) : calls.join(going.id, media));
  };
  const names = [...new Set(going?.participants.map(({ userId }) => userId))].map(
    (userId) => chat.people.known.value.get(userId)?.displayName ?? 'Someone',
  );
  return (
    <Dialog
      title={going === undefined ? `Call ${apart(room.name)}` : `Join the call of ${apart(room.name)}`}
      onClose={close}
    >
      <p class="hint">{thereWords(names)}</p>
      {trial !== null && (
        <Look trial={trial} enter={enter} verb={going !== undefined ? 'Join' : ring ? 'Ring everybody' : 'Start'} />
      )}
    </Dialog>
  );
}

interface LookProps {
  readonly trial: CallTrial;
  readonly enter: (media: MediaChoice) => void;
  readonly verb: string;
}

function Look({ trial, enter, verb }: LookProps): JSX.Element {
  const { chat } = useWorkspace();
  const { microphones, cameras } = trial.devices.value;
  const stream = trial.camera.stream.value;
  const [speaks, films] = [trial.microphone, trial.camera].map(({ state }) => ['on', 'starting'].includes(state.value));
  return (
    <div class="try-calls">
      <div class="try-picture">
        {stream === null ? (
          <Avatar person={chat.me} size="large" />
        ) : (
          <Video stream={stream} label="Your picture" own />
        )}
        <div class="try-switches" role="toolbar" aria-label="What the others get">
          <IconButton
            icon={speaks ? 'mic' : 'mic-off'}
            label={speaks ? 'Mute' : 'Unmute'}
            tone={speaks ? 'plain' : 'off'}
            onClick={() => attempt(trial.setMicrophone(!speaks))}
          />
          <IconButton
            icon={films ? 'video' : 'video-off'}
            label={films ? 'Camera off' : 'Camera on'}
            tone={films ? 'plain' : 'off'}
            onClick={() => attempt(trial.setCamera(!films))}
          />
        </div>
      </div>
      <label class="try-level">
        <Icon name={speaks ? 'mic' : 'mic-off'} />
        <span>Your microphone: the bar moves when it hears you.</span>
        <meter min={0} max={1} value={speaks ? trial.level.value : 0} />
      </label>
      <Trouble source={trial.microphone} again={() => trial.tryMicrophone()} />
      <Trouble source={trial.camera} again={() => trial.tryCamera()} />
      <Choice
        label="Microphone"
        devices={microphones}
        current={trial.microphone.deviceId.value}
        choose={({ deviceId }) => attempt(trial.tryMicrophone(deviceId))}
      />
      {films && (
        <Choice
          label="Camera"
          devices={cameras}
          current={trial.camera.deviceId.value}
          choose={({ deviceId }) => attempt(trial.tryCamera(deviceId))}
        />
      )}
      <div class="row end">
        <Button onClick={() => enter({ audio: false, video: false })}>Only listen</Button>
        <Button tone="go" icon="phone" onClick={() => enter({ audio: speaks === true, video: films === true })}>
          {verb}
        </Button>
      </div>
    </div>
  );
}
