// @vitest-environment node
import { expect, test } from 'vitest';
import type { Block, Inline } from './markdown';
import { parse, safeUrl } from './markdown';

function inlinesOf(text: string): readonly Inline[] {
  const [block] = parse(text);
  return block?.type === 'paragraph' ? block.children : [];
}

function linksOf(blocks: readonly Block[]): string[] {
  const inner = (nodes: readonly Inline[]): string[] =>
    nodes.flatMap((node) => ('href' in node ? [node.href] : 'children' in node ? inner(node.children) : []));
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'paragraph':
      case 'quote':
        return inner(block.children);
      case 'list':
        return block.items.flatMap(inner);
      case 'code':
        return [];
    }
  });
}

test('bold_emphasis_strike_and_code_are_read', () => {
  expect(inlinesOf('**a** *b* _c_ ~~d~~ `e`').map(({ type }) => type)).toEqual([
    'strong',
    'text',
    'emphasis',
    'text',
    'emphasis',
    'text',
    'strike',
    'text',
    'code',
  ]);
});

test('signs_inside_words_mean_themselves', () => {
  for (const text of ['snake_case_name', '2*3*4', 'a@b.example', 'x ** y', '*', '**', '`', '[a](', '~~']) {
    expect(inlinesOf(text), text).toEqual([{ type: 'text', text }]);
  }
});

test('lists_quotes_and_code_blocks_are_read', () => {
  const blocks = parse('before\n- one\n- two\n1. first\n2. second\n> said\n```\n**not bold**\n```\nafter');

  expect(blocks.map(({ type }) => type)).toEqual(['paragraph', 'list', 'list', 'quote', 'code', 'paragraph']);
  expect(blocks[4]).toEqual({ type: 'code', text: '**not bold**' });
});

test('a_code_block_without_an_end_ends_with_the_text', () => {
  expect(parse('```\nopen')).toEqual([{ type: 'code', text: 'open' }]);
});

test('links_are_found_without_what_ends_the_sentence', () => {
  expect(inlinesOf('see https://example.org/a?b=1, or (https://example.org/x).')).toEqual([
    { type: 'text', text: 'see ' },
    { type: 'link', href: 'https://example.org/a?b=1', text: 'https://example.org/a?b=1' },
    { type: 'text', text: ', or (' },
    { type: 'link', href: 'https://example.org/x', text: 'https://example.org/x' },
    { type: 'text', text: ').' },
  ]);
});

test('a_labelled_link_shows_where_it_really_leads', () => {
  expect(inlinesOf('[my bank](https://evil.example/login)')).toEqual([
    { type: 'link', href: 'https://evil.example/login', text: 'my bank', host: 'evil.example' },
  ]);
});

test('a_name_in_foreign_letters_is_shown_as_the_address_that_it_is', () => {
  const [link] = inlinesOf('https://аpple.com/');

  expect(link).toMatchObject({ type: 'link', host: 'xn--pple-43d.com' });
});

test('mentions_are_read', () => {
  expect(inlinesOf('hello @bob.b, and @carol')).toEqual([
    { type: 'text', text: 'hello ' },
    { type: 'mention', username: 'bob.b' },
    { type: 'text', text: ', and ' },
    { type: 'mention', username: 'carol' },
  ]);
});

const dangerous = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript&colon;alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://example.org/1',
  'about:blank',
  'ftp://example.org/',
  'https://user:secret@example.org/',
  '//example.org/',
  '/api/me',
];

test('no_other_kind_of_address_becomes_a_link', () => {
  for (const url of dangerous) {
    expect(safeUrl(url), url).toBeNull();
    for (const text of [
      url,
      `[click](${url})`,
      `**[click](${url})**`,
      `<${url}>`,
      `[[x](${url})](${url})`,
      `- ${url}`,
    ]) {
      const links = linksOf(parse(text)).filter((href) => !/^https?:\/\/example\.org\//.test(href));
      expect(links, text).toEqual([]);
    }
  }
});

test('a_link_inside_a_link_leads_to_one_place', () => {
  expect(linksOf(parse('[a [b](https://b.example/)](https://a.example/)'))).toEqual([
    'https://b.example/',
    'https://a.example/',
  ]);
});

test('markup_stays_text', () => {
  const text = '<img src=x onerror=alert(1)><script>alert(1)</script>';

  expect(inlinesOf(text)).toEqual([{ type: 'text', text }]);
});

test('nesting_has_an_end', () => {
  const depth = (nodes: readonly Inline[]): number =>
    Math.max(0, ...nodes.map((node) => ('children' in node ? 1 + depth(node.children) : 0)));

  expect(depth(inlinesOf('**~~**~~**~~**~~ x ~~**~~**~~**~~**'))).toBeLessThanOrEqual(6);
  expect(depth(inlinesOf('*_'.repeat(500) + 'x' + '_*'.repeat(500)))).toBeLessThanOrEqual(6);
});

test('the_longest_message_of_hostile_signs_is_read_in_no_time', () => {
  const started = performance.now();
  for (const sign of ['*', '_', '`', '[', '](', '**a', '~~', '@a', '> ', '- ', 'https://', '[a](b']) {
    parse(sign.repeat(Math.ceil(16_000 / sign.length)));
  }

  expect(performance.now() - started).toBeLessThan(3_000);
});
