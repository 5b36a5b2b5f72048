import type { JSX } from 'preact';
import { Dialog } from '../parts/dialog';
import { closeDialog } from './dialogs';

const shortcuts: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Ctrl', 'K'], 'Go to a conversation'],
  [['Enter'], 'Send'],
  [['Shift', 'Enter'], 'New line'],
  [['↑'], 'Edit your last message (in an empty field)'],
  [['@'], 'Mention somebody'],
  [['F6'], 'Go to the next part of the page (with Shift to the one before)'],
  [['Home', 'End'], 'The first and the newest message (in the list)'],
  [['Esc'], 'Close, or stop editing and replying'],
  [['↑', '↓'], 'Walk through the messages (in the list)'],
  [['M'], 'Mute and unmute (in a call)'],
  [['V'], 'Camera on and off (in a call)'],
  [['?'], 'This list'],
];

export function Shortcuts(): JSX.Element {
  return (
    <Dialog title="Keys" onClose={closeDialog}>
      <dl class="shortcuts">
        {shortcuts.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
