import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Device } from '../../account/devices';
import { asParleyError } from '../../protocol/problem';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Icon } from '../parts/icons';
import { since } from '../parts/time';
import { attempt, toast } from '../state';
import { closeDialog } from './dialogs';

/** Where one is signed in, and how to end that. */
export function DeviceList(): JSX.Element {
  const { devices } = useWorkspace();
  const [list, setList] = useState<readonly Device[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    devices.list(abort.signal).then(setList, (error: unknown) => {
      if (!abort.signal.aborted) setProblem(asParleyError(error).message);
    });
    return () => abort.abort();
  }, [devices]);
  const others = list?.filter(({ current }) => !current) ?? [];

  const end = async (device: Device): Promise<void> => {
    await devices.end(device.id);
    setList((now) => now?.filter(({ id }) => id !== device.id) ?? null);
    toast(`${apart(device.name)} is signed out.`);
  };
  const endOthers = async (): Promise<void> => {
    await devices.endOthers();
    setList((now) => now?.filter(({ current }) => current) ?? null);
    toast('All other devices are signed out.');
  };
  return (
    <Dialog title="Your devices" onClose={closeDialog}>
      <p class="hint">Where you are signed in. What you do not know, sign out, and change your password.</p>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="device-list" aria-busy={list === null && problem === null}>
        {list?.map((device) => (
          <li key={device.id} class="device">
            <Icon name="screen" size={24} />
            <span class="result-words">
              <strong>{device.name}</strong>
              <span class="hint">{wordsOf(device)}</span>
            </span>
            {device.current ? (
              <span class="role">this device</span>
            ) : (
              <Button onClick={() => attempt(end(device))}>
                Sign out<span class="unseen"> {device.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <div class="row end">
          <Button tone="danger" onClick={() => attempt(endOthers())}>
            Sign out all others
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function wordsOf({ lastUsedAt, address }: Device): string {
  const used = lastUsedAt === undefined ? [] : [`used ${since(new Date(lastUsedAt))}`];
  return [...used, ...(address === undefined ? [] : [apart(address)])].join(' · ');
}

/** A new password, which signs out every other device. */
export function ChangePassword(): JSX.Element {
  const { devices } = useWorkspace();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ field: 'current' | 'next'; text: string } | null>(null);

  const change = async (): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      await devices.changePassword(current, next);
      closeDialog();
      toast('Your password is changed. All other devices are signed out.');
    } catch (error) {
      const { code, message } = asParleyError(error);
      if (code === 'forbidden') setWrong({ field: 'current', text: 'This is not your password.' });
      else setWrong({ field: 'next', text: message });
      setBusy(false);
    }
  };
  return (
    <Dialog title="Change your password" onClose={closeDialog}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <Field
          label="Your password now"
          type="password"
          value={current}
          onInput={setCurrent}
          autocomplete="current-password"
          required
          focus
          problem={wrong?.field === 'current' ? wrong.text : null}
        />
        <Field
          label="New password"
          type="password"
          value={next}
          onInput={setNext}
          autocomplete="new-password"
          required
          hint="All your other devices are signed out."
          problem={wrong?.field === 'next' ? wrong.text : null}
        />
        <div class="row end">
          <Button onClick={closeDialog}>Cancel</Button>
          <Button type="submit" tone="primary" busy={busy} disabled={current === '' || next === ''}>
            Change it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
