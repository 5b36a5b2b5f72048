import { number, object, oneOf, otherwise } from '../protocol/decode';
import type { ParleyError, ProblemCode } from '../protocol/problem';

/** A message that the server has not confirmed yet. */
export interface Pending {
  readonly clientId: string;
  readonly roomId: string;
  readonly text: string;
  readonly replyTo?: string;
  readonly threadId?: string;
  /** A finished upload that this message shares. */
  readonly uploadId?: string;
  readonly fileName?: string;
  readonly createdAt: number;
  /**
   * sending: on its way. waiting: for the connection. slowed: the server asked for patience.
   * held: the server is not there and is asked again. failed: up to the person.
   * asking: it calls so many people that the person is asked whether they mean it.
   */
  readonly state: 'sending' | 'waiting' | 'slowed' | 'held' | 'failed' | 'asking';
  readonly problem?: string;
  /** How many people it calls. */
  readonly members?: number;
  /** The person knows how many people it calls. */
  readonly confirmMentions?: boolean;
}

export type Outgoing = Pick<Pending, 'roomId' | 'text' | 'replyTo' | 'threadId' | 'uploadId' | 'fileName'> & {
  readonly clientId?: string;
};

const patience = 3;
/** No answer for want of a server: the message waits for it, however long that takes. */
const absent: readonly ProblemCode[] = ['timeout', 'unavailable'];
const longestPauseMs = 30_000;

/** Whether only the person can say how it goes on. */
export function isStuck({ state }: Pick<Pending, 'state'>): boolean {
  return state === 'failed' || state === 'asking';
}

export function whileWaiting(code: ProblemCode): Pending['state'] {
  if (code === 'rate_limited') return 'slowed';
  return absent.includes(code) ? 'held' : 'sending';
}

/** How long to wait before the next attempt; null when another attempt would end like this one. */
export function pauseBefore(problem: ParleyError, attempt: number): number | null {
  if (problem.code === 'rate_limited') return Math.max(problem.retryAfterMs ?? 1_000, 250);
  const pause = Math.min(longestPauseMs, attempt * 1_500);
  if (absent.includes(problem.code)) return Math.max(problem.retryAfterMs ?? 0, pause);
  const passing: readonly ProblemCode[] = ['internal', 'conflict'];
  return passing.includes(problem.code) && attempt < patience ? (problem.retryAfterMs ?? pause) : null;
}

const question = otherwise(object({ confirm: oneOf(['mentions']), members: number }), null);

/** What becomes of a message that was refused for good. */
export function refused({ code, message, details }: ParleyError): Pick<Pending, 'state' | 'problem' | 'members'> {
  const asked = code === 'conflict' ? question(details) : null;
  return asked === null ? { state: 'failed', problem: message } : { state: 'asking', members: asked.members };
}
