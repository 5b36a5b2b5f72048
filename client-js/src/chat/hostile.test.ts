// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { name } from '../protocol/line';
import type { Block, Inline } from './markdown';
import { parse } from './markdown';
import { plain } from './plain';

interface Payload {
  readonly name: string;
  readonly text: string;
  readonly times?: number;
}

const corpus = JSON.parse(
  readFileSync(new URL('../../test/hostile/corpus.json', import.meta.url), 'utf8'),
) as readonly Payload[];
const each = corpus.map(({ name: what, text, times = 1 }): [string, string] => [what, text.repeat(times)]);

function nodesOf(blocks: readonly Block[]): readonly Inline[] {
  const inner = (nodes: readonly Inline[]): readonly Inline[] =>
    nodes.flatMap((node) => ('children' in node ? [node, ...inner(node.children)] : [node]));
  return blocks.flatMap((block) => {
    if (block.type === 'code') return [];
    return block.type === 'list' ? block.items.flatMap(inner) : inner(block.children);
  });
}

test.each(each)('a_message_leads_only_to_harmless_places: %s', (_, text) => {
  const links = nodesOf(parse(text)).filter((node) => node.type === 'link');

  for (const { href, text: label, host } of links) {
    const url = new URL(href);
    expect(['http:', 'https:', 'mailto:']).toContain(url.protocol);
    expect([url.username, url.password]).toEqual(['', '']);
    // Where the text does not say where it leads, the host does.
    if (label !== href && !href.startsWith(label)) expect(host).toBe(url.host);
  }
});

test.each(each)('a_name_is_one_line_that_turns_nothing: %s', (_, text) => {
  const shown = name(text);

  // eslint-disable-next-line no-control-regex
  expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  expect(shown).not.toBe('');
});

test.each(each)('a_line_of_a_message_is_one_line_that_turns_nothing: %s', (_, text) => {
  const shown = plain(text);

  // eslint-disable-next-line no-control-regex
  expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  expect(shown.length).toBeLessThanOrEqual(400);
});

test('over_long_text_is_read_in_a_time_that_grows_with_its_length', () => {
  for (const sign of ['*', '[', '`', '_', '~', '@', '<b>', '[a](', '**a', '> ', 'http://']) {
    expect(parse(sign.repeat(16_000 / sign.length)).length).toBeGreaterThan(0);
  }
});
