import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useWorkspace } from '../context';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { toast } from '../state';
import { closeDialog } from './dialogs';

const contents = [
  { value: 'full', title: 'Who and what' },
  { value: 'sender', title: 'Only who wrote' },
  { value: 'none', title: 'Only that there is something' },
] as const;

/** How this browser tells of what one does not see. */
export function Notices(): JSX.Element {
  const { notices } = useWorkspace();
  const { desktop, sound, content, keywords } = notices.choice.value;
  const [words, setWords] = useState(keywords.join(', '));
  const possible = typeof Notification !== 'undefined';
  const denied = possible && Notification.permission === 'denied';

  const wishDesktop = async (on: boolean): Promise<void> => {
    // Asked only here, by the person's own click: a question out of nowhere is answered with no.
    const granted = on && possible ? (await Notification.requestPermission()) === 'granted' : false;
    notices.change({ desktop: granted });
    if (on && !granted) toast('The browser does not let this page show notifications.', 'error');
  };
  return (
    <Dialog title="Notifications" onClose={closeDialog}>
      <div class="settings">
        <label class="choice">
          <input
            type="checkbox"
            checked={desktop && !denied}
            disabled={!possible || denied}
            onChange={(event) => void wishDesktop(event.currentTarget.checked)}
          />
          <span>
            <strong>Show on the desktop</strong>
            <span class="hint">
              {denied
                ? 'The browser forbids it for this page; its settings beside the address can change that.'
                : 'When somebody writes while you look elsewhere. The browser asks you once.'}
            </span>
          </span>
        </label>
        <label class="choice">
          <input
            type="checkbox"
            checked={sound}
            onChange={(event) => notices.change({ sound: event.currentTarget.checked })}
          />
          <span>
            <strong>Play a sound</strong>
            <span class="hint">Once, however many tabs are open. Never while you do not want to be disturbed.</span>
          </span>
        </label>
        <fieldset class="choices">
          <legend>What it says</legend>
          {contents.map(({ value, title }) => (
            <label key={value} class="choice">
              <input
                type="radio"
                name="content"
                checked={content === value}
                onChange={() => notices.change({ content: value })}
              />
              <span>{title}</span>
            </label>
          ))}
        </fieldset>
        <Field
          label="Words that count like a mention"
          value={words}
          onInput={(next) => {
            setWords(next);
            const list = next.split(',').map((word) => word.trim());
            notices.change({ keywords: list.filter((word) => word !== '') });
          }}
          hint="Divided by commas. They reach you also in rooms that tell only of mentions."
        />
      </div>
    </Dialog>
  );
}
