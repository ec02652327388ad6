/** What a person may change in a manifest by hand, one small change at a time, so that two people's changes can meet. */
import { z } from 'zod';
import { Pick, SignOffSchema, SoundKind } from './handoff.ts';

const text = z.string();
const id = text.min(1).max(500);
const words = text.trim().min(1).max(2000);

/** Which issue: its code and the clips it speaks of, or the place where it speaks of none. */
const IssueKeySchema = z.object({
  code: id,
  clips: z.array(id).describe('Clip ids, sorted; empty where the issue names no clip'),
  at: text.optional().describe('The place, where no clip is named'),
});

const IDENTITY_FIELDS = ['scene', 'take', 'camera', 'reel'] as const;

export const EditSchema = z.discriminatedUnion('edit', [
  z.object({ edit: z.literal('sound-kind'), clip: id, to: SoundKind }),
  z.object({ edit: z.literal('pick'), clip: id, to: Pick }),
  z.object({
    edit: z.literal('identity'),
    clip: id,
    field: z.enum(IDENTITY_FIELDS),
    to: words.nullable().describe('null = unknown'),
  }),
  z.object({
    edit: z.literal('pair'),
    clip: id.describe('A picture'),
    sound: z.array(id).nullable().describe('Ids of its sound files; null = as scan and timecode say'),
  }),
  z.object({
    edit: z.literal('waive'),
    issue: IssueKeySchema,
    reason: words.nullable().describe('Why it may stand; null takes the waiver back'),
    by: words.optional(),
  }),
  z.object({
    edit: z.literal('sign'),
    by: words.nullable().describe('null takes the signature back'),
    role: words.optional(),
    restore: SignOffSchema.optional().describe(
      'A signature as it stood, word for word, for taking a change of it back; `by` and `role` are then passed over',
    ),
  }),
]);

export type Edit = z.infer<typeof EditSchema>;
export type IssueKey = z.infer<typeof IssueKeySchema>;
