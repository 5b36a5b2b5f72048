import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useWorkspace } from '../context';

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
  const { calls } = useWorkspace();
  const speaker = calls.speakerId.value;

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
    if (own || video?.setSinkId === undefined) return undefined;
    // A loudspeaker that is gone leaves the system's own in place, which is what one wants until it is back.
    const hearBy = (): void => void video.setSinkId?.(speaker).catch(() => undefined);
    hearBy();
    // absent on pages that are not secure, whatever the types say
    const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
    devices?.addEventListener('devicechange', hearBy);
    return () => devices?.removeEventListener('devicechange', hearBy);
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
