import { readFileSync } from 'node:fs';

/** Texts that have broken other pages. What would run calls `pwned()`; what would load asks `evil.invalid`. */
export const corpus = JSON.parse(readFileSync(new URL('corpus.json', import.meta.url), 'utf8')).map(
  ({ name, text, times = 1 }) => ({ name, text: text.repeat(times) }),
);
