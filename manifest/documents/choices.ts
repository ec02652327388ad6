/** What a person chose for one handoff and its edit: kept beside the manifest in `.baton/`, outside delivery and hash. */
import { z } from 'zod';
import { APART, LAYOUTS } from '../bins.ts';
import { FLAGS } from '../plan/flags.ts';

export const ChoicesSchema = z.looseObject({
  kind: z.literal('choices'),
  version: z.literal(1),
  bins: z
    .object({ scenes: z.enum(LAYOUTS), apart: z.array(z.enum(APART)).max(APART.length) })
    .optional()
    .describe('How bins are laid out; absent = by scene and take'),
  flags: z
    .array(z.enum(FLAGS))
    .max(FLAGS.length)
    .optional()
    .describe('How an unsynced clip is shown; absent = label and field'),
});

export type Choices = z.infer<typeof ChoicesSchema>;
