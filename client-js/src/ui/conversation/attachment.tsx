import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Media } from '../../protocol/shapes';
import { pathOf, thumbnailOf } from '../../upload/files';
import type { Showing } from '../../upload/media-store';
import { fit, isShownInline } from '../../upload/picture';
import { readableSize } from '../../upload/size';
import { useWorkspace } from '../context';
import { IconButton } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Icon } from '../parts/icons';
import { attempt } from '../state';

/** A file of a message: a picture to look at, or a card to fetch it by. */
export function Attachment({ media }: { media: Media }): JSX.Element {
  if (media.state === 'rejected') return <Card media={media} note="This file was refused by the server." />;
  if (media.state === 'scanning') return <Card media={media} note="Being checked…" />;
  return isShownInline(media.contentType) ? <Picture media={media} /> : <Card media={media} />;
}

function Picture({ media }: { media: Media }): JSX.Element {
  const [open, setOpen] = useState(false);
  const showing = useMedia(thumbnailOf(media));
  if (showing.state === 'failed') return <Card media={media} note={showing.problem} />;
  return (
    <>
      <button
        type="button"
        class="picture"
        aria-label={`Open the picture ${media.fileName}`}
        onClick={() => setOpen(true)}
      >
        <Sized width={media.width ?? 320} height={media.height ?? 240}>
          {showing.state === 'ready' ? (
            <img src={showing.url} alt={media.fileName} draggable={false} />
          ) : (
            <span class="picture-wait" aria-busy="true" />
          )}
        </Sized>
      </button>
      {open && <Viewer media={media} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A box of a picture's own proportions, there before the picture is. */
export function Sized({
  width,
  height,
  children,
}: {
  width: number;
  height: number;
  children: JSX.Element;
}): JSX.Element {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const size = fit(width, height);
    // Through the object model: a style attribute would break the Content-Security-Policy.
    box.current?.style.setProperty('--width', `${size.width}px`);
    box.current?.style.setProperty('--ratio', `${size.width} / ${size.height}`);
  }, [width, height]);
  return (
    <span class="sized" ref={box}>
      {children}
    </span>
  );
}

function Viewer({ media, onClose }: { media: Media; onClose: () => void }): JSX.Element {
  const showing = useMedia(pathOf(media));
  const { files } = useWorkspace();
  return (
    <Dialog title={media.fileName} kind="picture" onClose={onClose}>
      {showing.state === 'ready' && <img src={showing.url} alt={media.fileName} />}
      {showing.state === 'loading' && <p aria-busy="true">Loading…</p>}
      {showing.state === 'failed' && <p role="alert">{showing.problem}</p>}
      <p class="row">
        <button type="button" class="link" onClick={() => attempt(files.store.download(pathOf(media), media.fileName))}>
          Download ({readableSize(media.size)})
        </button>
      </p>
    </Dialog>
  );
}

function Card({ media, note }: { media: Media; note?: string }): JSX.Element {
  const { files } = useWorkspace();
  return (
    <div class="file-card">
      <Icon name="file" size={24} />
      <div class="file-words">
        <strong>{media.fileName}</strong>
        <span class="hint">{note ?? readableSize(media.size)}</span>
      </div>
      {media.state === 'ready' && (
        <IconButton
          icon="download"
          label={`Download ${media.fileName}`}
          onClick={() => attempt(files.store.download(pathOf(media), media.fileName))}
        />
      )}
    </div>
  );
}

function useMedia(path: string): Showing {
  const { files } = useWorkspace();
  const showing = useSignal<Showing>({ state: 'loading' });
  useEffect(() => {
    const [source, release] = files.store.show(path);
    const stop = source.subscribe((value) => {
      showing.value = value;
    });
    return () => {
      stop();
      release();
    };
  }, [files, path]);
  return showing.value;
}
