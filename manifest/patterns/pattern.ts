/**
 * How a production names its files, as a pattern: letters that stand as they are and fields in braces. `SCENE_{scene:2}_TAKE_{take:2}` pads to
 * two digits; `{int|ext}` is one of these words, `{role:main|boom}` a field that holds one of them. Patterns are of names without suffix.
 */
import { FIELD_NAMES, FIELDS, isField, type FieldShape } from './fields.ts';

export interface Literal {
  type: 'literal';
  text: string;
  /** From 1, in the pattern. */
  column: number;
}

export interface Field {
  type: 'field';
  /** A field's name, or the words of a choice that has none. */
  name: string;
  shape: FieldShape;
  /** Digits at least; 0 = as it is. */
  width: number;
  /** In capitals; null = any value of its shape. */
  choices: string[] | null;
  column: number;
}

export type Token = Literal | Field;

export interface Pattern {
  text: string;
  tokens: Token[];
  /** Whether `-` joins the words of a value, being no separator of the pattern. */
  joins: boolean;
}

export interface PatternFault {
  /** From 1. */
  column: number;
  message: string;
}

export type ParsedPattern = { ok: true; pattern: Pattern } | { ok: false; fault: PatternFault };

/** Longer ones would give names that no file system takes. */
const LONGEST = 200;

export function parsePattern(text: string): ParsedPattern {
  try {
    return { ok: true, pattern: read(text) };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: { column: error.column, message: error.message } };
    throw error;
  }
}

/** Never leaves this file. */
class Fault extends Error {
  readonly column: number;
  constructor(column: number, message: string) {
    super(message);
    this.column = column;
  }
}

function read(text: string): Pattern {
  if (text.trim() === '') throw new Fault(1, 'the pattern is empty');
  if (text.length > LONGEST) throw new Fault(LONGEST + 1, `a pattern has at most ${LONGEST} characters`);
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const token = text[at] === '{' ? readField(text, at) : readLiteral(text, at);
    tokens.push(token.token);
    at = token.end;
  }
  const pattern = {
    text,
    tokens,
    joins: !tokens.some((each) => each.type === 'literal' && each.text.includes('-')),
  };
  refuseUnclear(pattern);
  return pattern;
}

function readLiteral(text: string, at: number): { token: Literal; end: number } {
  let end = at;
  while (end < text.length && text[end] !== '{') {
    const letter = text[end]!;
    if (letter === '}') throw new Fault(end + 1, 'a "}" closes nothing; fields are written {scene}');
    if (!/[A-Za-z0-9_\-. ]/.test(letter))
      throw new Fault(
        end + 1,
        `${JSON.stringify(letter)} does not belong in a name; use letters A–Z, digits, "_", "-" and "."`,
      );
    end++;
  }
  return { token: { type: 'literal', text: text.slice(at, end), column: at + 1 }, end };
}

function readField(text: string, at: number): { token: Field; end: number } {
  const close = text.indexOf('}', at);
  const again = text.indexOf('{', at + 1);
  if (close < 0 || (again >= 0 && again < close)) throw new Fault(at + 1, 'this "{" is not closed by a "}"');
  const inner = text.slice(at + 1, close);
  return { token: fieldOf(inner, at + 1), end: close + 1 };
}

function fieldOf(inner: string, column: number): Field {
  const colon = inner.indexOf(':');
  const [name, rest] = colon < 0 ? [inner, null] : [inner.slice(0, colon), inner.slice(colon + 1)];
  if (rest === null && name.includes('|')) {
    const choices = readChoices(name, column + 1);
    const key = choices.map((word) => word.toLowerCase()).join('|');
    return { type: 'field', name: key, shape: 'text', width: 0, choices, column };
  }
  const known = name.trim().toLowerCase();
  if (!isField(known)) throw new Fault(column + 1, unknownField(name));
  const { shape } = FIELDS[known];
  if (rest === null) return { type: 'field', name: known, shape, width: 0, choices: null, column };
  if (/^[1-9]$/.test(rest)) {
    if (shape === 'word' || shape === 'text')
      throw new Fault(column + colon + 2, `{${known}} holds words; only numbers have a count of digits`);
    return { type: 'field', name: known, shape, width: Number(rest), choices: null, column };
  }
  if (/^\d*$/.test(rest))
    throw new Fault(column + colon + 2, `the count of digits is 1 to 9, as in {${known}:2}`);
  return {
    type: 'field',
    name: known,
    shape,
    width: 0,
    choices: readChoices(rest, column + colon + 2),
    column,
  };
}

function readChoices(text: string, column: number): string[] {
  const words = text.split('|');
  let at = column;
  const seen = new Set<string>();
  for (const word of words) {
    if (!/^[A-Za-z0-9]+$/.test(word))
      throw new Fault(
        at,
        word === '' ? 'a choice is empty' : `the choice "${word}" is not plain letters and digits`,
      );
    const upper = word.toUpperCase();
    if (seen.has(upper)) throw new Fault(at, `the choice "${word}" stands twice`);
    seen.add(upper);
    at += word.length + 1;
  }
  return [...seen];
}

function unknownField(name: string): string {
  const near = FIELD_NAMES.map((field) => ({ field, off: distance(name.trim().toLowerCase(), field) })).sort(
    (a, b) => a.off - b.off,
  )[0]!;
  const hint = near.off <= 2 ? `; the nearest is {${near.field}}` : `; there are ${FIELD_NAMES.join(', ')}`;
  return name.trim() === '' ? `a field has no name${hint}` : `"${name}" is not a field${hint}`;
}

/** Letters to change, add or drop to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

/** What could never be told apart again, or never be a file's name, is refused here and not found out by a clip. */
function refuseUnclear({ text, tokens }: Pattern): void {
  const first = new Map<string, Field>();
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'literal') continue;
    if (first.has(token.name)) throw new Fault(token.column, `{${token.name}} stands twice`);
    first.set(token.name, token);
    const next = tokens[at + 1];
    if (next?.type === 'field' && !isApart(token, next))
      throw new Fault(
        next.column,
        `nothing stands between {${token.name}} and {${next.name}}, so nobody could tell where one ends; put "_" between them`,
      );
  }
  if (first.size === 0)
    throw new Fault(1, 'the pattern has no field, so every file would have the same name');
  if (/^[. ]/.test(text)) throw new Fault(1, 'a name that begins with a dot or space is hidden or lost');
  if (/[. ]$/.test(text)) throw new Fault(text.length, 'Windows drops a dot or space at the end of a name');
}

/** Letters next to digits are told apart by what they are. */
function isApart(left: Field, right: Field): boolean {
  const letters = ({ shape, choices }: Field) =>
    choices ? choices.every((word) => /^[A-Z]+$/.test(word)) : shape === 'word';
  const digits = ({ shape, choices }: Field) =>
    choices ? choices.every((word) => /^\d+$/.test(word)) : shape === 'number';
  return (letters(left) && digits(right)) || (digits(left) && letters(right));
}
