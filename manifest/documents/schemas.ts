/**
 * The doors for documents that come from an editor, a file or another program: project and sequence snapshots, receipts.
 * Each schema is checked against its plain type, so that the two cannot drift apart.
 */
import { z } from 'zod';
import { STEP_KINDS, type Marker, type Metadata } from './plan.ts';
import type { Receipt } from './receipt.ts';
import type { ProjectSnapshot, SequenceSnapshot } from './snapshot.ts';
import { RateSchema } from './handoff.ts';

const text = z.string();
const count = z.int().nonnegative();
const bin = z.array(text);

const field = text.optional();
const MetadataSchema: z.ZodType<Metadata> = z.looseObject({
  scene: field,
  shot: field,
  take: field,
  note: field,
  description: field,
  good: field,
  reel: field,
  camera: field,
  soundRoll: field,
  keywords: field,
  batonId: field,
});

const MarkerSchema: z.ZodType<Marker> = z.looseObject({
  id: text,
  frame: z.int(),
  duration: count,
  rate: RateSchema,
  name: text,
  comment: text,
  colour: z.enum(['green', 'red', 'purple', 'orange', 'yellow', 'white', 'blue', 'cyan']),
});

const editor = z.enum(['premiere', 'resolve']);

export const ProjectSnapshotSchema: z.ZodType<ProjectSnapshot> = z
  .looseObject({
    kind: z.literal('project'),
    version: z.literal(1),
    editor,
    editorVersion: text,
    project: z.looseObject({ id: text, name: text, rate: RateSchema.optional() }),
    bins: z.array(z.looseObject({ id: text, path: bin })),
    items: z.array(
      z.looseObject({
        id: text,
        name: text,
        file: text.nullable(),
        bin,
        kind: z.enum(['clip', 'sequence', 'other']),
        offline: z.boolean(),
        label: text.nullable(),
        metadata: MetadataSchema,
        markers: z.array(MarkerSchema),
        usedIn: z.array(text).optional(),
        wrote: z.looseObject({ label: field, metadata: MetadataSchema, markers: z.array(text) }).optional(),
      }),
    ),
  })
  .describe('What an editor holds now: its bins and items');

const SourceSchema = z.looseObject({
  file: text.nullable(),
  name: text,
  clip: field,
  reel: field,
  rate: RateSchema,
  in: z.int(),
  out: z.int(),
  start: z.int().nullable(),
  duration: count.nullable(),
});

const SequenceMarkerSchema = z.looseObject({
  frame: z.int(),
  duration: count,
  name: text,
  comment: text,
  colour: text,
});

const TrackSchema = z.looseObject({
  type: z.enum(['video', 'audio']),
  index: z.int().positive(),
  name: text,
  enabled: z.boolean(),
  items: z.array(
    z.looseObject({
      id: text,
      kind: z.enum(['clip', 'title', 'nested', 'adjustment', 'multicam', 'unknown']),
      name: text,
      in: z.int(),
      out: z.int(),
      source: SourceSchema.nullable(),
      speed: z.looseObject({ num: z.int(), den: z.int().positive() }).nullable(),
      enabled: z.boolean(),
      link: z.int().optional(),
      channels: z.array(z.int().positive()).optional(),
      markers: z.array(SequenceMarkerSchema).optional(),
    }),
  ),
  transitions: z.array(z.looseObject({ in: z.int(), out: z.int(), name: text })),
});

export const SequenceSnapshotSchema: z.ZodType<SequenceSnapshot> = z
  .looseObject({
    kind: z.literal('sequence'),
    version: z.literal(1),
    editor,
    editorVersion: text,
    id: text,
    name: text,
    rate: RateSchema,
    start: z.int(),
    size: z.looseObject({ width: z.int().positive(), height: z.int().positive() }).nullable(),
    tracks: z.array(TrackSchema),
    markers: z.array(SequenceMarkerSchema),
  })
  .describe('One sequence as an editor holds it');

const target = z.union([
  z.looseObject({ clip: text, path: text, file: text, item: field }),
  z.looseObject({ bin }),
]);
const before = z.union([
  z.looseObject({ bin }),
  z.looseObject({ label: text.nullable() }),
  z.looseObject({ metadata: MetadataSchema }),
  z.looseObject({ marker: MarkerSchema }),
]);
const after = z.union([...before.options, z.looseObject({ gone: text })]);

export const ReceiptSchema = z
  .looseObject({
    kind: z.literal('receipt'),
    version: z.literal(1),
    id: text,
    plan: text,
    reverts: z.array(text).optional(),
    host: z.looseObject({ editor: text, editorVersion: text, adapter: text }),
    project: z.looseObject({ id: text, name: text }),
    at: text,
    stopped: field,
    steps: z.array(
      z.looseObject({
        id: text,
        result: z.enum(['verified', 'unverified', 'failed', 'skipped']),
        reason: field,
        before: before.optional(),
        found: z.literal(true).optional(),
        left: z.literal(true).optional(),
        item: field,
        kind: z.enum(STEP_KINDS),
        target,
        after,
      }),
    ),
  })
  .describe('What happened to each step of a plan');

/** A receipt read from history; null where the record holds something else. */
export function readReceipt(value: unknown): Receipt | null {
  const read = ReceiptSchema.safeParse(value);
  return read.success ? (read.data as Receipt) : null;
}
