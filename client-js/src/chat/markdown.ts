/** A message's text as a tree. Nothing here is markup: a view makes nodes of it, and what is unknown stays text. */
export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'quote'; readonly children: readonly Inline[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly type: 'code'; readonly text: string };

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'break' }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  | { readonly type: 'mention'; readonly username: string }
  /** `host` is where the link really leads, given when the text does not show it. */
  | { readonly type: 'link'; readonly href: string; readonly text: string; readonly host?: string };

const deepest = 4;
const schemes = ['http:', 'https:', 'mailto:'];

/** Light Markdown: bold, emphasis, strike-through, code, links, lists, quotes. Linear in the length of the text. */
export function parse(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  let at = 0;
  const while_ = (belongs: (line: string) => boolean): string[] => {
    const first = at;
    while (at < lines.length && belongs(lines[at] ?? '')) at++;
    return lines.slice(first, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at++;
    } else if (line.startsWith('```')) {
      at++;
      const code = while_((next) => !next.startsWith('```'));
      at++;
      blocks.push({ type: 'code', text: code.join('\n') });
    } else if (isQuote(line)) {
      const quoted = while_(isQuote).map((next) => next.replace(/^> ?/, ''));
      blocks.push({ type: 'quote', children: inlineLines(quoted) });
    } else if (isBullet(line)) {
      const items = while_(isBullet).map((next) => inline(next.replace(/^\s{0,3}[-*•]\s+/, '')));
      blocks.push({ type: 'list', ordered: false, items });
    } else if (isNumbered(line)) {
      const items = while_(isNumbered).map((next) => inline(next.replace(/^\s{0,3}\d{1,9}[.)]\s+/, '')));
      blocks.push({ type: 'list', ordered: true, items });
    } else {
      blocks.push({ type: 'paragraph', children: inlineLines(while_(isPlain)) });
    }
  }
  return blocks;
}

const isQuote = (line: string): boolean => line.startsWith('>');
const isBullet = (line: string): boolean => /^\s{0,3}[-*•]\s+\S/.test(line);
const isNumbered = (line: string): boolean => /^\s{0,3}\d{1,9}[.)]\s+\S/.test(line);
const isPlain = (line: string): boolean =>
  line.trim() !== '' && !line.startsWith('```') && !isQuote(line) && !isBullet(line) && !isNumbered(line);

function inlineLines(lines: readonly string[]): Inline[] {
  return lines.flatMap((line, index): Inline[] => (index === 0 ? inline(line) : [{ type: 'break' }, ...inline(line)]));
}

/** What may begin at a position, tried in this order. Each ends at the first possible place on the same line. */
const rules: readonly {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray, depth: number) => Inline | null;
}[] = [
  { pattern: /`([^`]+)`/y, read: ([, code = '']) => ({ type: 'code', text: code }) },
  { pattern: /\*\*(?=\S)([^*]+?)\*\*/y, read: ([, body = ''], depth) => nest('strong', body, depth) },
  { pattern: /~~(?=\S)([^~]+?)~~/y, read: ([, body = ''], depth) => nest('strike', body, depth) },
  { pattern: /\*(?=[^\s*])([^*]*[^\s*])\*(?!\w)/y, read: ([, body = ''], depth) => nest('emphasis', body, depth) },
  { pattern: /_(?=[^\s_])([^_]*[^\s_])_(?!\w)/y, read: ([, body = ''], depth) => nest('emphasis', body, depth) },
  { pattern: /\[([^\][]{1,200})\]\((\S{1,2000}?)\)/y, read: ([, label = '', url = '']) => labelled(label, url) },
  { pattern: /https?:\/\/[^\s<>"'`]{1,2000}/y, read: ([url]) => bare(url) },
  {
    pattern: /@([a-z0-9][a-z0-9._-]{0,62}[a-z0-9]|[a-z0-9])/iy,
    read: ([, username = '']) => ({ type: 'mention', username }),
  },
];

function inline(source: string, depth = 0): Inline[] {
  const result: Inline[] = [];
  let plain = '';
  let at = 0;
  const flush = (): void => {
    if (plain !== '') result.push({ type: 'text', text: plain });
    plain = '';
  };
  while (at < source.length) {
    const found = mayBegin(source, at) ? read(source, at, depth) : null;
    if (found === null) {
      plain += source[at] ?? '';
      at++;
    } else {
      flush();
      result.push(found.node);
      at += found.length;
    }
  }
  flush();
  return result;
}

/** Signs that carry meaning inside a word (snake_case, a@b, 2*3) do not begin anything there. */
function mayBegin(source: string, at: number): boolean {
  const sign = source[at] ?? '';
  if (sign === '`' || sign === '[' || sign === '~') return true;
  if (!'*_@h'.includes(sign)) return false;
  return at === 0 || !/[\p{L}\p{N}]/u.test(source[at - 1] ?? '');
}

function read(source: string, at: number, depth: number): { node: Inline; length: number } | null {
  for (const { pattern, read: make } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match === null) continue;
    const node = make(match, depth);
    if (node === null) continue;
    const taken = node.type === 'link' && !match[0].startsWith('[') ? node.text.length : match[0].length;
    return { node: node.type === 'link' ? shown(node) : node, length: taken };
  }
  return null;
}

function nest(type: 'strong' | 'emphasis' | 'strike', body: string, depth: number): Inline {
  return { type, children: depth >= deepest ? [{ type: 'text', text: body }] : inline(body, depth + 1) };
}

function labelled(label: string, url: string): Inline | null {
  const target = safeUrl(url);
  if (target === null) return null;
  const host = target.protocol === 'mailto:' ? target.pathname : target.host;
  return { type: 'link', href: target.href, text: label, ...(says(label, host) ? {} : { host }) };
}

/** Whether a label is the address that it leads to; one that only holds its name may name another place first. */
function says(label: string, host: string): boolean {
  return label === host || [label, `https://${label}`].some((text) => safeUrl(text)?.host === host);
}

function bare(match: string): Inline | null {
  const url = withoutTail(match);
  const target = safeUrl(url);
  return target === null ? null : { type: 'link', href: target.href, text: url };
}

/** A name in foreign letters is shown as the address that it really is. */
function shown(link: Extract<Inline, { type: 'link' }>): Inline {
  const { host } = new URL(link.href);
  return host.split('.').some((label) => label.startsWith('xn--')) ? { ...link, host } : link;
}

/** The full stop after an address ends the sentence, and a closing bracket that was not opened belongs to it too. */
function withoutTail(url: string): string {
  const trimmed = url.replace(/[.,;:!?*_~]+$/, '');
  const unopened = trimmed.endsWith(')') && !trimmed.includes('(');
  return unopened ? withoutTail(trimmed.slice(0, -1)) : trimmed;
}

/** The only kinds of address that a message can lead to. */
export function safeUrl(text: string): URL | null {
  // Browsers skip control characters inside a scheme; here they make the address none.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f]/.test(text)) return null;
  try {
    const url = new URL(text);
    return schemes.includes(url.protocol) && url.username === '' && url.password === '' ? url : null;
  } catch {
    return null;
  }
}
