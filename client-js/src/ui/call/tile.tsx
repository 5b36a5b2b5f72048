import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ActiveCall, Peer, Quality } from '../../call/api';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { Avatar } from '../parts/avatar';
import { Button, IconButton } from '../parts/button';
import { Icon } from '../parts/icons';
import { attempt } from '../state';
import { Video } from './video';
import { failureWords, qualityWords } from './words';

/** Somebody else in the call: their picture or their face, and how well they come through. */
export function PeerTile({ peer }: { peer: Peer }): JSX.Element {
  const { chat } = useWorkspace();
  const [blocked, setBlocked] = useState(false);
  const person = chat.people.known.value.get(peer.userId) ?? { id: peer.userId, displayName: 'Someone' };
  const showsPicture = peer.video.value && peer.link.value !== 'failed' && !peer.pictureMissing.value;
  return (
    <div
      class={`tile${peer.speaking.value ? ' speaking' : ''}${peer.screen.value ? ' with-screen' : ''}`}
      data-link={peer.link.value}
    >
      <Video
        stream={peer.stream}
        label={`Video of ${apart(person.displayName)}`}
        hidden={!showsPicture}
        onBlocked={() => setBlocked(true)}
      />
      {peer.screen.value && <Video stream={peer.screenStream} label={`Screen of ${apart(person.displayName)}`} />}
      {!showsPicture && !peer.screen.value && <Avatar person={person} size="large" />}
      <div class="tile-foot">
        {!peer.audio.value && <Icon name="mic-off" size={16} />}
        <span>{person.displayName}</span>
        {!peer.audio.value && <span class="unseen"> is muted</span>}
        {showsPicture && mayFloat() && (
          <IconButton icon="expand" label={`Show ${apart(person.displayName)} above other windows`} onClick={float} />
        )}
        <QualityBars quality={peer.quality.value} name={person.displayName} />
      </div>
      {peer.pictureMissing.value && peer.link.value === 'connected' && (
        <p class="tile-word" role="status">
          Video paused because of the network
        </p>
      )}
      {peer.link.value === 'reconnecting' && <p class="tile-word">Reconnecting…</p>}
      {peer.failure.value !== null && (
        <p class="tile-word" role="alert">
          {failureWords(peer.failure.value)}
        </p>
      )}
      {blocked && (
        <div class="tile-word">
          <Button
            tone="primary"
            onClick={(event) => {
              const tile = event.currentTarget instanceof Element ? event.currentTarget.closest('.tile') : null;
              for (const video of tile?.querySelectorAll('video') ?? []) void video.play();
              setBlocked(false);
            }}
          >
            Click to hear {apart(person.displayName)}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Oneself, small and mirrored. */
export function OwnTile({ call }: { call: ActiveCall }): JSX.Element {
  const { chat } = useWorkspace();
  const stream = useComputed(() => (call.camera.state.value === 'on' ? call.camera.stream.value : null)).value;
  return (
    <div class={`tile own-tile${call.speaking.value ? ' speaking' : ''}`}>
      {stream === null ? <Avatar person={chat.me} size="medium" /> : <Video stream={stream} label="Your camera" own />}
      <div class="tile-foot">
        {call.microphone.state.value !== 'on' && <Icon name="mic-off" size={16} />}
        <span>You</span>
      </div>
      {call.picturePaused.value !== null && (
        <p class="tile-word" role="status">
          {pausedWords[call.picturePaused.value]}
        </p>
      )}
    </div>
  );
}

function mayFloat(): boolean {
  return (document as { pictureInPictureEnabled?: boolean }).pictureInPictureEnabled === true;
}

/** Puts the picture of the tile that was clicked into a small window of its own, or takes it back. */
function float({ currentTarget }: MouseEvent): void {
  const video = currentTarget instanceof Element ? currentTarget.closest('.tile')?.querySelector('video') : null;
  if (document.pictureInPictureElement === video) attempt(document.exitPictureInPicture());
  else if (video) attempt(video.requestPictureInPicture().then(() => undefined));
}

const pausedWords = {
  network: 'Video paused because of the network',
  size: 'Video paused: too many people',
};

function QualityBars({ quality, name }: { quality: Quality | null; name: string }): JSX.Element | null {
  if (quality === null) return null;
  return (
    <svg class={`bars bars-${quality.bars}`} width="16" height="12" viewBox="0 0 16 12" role="img">
      <title>{qualityWords(quality, name)}</title>
      {[1, 2, 3, 4].map((bar) => (
        <rect
          key={bar}
          x={(bar - 1) * 4}
          y={12 - bar * 3}
          width="3"
          height={bar * 3}
          rx="1"
          class={bar <= quality.bars ? 'lit' : 'unlit'}
        />
      ))}
    </svg>
  );
}
