import { useEffect, useState } from 'preact/hooks';
import { asParleyError } from '../../protocol/problem';

const pauseMs = 200;

export interface Search<T> {
  readonly query: string;
  readonly found: readonly T[] | null;
  readonly problem: string | null;
  readonly setQuery: (query: string) => void;
}

/** Asks while one types: after a short pause, and only the newest question counts. */
export function useSearch<T>(ask: (query: string, signal: AbortSignal) => Promise<readonly T[]>): Search<T> {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly T[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(
      () => {
        ask(query.trim(), abort.signal).then(
          (answer) => {
            if (abort.signal.aborted) return;
            setFound(answer);
            setProblem(null);
          },
          (error: unknown) => {
            if (!abort.signal.aborted) setProblem(asParleyError(error).message);
          },
        );
      },
      query === '' ? 0 : pauseMs,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);
  return { query, found, problem, setQuery };
}
