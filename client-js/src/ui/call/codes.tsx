import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ActiveCall, Peer } from '../../call/api';
import { apart } from '../../protocol/line';
import { useWorkspace } from '../context';
import { Button } from '../parts/button';
import { Icon } from '../parts/icons';
import { comparing } from './state';

/** The code of each connection, to be read aloud to each other. */
export function Codes({ call }: { call: ActiveCall }): JSX.Element | null {
  useEffect(() => () => void (comparing.value = false), []);
  if (!comparing.value) return null;
  return (
    <div class="trouble codes" role="status">
      <Icon name="lock" />
      <div>
        <p>
          Read these digits to each other. When both of you see the same, nobody can listen in between, not even the
          server.
        </p>
        {call.peers.value.map((peer) => (
          <Code key={peer.legId} peer={peer} />
        ))}
        {call.peers.value.length === 0 && <p>Nobody else is here yet.</p>}
      </div>
      <Button onClick={() => (comparing.value = false)}>Close</Button>
    </div>
  );
}

function Code({ peer }: { peer: Peer }): JSX.Element {
  const { chat } = useWorkspace();
  const [code, setCode] = useState<string | null>(null);
  const link = peer.link.value;
  useEffect(() => {
    let asked = true;
    void peer.comparisonCode().then((found) => {
      if (asked) setCode(found);
    });
    return () => {
      asked = false;
    };
  }, [peer, link]);
  const name = chat.people.known.value.get(peer.userId)?.displayName ?? 'Someone';
  return (
    <p>
      {apart(name)}: <strong class="code">{code ?? 'not connected yet'}</strong>
    </p>
  );
}
