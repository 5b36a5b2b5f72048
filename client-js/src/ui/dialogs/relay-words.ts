import type { LoopResult, RelayWarning, ServerProblem, ServerResult } from '../../call/api';

interface Words {
  readonly title: string;
  readonly help: string;
}

const problems: Record<ServerProblem, Words> = {
  silent: {
    title: 'No answer.',
    help: 'Is coturn running and listening on this port, and do its firewall and yours let it pass?',
  },
  name: { title: 'The name was not found.', help: 'Correct the host in the address, or its entry in the DNS.' },
  tls: {
    title: 'No connection by TLS.',
    help: 'Is this the right host, does coturn listen for TLS on this port, and is its certificate valid for this name, with its whole chain?',
  },
  credentials: {
    title: 'The credentials were refused (401).',
    help: 'static-auth-secret of coturn and parley.turn.secret must be the same, and the clocks of both servers right.',
  },
  quota: {
    title: 'The relay has no more to give (486).',
    help: 'Raise user-quota or total-quota of coturn, or wait until calls have ended.',
  },
  refused: { title: 'The relay refused.', help: 'The log of coturn says why.' },
};

/** What one server said, and what to do about it. */
export function resultWords(result: ServerResult): Words {
  const { works, problem, ms, address, url } = result;
  if (!works) return problems[problem ?? 'silent'];
  const seen = url.startsWith('stun')
    ? `sees you as ${address ?? 'you see yourself'}`
    : `relays from ${address ?? '?'}`;
  return { title: `Answers in ${Math.round(ms ?? 0)} ms`, help: `and ${seen}.` };
}

/** What went through the relay and back. */
export function loopWords(loop: LoopResult): Words {
  if (loop.works) {
    const rate = loop.bytesPerSecond * 8;
    const shown = rate >= 1e6 ? `${(rate / 1e6).toFixed(1)} Mbit/s` : `${Math.round(rate / 1e3)} kbit/s`;
    return { title: 'The relay carries data:', help: `${shown}, and ${Math.round(loop.rttMs)} ms there and back.` };
  }
  return loop.problem === 'no-path'
    ? {
        title: 'The relay gives addresses, but carries nothing.',
        help: 'Its firewall must pass UDP from min-port to max-port, and its own address must not be among denied-peer-ip.',
      }
    : {
        title: 'The relay carries no data.',
        help: 'It let a connection through and then nothing: look at max-bps of coturn.',
      };
}

const warnings: Record<RelayWarning, Words> = {
  no_stun: {
    title: 'No STUN server is configured.',
    help: 'Without parley.stun.urls direct paths between two homes are not found.',
  },
  no_turn: {
    title: 'No TURN server is configured.',
    help: 'Without parley.turn.urls and parley.turn.secret calls through strict firewalls fail.',
  },
  no_udp: {
    title: 'No relay by UDP is configured.',
    help: 'Add turn:…?transport=udp to parley.turn.urls: by TCP calls stutter when something is lost.',
  },
  no_tcp: {
    title: 'No relay by TCP is configured.',
    help: 'Add turn:…?transport=tcp to parley.turn.urls, for firewalls that block UDP.',
  },
  no_tls: {
    title: 'No relay by TLS is configured.',
    help: 'Add turns:…:443?transport=tcp to parley.turn.urls, for firewalls that pass nothing but the web.',
  },
  short_secret: {
    title: 'The secret is short.',
    help: 'It can be guessed from a credential. Take 32 characters or more: openssl rand -hex 32.',
  },
};

export function warningWords(warning: RelayWarning): Words {
  return warnings[warning];
}
