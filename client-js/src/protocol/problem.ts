import { number, object, otherwise, string, unknown } from './decode';
import { line } from './line';

/** What the server's catalogue knows, and below it what only a client can meet. */
export type ProblemCode =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'unsupported_type'
  | 'rate_limited'
  | 'internal'
  | 'unavailable'
  | 'offline'
  | 'timeout'
  | 'cancelled'
  | 'malformed';

const codes: readonly string[] = [
  'invalid',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'too_large',
  'unsupported_type',
  'rate_limited',
  'internal',
  'unavailable',
] satisfies ProblemCode[];

/** Something that did not work, named by the catalogue of the contract; `message` is fit to be shown. */
export class ParleyError extends Error {
  override readonly name = 'ParleyError';
  readonly code: ProblemCode;
  readonly retryAfterMs?: number;
  readonly details?: unknown;

  constructor(code: ProblemCode, message: string, more: { retryAfterMs?: number; details?: unknown } = {}) {
    super(message);
    this.code = code;
    if (more.retryAfterMs !== undefined) this.retryAfterMs = more.retryAfterMs;
    if (more.details !== undefined) this.details = more.details;
  }
}

const wireError = object(
  { code: otherwise(string, 'internal'), message: otherwise(line, '') },
  { retryAfterMs: number, details: unknown },
);

/** Reads the `error` of an acknowledgement. */
export function errorFromAck(value: unknown): ParleyError {
  const { code, message, ...more } = otherwise(wireError, { code: 'internal', message: '' })(value);
  return new ParleyError(knownCode(code), message === '' ? sentence(knownCode(code)) : message, more);
}

const wireProblem = object(
  {},
  { code: string, title: line, detail: line, retryAfterMs: number, errors: unknown, details: unknown },
);

/** Reads the body of an `application/problem+json` answer, or what can be known without one. */
export function errorFromProblem(status: number, body: unknown, retryAfterMs?: number): ParleyError {
  const problem = otherwise(wireProblem, {})(body);
  const code = problem.code === undefined ? codeOfStatus(status) : knownCode(problem.code);
  const wait = problem.retryAfterMs ?? retryAfterMs;
  const details = problem.errors ?? problem.details;
  return new ParleyError(code, problem.detail ?? problem.title ?? sentence(code), {
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(details === undefined ? {} : { details }),
  });
}

const foreign = object({ code: string, message: string }, { retryAfterMs: number });

export function asParleyError(error: unknown): ParleyError {
  if (error instanceof ParleyError) return error;
  // Features may have errors of their own, which speak the same catalogue.
  const { code, message, retryAfterMs } = otherwise(foreign, { code: '', message: '' })(error);
  if (code !== '') return new ParleyError(knownCode(code), message, retryAfterMs === undefined ? {} : { retryAfterMs });
  return new ParleyError('internal', sentence('internal'), { details: error });
}

function knownCode(code: string): ProblemCode {
  return codes.includes(code) ? (code as ProblemCode) : 'internal';
}

function codeOfStatus(status: number): ProblemCode {
  const byStatus: Record<number, ProblemCode> = {
    400: 'invalid',
    401: 'unauthorized',
    403: 'forbidden',
    404: 'not_found',
    409: 'conflict',
    413: 'too_large',
    415: 'unsupported_type',
    429: 'rate_limited',
    502: 'unavailable',
    503: 'unavailable',
    504: 'unavailable',
  };
  return byStatus[status] ?? 'internal';
}

/** A plain sentence for each code, for when the server sent none. */
export function sentence(code: ProblemCode): string {
  const sentences: Record<ProblemCode, string> = {
    invalid: 'The server did not understand this request.',
    unauthorized: 'You are signed out.',
    forbidden: 'You are not allowed to do this.',
    not_found: 'This does not exist, or you may not see it.',
    conflict: 'This was changed elsewhere in the meantime.',
    too_large: 'This is too large.',
    unsupported_type: 'This type of file is not accepted.',
    rate_limited: 'Too fast. Please wait a moment.',
    internal: 'Something went wrong on the server.',
    unavailable: 'The server is not available right now.',
    offline: 'There is no connection to the server.',
    timeout: 'The server did not answer in time.',
    cancelled: 'Cancelled.',
    malformed: 'The server’s answer could not be read.',
  };
  return sentences[code];
}
