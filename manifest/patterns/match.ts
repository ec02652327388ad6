/** Reads a name by a pattern: the value of every field, or where and why it does not fit, or that it can be read in two ways. */
import { FIELDS, holds, isField, type FieldValues } from './fields.ts';
import type { Field, Pattern, Token } from './pattern.ts';

export type Match =
  | { ok: true; fields: FieldValues }
  /** `column` is the letter of the name, from 1, at which it stops fitting; one past the end where more was wanted. */
  | { ok: false; why: 'no-match'; column: number; message: string }
  | { ok: false; why: 'ambiguous'; readings: [FieldValues, FieldValues]; message: string };

/** `name` has no suffix. Letters may be in either case; values come back as they are written. */
export function match({ tokens, joins }: Pattern, name: string): Match {
  const reader = new Reader(tokens, name, joins);
  const readings = reader.readings(0, 0);
  const [one, two] = readings;
  if (!one) return reader.failure();
  if (!two) return { ok: true, fields: valuesOf(tokens, one) };
  const both: [FieldValues, FieldValues] = [valuesOf(tokens, one), valuesOf(tokens, two)];
  const field = Object.keys(both[0]).find((each) => both[0][each] !== both[1][each])!;
  const message = `it can be read in two ways: {${field}} may be "${both[0][field]}" or "${both[1][field]}"`;
  return { ok: false, why: 'ambiguous', readings: both, message };
}

/** Values of the fields from a token on, in order. */
type Reading = string[];

function valuesOf(tokens: Token[], reading: Reading): FieldValues {
  const names = tokens.flatMap((token) => (token.type === 'field' ? [token.name] : []));
  return Object.fromEntries(names.map((name, at) => [name, reading[at]!]));
}

/** Tries every way, remembers what was tried, keeps at most two readings of each rest: a name costs its length squared at worst. */
class Reader {
  private readonly known = new Map<number, Reading[]>();
  private furthest = -1;
  private expected: Token | null = null;

  constructor(
    private readonly tokens: Token[],
    private readonly name: string,
    private readonly joins: boolean,
  ) {}

  readings(token: number, at: number): Reading[] {
    const key = token * (this.name.length + 1) + at;
    const known = this.known.get(key);
    if (known) return known;
    const found = this.read(token, at);
    this.known.set(key, found);
    return found;
  }

  private read(index: number, at: number): Reading[] {
    const token = this.tokens[index];
    if (!token) return at === this.name.length ? [[]] : this.fail(at, null);
    if (token.type === 'literal') {
      const there = sharedLength(this.name, at, token.text);
      if (there < token.text.length) return this.fail(at + there, token);
      return this.readings(index + 1, at + token.text.length);
    }
    const found: Reading[] = [];
    let any = false;
    for (let end = at + runLength(this.name, at, token); end > at && found.length < 2; end--) {
      const value = this.name.slice(at, end);
      if (!fits(token, value, this.joins)) continue;
      any = true;
      for (const rest of this.readings(index + 1, end)) if (found.length < 2) found.push([value, ...rest]);
    }
    return any ? found : this.fail(at, token);
  }

  private fail(at: number, expected: Token | null): [] {
    if (at > this.furthest) {
      this.furthest = at;
      this.expected = expected;
    }
    return [];
  }

  failure(): Match {
    const at = Math.max(0, this.furthest);
    const rest = this.name.slice(at, at + 20);
    const here = rest === '' ? 'the name ends' : `"${rest}" stands there`;
    const wanted = this.expected ? wants(this.expected) : 'nothing more';
    return {
      ok: false,
      why: 'no-match',
      column: at + 1,
      message: `${here}, and the pattern wants ${wanted}`,
    };
  }
}

function sharedLength(name: string, at: number, text: string): number {
  let length = 0;
  while (length < text.length && name[at + length]?.toUpperCase() === text[length]!.toUpperCase()) length++;
  return length;
}

/** Nothing longer than what a value's letters could be needs to be tried. */
function runLength(name: string, at: number, { shape }: Field): number {
  const letters = shape === 'text' ? /[^A-Za-z0-9-]/ : /[^A-Za-z0-9]/;
  const length = name.slice(at).search(letters);
  return length < 0 ? name.length - at : length;
}

function fits({ shape, width, choices }: Field, value: string, joins: boolean): boolean {
  return choices ? choices.includes(value.toUpperCase()) : holds(value, shape, width, joins);
}

function wants(token: Token): string {
  if (token.type === 'literal') return `"${token.text}"`;
  if (token.choices) return `one of ${token.choices.join(', ')}`;
  const digits = token.width > 0 ? `, ${token.width} digits, with zeros before it where it is shorter` : '';
  return `{${token.name}}${isField(token.name) ? ` (${FIELDS[token.name].says}${digits})` : ''}`;
}
