/** How a production names its files, as the manifest keeps it. See docs/names.md. */
import { z } from 'zod';

/** A pattern that is none is an issue of the check `naming`, and no reason to refuse a manifest. */
export const NamingPatternSchema = z.looseObject({
  pattern: z.string().describe('SCENE_{scene:2}_TAKE_{take:2}_{kind}_{role}'),
  for: z
    .array(z.enum(['picture', 'sound', 'graphic', 'music', 'document', 'broll', 'wild']))
    .optional()
    .describe('What it speaks of; absent = its fields say'),
});
