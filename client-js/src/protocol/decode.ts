/**
 * Reads values of unknown origin into typed ones. A decoder either returns what it promises or throws a
 * {@link MalformedError} that names the place; fields it does not know are dropped, as the contract asks.
 */
export type Decoder<T> = (value: unknown, path?: string) => T;

export type Decoded<D> = D extends Decoder<infer T> ? T : never;

export class MalformedError extends Error {
  override readonly name = 'MalformedError';

  constructor(path: string, expected: string) {
    super(`${path === '' ? 'value' : path} is not ${expected}`);
  }
}

function primitive<T>(expected: string, is: (value: unknown) => value is T): Decoder<T> {
  return (value, path = '') => {
    if (!is(value)) throw new MalformedError(path, expected);
    return value;
  };
}

export const string = primitive('a string', (value): value is string => typeof value === 'string');
export const boolean = primitive('a boolean', (value): value is boolean => typeof value === 'boolean');
export const number = primitive('a number', (value): value is number => Number.isFinite(value));
export const unknown: Decoder<unknown> = (value) => value;

/** An ISO-8601 instant, kept as it was written. */
export const instant = primitive(
  'an instant',
  (value): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
);

/** One of a closed list of words; with a fallback the list is open and the unknown word reads as the fallback. */
export function oneOf<const T extends string>(words: readonly T[], fallback?: T): Decoder<T> {
  return (value, path = '') => {
    const word = words.find((candidate) => candidate === value) ?? fallback;
    if (word === undefined) throw new MalformedError(path, `one of ${words.join(', ')}`);
    return word;
  };
}

export function array<T>(item: Decoder<T>): Decoder<T[]> {
  return (value, path = '') => {
    if (!Array.isArray(value)) throw new MalformedError(path, 'an array');
    return value.map((entry, index) => item(entry, `${path}[${index}]`));
  };
}

type Fields = Record<string, Decoder<unknown>>;
type Shape<R extends Fields, O extends Fields> = { [K in keyof R]: Decoded<R[K]> } & { [K in keyof O]?: Decoded<O[K]> };
type Flat<T> = { [K in keyof T]: T[K] };

/** An object with its required and its optional fields; `null` counts as absent. */
// No optional fields is what most shapes have, and {} is its type.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export function object<R extends Fields, O extends Fields = Record<never, Decoder<unknown>>>(
  required: R,
  optional?: O,
): Decoder<Flat<Shape<R, O>>> {
  return (value, path = '') => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new MalformedError(path, 'an object');
    const source = value as Record<string, unknown>;
    const result: Record<string, unknown> = {};
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
    for (const [name, decode] of Object.entries(required)) result[name] = decode(source[name], at(name));
    for (const [name, decode] of Object.entries(optional ?? {})) {
      const field = source[name];
      if (field !== undefined && field !== null) result[name] = decode(field, at(name));
    }
    return result as Flat<Shape<R, O>>;
  };
}

/** Reads what `decode` reads, or answers the given value for anything else. */
export function otherwise<T>(decode: Decoder<T>, value: T): Decoder<T> {
  return (given, path) => {
    try {
      return decode(given, path);
    } catch (error) {
      if (error instanceof MalformedError) return value;
      throw error;
    }
  };
}
