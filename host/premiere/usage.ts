/**
 * Which project items the sequences use. Deleting one from the project takes it out of every cut, in silence, so an item goes only
 * where every track of every sequence was looked at and none uses it.
 */
import type { RawUsage, ReadUsageRequest } from '../../bridge/premiere/wire.ts';
import { openProject, refuse } from './answer.ts';
import type { NativeItem, NativeSequence, NativeTrackItem } from './natives.ts';
import { projectMetadata } from './project.ts';

/** Goes over the track items from `from` up to `to`, counted over all sequences; gives the count of all it passed. */
function walk(
  from: number,
  to: number,
  take: (item: NativeTrackItem, sequence: NativeSequence) => void,
): number {
  const all = openProject().sequences;
  let at = 0;
  for (let s = 0; s < all.numSequences && at <= to; s++) {
    const sequence = all[s]!;
    const kinds = [sequence.videoTracks, sequence.audioTracks];
    for (let k = 0; k < kinds.length; k++) {
      for (let t = 0; t < kinds[k]!.numTracks && at <= to; t++) {
        const clips = kinds[k]![t]!.clips;
        const count = clips.numItems;
        for (let i = Math.max(0, from - at); i < count && at + i < to; i++) take(clips[i]!, sequence);
        at += count;
      }
    }
  }
  return at;
}

export function readUsage(request: ReadUsageRequest): RawUsage {
  const used: RawUsage['used'] = [];
  const seen: Record<string, boolean> = {};
  const to = request.from + request.limit;
  let passed = 0;
  try {
    passed = walk(request.from, to, (item, sequence) => {
      const source = item.projectItem;
      if (!source) return;
      const key = source.nodeId + ' ' + sequence.sequenceID;
      if (!seen[key]) used.push({ id: source.nodeId, sequence: sequence.name });
      seen[key] = true;
    });
  } catch {
    // A sequence that cannot be read is no reason to read nothing; what goes is asked about again before it goes.
    passed = 0;
  }
  return { used, next: passed > to ? to : null };
}

export type Used = Record<string, string>;

/** By node id, the name of a sequence that uses it. Throws where a sequence cannot be read: then nothing is proven. */
export function usedItems(): Used {
  const used: Used = {};
  try {
    walk(0, Infinity, (item, sequence) => {
      const source = item.projectItem;
      if (source) used['#' + source.nodeId] = sequence.name;
    });
  } catch {
    throw refuse('refused', 'a sequence cannot be read, so nobody knows whether it is used; it stays');
  }
  return used;
}

/** Why the item must stay; null where nothing uses it. */
export function useOf(item: NativeItem, used: Used): string | null {
  const sequence = used['#' + item.nodeId];
  if (sequence !== undefined) return 'the sequence "' + sequence + '" uses it; it stays';
  // Premiere counts uses of its own, and knows places that no script can look into.
  const xmp = projectMetadata(item);
  const counted = xmp === null ? null : /Column\.Intrinsic\.(?:Video|Audio)Usage>\s*[1-9]/.exec(xmp);
  return counted ? 'Premiere counts it as used; it stays' : null;
}
