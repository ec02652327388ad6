/** The door for what Premiere answers: every value is checked here once and trusted afterwards. */
import * as z from 'zod/mini';
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

// The small library says nothing of its own accord; these are the words of the whole one.
z.config(z.locales.en());

const text = z.string();
const ticks = z.string().check(z.regex(/^-?\d{1,19}$/, 'ticks are a whole number as text'));
const texts = z.array(text);

const about: z.ZodMiniType<RawAbout> = z.object({
  version: text,
  project: z.object({ id: text, name: text }),
});

const marker: z.ZodMiniType<RawMarker> = z.object({
  start: ticks,
  end: ticks,
  name: text,
  comments: text,
  type: text,
  colour: z.nullable(z.number()),
});

const project: z.ZodMiniType<RawProject> = z.object({
  about,
  bins: z.array(z.object({ id: text, path: texts })),
  items: z.array(
    z.object({
      id: text,
      name: text,
      file: z.nullable(text),
      bin: texts,
      isSequence: z.boolean(),
      offline: z.boolean(),
      label: z.nullable(z.number()),
      xmp: z.nullable(text),
      frameRate: z.nullable(z.number()),
      markers: z.array(marker),
    }),
  ),
  total: z.int(),
  next: z.nullable(z.int()),
});

const usage: z.ZodMiniType<RawUsage> = z.object({
  used: z.array(z.object({ id: text, sequence: text })),
  next: z.nullable(z.int()),
});

const shown: z.ZodMiniType<RawShown> = z.object({
  found: z.int(),
  shown: z.nullable(z.int()),
  start: z.nullable(ticks),
  position: z.nullable(ticks),
  message: z.nullable(text),
});

const watch: z.ZodMiniType<RawWatch> = z.object({ bound: texts });

const state: z.ZodMiniType<RawState> = z.object({
  bin: z.nullable(texts),
  label: z.nullable(z.number()),
  xmp: z.nullable(text),
  marker: z.nullable(marker),
});

const results: z.ZodMiniType<RawResult[]> = z.array(
  z.object({
    outcome: z.enum(['done', 'present', 'pending', 'absent', 'failed']),
    message: z.nullable(text),
    item: z.nullable(text),
    before: z.nullable(state),
    after: z.nullable(state),
  }),
);

const sequences: z.ZodMiniType<RawSequenceName[]> = z.array(
  z.object({ id: text, name: text, active: z.boolean() }),
);

const trackItem = z.object({
  id: text,
  name: text,
  start: ticks,
  end: ticks,
  inPoint: ticks,
  outPoint: ticks,
  source: z.nullable(text),
  disabled: z.boolean(),
  speed: z.nullable(z.number()),
  reversed: z.boolean(),
  adjustment: z.boolean(),
  linked: texts,
});

const source = z.object({
  id: text,
  name: text,
  file: z.nullable(text),
  isSequence: z.boolean(),
  isMulticam: z.boolean(),
  isMerged: z.boolean(),
  frameRate: z.nullable(z.number()),
  start: z.nullable(ticks),
  timebase: z.nullable(ticks),
  xmp: z.nullable(text),
});

const sequence: z.ZodMiniType<RawSequence | null> = z.nullable(
  z.object({
    version: text,
    id: text,
    name: text,
    timebase: z
      .string()
      .check(z.regex(/^[1-9]\d{0,18}$/, 'ticks per frame are a whole number above 0 as text')),
    zeroPoint: ticks,
    displayFormat: z.nullable(z.number()),
    width: z.nullable(z.number()),
    height: z.nullable(z.number()),
    tracks: z.array(
      z.object({
        type: z.enum(['video', 'audio']),
        index: z.int().check(z.positive()),
        name: text,
        muted: z.boolean(),
        items: z.array(trackItem),
        transitions: z.array(z.object({ name: text, start: ticks, end: ticks })),
      }),
    ),
    sources: z.array(source),
    markers: z.array(marker),
    total: z.int(),
    next: z.nullable(z.int()),
  }),
);

const exported: z.ZodMiniType<RawExport> = z.object({ said: z.boolean(), exists: z.boolean() });

export const RAW = { about, project, usage, shown, watch, results, sequences, sequence, exported };

/** Throws HostError `host-threw`, naming the first thing that is wrong. */
export function checked<T>(method: string, schema: z.ZodMiniType<T>, value: unknown): T {
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
