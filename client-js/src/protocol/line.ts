import type { Decoder } from './decode';
import { string } from './decode';

/**
 * One line of somebody else's making, which is shown among our words: a name, a title, a status. What ends lines, what
 * cannot be seen and what turns the direction of all that follows (Unicode TR 9, "explicit directional") is left out,
 * so that a name cannot reorder its surroundings; letters that run from right to left stay.
 */
export const line: Decoder<string> = (value, path) => tidy(string(value, path));

/** A name is never empty, or one could not see that there is somebody. */
export const name: Decoder<string> = (value, path) => {
  const given = string(value, path);
  const shown = tidy(given);
  return shown.trim() === '' && given !== '' ? '?' : shown;
};

export function tidy(text: string): string {
  return (
    text

      .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
  );
}

const rightToLeft = /[\u0590-\u08ff\u200f\u061c\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A line to be put into a sentence: kept apart from it where it runs the other way (first strong isolate). */
export function apart(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}
