import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ActiveCall, MediaChoice } from '../../call/api';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { useKeys } from '../keys';
import { Button, IconButton } from '../parts/button';
import { Icon } from '../parts/icons';
import { duration } from '../parts/time';
import { attempt, toast } from '../state';
import { Codes } from './codes';
import { Controls } from './controls';
import { callSize } from './state';
import { reconnect, startCall } from './start';
import { OwnTile, PeerTile } from './tile';
import { playTone } from './tones';
import { Avatar } from '../parts/avatar';
import { Trouble } from './trouble';
import { adviceWords, deviceNewsWords, endWords, phaseWords } from './words';

const farewellMs = 1_600;
/** A call of which one can say how it was, and how long one is asked. */
const tellingMs = 10_000;
const askedMs = 8_000;

/** The call that this tab takes part in: the whole page, or a corner of it. */
export function CallView({ call }: { call: ActiveCall }): JSX.Element {
  const { chat } = useWorkspace();
  const room = chat.rooms.byId.value.get(call.roomId);
  const name = room?.name ?? 'them';
  const phase = call.phase.value;
  const peers = call.peers.value;
  const small = callSize.value === 'corner';

  useEffect(
    () => (phase === 'ringing' && call.outgoing && call.reached.value ? playTone('ring-back') : undefined),
    [phase, call.reached.value],
  );
  useCallKeys(call);
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent): void => {
      if (call.end.peek() === null) event.preventDefault();
    };
    window.addEventListener('beforeunload', leaving);
    return () => window.removeEventListener('beforeunload', leaving);
  }, [call]);
  const news = call.deviceNews.value;
  useEffect(() => {
    if (news !== null) toast(deviceNewsWords(news));
  }, [news]);

  const sent = useRef<MediaChoice>({});
  if (call.end.value !== null) return <Ended call={call} name={name} sent={sent.current} />;
  sent.current = { audio: call.microphone.state.value === 'on', video: call.camera.state.value === 'on' };
  return (
    <section class={`call ${callSize.value}`} aria-label={`Call with ${apart(name)}`} data-phase={phase}>
      <header class="call-head">
        <div class="call-title">
          <h2>{name}</h2>
          <p role="status">
            {phase === 'connected' ? (
              <Elapsed since={call.connectedAt.value} />
            ) : (
              phaseWords(phase, call.reached.value, name)
            )}
          </p>
        </div>
        <IconButton
          icon={small ? 'expand' : 'chevron'}
          label={small ? 'Make the call large' : 'Make the call small'}
          onClick={() => (callSize.value = small ? 'stage' : 'corner')}
        />
      </header>
      <div
        class={`tiles count-${Math.min(peers.length, 4)}${peers.some(({ screen }) => screen.value) ? ' with-screen' : ''}`}
      >
        {peers.map((peer) => (
          <PeerTile key={peer.legId} peer={peer} />
        ))}
        {peers.length === 0 && (
          <div class="tile waiting">
            {room?.peer !== undefined && <Avatar person={room.peer} size="large" />}
            <p>{phase === 'connected' ? 'Nobody else is in the call.' : phaseWords(phase, call.reached.value, name)}</p>
          </div>
        )}
        <OwnTile call={call} />
      </div>
      <div class="call-troubles">
        <Codes call={call} />
        <Tip call={call} />
        {call.unheard.value && (
          <div class="trouble" role="status">
            <Icon name="mic-off" />
            <p>
              <strong>Nobody hears you:</strong> your microphone is muted.
            </p>
            <Button onClick={() => attempt(call.setMicrophone(true))}>Unmute</Button>
          </div>
        )}
        <Trouble source={call.microphone} again={() => call.setMicrophone(true)} />
        <Trouble source={call.camera} again={() => call.setCamera(true)} />
        <Trouble source={call.screen} again={() => call.setScreen(true)} />
      </div>
      <Controls call={call} />
    </section>
  );
}

/** A network that has been bad for a while, whose it is, and what helps. */
function Tip({ call }: { call: ActiveCall }): JSX.Element | null {
  const { chat } = useWorkspace();
  const advice = call.advice.value;
  if (advice === null) return null;
  const { title, help } = adviceWords(
    advice.side,
    chat.people.known.value.get(advice.userId)?.displayName ?? 'Their side',
  );
  return (
    <div class="trouble" role="status">
      <Icon name="alert" />
      <p>
        <strong>{title}</strong> {help}
      </p>
    </div>
  );
}

/** What is said when a call is over: shortly when all is well, and until it is read when something was wrong. */
function Ended({ call, name, sent }: { call: ActiveCall; name: string; sent: MediaChoice }): JSX.Element {
  const workspace = useWorkspace();
  const end = call.end.value;
  const words = end === null ? null : endWords(end, name);
  const [lasted] = useState(() =>
    call.connectedAt.peek() === null ? null : Date.now() - (call.connectedAt.peek() ?? 0),
  );

  const asks = lasted !== null && lasted >= tellingMs;
  const wasLost = lasted !== null && (end?.reason === 'lost' || end?.reason === 'failed');

  useEffect(() => {
    if (words !== null) return undefined;
    const timer = setTimeout(() => workspace.calls.dismiss(), asks ? askedMs : farewellMs);
    return () => clearTimeout(timer);
  }, [words]);

  return (
    <section class="call corner ended" aria-label="Call ended">
      <div role="status">
        <h2>{words ?? 'Call ended'}</h2>
        {lasted !== null && <p class="hint">It took {duration(lasted)}.</p>}
      </div>
      {asks && <Rating call={call} />}
      {words !== null && (
        <div class="row">
          <Button
            icon="phone"
            tone="go"
            onClick={() => {
              workspace.calls.dismiss();
              if (wasLost) reconnect(workspace, call, sent);
              else startCall(workspace, call.roomId, call.kind);
            }}
          >
            {wasLost ? 'Reconnect' : 'Call again'}
          </Button>
          <Button onClick={() => workspace.calls.dismiss()}>Close</Button>
        </div>
      )}
    </section>
  );
}

/** One click, or none: the figures say what the line did, not whether one understood each other. */
function Rating({ call }: { call: ActiveCall }): JSX.Element {
  const [said, setSaid] = useState(false);
  const rate = (rating: 'good' | 'bad'): void => {
    call.rate(rating);
    setSaid(true);
  };
  if (said) return <p role="status">Thank you.</p>;
  return (
    <div class="row rating" role="group" aria-label="How was the call?">
      <span>How was it?</span>
      <Button icon="check" onClick={() => rate('good')}>
        Good
      </Button>
      <Button icon="alert" onClick={() => rate('bad')}>
        Bad
      </Button>
    </div>
  );
}

function Elapsed({ since }: { since: number | null }): JSX.Element {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <time role="timer" aria-live="off">
      {duration(since === null ? 0 : now - since)}
    </time>
  );
}

/** Mutes and shows by keys; while one is held, one is heard. */
function useCallKeys(call: ActiveCall): void {
  const ended = (): boolean => call.end.peek() !== null;
  const mute = (): void => {
    if (!ended()) attempt(call.setMicrophone(call.microphone.state.peek() !== 'on'));
  };
  useKeys({
    mute,
    'mute-anywhere': mute,
    camera: () => {
      if (!ended()) attempt(call.setCamera(call.camera.state.peek() !== 'on'));
    },
    talk: () => {
      if (ended() || call.microphone.state.peek() === 'on') return;
      const over = new AbortController();
      // Whatever key is let go, or the window: better cut off than overheard.
      const stop = (): void => {
        over.abort();
        if (!ended()) attempt(call.setMicrophone(false));
      };
      window.addEventListener('keyup', stop, { signal: over.signal });
      window.addEventListener('blur', stop, { signal: over.signal });
      attempt(call.setMicrophone(true));
    },
  });
}
