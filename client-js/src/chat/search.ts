import type { Api } from '../net/api';
import { array, boolean, number, object, otherwise, string } from '../protocol/decode';
import type { Message } from '../protocol/shapes';
import { message } from '../protocol/shapes';

/** A part of a text, in UTF-16 code units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Found {
  readonly messages: readonly Message[];
  readonly more: boolean;
  readonly cursor?: string;
  /** The parts of a message's text that were meant, by its id. */
  readonly highlights: ReadonlyMap<string, readonly Range[]>;
}

const ranges = otherwise(array(object({ start: number, end: number })), []);
const highlights = (value: unknown): ReadonlyMap<string, readonly Range[]> =>
  new Map(
    typeof value === 'object' && value !== null ? Object.entries(value).map(([id, parts]) => [id, ranges(parts)]) : [],
  );
const answer = object({ messages: array(message), highlights }, { more: boolean, cursor: string });

/** Asks the server; the words may hold `from:`, `in:`, `before:`, `after:` and `has:`. */
export async function search(api: Api, words: string, cursor?: string, signal?: AbortSignal): Promise<Found> {
  const { more = false, ...found } = await api.call('/api/search', answer, {
    query: { q: words, limit: 30, ...(cursor === undefined ? {} : { cursor }) },
    ...(signal === undefined ? {} : { signal }),
  });
  return { ...found, more };
}

export interface Part {
  readonly text: string;
  readonly isMeant: boolean;
}

/** Cuts a text at its highlights; ranges that lie over each other or beside the text are taken as far as they make sense. */
export function cut(text: string, parts: readonly Range[]): Part[] {
  const result: Part[] = [];
  let at = 0;
  for (const { start, end } of [...parts].sort((a, b) => a.start - b.start)) {
    const from = Math.max(at, Math.min(start, text.length));
    const to = Math.min(end, text.length);
    if (to <= from) continue;
    if (from > at) result.push({ text: text.slice(at, from), isMeant: false });
    result.push({ text: text.slice(from, to), isMeant: true });
    at = to;
  }
  if (at < text.length) result.push({ text: text.slice(at), isMeant: false });
  return result;
}
