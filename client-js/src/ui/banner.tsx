import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Link } from '../protocol/link';
import { useParley } from './context';
import { Icon } from './parts/icons';

/** A short break is not worth a word. */
const patienceMs = 800;

/** Says what the connection is doing whenever it is not simply there. */
export function Banner({ link }: { link: Link }): JSX.Element | null {
  const { retryNow } = useParley();
  const now = useClock(link.state === 'waiting');
  const settled = useSettled(link);
  const text = settled === null ? null : sentence(settled, now);
  if (text === null) return <div class="banner-place" role="status" />;
  return (
    <div class="banner-place" role="status">
      <div class={`banner ${link.state}`}>
        <Icon name={link.state === 'connecting' ? 'retry' : 'alert'} size={16} />
        <span>{text}</span>
        {link.state === 'waiting' && (link.why === 'lost' || link.why === 'unavailable' || link.why === 'drain') && (
          <button type="button" class="link" onClick={retryNow}>
            Try now
          </button>
        )}
      </div>
    </div>
  );
}

function sentence(link: Link, now: number): string | null {
  switch (link.state) {
    case 'idle':
    case 'online':
    case 'signed_out':
      return null;
    case 'connecting':
      if (link.restarts) return 'The server is being restarted. Reconnecting…';
      return link.again ? 'Reconnecting…' : 'Connecting…';
    case 'offline':
      return 'You are offline. What you write is sent when the network is back.';
    case 'waiting': {
      const seconds = Math.max(1, Math.ceil((link.until - now) / 1000));
      const when = `in ${seconds} s`;
      switch (link.why) {
        case 'lost':
          return `The connection was lost. Reconnecting ${when}.`;
        case 'unavailable':
          return `The server says that it is not available. What you write is kept; trying again ${when}.`;
        case 'rate_limited':
          return `The server asked this page to slow down. Reconnecting ${when}.`;
        case 'too_many':
          return `You are connected in too many places. Close another tab; trying again ${when}.`;
        case 'drain':
          return `The server is being restarted. What you write is kept; reconnecting ${when}.`;
      }
    }
  }
}

/** The current time, twice a second, while somebody looks at it. */
function useClock(running: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!running) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

/** The link, late by a moment when it gets worse, so that a blip does not flash. */
function useSettled(link: Link): Link | null {
  const [settled, setSettled] = useState<Link | null>(null);
  const since = useRef<number | null>(null);
  const good = link.state === 'online' || link.state === 'idle' || link.state === 'signed_out';
  useEffect(() => {
    if (good) {
      since.current = null;
      setSettled(null);
      return undefined;
    }
    since.current ??= Date.now();
    const left = Math.max(0, since.current + patienceMs - Date.now());
    const timer = setTimeout(() => setSettled(link), left);
    return () => clearTimeout(timer);
  }, [link]);
  return settled;
}
