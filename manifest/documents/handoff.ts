/**
 * The handoff manifest, version 1: the one file that joins media, sound, log sheets, notes, checks and sign-off.
 * This schema is the door: everything read from disk passes it once and is trusted afterwards. Objects are open, so
 * fields that this version does not know survive reading and writing.
 */
import { z } from 'zod';
import { mayDrop } from '../time/rate.ts';
import { timecodeToFrame } from '../time/timecode.ts';
import type { Issue } from './issue.ts';
import type { Rate } from './rate.ts';
import { CLIP_FILES, PathSchema } from './clip-files.ts';
import { NamingPatternSchema } from './naming.ts';

export const MANIFEST_VERSION = 1;

const text = z.string();
const count = z.int().nonnegative();

export const RateSchema: z.ZodType<Rate> = z
  .looseObject({ num: z.int().positive(), den: z.int().positive(), drop: z.boolean() })
  .refine((rate) => !rate.drop || mayDrop(rate), 'only multiples of 30000/1001 have drop-frame')
  .describe('Exact frame rate: num/den frames a second; drop = drop-frame labels');

export const ClipKind = z.enum(['picture', 'sound', 'graphic', 'music', 'document']);
export const Pick = z.enum(['circled', 'good', 'rejected', 'alternate', 'unknown']);
export const SoundKind = z.enum(['sync', 'mos', 'wild', 'unknown']);

/** What a take is called. Every field is as written, so `07` stays `07`; compare with identity.ts. */
const IdentitySchema = z.looseObject({
  scene: text.optional(),
  setup: text.optional().describe('Slate or setup letter: A in 7A'),
  take: text.optional(),
  camera: text.optional(),
  reel: text.optional().describe('Camera roll or tape'),
  soundRoll: text.optional(),
  place: text.optional().describe('B-roll only: where, as the name says'),
});

/** One witness's word about a clip: its name, its own metadata, or the log. */
export const WitnessSchema = IdentitySchema.extend({
  pick: Pick.optional(),
  soundKind: SoundKind.optional(),
  broll: z.boolean().optional(),
  note: text.optional().describe('The recorder’s own note'),
});

export const TechSchema = z
  .looseObject({
    rate: RateSchema.optional(),
    startTc: text.optional().describe('Timecode of the first frame at rate; absent = the media carries none'),
    durationFrames: count.optional().describe('Picture: whole length in frames at rate'),
    picture: z.looseObject({ width: z.int().positive(), height: z.int().positive() }).optional(),
    sampleRate: z.int().positive().optional(),
    startSamples: count
      .optional()
      .describe('Sound: samples of real time since midnight (bext TimeReference)'),
    durationSamples: count.optional().describe('Sound: whole length in samples'),
    channels: count.optional().describe('Sound channels, embedded ones included; 0 = none'),
    tracks: z.array(text).optional().describe('Names of the sound tracks, in channel order'),
    codec: text.optional(),
    estimated: z.array(text).optional().describe('Fields the header only lets one reckon'),
    recorder: text.optional().describe('The machine that made the file, as embedded'),
    family: text.optional().describe('iXML FAMILY_UID: files recorded together'),
    recordedOn: text.optional().describe('Embedded date, YYYY-MM-DD; never a file time'),
    serial: text.optional().describe('Serial number of the machine that made the file'),
    fromSidecar: z
      .array(text)
      .optional()
      .describe('Fields that a sidecar gave, because the header holds none'),
  })
  .superRefine((tech, context) => {
    if (tech.startTc === undefined) return;
    if (!tech.rate) {
      context.addIssue({ code: 'custom', path: ['startTc'], message: 'a start timecode needs a rate' });
      return;
    }
    const read = timecodeToFrame(tech.startTc, tech.rate);
    if (!read.ok) context.addIssue({ code: 'custom', path: ['startTc'], message: read.message });
  });

/** What was read of a file's content, in xxh128. Only where another file might be the same. */
const ContentSchema = z.looseObject({
  ends: text.optional().describe('Of the first and the last 64 KiB together, in a file of this size'),
  hash: text.optional().describe('Of the whole file'),
});

const asRead = text
  .optional()
  .describe('Marks of what the file or the sheet said when it was read: what differs was changed by hand');

export const ClipSchema = z.looseObject({
  id: text.min(1).describe('Made once at scan and kept whatever happens to name or folder'),
  kind: ClipKind,
  root: text.min(1).describe('Name of the root that path is relative to'),
  path: PathSchema,
  size: count.describe('Bytes of the file at path'),
  ...CLIP_FILES,
  formerNames: z
    .array(text)
    .optional()
    .describe('File names it had before baton rename, oldest first: reports and lists still call it by them'),
  identity: IdentitySchema,
  tech: TechSchema,
  pick: Pick,
  soundKind: SoundKind,
  broll: z.boolean().optional(),
  pairedSound: z
    .array(text)
    .optional()
    .describe('Picture: ids of the sound files that a person said are its sound'),
  /** What each witness said when the clip was last scanned; identity and pick are settled from these. */
  witnesses: z
    .looseObject({
      name: WitnessSchema.optional(),
      media: WitnessSchema.optional(),
      log: WitnessSchema.optional(),
    })
    .optional(),
  problem: z
    .object({ code: text, message: text })
    .optional()
    .describe('Why the media could not be read, as found at scan'),
  content: ContentSchema.optional(),
  duplicateOf: z
    .looseObject({
      clip: text.describe('Id of the copy that stands for all'),
      proof: z
        .enum(['size+ends', 'hash'])
        .describe('size+ends: size, first and last 64 KiB are the same; hash: the whole file is'),
    })
    .optional(),
  asRead,
});

export const NoteSchema = z.looseObject({
  id: text.min(1),
  kind: z.enum(['note', 'director', 'camera', 'sound', 'script', 'vfx', 'marker']),
  text: text,
  author: text.optional(),
  timecode: text.optional().describe("Where, as timecode at the clip's rate"),
  offset: count.optional().describe("Where, in frames from the clip's first frame"),
  asRead,
});

export const LogEntrySchema = z.looseObject({
  id: text.min(1),
  sheet: text.describe('The log sheet it came from'),
  row: z.int().positive().describe('Row in the sheet, header = 1'),
  file: text.optional().describe('File name as logged'),
  scene: text.optional(),
  setup: text.optional(),
  take: text.optional(),
  camera: text.optional(),
  reel: text.optional(),
  soundRoll: text.optional(),
  pick: Pick.optional(),
  soundKind: SoundKind.optional(),
  tags: z
    .array(text)
    .optional()
    .describe('Words to find it by: characters, emotions, whatever the sheet tags'),
  startTc: text.optional(),
  endTc: text.optional(),
  soundFile: text.optional().describe('Sound file name as logged, beside the picture'),
  duration: text.optional().describe('Length as logged'),
  clap: text
    .optional()
    .describe("Where the slate closes: a timecode at the clip's rate, or a frame counted from its first"),
  rate: RateSchema.optional().describe('The rate the row names for its timecodes'),
  about: z
    .enum(['picture', 'sound', 'comment', 'nothing'])
    .optional()
    .describe(
      'Absent = a take. picture, sound: a file, as cameras and recorders report it. comment: one remark on a file. nothing: a bin, a title',
    ),
  notes: z.array(NoteSchema),
  clips: z.array(text).describe('Ids of the clips this row speaks of; empty = none was found'),
  other: z.record(z.string(), text).optional().describe('Columns Baton has no use for, carried along'),
  asRead,
});

const LogColumnSchema = z.looseObject({
  heading: text,
  meaning: z
    .string()
    .nullable()
    .describe('scene, take, file, note:director, …; null = carried along untouched'),
  confidence: z
    .enum(['chosen', 'sure', 'likely', 'guess'])
    .describe('chosen by a person, by its heading, by a heading much like a known one, by its cells'),
});

const IssueSchema: z.ZodType<Issue> = z.looseObject({
  code: text,
  severity: z.enum(['error', 'warning', 'note']),
  at: text,
  clips: z.array(text),
  message: text,
  fix: text.optional(),
});

export const HistoryRecordSchema = z.looseObject({
  kind: text.describe('scan, import, cut, verify, rename, rename-undone; others are kept'),
  at: text.describe('ISO 8601, UTC'),
});

export const SignOffSchema = z.looseObject({
  by: text,
  role: text.optional(),
  at: text,
  hash: text.describe('Hash of the delivery that was signed'),
});

export const HandoffSchema = z.looseObject({
  kind: z.literal('handoff'),
  version: z.literal(MANIFEST_VERSION),
  revision: count.describe('How often this file has been written'),
  production: z.looseObject({ title: text, company: text.optional() }),
  rate: RateSchema.optional().describe("The project's rate; also used for sound that carries none"),
  shootDays: z.array(z.looseObject({ id: text.min(1), date: text.optional(), label: text.optional() })),
  roots: z
    .array(z.looseObject({ name: text.min(1) }))
    .describe('Names only: where each lies on a machine is kept outside this file'),
  clips: z.array(ClipSchema),
  log: z.looseObject({
    sheets: z.array(
      z.looseObject({
        path: text,
        reader: text,
        rows: count,
        issues: z.array(IssueSchema).optional().describe('What could not be read of it'),
      }),
    ),
    entries: z.array(LogEntrySchema),
    mappings: z
      .record(text, z.looseObject({ columns: z.array(LogColumnSchema) }))
      .optional()
      .describe('By sheet: what each column was taken for'),
  }),
  naming: z
    .looseObject({ patterns: z.array(NamingPatternSchema) })
    .optional()
    .describe('How this production names its files; absent = it said nothing'),
  transcripts: z.array(
    z.looseObject({ id: text.min(1), root: text, path: PathSchema, clip: text.optional() }),
  ),
  note: z.looseObject({ text, author: text.optional(), at: text.optional() }).optional(),
  waivers: z
    .array(
      z.looseObject({
        issue: z.looseObject({ code: text, clips: z.array(text), at: text.optional() }),
        reason: text,
        by: text.optional(),
        at: text,
      }),
    )
    .optional()
    .describe('Issues that somebody looked at and let stand, each with the reason'),
  signOff: SignOffSchema.optional(),
  history: z.array(HistoryRecordSchema),
});

/** Media nobody can use: empty, cut short, or something else by that name. Other problems leave a clip usable. */
const UNUSABLE = new Set(['empty-file', 'truncated', 'not-media', 'unreadable']);

export function isUnusable(clip: { problem?: Clip['problem'] }): boolean {
  return clip.problem !== undefined && UNUSABLE.has(clip.problem.code);
}

export type SignOff = z.infer<typeof SignOffSchema>;
export type Handoff = z.infer<typeof HandoffSchema>;
export type Clip = z.infer<typeof ClipSchema>;
export type ClipKind = z.infer<typeof ClipKind>;
export type Identity = z.infer<typeof IdentitySchema>;
export type Witness = z.infer<typeof WitnessSchema>;
export type Tech = z.infer<typeof TechSchema>;
export type Content = z.infer<typeof ContentSchema>;
export type Pick = z.infer<typeof Pick>;
export type SoundKind = z.infer<typeof SoundKind>;
export type LogEntry = z.infer<typeof LogEntrySchema>;
export type Note = z.infer<typeof NoteSchema>;
export type HistoryRecord = z.infer<typeof HistoryRecordSchema>;

/** A manifest with nothing in it yet, not yet written. */
export function emptyHandoff(title: string): Handoff {
  return {
    kind: 'handoff',
    version: MANIFEST_VERSION,
    revision: 0,
    production: { title },
    shootDays: [],
    roots: [],
    clips: [],
    log: { sheets: [], entries: [] },
    transcripts: [],
    history: [],
  };
}
