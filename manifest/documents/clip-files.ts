/** What a clip is made of, as the manifest keeps it: parts, frames, sidecars that disagree. See docs/cards.md. */
import { z } from 'zod';
import { pathProblem } from './paths.ts';

const text = z.string();
const count = z.int().nonnegative();

export const PathSchema = text
  .superRefine((path, context) => {
    const problem = pathProblem(path);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  })
  .describe('Relative to its root, with /, in Unicode NFC');

/** One file of a clip that a camera wrote into several. */
export const PartSchema = z.looseObject({
  path: PathSchema,
  size: count.describe('Bytes'),
  number: z.int().positive().describe("The camera's count, from 1; a hole is a file that is not here"),
  essence: z
    .literal('sound')
    .optional()
    .describe('Sound of the whole clip in a file of its own; absent = a stretch of the clip'),
  startTc: text.optional(),
  durationFrames: count.optional(),
  durationSamples: count.optional(),
});

/** Frames of an image sequence, one file each. Paths: see manifest/cards/group/frames.ts. */
export const SequenceSchema = z.looseObject({
  first: count,
  last: count.describe('Inclusive'),
  digits: z.int().positive().describe('Digits of the number in the names'),
  missing: z
    .array(z.tuple([count, count]))
    .optional()
    .describe('Runs of frames that are not there, first and last of each'),
});

/** A value on which a clip's header and one of its sidecars, or two of its parts, do not agree. The first is what counts. */
const DisagreementSchema = z.looseObject({ field: text, counts: text, other: text, from: text });

/** Fields of a clip, found anew at every scan. */
export const CLIP_FILES = {
  card: text.optional().describe('Id of the camera-card structure it was found in (docs/cards.md)'),
  parts: z
    .array(PartSchema)
    .optional()
    .describe('Every file of a clip that is several, in order, the one at path among them'),
  continues: z.literal(true).optional().describe('The recording goes on in a clip that is not here'),
  sequence: SequenceSchema.optional().describe('An image sequence; path is its first frame'),
  sidecars: z.array(PathSchema).optional().describe('Files that speak of this clip and are none themselves'),
  clipName: text.optional().describe('What a sidecar says the camera or its operator called the clip'),
  disagreements: z.array(DisagreementSchema).optional(),
};

export type Part = z.infer<typeof PartSchema>;
export type Sequence = z.infer<typeof SequenceSchema>;
export type Disagreement = z.infer<typeof DisagreementSchema>;
