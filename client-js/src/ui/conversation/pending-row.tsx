import type { JSX } from 'preact';
import type { Conversation } from '../../chat/conversation';
import type { Pending } from '../../chat/pending';
import type { Upload } from '../../upload/uploads';
import { apart } from '../../protocol/line';
import { readableSize } from '../../upload/size';
import { useWorkspace } from '../context';
import { Avatar } from '../parts/avatar';
import { IconButton } from '../parts/button';
import { Icon } from '../parts/icons';
import { clockTime } from '../parts/time';
import { Sized } from './attachment';
import { Byline, ReplyTo } from './message-row';
import { RichText } from './rich-text';

const states = {
  sending: 'Sending…',
  waiting: 'Waiting for the connection',
  slowed: 'Slowed down by the server; it is sent in a moment',
  held: 'The server cannot take it right now; it is sent as soon as it can',
  failed: 'Not sent',
  asking: 'Not sent yet',
} as const;

/** A message on its way: the bubble that it will be. */
export function PendingRow({
  pending,
  opens,
  conversation,
}: {
  pending: Pending;
  opens: boolean;
  conversation: Conversation;
}): JSX.Element {
  const { chat, files } = useWorkspace();
  const picture = files.pictureOf(pending.clientId);
  return (
    <article class={`message pending ${pending.state}${opens ? ' opens' : ''}`} tabIndex={-1}>
      <Face opens={opens} at={pending.createdAt} />
      <div class="message-body">
        {opens && <Byline name={chat.me.displayName} at={new Date(pending.createdAt)} />}
        {pending.replyTo !== undefined && <ReplyTo conversation={conversation} id={pending.replyTo} />}
        {picture !== undefined && (
          <Sized width={picture.width} height={picture.height}>
            <img src={picture.url} alt={pending.fileName ?? ''} />
          </Sized>
        )}
        {picture === undefined && pending.uploadId !== undefined && <FileName name={pending.fileName ?? 'file'} />}
        {pending.text !== '' && <RichText text={pending.text} />}
        {pending.state === 'asking' ? <Question pending={pending} /> : <Delivery pending={pending} />}
      </div>
    </article>
  );
}

/** How far a message is on its way, and what one can do when it is not. */
function Delivery({ pending }: { pending: Pending }): JSX.Element {
  const { chat } = useWorkspace();
  const failed = pending.state === 'failed';
  return (
    <p class={`delivery ${pending.state}`} role={failed ? 'alert' : undefined}>
      <Icon name={failed ? 'alert' : 'clock'} size={16} />
      <span>
        {states[pending.state]}
        {pending.problem !== undefined && (
          <>
            : <bdi>{pending.problem}</bdi>
          </>
        )}
      </span>
      {failed && (
        <>
          <button type="button" class="link" onClick={() => chat.outbox.retry(pending.clientId)}>
            Retry
          </button>
          {pending.uploadId === undefined && <TakeBack pending={pending} />}
          <button type="button" class="link danger" onClick={() => chat.outbox.discard(pending.clientId)}>
            Delete
          </button>
        </>
      )}
    </p>
  );
}

/** A message that calls many people is sent when its writer says that they mean it. */
function Question({ pending }: { pending: Pending }): JSX.Element {
  const { chat } = useWorkspace();
  const words = `Notify ${pending.members ?? 'all'} people?`;
  return (
    <div class="delivery asking" role="group" aria-label={words}>
      <Icon name="bell" size={16} />
      <span role="alert">{words}</span>
      <button type="button" class="link" onClick={() => chat.outbox.confirm(pending.clientId)}>
        Notify and send
      </button>
      <TakeBack pending={pending} />
    </div>
  );
}

function TakeBack({ pending }: { pending: Pending }): JSX.Element {
  const { chat } = useWorkspace();
  return (
    <button
      type="button"
      class="link"
      onClick={(event) => {
        // The field is found before the row goes.
        const area = event.currentTarget.closest('.conversation, .thread')?.querySelector('textarea');
        chat.takeBack(pending.clientId);
        area?.focus();
      }}
    >
      Change the text
    </button>
  );
}

/** A file on its way to the storage. */
export function UploadRow({ upload, opens }: { upload: Upload; opens: boolean }): JSX.Element {
  const { chat, files } = useWorkspace();
  const { picture, problem } = upload;
  const failed = upload.state === 'failed';
  return (
    <article
      class={`message pending opens${failed ? ' failed' : ''}`}
      tabIndex={-1}
      aria-label={`Upload ${upload.fileName}`}
    >
      <Face opens={opens} at={upload.createdAt} />
      <div class="message-body">
        {opens && <Byline name={chat.me.displayName} at={new Date(upload.createdAt)} />}
        {picture === undefined ? (
          <FileName name={upload.fileName} />
        ) : (
          <Sized width={picture.width} height={picture.height}>
            <img src={picture.url} alt={upload.fileName} />
          </Sized>
        )}
        <div class="upload-line">
          {!failed && (
            <progress
              aria-label={`Upload of ${upload.fileName}`}
              max={upload.size}
              {...(upload.state === 'sending' ? { value: upload.sentBytes } : {})}
            />
          )}
          <p class={`delivery ${failed ? 'failed' : 'sending'}`} role={failed ? 'alert' : undefined}>
            {failed && <Icon name="alert" size={16} />}
            <span>{failed ? `${apart(upload.fileName)}: ${apart(problem?.text ?? '')}` : progressWords(upload)}</span>
            {problem?.canRetry === true && (
              <button type="button" class="link" onClick={() => files.uploads.retry(upload.id)}>
                Retry
              </button>
            )}
          </p>
          <IconButton
            icon="close"
            label={failed ? `Remove ${upload.fileName}` : `Cancel the upload of ${upload.fileName}`}
            small
            onClick={() => files.uploads.cancel(upload.id)}
          />
        </div>
      </div>
    </article>
  );
}

function Face({ opens, at }: { opens: boolean; at: number }): JSX.Element {
  const { chat } = useWorkspace();
  return (
    <div class="gutter">
      {opens ? <Avatar person={chat.me} /> : <time class="gutter-time">{clockTime(new Date(at))}</time>}
    </div>
  );
}

function FileName({ name }: { name: string }): JSX.Element {
  return (
    <div class="file-card">
      <Icon name="file" size={24} />
      <div class="file-words">
        <strong>{name}</strong>
      </div>
    </div>
  );
}

function progressWords(upload: Upload): string {
  if (upload.state === 'queued') return `${apart(upload.fileName)} · waiting its turn`;
  if (upload.state === 'asking') return `${apart(upload.fileName)} · asking the server`;
  const rate = upload.bytesPerSecond > 0 ? ` · ${readableSize(upload.bytesPerSecond)}/s` : '';
  return `${readableSize(upload.sentBytes)} of ${readableSize(upload.size)}${rate}`;
}
