import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { speakerId } from './state';

interface VideoProps {
  readonly stream: MediaStream;
  readonly label: string;
  /** One's own picture: silent, and as in a mirror. */
  readonly own?: boolean;
  readonly hidden?: boolean;
  /** The browser refused to play sound before the person has clicked. */
  readonly onBlocked?: () => void;
}

/** Shows a stream. It stays in the page while its picture is hidden, for it carries the sound too. */
export function Video({ stream, label, own = false, hidden = false, onBlocked }: VideoProps): JSX.Element {
  const element = useRef<HTMLVideoElement>(null);
  const speaker = speakerId.value;

  useEffect(() => {
    const video = element.current;
    if (video === null) return undefined;
    video.srcObject = stream;
    const play = (): void => {
      video.play().catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') onBlocked?.();
      });
    };
    play();
    stream.addEventListener('addtrack', play);
    return () => {
      stream.removeEventListener('addtrack', play);
      video.srcObject = null;
    };
  }, [stream]);

  useEffect(() => {
    const video: (Pick<HTMLMediaElement, never> & { setSinkId?: (id: string) => Promise<void> }) | null =
      element.current;
    // A loudspeaker that is gone leaves the system's own in place, which is what one wants then.
    if (!own && video?.setSinkId !== undefined) video.setSinkId(speaker).catch(() => undefined);
  }, [speaker, own]);

  return (
    <video
      ref={element}
      class={`${own ? 'own' : ''}${hidden ? ' hidden' : ''}`}
      aria-label={label}
      autoPlay
      playsInline
      muted={own}
      disablePictureInPicture={own}
    />
  );
}
