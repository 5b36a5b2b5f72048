import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Ending } from '../../presence/until';
import { aheadOf, endOf, endings } from '../../presence/until';
import { asParleyError } from '../../protocol/problem';
import type { PresenceStatus } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { PresenceDot, presenceWord } from '../parts/avatar';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { dayAndTime } from '../parts/time';
import { toast } from '../state';
import { closeDialog } from './dialogs';

const mostLetters = 140;
const states: readonly PresenceStatus[] = ['online', 'away', 'dnd'];

/** What one says about oneself, how one wants to be shown, and until when. */
export function StatusDialog(): JSX.Element {
  const { chat, presences } = useWorkspace();
  const now = presences.now(chat.me.id);
  const [text, setText] = useState(now.statusText ?? '');
  const [status, setStatus] = useState<PresenceStatus>(states.includes(now.status) ? now.status : 'online');
  const [kept] = useState(() => aheadOf(now.until, Date.now()));
  const [ending, setEnding] = useState<Ending['value'] | 'kept'>(kept === undefined ? 'never' : 'kept');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const endNow = (): Date | undefined => (ending === 'kept' ? kept : endOf(ending, new Date()));
  const end = endNow();

  const set = async (next: PresenceStatus, said: string, until?: Date): Promise<void> => {
    setBusy(true);
    try {
      await presences.set(next, said === '' ? undefined : said, until);
      closeDialog();
      toast(until === undefined ? 'Your status is set.' : `Your status is set. It ends ${dayAndTime(until)}.`);
    } catch (error) {
      setProblem(asParleyError(error).message);
      setBusy(false);
    }
  };
  return (
    <Dialog title="Your status" onClose={closeDialog}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void set(status, text.trim(), endNow());
        }}
      >
        <Field
          label="What you are doing"
          value={text}
          onInput={setText}
          maxLength={mostLetters}
          focus
          hint="Everybody who shares a room with you sees it. You can leave it empty."
          problem={problem}
        />
        <fieldset class="levels">
          <legend>Show me as</legend>
          {states.map((value) => (
            <label key={value}>
              <input type="radio" name="status" checked={status === value} onChange={() => setStatus(value)} />
              <PresenceDot status={value} />
              <span aria-hidden="true">{presenceWord(value)}</span>
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="status-end">It ends</label>
          <select
            id="status-end"
            value={ending}
            aria-describedby="status-end-note"
            onChange={({ currentTarget: { value } }) =>
              setEnding(value === 'kept' ? value : (endings.find((one) => one.value === value)?.value ?? 'never'))
            }
          >
            {kept !== undefined && <option value="kept">As it is now</option>}
            {endings.map(({ value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
          <p id="status-end-note" class="hint">
            {end === undefined ? 'Until you change it.' : `${dayAndTime(end)}, on all your devices.`}
          </p>
        </div>
        <div class="row end">
          {(now.statusText !== undefined || now.status === 'dnd' || kept !== undefined) && (
            <Button busy={busy} onClick={() => void set('online', '')}>
              Clear it
            </Button>
          )}
          <Button type="submit" tone="primary" busy={busy}>
            Set it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
