import type {
  CallEnd,
  CallPhase,
  DeviceNews,
  LinkFailure,
  MediaProblem,
  NetworkVerdict,
  Quality,
  Side,
} from '../../call/api';
import { apart } from '../../protocol/line';

/** What a call is doing, in words. */
export function phaseWords(phase: CallPhase, reached: boolean, name: string): string {
  switch (phase) {
    case 'requesting':
      return 'Starting…';
    case 'ringing':
      return reached ? `Ringing ${apart(name)}…` : `Calling ${apart(name)}…`;
    case 'waiting':
      return 'Waiting for others to join…';
    case 'connecting':
      return 'Connecting…';
    case 'connected':
      return 'Connected';
    case 'reconnecting':
      return 'The connection was interrupted. Reconnecting…';
    case 'ended':
      return 'Ended';
  }
}

/** Who is in a call that one may join. */
export function thereWords(names: readonly string[]): string {
  const [first = '', second = ''] = names.map(apart);
  switch (names.length) {
    case 0:
      return 'Nobody is there yet.';
    case 1:
      return `${first} is there.`;
    case 2:
      return `${first} and ${second} are there.`;
    case 3:
      return `${first}, ${second} and one more are there.`;
    default:
      return `${first}, ${second} and ${names.length - 2} more are there.`;
  }
}

const failures: Record<LinkFailure, string> = {
  'peer-silent': 'The other device never answered.',
  'relay-refused': 'The relay server refused us. Whoever runs the server should check its credentials.',
  'relay-unreachable': 'The relay server could not be reached from here. A firewall may block it.',
  'no-relay': 'No direct path between you was found, and this server has no relay.',
  'no-path': 'No path between you was found. A firewall may block calls.',
};

export function failureWords(failure: LinkFailure): string {
  return failures[failure];
}

/** Who takes part in a call that one is not in. */
export function goingWords(names: readonly string[]): string {
  const [first, second, ...others] = names.map(apart);
  if (first === undefined) return 'A call goes on in this room.';
  if (second === undefined) return `${first} is in a call.`;
  if (others.length === 0) return `${first} and ${second} are in a call.`;
  const [third, ...more] = others;
  if (more.length === 0) return `${first}, ${second} and ${third ?? ''} are in a call.`;
  return `${first}, ${second} and ${others.length} others are in a call.`;
}

/** How well somebody comes through, and whose network it is when they do not. */
export function qualityWords({ bars, rttMs, side }: Quality, name: string): string {
  const words = ['nothing arrives', 'bad', 'weak', 'fair', 'good'][bars] ?? '';
  const delay = rttMs === null ? '' : `, ${Math.round(rttMs)} ms`;
  const whose: Record<Side, string> = {
    own: ' (your network)',
    theirs: ` (${apart(name)}’s network)`,
    both: '',
    device: ' (this computer is busy)',
  };
  return `Connection to ${apart(name)}: ${words}${delay}${side === null ? '' : whose[side]}`;
}

/** What one can do about a network that has been bad for a while. */
export function adviceWords(side: Side, name: string): { title: string; help: string } {
  switch (side) {
    case 'own':
      return {
        title: 'Your connection is weak.',
        help: 'A cable, a place nearer to the router, or the camera switched off helps.',
      };
    case 'theirs':
      return {
        title: `${apart(name)}’s connection is weak.`,
        help: 'It helps if they come nearer to their router or switch their camera off.',
      };
    case 'both':
      return { title: 'The connection is weak.', help: 'It helps if one of you switches the camera off.' };
    case 'device':
      return {
        title: 'This computer has too much to do.',
        help: 'Close other programs or tabs, or switch the camera off.',
      };
  }
}

/** What calls from here will be like, and what to do about it. */
export function networkWords(found: NetworkVerdict): {
  readonly tone: 'good' | 'bad' | 'plain';
  readonly title: string;
  readonly help: string;
} {
  switch (found) {
    case 'asking':
      return { tone: 'plain', title: 'Looking at your network…', help: '' };
    case 'good':
      return { tone: 'good', title: 'Calls will work from here.', help: '' };
    case 'unknown':
      return { tone: 'plain', title: 'Nothing can be said about your network.', help: 'The server did not answer.' };
    case 'udp-blocked':
      return {
        tone: 'plain',
        title: 'Calls will work, with some delay.',
        help: 'A firewall here blocks UDP, so that everything takes the way by the relay.',
      };
    case 'stun-unreachable':
      return {
        tone: 'plain',
        title: 'Calls may not work from here.',
        help: 'The server that finds direct paths does not answer.',
      };
    case 'no-relay':
      return {
        tone: 'plain',
        title: 'Calls will work where two devices reach each other directly.',
        help: 'This server has no relay for those behind strict firewalls.',
      };
    case 'relay-refused':
      return { tone: 'bad', title: 'Calls may not work from here.', help: failures['relay-refused'] };
    case 'relay-unreachable':
      return { tone: 'bad', title: 'Calls may not work from here.', help: failures['relay-unreachable'] };
  }
}

/** Why a call is over; null when there is nothing to explain. */
export function endWords({ reason, failure }: CallEnd, name: string): string | null {
  if (failure !== null) return failures[failure];
  switch (reason) {
    case 'hangup':
      return null;
    case 'declined':
      return `${apart(name)} declined.`;
    case 'busy':
      return `${apart(name)} is in another call.`;
    case 'missed':
      return `${apart(name)} did not answer.`;
    case 'failed':
      return 'The call could not be established.';
    case 'lost':
      return 'The connection was lost.';
    case 'moved':
      return 'The call goes on in another tab or on another device.';
  }
}

const named = { microphone: 'microphone', camera: 'camera', screen: 'screen' } as const;

/** A device that was replaced by itself: by which one. */
export function deviceNewsWords({ source, cause, label }: DeviceNews): string {
  const now = label === '' ? `Another ${named[source]} is used now.` : `“${apart(label)}” is used now.`;
  return cause === 'lost' ? `Your ${named[source]} is gone. ${now}` : `Your ${named[source]} is back. ${now}`;
}

/** What is wrong with a device, and what to do about it in this browser. */
export function mediaHelp({ source, cause }: MediaProblem): { readonly title: string; readonly help: string } {
  const device = named[source];
  switch (cause) {
    case 'denied':
      return { title: `This page may not use your ${device}.`, help: permissionHelp(device) };
    case 'dismissed':
      return { title: `The question about your ${device} was closed.`, help: 'Try again and choose “Allow”.' };
    case 'system-denied':
      return {
        title: `Your system keeps the browser from the ${device}.`,
        help: `Allow it in the system’s settings under privacy, ${device}; then try again.`,
      };
    case 'not-found':
      return {
        title: `No ${device} was found.`,
        help: `Plug one in, or switch it on, then try again. The call works without.`,
      };
    case 'busy':
      return {
        title: `Your ${device} is in use.`,
        help: `Another program or tab holds it. Close that one, then try again.`,
      };
    case 'overconstrained':
      return { title: `This ${device} cannot do what was asked.`, help: 'Choose another one from the list.' };
    case 'insecure':
      return {
        title: `Browsers give the ${device} to secure pages only.`,
        help: 'Open this page by its https address.',
      };
    case 'stalled':
      return {
        title: `Your ${device} does not answer.`,
        help: 'A question of the browser may still be open. Otherwise unplug the device and try again.',
      };
    case 'lost':
      return {
        title: `Your ${device} is gone.`,
        help: 'It was unplugged, or its permission was taken back. Try again.',
      };
    case 'unknown':
      return { title: `Your ${device} could not be opened.`, help: 'Try again, or choose another one.' };
  }
}

/** Where this browser keeps the switch. */
function permissionHelp(device: string): string {
  const agent = navigator.userAgent;
  if (agent.includes('Firefox/')) {
    return `Click the crossed-out ${device} left of the address, remove “Blocked”, then try again.`;
  }
  if (agent.includes('Chrome/') || agent.includes('Chromium/')) {
    return `Click the icon left of the address, set “${device}” to “Allow”, then try again.`;
  }
  if (agent.includes('Safari/')) {
    return `Choose Safari, Settings for this website, and set “${device}” to “Allow”; then try again.`;
  }
  return `Allow the ${device} for this page in the browser’s settings, then try again.`;
}
