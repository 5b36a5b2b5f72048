import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { KeyAction } from '../../keys/catalogue';
import { keyActions } from '../../keys/catalogue';
import { comboOf, printed } from '../../keys/combo';
import type { Combo } from '../../keys/combo';
import type { Refusal } from '../../keys/keymap';
import { useWorkspace } from '../context';
import { isMac } from '../keys';
import { Button, IconButton } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { announce } from '../state';
import { closeDialog } from './dialogs';

/** What has its key because writing and walking have it everywhere. */
const fixed: readonly (readonly [keys: readonly Combo[], what: string])[] = [
  [['Enter'], 'Send'],
  [['Shift+Enter'], 'New line'],
  [['ArrowUp'], 'Edit your last message (in an empty field)'],
  [['@'], 'Mention somebody'],
  [['Escape'], 'Close, or stop editing and replying'],
  [['ArrowUp', 'ArrowDown'], 'Walk through the messages (in the list)'],
  [['Home', 'End'], 'The first and the newest message (in the list)'],
];

const groups = [...new Set(keyActions.map(({ group }) => group))];

/** All keys; most of them can be moved. */
export function Shortcuts(): JSX.Element {
  const { keymap } = useWorkspace();
  const { singles } = keymap.keys.value;
  return (
    <Dialog title="Keys" kind="keys" onClose={closeDialog}>
      <label class="choice">
        <input type="checkbox" checked={singles} onChange={(event) => keymap.useSingles(event.currentTarget.checked)} />
        <span>
          <strong>Single keys</strong>
          <span class="hint">
            Such as M and V in a call. Turn them off if you speak to your computer, or press keys by accident.
          </span>
        </span>
      </label>
      {groups.map((group) => (
        <section key={group} class="key-group" aria-label={group}>
          <h3>{group}</h3>
          <ul>
            {keyActions
              .filter((action) => action.group === group)
              .map(({ id, title }) => (
                <KeyLine key={id} id={id} title={title} />
              ))}
          </ul>
        </section>
      ))}
      <section class="key-group" aria-label="Writing and reading">
        <h3>Writing and reading</h3>
        <ul>
          {fixed.map(([combos, what]) => (
            <li key={what} class="key-line">
              <span>{what}</span>
              <span class="key-caps">
                {combos.map((combo) => (
                  <Caps key={combo} combo={combo} />
                ))}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <div class="row end">
        <Button
          onClick={() => {
            keymap.reset();
            announce('All keys are as they were in the beginning.');
          }}
        >
          All as in the beginning
        </Button>
      </div>
    </Dialog>
  );
}

/** One action and its key. "Change" waits for the next key; Escape and leaving it change nothing. */
function KeyLine({ id, title }: { id: KeyAction; title: string }): JSX.Element {
  const { keymap } = useWorkspace();
  const [waits, setWaits] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const took = useRef(false);
  const combo = keymap.keys.value.of[id];
  const spoken = combo === '' ? 'no key' : printed(combo, isMac).join(' ');

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!waits || event.key === 'Tab') return;
    const next = comboOf(event);
    event.preventDefault();
    event.stopPropagation();
    if (next === null || event.repeat) return;
    took.current = true;
    setWaits(false);
    if (next === 'Escape') return;
    const refusal = keymap.assign(id, next);
    setProblem(refusal === null ? null : sentence(refusal, next));
    if (refusal === null) announce(`${title}: ${printed(next, isMac).join(' ')}`);
  };
  return (
    <li class="key-line">
      <span>
        {title}
        {problem !== null && (
          <span class="problem" role="alert">
            {problem}
          </span>
        )}
      </span>
      <span class="key-caps">
        {combo === '' ? <span class="hint">no key</span> : <Caps combo={combo} />}
        <button
          type="button"
          class={`chip${waits ? ' waits' : ''}`}
          aria-label={waits ? `Press the new key for: ${title}` : `Change the key for: ${title}. Now ${spoken}`}
          onClick={() => {
            setProblem(null);
            setWaits(!waits);
          }}
          onKeyDown={onKeyDown}
          onKeyUp={(event) => {
            // Letting go of the space bar would press the button.
            if (took.current) event.preventDefault();
            took.current = false;
          }}
          onBlur={() => setWaits(false)}
        >
          {waits ? 'press a key…' : 'change'}
        </button>
        <IconButton
          icon="close"
          label={`No key for: ${title}`}
          small
          disabled={combo === ''}
          onClick={() => {
            setProblem(null);
            keymap.assign(id, '');
          }}
        />
      </span>
    </li>
  );
}

function Caps({ combo }: { combo: Combo }): JSX.Element {
  return (
    <span>
      {printed(combo, isMac).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}

function sentence(refusal: Refusal, combo: Combo): string {
  const key = printed(combo, isMac).join(' ');
  return refusal.why === 'taken'
    ? `${key} is needed for writing, walking or the browser.`
    : `${key} is already there for: ${refusal.title}.`;
}
