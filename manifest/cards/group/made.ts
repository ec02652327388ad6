/** What a clip is made of and what lies beside it, as fields of the manifest: found anew at every scan. */
import { carry } from '../../carry.ts';
import { PartSchema, SequenceSchema } from '../../documents/clip-files.ts';
import type { Clip } from '../../documents/handoff.ts';

const FIELDS = ['card', 'parts', 'continues', 'sequence', 'sidecars', 'clipName', 'disagreements'] as const;

export type Made = Partial<Pick<Clip, (typeof FIELDS)[number]>>;

const PART = Object.keys(PartSchema.shape);
const SEQUENCE = Object.keys(SequenceSchema.shape);

/** As found; what others have written on a part or a sequence stays on it. */
export function madeNow(known: Made | undefined, found: Made): Made {
  const made: Record<string, unknown> = {};
  for (const field of FIELDS) if (found[field] !== undefined) made[field] = found[field];
  if (found.parts) {
    const before = new Map((known?.parts ?? []).map((part) => [part.path, part]));
    made['parts'] = found.parts.map((part) => carry(before.get(part.path), part, PART));
  }
  if (found.sequence) made['sequence'] = carry(known?.sequence, found.sequence, SEQUENCE);
  return made;
}

export function withoutMade<Known extends Made>(known: Known): Omit<Known, keyof Made> {
  const rest = { ...known };
  for (const field of FIELDS) delete rest[field];
  return rest;
}
