import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { asParleyError } from '../../protocol/problem';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Icon } from '../parts/icons';
import { showRoom } from '../route';
import { closeDialog } from './dialogs';

const kinds = [
  { value: 'public', icon: 'hash', title: 'Public', hint: 'Everybody here can find and join it.' },
  { value: 'private', icon: 'lock', title: 'Private', hint: 'Only those who are added can see it.' },
] as const;

export function CreateRoom(): JSX.Element {
  const { chat } = useWorkspace();
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [kind, setKind] = useState<'public' | 'private'>('public');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const create = async (): Promise<void> => {
    setBusy(true);
    try {
      const room = await chat.rooms.create({
        name: name.trim(),
        kind,
        ...(topic.trim() ? { topic: topic.trim() } : {}),
      });
      closeDialog();
      showRoom(room.id);
    } catch (error) {
      setProblem(asParleyError(error).message);
      setBusy(false);
    }
  };
  return (
    <Dialog title="New room" onClose={closeDialog}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field label="Name" value={name} onInput={setName} required maxLength={80} focus problem={problem} />
        <Field
          label="Topic"
          value={topic}
          onInput={setTopic}
          maxLength={250}
          hint="What it is for. You can leave it empty."
        />
        <fieldset class="choices">
          <legend>Who can see it</legend>
          {kinds.map(({ value, icon, title, hint }) => (
            <label key={value} class="choice">
              <input type="radio" name="kind" checked={kind === value} onChange={() => setKind(value)} />
              <Icon name={icon} />
              <span>
                <strong>{title}</strong>
                <span class="hint">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="row end">
          <Button onClick={closeDialog}>Cancel</Button>
          <Button type="submit" tone="primary" busy={busy} disabled={name.trim() === ''}>
            Make the room
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
