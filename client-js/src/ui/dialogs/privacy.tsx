import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { asParleyError } from '../../protocol/problem';
import { useWorkspace } from '../context';
import { Dialog } from '../parts/dialog';
import { attempt } from '../state';
import { closeDialog } from './dialogs';

/** What others may know of oneself, on whatever device one is. */
export function PrivacyDialog(): JSX.Element {
  const { profile } = useWorkspace();
  const [problem, setProblem] = useState<string | null>(null);
  const privacy = profile.privacy.value;
  useEffect(() => {
    const abort = new AbortController();
    profile.load(abort.signal).catch((error: unknown) => {
      if (!abort.signal.aborted) setProblem(asParleyError(error).message);
    });
    return () => abort.abort();
  }, [profile]);
  return (
    <Dialog title="Privacy" onClose={closeDialog}>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="settings" aria-busy={privacy === null && problem === null}>
        <label class="choice">
          <input
            type="checkbox"
            checked={privacy?.shareLastSeen === true}
            indeterminate={privacy === null}
            disabled={privacy === null}
            onChange={(event) => attempt(profile.change({ shareLastSeen: event.currentTarget.checked }))}
          />
          <span>
            <strong>Show when I was last here</strong>
            <span class="hint">
              While you are offline, people who share a room with you see how long ago you left. Without it they only
              see that you are offline.
            </span>
          </span>
        </label>
      </div>
    </Dialog>
  );
}
