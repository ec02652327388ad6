/** Makes a name by a pattern. What `build` gives, `match` reads back as the same fields: a name that could be read otherwise is refused. */
import { writeValue, type FieldValues } from './fields.ts';
import { match } from './match.ts';
import type { Field, Pattern } from './pattern.ts';
import { nameProblem } from './portable.ts';

export type Built =
  /** `fields` are the values as they stand in the name. */
  | { ok: true; name: string; fields: FieldValues }
  /** Fields nothing is known of, in the pattern's order; and values that cannot be written. */
  | { ok: false; missing: string[]; message: string };

/** `values` by field; of a choice without a name any value that is one of its words. The name has no suffix. */
export function build(pattern: Pattern, values: FieldValues): Built {
  const fields: FieldValues = {};
  const missing: string[] = [];
  const faults: string[] = [];
  let name = '';
  for (const token of pattern.tokens) {
    if (token.type === 'literal') {
      name += token.text;
      continue;
    }
    const value = valueFor(token, values);
    if (value === undefined) {
      missing.push(token.name);
      continue;
    }
    const written = writeField(token, value, pattern.joins);
    if (!written.ok) {
      faults.push(`${token.name} "${value}": ${written.why}`);
      continue;
    }
    fields[token.name] = written.text;
    name += written.text;
  }
  if (missing.length > 0) faults.unshift(`nothing says ${missing.map((field) => `{${field}}`).join(', ')}`);
  if (faults.length > 0) return { ok: false, missing, message: faults.join('; ') };
  const problem = nameProblem(name) ?? readBackProblem(pattern, name, fields);
  return problem ? { ok: false, missing: [], message: `${name}: ${problem}` } : { ok: true, name, fields };
}

function valueFor({ name, choices }: Field, values: FieldValues): string | undefined {
  const own = Object.prototype.hasOwnProperty.call(values, name) ? values[name] : undefined;
  if (own !== undefined && own.trim() !== '') return own;
  if (!choices || !name.includes('|')) return undefined;
  const said = [...new Set(Object.values(values).map((value) => value.trim().toUpperCase()))];
  const fitting = said.filter((value) => choices.includes(value));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function writeField({ shape, width, choices }: Field, value: string, joins: boolean) {
  if (!choices) return writeValue(value, shape, width, joins);
  const upper = value.trim().toUpperCase();
  if (choices.includes(upper)) return { ok: true as const, text: upper };
  return { ok: false as const, why: `the pattern takes ${choices.join(', ')}` };
}

function readBackProblem(pattern: Pattern, name: string, fields: FieldValues): string | null {
  const read = match(pattern, name);
  if (!read.ok) return read.message;
  const field = Object.keys(fields).find((each) => read.fields[each] !== fields[each]);
  return field === undefined ? null : `{${field}} would be read as "${read.fields[field]}"`;
}
