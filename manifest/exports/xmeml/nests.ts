/**
 * Sequences inside a sequence: a nested event whose content is at hand is an item that holds that whole sequence, the first time in full
 * and after that by its id. A sequence that would come to hold itself does not.
 */
import type { CutEvent, CutList } from '../../documents/cutlist.ts';
import { rescale } from '../../readers/xmeml/count.ts';
import type { Rate } from '../../time/rate.ts';
import type { MediaFile } from './files.ts';
import { timebaseOf } from './text.ts';

/** Deeper than any edit goes; each level is written inside the one above it. */
const DEEPEST = 16;

export interface Nests {
  /** The content of a nested event as media; null where it is not at hand, or cannot be written. `rate` is the outer sequence's. */
  of(event: CutEvent, rate: Rate): MediaFile | null;
  /** The whole element the first time, a reference after that. */
  xml(media: MediaFile): string;
}

/** What writes a sequence, given its id. */
export type WriteSequence = (list: CutList, id: string) => string;

export function nestTable(lists: readonly CutList[], outer: CutList, write: WriteSequence): Nests {
  const byName = new Map<string, CutList[]>();
  for (const list of lists) {
    const known = byName.get(list.name);
    if (known) known.push(list);
    else byName.set(list.name, [list]);
  }
  const media = new Map<CutList, { file: MediaFile; written: boolean }>();
  const content = new Map<MediaFile, CutList>();
  // From the outermost to the one that is being written.
  const open: CutList[] = [outer];
  return {
    of(event, rate) {
      if (event.kind !== 'nested') return null;
      const list = contentOf(event, byName);
      if (!list || open.includes(list) || open.length > DEEPEST || !timebaseOf(list.rate)) return null;
      const known = media.get(list);
      if (known) return known.file;
      const nth = media.size + 2;
      const file: MediaFile = {
        id: `sequence-${nth}`,
        master: `masterclip-sequence-${nth}`,
        source: event.source!,
        rate: list.rate,
        duration: rescale(event.source!.duration ?? lengthOf(list), event.source!.rate, list.rate),
      };
      // A nest plays at its own count; an event that counts it otherwise is counted there all the same.
      if (!timebaseOf(file.source.rate)) file.rate = rate;
      media.set(list, { file, written: false });
      content.set(file, list);
      return file;
    },
    xml(file) {
      const list = content.get(file)!;
      const state = media.get(list)!;
      if (state.written) return `<sequence id="${file.id}"/>`;
      state.written = true;
      open.push(list);
      const text = write(list, file.id);
      open.pop();
      return text.trimEnd();
    },
  };
}

/** By name; among several of one name the one that is as long. */
function contentOf({ source, name }: CutEvent, byName: ReadonlyMap<string, CutList[]>): CutList | null {
  if (!source) return null;
  const called = byName.get(source.name) ?? byName.get(name) ?? [];
  if (called.length < 2) return called[0] ?? null;
  const fits = called.filter((list) => lengthOf(list) === source.duration);
  return fits.length === 1 ? fits[0]! : null;
}

function lengthOf({ tracks }: CutList): number {
  let length = 0;
  for (const { events } of tracks) length = Math.max(length, events[events.length - 1]?.recordOut ?? 0);
  return length;
}
