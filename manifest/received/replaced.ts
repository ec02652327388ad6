/** Clips whose file was another at the last scan: the same name, another recording. */
import type { Handoff } from '../documents/handoff.ts';

/** By clip id: what it was, as the end of a sentence. Kept in the record of the scan that found it, until a later scan is recorded. */
export function replacedClips({ history }: Handoff): Map<string, string> {
  for (let at = history.length - 1; at >= 0; at--) {
    const record = history[at]!;
    if (record.kind !== 'scan') continue;
    const replaced = record['replaced'];
    if (!Array.isArray(replaced)) return new Map();
    return new Map(
      (replaced as unknown[]).flatMap((each): [string, string][] => {
        if (typeof each !== 'object' || each === null) return [];
        const { clip, was } = each as Record<string, unknown>;
        return typeof clip === 'string' && typeof was === 'string' ? [[clip, was]] : [];
      }),
    );
  }
  return new Map();
}
