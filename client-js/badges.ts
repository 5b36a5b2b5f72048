import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const plain = (): string => readFileSync(new URL('public/favicon.svg', import.meta.url), 'utf8');

/**
 * The tab's icon with a dot or a number on it, as files: the page's Content-Security-Policy lets no picture come from
 * a canvas. A gap all round sets the mark off from the picture, so that it fits a tab strip of any colour.
 */
export function badges(): Plugin {
  return {
    name: 'badges',
    generateBundle() {
      for (const [fileName, source] of pictures()) this.emitFile({ type: 'asset', fileName, source });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const source = pictures().get((request.url ?? '').slice(1));
        if (source === undefined) next();
        else response.setHeader('Content-Type', 'image/svg+xml').end(source);
      });
    },
  };
}

interface Place {
  readonly cx: number;
  readonly cy: number;
  readonly r: number;
}

const dot: Place = { cx: 25, cy: 7, r: 6 };
const disc: Place = { cx: 21.5, cy: 21.5, r: 10 };

function pictures(): Map<string, string> {
  const numbers = Array.from({ length: 9 }, (_, index) => String(index + 1));
  return new Map([
    ['badges/dot.svg', marked(dot)],
    ...numbers.map((number): [string, string] => [`badges/${number}.svg`, marked(disc, number, 16)]),
    ['badges/many.svg', marked(disc, '9+', 12)],
  ]);
}

/** Colours are attributes: a style sheet inside would fall under the page's policy wherever the picture is opened. */
function marked({ cx, cy, r }: Place, text = '', size = 0): string {
  const circle = (radius: number, fill: string): string =>
    `<circle class="mark" cx="${cx}" cy="${cy}" r="${radius}" fill="${fill}" />`;
  const font = `font-size="${size}" font-weight="700" font-family="sans-serif" text-anchor="middle" fill="#fff"`;
  const number = text === '' ? '' : `<text x="${cx}" y="${cy + size * 0.36}" ${font}>${text}</text>`;
  const hole = `<mask id="hole"><rect width="32" height="32" fill="#fff" />${circle(r + 2, '#000')}</mask>`;
  return plain()
    .replace(/^(<svg[^>]*>)/, `$1\n  ${hole}\n  <g mask="url(#hole)">`)
    .replace(/<\/svg>\s*$/, `  </g>\n  ${circle(r, '#c0332a')}${number}\n</svg>\n`);
}
