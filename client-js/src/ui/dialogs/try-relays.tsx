import type { JSX } from 'preact';
import type { RelayFinding, RelayTrial, ServerResult } from '../../call/api';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import type { IconName } from '../parts/icons';
import { Icon } from '../parts/icons';
import { useClosable } from '../parts/use-closable';
import { closeDialog } from './dialogs';
import { loopWords, resultWords, warningWords } from './relay-words';

/** For administrators: what the servers that help calls are worth from here. */
export function TryRelays(): JSX.Element {
  const { calls } = useWorkspace();
  const trial = useClosable(calls, (all) => all.tryRelays());
  return (
    <Dialog title="Test the relays" onClose={closeDialog}>
      <p class="hint">Every STUN and TURN address of this server, asked from your browser with fresh credentials.</p>
      {trial !== null && <Found trial={trial} />}
    </Dialog>
  );
}

function Found({ trial }: { trial: RelayTrial }): JSX.Element {
  const finding = trial.finding.value;
  const busy = finding.state === 'asking' || finding.state === 'testing';
  return (
    <>
      {'addresses' in finding && <Servers finding={finding} />}
      <p class="relay-sum" role="status">
        {sum(finding)}
      </p>
      <div class="row end">
        <Button busy={busy} onClick={() => trial.askAgain()}>
          Test again
        </Button>
      </div>
    </>
  );
}

function Servers({ finding }: { finding: Extract<RelayFinding, { addresses: unknown }> }): JSX.Element {
  const { addresses, warnings, loop, state } = finding;
  return (
    <ul class="relay-list" aria-busy={state === 'testing'}>
      {addresses.map(({ url, result }) => (
        <Line key={url} {...faceOf(result)} name={url} words={result === null ? null : resultWords(result)} />
      ))}
      {loop !== null && (
        <Line
          tone={loop.works ? 'good' : 'bad'}
          icon={loop.works ? 'check' : 'alert'}
          name="Through the relay and back"
          words={loopWords(loop)}
        />
      )}
      {warnings.map((warning) => (
        <Line key={warning} tone="warn" icon="info" name="" words={warningWords(warning)} />
      ))}
    </ul>
  );
}

interface LineProps {
  readonly tone: 'good' | 'bad' | 'warn' | 'plain';
  readonly icon: IconName;
  readonly name: string;
  readonly words: { readonly title: string; readonly help: string } | null;
}

function Line({ tone, icon, name, words }: LineProps): JSX.Element {
  return (
    <li class={`relay ${tone}`}>
      <Icon name={icon} />
      <div>
        {name !== '' && <p class="relay-name">{name}</p>}
        <p>
          <strong>{words?.title ?? 'Asking…'}</strong> {words?.help}
        </p>
      </div>
    </li>
  );
}

function faceOf(result: ServerResult | null): Pick<LineProps, 'tone' | 'icon'> {
  if (result === null) return { tone: 'plain', icon: 'clock' };
  return result.works ? { tone: 'good', icon: 'check' } : { tone: 'bad', icon: 'alert' };
}

/** In one sentence, which is also read out. */
function sum(finding: RelayFinding): string {
  switch (finding.state) {
    case 'asking':
      return 'Asking for the servers…';
    case 'failed':
      return `The test could not begin. ${finding.reason}`;
    case 'testing':
      return 'Testing…';
    case 'done': {
      const { addresses, loop } = finding;
      if (addresses.length === 0) return 'There is nothing to test.';
      const working = addresses.filter(({ result }) => result?.works === true).length;
      const carried = loop === null ? '' : loop.works ? ' The relay carries data.' : ' The relay carries nothing.';
      return `${working} of ${addresses.length} addresses answer.${carried}`;
    }
  }
}
