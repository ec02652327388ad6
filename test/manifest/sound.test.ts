import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { z } from 'zod';
import { HandoffSchema } from '../../manifest/documents/handoff.ts';
import {
  ProjectSnapshotSchema,
  ReceiptSchema,
  SequenceSnapshotSchema,
} from '../../manifest/documents/schemas.ts';
import { soundTest } from '../../manifest/documents/sound.ts';

const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8')) as unknown;

/** Every place in a document, as the keys that lead to it. */
function places(thing: unknown, above: (string | number)[] = []): (string | number)[][] {
  const here = above.length > 0 ? [above] : [];
  if (Array.isArray(thing)) return [...here, ...thing.flatMap((each, at) => places(each, [...above, at]))];
  if (typeof thing !== 'object' || thing === null) return here;
  return [...here, ...Object.entries(thing).flatMap(([key, each]) => places(each, [...above, key]))];
}

function changed(document: unknown, place: (string | number)[], value: unknown): unknown {
  const copy = structuredClone(document);
  const parent = place.slice(0, -1).reduce((thing, key) => (thing as never)[key], copy as object);
  const key = place[place.length - 1]!;
  if (value === undefined) delete (parent as Record<string, unknown>)[key];
  else (parent as Record<string, unknown>)[key] = value;
  return copy;
}

const handoff = example('handoff.json');
const odd = fc.oneof(
  fc.constantFrom(undefined, null, '', 'x', '../x', '10:00:00:99', true, -1, 0, 1, 1.5, 1e300, {}, []),
  fc.constantFrom(
    { num: 25, den: 1, drop: true },
    { num: 24, den: 0, drop: false },
    [1, 2],
    ['a'],
    'circled',
  ),
);

it('what it lets pass, the schema lets pass unchanged; and it knows most of what is sound', () => {
  const isSound = soundTest(HandoffSchema);
  const all = places(handoff);
  let agreed = 0;
  let sound = 0;
  fc.assert(
    fc.property(fc.constantFrom(...all), odd, (place, value) => {
      const document = changed(handoff, place, value);
      const read = HandoffSchema.safeParse(document);
      if (isSound(document)) expect(read).toMatchObject({ success: true, data: document });
      if (read.success) sound++;
      if (read.success && isSound(document)) agreed++;
    }),
    { numRuns: 1000 },
  );
  expect(sound).toBeGreaterThan(50);
  expect(agreed).toBe(sound);
});

test.each([
  ['handoff.json', HandoffSchema],
  ['sequence.json', SequenceSnapshotSchema],
])('examples/%s is sound, and is not once anything needed is taken out', (name, schema: z.ZodType) => {
  const isSound = soundTest(schema);
  const document = example(name);
  expect(isSound(document)).toBe(true);
  for (const place of places(document)) {
    const without = changed(document, place, undefined);
    if (typeof place[place.length - 1] === 'number') continue;
    expect(isSound(without), place.join('.')).toBe(schema.safeParse(without).success);
  }
});

test('one of several, and lists of a fixed length', () => {
  const schema = z.looseObject({ a: z.union([z.string(), z.number()]), b: z.tuple([z.string()]).optional() });
  const isSound = soundTest(schema);
  for (const document of [{ a: 1 }, { a: 'x', b: ['y'] }, { a: null }, { a: 1, b: [2] }, [], null])
    expect(isSound(document)).toBe(schema.safeParse(document).success);
});

test('what a schema would drop or fill in is left to the schema', () => {
  expect(soundTest(z.object({ a: z.string() }))({ a: 'x', more: 1 })).toBe(false);
  expect(soundTest(z.looseObject({ a: z.string().default('x') }))({ a: 'y' })).toBe(false);
  expect(soundTest(z.looseObject({ a: z.string().transform(Number) }))({ a: '1' })).toBe(false);
  for (const schema of [ProjectSnapshotSchema, ReceiptSchema])
    expect(soundTest(schema)({})).toBe(schema.safeParse({}).success);
});
