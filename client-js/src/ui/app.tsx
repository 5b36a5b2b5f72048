import { render } from 'preact';
import type { JSX } from 'preact';
import type { Parley } from './context';
import { ParleyContext, WorkspaceContext } from './context';
import { Button } from './parts/button';
import { Mark } from './parts/icons';
import { Toasts } from './parts/toasts';
import { Shell } from './shell';
import { SignIn } from './sign-in';
import './styles/index.css';
import './theme';

export function mount(root: HTMLElement, parley: Parley): void {
  render(
    <ParleyContext.Provider value={parley}>
      <App parley={parley} />
      <Toasts />
    </ParleyContext.Provider>,
    root,
  );
}

function App({ parley }: { parley: Parley }): JSX.Element {
  const standing = parley.account.standing.value;
  const workspace = parley.workspace.value;
  switch (standing.state) {
    case 'starting':
      return <Splash />;
    case 'unreachable':
      return <Unreachable onRetry={() => void parley.account.resume()} />;
    case 'out':
      return <SignIn account={parley.account} {...(standing.why === undefined ? {} : { why: standing.why })} />;
    case 'in':
      return workspace === null ? (
        <Splash />
      ) : (
        <WorkspaceContext.Provider value={workspace}>
          <Shell />
        </WorkspaceContext.Provider>
      );
  }
}

function Splash(): JSX.Element {
  return (
    <main class="splash" aria-busy="true">
      <Mark size={56} />
      <p class="unseen">Parley is starting.</p>
    </main>
  );
}

function Unreachable({ onRetry }: { onRetry: () => void }): JSX.Element {
  return (
    <main class="splash">
      <Mark size={56} />
      <h1>The server cannot be reached</h1>
      <p>Check your network. If it works, the server may be restarting.</p>
      <Button tone="primary" icon="retry" onClick={onRetry}>
        Try again
      </Button>
    </main>
  );
}
