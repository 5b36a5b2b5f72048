import type { JSX } from 'preact';
import { announcement, dismissToast, toasts } from '../state';
import { IconButton } from './button';
import { Icon } from './icons';

/** Short words about what happened. Errors interrupt a screen reader, the rest waits. */
export function Toasts(): JSX.Element {
  return (
    <div class="toasts">
      {toasts.value.map(({ id, text, tone }) => (
        <div key={id} class={`toast ${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
          <Icon name={tone === 'error' ? 'alert' : 'info'} />
          <p>{text}</p>
          <IconButton icon="close" label="Dismiss" small onClick={() => dismissToast(id)} />
        </div>
      ))}
      <div class="unseen" role="status">
        {announcement}
      </div>
    </div>
  );
}
