/** The door for what Premiere answers: every value is checked here once and trusted afterwards. */
import { z } from 'zod';
import { HostError } from '../call.ts';
import type {
  RawAbout,
  RawExport,
  RawMarker,
  RawProject,
  RawResult,
  RawSequence,
  RawSequenceName,
  RawShown,
  RawState,
  RawUsage,
  RawWatch,
} from './wire.ts';

const text = z.string();
const ticks = z.string().regex(/^-?\d{1,19}$/, 'ticks are a whole number as text');
const texts = z.array(text);
const orNull = <T>(schema: z.ZodType<T>) => schema.nullable();

const about: z.ZodType<RawAbout> = z.object({ version: text, project: z.object({ id: text, name: text }) });

const marker: z.ZodType<RawMarker> = z.object({
  start: ticks,
  end: ticks,
  name: text,
  comments: text,
  type: text,
  colour: orNull(z.number()),
});

const project: z.ZodType<RawProject> = z.object({
  about,
  bins: z.array(z.object({ id: text, path: texts })),
  items: z.array(
    z.object({
      id: text,
      name: text,
      file: orNull(text),
      bin: texts,
      isSequence: z.boolean(),
      offline: z.boolean(),
      label: orNull(z.number()),
      xmp: orNull(text),
      frameRate: orNull(z.number()),
      markers: z.array(marker),
    }),
  ),
  total: z.int(),
  next: orNull(z.int()),
});

const usage: z.ZodType<RawUsage> = z.object({
  used: z.array(z.object({ id: text, sequence: text })),
  next: orNull(z.int()),
});

const shown: z.ZodType<RawShown> = z.object({
  found: z.int(),
  shown: orNull(z.int()),
  start: orNull(ticks),
  position: orNull(ticks),
  message: orNull(text),
});

const watch: z.ZodType<RawWatch> = z.object({ bound: texts });

const state: z.ZodType<RawState> = z.object({
  bin: orNull(texts),
  label: orNull(z.number()),
  xmp: orNull(text),
  marker: orNull(marker),
});

const results: z.ZodType<RawResult[]> = z.array(
  z.object({
    outcome: z.enum(['done', 'present', 'pending', 'absent', 'failed']),
    message: orNull(text),
    item: orNull(text),
    before: orNull(state),
    after: orNull(state),
  }),
);

const sequences: z.ZodType<RawSequenceName[]> = z.array(
  z.object({ id: text, name: text, active: z.boolean() }),
);

const trackItem = z.object({
  id: text,
  name: text,
  start: ticks,
  end: ticks,
  inPoint: ticks,
  outPoint: ticks,
  source: orNull(text),
  disabled: z.boolean(),
  speed: orNull(z.number()),
  reversed: z.boolean(),
  adjustment: z.boolean(),
  linked: texts,
});

const source = z.object({
  id: text,
  name: text,
  file: orNull(text),
  isSequence: z.boolean(),
  isMulticam: z.boolean(),
  isMerged: z.boolean(),
  frameRate: orNull(z.number()),
  start: orNull(ticks),
  timebase: orNull(ticks),
  xmp: orNull(text),
});

const sequence: z.ZodType<RawSequence | null> = z
  .object({
    version: text,
    id: text,
    name: text,
    timebase: z.string().regex(/^[1-9]\d{0,18}$/, 'ticks per frame are a whole number above 0 as text'),
    zeroPoint: ticks,
    displayFormat: orNull(z.number()),
    width: orNull(z.number()),
    height: orNull(z.number()),
    tracks: z.array(
      z.object({
        type: z.enum(['video', 'audio']),
        index: z.int().positive(),
        name: text,
        muted: z.boolean(),
        items: z.array(trackItem),
        transitions: z.array(z.object({ name: text, start: ticks, end: ticks })),
      }),
    ),
    sources: z.array(source),
    markers: z.array(marker),
    total: z.int(),
    next: orNull(z.int()),
  })
  .nullable();

const exported: z.ZodType<RawExport> = z.object({ said: z.boolean(), exists: z.boolean() });

export const RAW = { about, project, usage, shown, watch, results, sequences, sequence, exported };

/** Throws HostError `host-threw`, naming the first thing that is wrong. */
export function checked<T>(method: string, schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new HostError(
    'host-threw',
    method,
    `Premiere's answer to ${method} makes no sense (${where}${issue.message}).`,
  );
}
