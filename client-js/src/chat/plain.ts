import type { Block, Inline } from './markdown';
import { parse } from './markdown';
import { tidy } from '../protocol/line';

/** Nobody reads more of a message in a line of a list. */
const longest = 400;

/** What a message says, on one line and without the signs that shape it. */
export function plain(text: string): string {
  // Parsing the whole of a very long text would be in vain.
  return tidy(
    parse(text.slice(0, 2 * longest))
      .map(words)
      .join(' '),
  )
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest);
}

function words(block: Block): string {
  switch (block.type) {
    case 'code':
      return block.text;
    case 'list':
      return block.items.map((item) => `• ${item.map(said).join('')}`).join(' ');
    case 'paragraph':
    case 'quote':
      return block.children.map(said).join('');
  }
}

function said(part: Inline): string {
  switch (part.type) {
    case 'text':
    case 'code':
      return part.text;
    case 'break':
      return ' ';
    case 'mention':
      return `@${part.username}`;
    case 'link':
      return part.text;
    case 'strong':
    case 'emphasis':
    case 'strike':
      return part.children.map(said).join('');
  }
}
