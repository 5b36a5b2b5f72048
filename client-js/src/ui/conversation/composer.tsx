import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { mayEdit } from '../../chat/changes';
import type { Conversation } from '../../chat/conversation';
import { plain } from '../../chat/plain';
import { asParleyError } from '../../protocol/problem';
import type { Message, Room } from '../../protocol/shapes';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { IconButton } from '../parts/button';
import { Icon } from '../parts/icons';
import { toast } from '../state';
import { filesOf } from './drop-zone';
import { MentionList, useMentions } from './mentions';

export type Mode =
  | { readonly type: 'new' }
  | { readonly type: 'reply'; readonly message: Message }
  | { readonly type: 'edit'; readonly message: Message };

interface ComposerProps {
  readonly room: Room;
  readonly conversation: Conversation;
  readonly mode: Mode;
  readonly setMode: (mode: Mode) => void;
}

const defaultLength = 16_000;
const mostLinesPx = 240;

/** Where one writes. Enter sends, Shift+Enter breaks the line, ↑ in an empty field edits what one said last. */
export function Composer({ room, conversation, mode, setMode }: ComposerProps): JSX.Element {
  const { chat, files } = useWorkspace();
  const inThread = conversation.threadId !== undefined;
  const [edited, setEdited] = useState('');
  const text = mode.type === 'edit' ? edited : chat.drafts.get(conversation);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const mentions = useMentions(room, field, text, (next) => write(next));
  const most = chat.limits.value.messageLength ?? defaultLength;
  const left = most - text.length;
  const ready = text.trim() !== '' && left >= 0;

  const replyTo = mode.type === 'reply' ? mode.message.id : undefined;
  const write = (next: string): void => {
    if (mode.type === 'edit') {
      setEdited(next);
      return;
    }
    chat.drafts.set(conversation, next, replyTo);
    if (next.trim() === '') chat.writing.stopped();
    else chat.writing.typed(conversation);
  };
  const leaveMode = (): void => {
    if (mode.type === 'reply') chat.drafts.set(conversation, text);
    setMode({ type: 'new' });
    field.current?.focus();
  };
  /** What the server does not take stays in the field: it may be worth a message of its own. */
  const change = async (message: Message, said: string): Promise<void> => {
    try {
      if (said !== message.text) await chat.changes.edit(message, said);
      leaveMode();
    } catch (error) {
      toast(asParleyError(error).message, 'error');
    }
  };
  const submit = (): void => {
    if (!ready) return;
    const said = text.trim();
    if (mode.type === 'edit') {
      void change(mode.message, said);
      return;
    }
    try {
      chat.say(conversation, said, replyTo);
    } catch (error) {
      toast(asParleyError(error).message, 'error');
      return;
    }
    chat.drafts.set(conversation, '');
    setMode({ type: 'new' });
  };
  const sendAsFile = (): void => {
    files.uploads.add(conversation, [new File([text], 'message.txt', { type: 'text/plain' })]);
    chat.drafts.set(conversation, '');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // A key with Alt is not for this field.
    if (event.isComposing || event.altKey || mentions.onKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape' && !event.shiftKey && mode.type !== 'new') {
      event.preventDefault();
      leaveMode();
    } else if (event.key === 'ArrowUp' && text === '' && mode.type === 'new') {
      const last = conversation.lastOwn((one) => mayEdit(one, chat.me.id, room, chat.limits.peek(), Date.now()));
      if (last === undefined) return;
      event.preventDefault();
      setMode({ type: 'edit', message: last });
    }
  };

  useLayoutEffect(() => {
    if (mode.type === 'edit') setEdited(mode.message.text);
    if (mode.type !== 'new') field.current?.focus();
  }, [mode]);
  const answered = chat.drafts.replyTo(conversation);
  const original = answered === undefined ? undefined : conversation.find(answered);
  useEffect(() => {
    // What was begun here before, or on another device, may answer a message.
    if (mode.type === 'new' && original !== undefined && text !== '') setMode({ type: 'reply', message: original });
  }, [original?.id]);
  useEffect(() => {
    // On a phone the keyboard would cover half of what one came to read.
    if (window.matchMedia('(hover: hover)').matches) field.current?.focus();
    return () => chat.writing.stopped();
  }, []);
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, mostLinesPx)}px`;
  }, [text]);

  const name = room.kind === 'direct' ? apart(room.name) : `#${apart(room.name)}`;
  const label = inThread ? 'Reply in the thread' : `Message to ${room.name}`;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {mode.type !== 'new' && <ModeBar mode={mode} onLeave={leaveMode} />}
      <MentionList id={id} state={mentions} />
      <div class="composer-row">
        <IconButton icon="attach" label="Attach files" onClick={() => picker.current?.click()} />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Files to send"
          onChange={(event) => {
            files.uploads.add(conversation, [...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={inThread ? 'Reply…' : `Write to ${name}`}
          aria-label={mode.type === 'edit' ? 'Edit your message' : label}
          aria-describedby={left < 500 ? `${id}-left` : undefined}
          aria-autocomplete="list"
          aria-controls={mentions.open ? `${id}-mentions` : undefined}
          aria-activedescendant={mentions.open ? `${id}-mention-${mentions.at}` : undefined}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={() => chat.writing.stopped()}
          onPaste={(event) => {
            const pasted = filesOf(event.clipboardData);
            if (pasted.length === 0) return;
            event.preventDefault();
            files.uploads.add(conversation, pasted);
          }}
        />
        {left < 500 && (
          <span id={`${id}-left`} class={left < 0 ? 'left over' : 'left'}>
            {left < 0 ? `${-left} too many` : `${left} left`}
          </span>
        )}
        {left < 0 && mode.type === 'new' && (
          <button type="button" class="link" onClick={sendAsFile}>
            Send as a file
          </button>
        )}
        <button type="submit" class="icon-button primary" aria-label="Send" title="Send" disabled={!ready}>
          <Icon name={mode.type === 'edit' ? 'check' : 'send'} />
        </button>
      </div>
    </form>
  );
}

function ModeBar({ mode, onLeave }: { mode: Exclude<Mode, { type: 'new' }>; onLeave: () => void }): JSX.Element {
  return (
    <div class="mode-bar">
      <Icon name={mode.type} size={16} />
      <p>
        {mode.type === 'edit' ? (
          'Editing your message'
        ) : (
          <>
            Reply to <strong>{mode.message.sender.displayName}</strong>
          </>
        )}
        {mode.type === 'reply' && (
          <span class="mode-quote">{plain(mode.message.text) || mode.message.media?.fileName}</span>
        )}
      </p>
      <IconButton icon="close" label={mode.type === 'edit' ? 'Stop editing' : 'Do not reply'} small onClick={onLeave} />
    </div>
  );
}
