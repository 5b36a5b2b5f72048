import { plain } from './plain';
import type { Part, Range } from './search';
import { cut } from './search';

/** What is said before the first word that was meant, so that one sees what it is about. */
const before = 80;

// For use within a program only (Unicode, private use area): they stand around what is meant while its signs are taken away.
const begins = '\ue000';
const ends = '\ue001';

/** What a message says around the words that were meant, on one line and without the signs that shape it. */
export function excerpt(text: string, meant: readonly Range[]): Part[] {
  const first = Math.min(...meant.map(({ start }) => start), text.length);
  const from = meant.length === 0 || first <= before ? 0 : beginningOfWord(text, first);
  const marked = cut(
    text.slice(from).replace(/[\ue000\ue001]/g, ' '),
    meant.map(({ start, end }) => ({ start: start - from, end: end - from })),
  )
    .map((part) => (part.isMeant ? begins + part.text + ends : part.text))
    .join('');
  const parts = split(plain(marked));
  return from === 0 ? parts : [{ text: '… ', isMeant: false }, ...parts];
}

function beginningOfWord(text: string, first: number): number {
  const space = text.slice(first - before, first).search(/\s/);
  return first - before + space + 1;
}

function split(line: string): Part[] {
  const parts: Part[] = [];
  let isMeant = false;
  for (const piece of line.split(/([\ue000\ue001])/)) {
    if (piece === begins || piece === ends) isMeant = piece === begins;
    else if (piece !== '') parts.push({ text: piece, isMeant });
  }
  return parts;
}
