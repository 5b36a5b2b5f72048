import type { JSX } from 'preact';
import type { LocalSource } from '../../call/api';
import { Button } from '../parts/button';
import { Icon } from '../parts/icons';
import { attempt } from '../state';
import { mediaHelp } from './words';

/** Why a device is missing, and the way out. */
export function Trouble({ source, again }: { source: LocalSource; again: () => Promise<void> }): JSX.Element | null {
  const problem = source.problem.value;
  // Closing the browser's screen chooser is an answer, not a problem.
  if (problem === null || (problem.source === 'screen' && problem.cause !== 'system-denied')) return null;
  const { title, help } = mediaHelp(problem);
  return (
    <div class="trouble" role="alert">
      <Icon name="alert" />
      <p>
        <strong>{title}</strong> {help}
      </p>
      <Button onClick={() => attempt(again())}>Try again</Button>
    </div>
  );
}
