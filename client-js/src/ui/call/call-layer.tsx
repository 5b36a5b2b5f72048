import type { JSX } from 'preact';
import { useWorkspace } from '../context';
import { CallView } from './call-view';
import { Held } from './held';
import { Incoming } from './incoming';
import { PreJoin } from './pre-join';
import { planned } from './state';

/** Everything about calls that lies above the page. */
export function CallLayer(): JSX.Element {
  const { calls } = useWorkspace();
  const active = calls.active.value;
  const plan = planned.value;
  return (
    <>
      {active !== null && <CallView key={active.roomId} call={active} />}
      {plan !== null && <PreJoin key={plan.roomId} {...plan} />}
      <div class="incoming-place">
        {calls.held.value !== null && <Held call={calls.held.value} />}
        {calls.incoming.value.map((incoming) => (
          <Incoming key={incoming.call.id} incoming={incoming} />
        ))}
      </div>
    </>
  );
}
