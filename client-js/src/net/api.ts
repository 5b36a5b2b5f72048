import type { Decoder } from '../protocol/decode';
import { MalformedError } from '../protocol/decode';
import { ParleyError, errorFromProblem, sentence } from '../protocol/problem';
import type { Tokens } from './tokens';
import { bodyOf, retryAfterMs } from './tokens';

/** The answer of a request that has nothing to read. */
export const nothing: Decoder<undefined> = () => undefined;

export interface ApiCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly signal?: AbortSignal;
}

/** REST with the access token: a 401 is met with one refresh and one second try, problems become `ParleyError`. */
export class Api {
  readonly #tokens: Pick<Tokens, 'access' | 'refresh'>;

  constructor(tokens: Pick<Tokens, 'access' | 'refresh'>) {
    this.#tokens = tokens;
  }

  async call<T>(path: string, read: Decoder<T>, call: ApiCall = {}): Promise<T> {
    const response = await this.#answer(path, call);
    if (response.status === 204) return read(undefined);
    try {
      return read(await response.json());
    } catch (error) {
      if (error instanceof MalformedError || error instanceof SyntaxError) {
        throw new ParleyError('malformed', sentence('malformed'), { details: error.message });
      }
      throw error;
    }
  }

  /** The bytes behind a path; a redirect to storage is followed by the browser, which drops our token on the way. */
  async blob(path: string, signal?: AbortSignal): Promise<Blob> {
    const response = await this.#answer(path, signal === undefined ? {} : { signal });
    return response.blob();
  }

  async #answer(path: string, call: ApiCall): Promise<Response> {
    let response = await this.#send(path, call, await this.#tokens.access());
    if (response.status === 401) response = await this.#send(path, call, await this.#tokens.refresh());
    if (response.ok) return response;
    throw errorFromProblem(response.status, await bodyOf(response), retryAfterMs(response));
  }

  async #send(path: string, { method = 'GET', body, query, signal }: ApiCall, token: string): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    try {
      return await fetch(path + queryString(query), {
        method,
        headers,
        credentials: 'same-origin',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      if (signal?.aborted === true) throw new ParleyError('cancelled', sentence('cancelled'));
      throw new ParleyError('offline', sentence('offline'), { details: error });
    }
  }
}

function queryString(query: ApiCall['query'] = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
