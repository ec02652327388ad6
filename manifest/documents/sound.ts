/**
 * Tells that a document fits its schema without making a copy of it, many times faster than the schema itself. It never says yes where the
 * schema says no; where it is not sure it says no, and the schema is asked, which also knows what to say.
 */
import type { z } from 'zod';

type Test = (value: unknown) => boolean;
type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypeDef & Record<string, unknown>;

/** Built once for a schema; keep it. */
export function soundTest(schema: z.ZodType): Test {
  return testOf(schema, new Map());
}

function testOf(schema: Schema, known: Map<Schema, Test>): Test {
  const before = known.get(schema);
  if (before) return before;
  const def = defOf(schema);
  // What is not known here may change what it reads, and is never sure.
  const shape = SHAPES[def.type]?.(def, (inner) => testOf(inner, known)) ?? (() => false);
  const checks = (def['checks'] as z.core.$ZodCheck[] | undefined) ?? [];
  const test = checks.length > 0 ? withChecks(shape, checks) : shape;
  known.set(schema, test);
  return test;
}

const defOf = (schema: Schema): Def => (schema._zod as unknown as { def: Def }).def;

/** Bounds and a schema's own refinements, run as the schema would. */
function withChecks(shape: Test, checks: z.core.$ZodCheck[]): Test {
  const tests = checks.map(checkOf);
  return (value) => {
    if (!shape(value)) return false;
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
}

function checkOf(check: z.core.$ZodCheck): Test {
  const { def } = check._zod as unknown as { def: Record<string, unknown> };
  if (def['check'] === 'number_format' && def['format'] === 'safeint') return Number.isSafeInteger;
  const { value: bound, inclusive, minimum } = def as { value: number; inclusive: boolean; minimum: number };
  if (def['check'] === 'greater_than')
    return inclusive ? (value) => (value as number) >= bound : (value) => (value as number) > bound;
  if (def['check'] === 'min_length') return (value) => (value as string | unknown[]).length >= minimum;
  return (value) => {
    const payload = { value, issues: [] as z.core.$ZodRawIssue[] };
    // Only promises would come back, and a document's schema makes none.
    void check._zod.check(payload as unknown as z.core.ParsePayload<never>);
    return payload.issues.length === 0;
  };
}

type Inner = (schema: Schema) => Test;

const SHAPES: Record<string, (def: Def, inner: Inner) => Test> = {
  string: () => (value) => typeof value === 'string',
  boolean: () => (value) => typeof value === 'boolean',
  number: (def) => {
    const whole = def['format'] === 'safeint';
    return whole ? Number.isSafeInteger : (value) => typeof value === 'number' && Number.isFinite(value);
  },
  unknown: () => () => true,
  literal: (def) => {
    const values = new Set(def['values'] as unknown[]);
    return (value) => values.has(value);
  },
  enum: (def) => {
    const values = new Set<unknown>(Object.values(def['entries'] as Record<string, unknown>));
    return (value) => values.has(value);
  },
  optional: (def, inner) => {
    const test = inner(def['innerType'] as Schema);
    return (value) => value === undefined || test(value);
  },
  nullable: (def, inner) => {
    const test = inner(def['innerType'] as Schema);
    return (value) => value === null || test(value);
  },
  array: (def, inner) => {
    const test = inner(def['element'] as Schema);
    return (value) => {
      if (!Array.isArray(value)) return false;
      for (const each of value) if (!test(each)) return false;
      return true;
    };
  },
  union: (def, inner) => {
    const tests = (def['options'] as Schema[]).map(inner);
    return (value) => tests.some((test) => test(value));
  },
  tuple: (def, inner) => {
    const tests = (def['items'] as Schema[]).map(inner);
    const bare = def['rest'] === null && tests.every((_, at) => !isOptional((def['items'] as Schema[])[at]!));
    return (value) =>
      bare &&
      Array.isArray(value) &&
      value.length === tests.length &&
      tests.every((test, at) => test(value[at]));
  },
  record: (def, inner) => {
    const [key, test] = [inner(def['keyType'] as Schema), inner(def['valueType'] as Schema)];
    return (value) => isPlain(value) && Object.keys(value).every((each) => key(each) && test(value[each]));
  },
  object: objectTest,
};

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectTest(def: Def, inner: Inner): Test {
  const shape = def['shape'] as Record<string, Schema>;
  const names = Object.keys(shape);
  const tests = names.map((name) => inner(shape[name]!));
  const byName = new Map(names.map((name, at) => [name, tests[at]!]));
  const needed = names.filter((name) => !isOptional(shape[name]!));
  // Without a catch-all the schema drops what it does not know: then what it gives is not the document itself.
  const open = def['catchall'] !== undefined && isUnknown(def['catchall'] as Schema);
  return (value) => {
    if (!isPlain(value)) return false;
    // Most of what a document may hold is not there: what is there is looked at, and what must be is looked for.
    for (const name in value) {
      const test = byName.get(name);
      if (test ? !test(value[name]) : !open) return false;
    }
    for (const name of needed) if (value[name] === undefined) return false;
    return true;
  };
}

const isOptional = (schema: Schema) => defOf(schema).type === 'optional';
const isUnknown = (schema: Schema) => defOf(schema).type === 'unknown';
