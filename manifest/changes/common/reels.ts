/**
 * Lists that name a reel and no clip: which media of the other cut was on that reel at that timecode. One reel of a list may be
 * many files of a camera card.
 */
import type { CutList, CutSource } from '../../documents/cutlist.ts';
import { ascii } from '../../exports/edl/ascii.ts';
import { sameSpeed } from '../../time/rate.ts';
import { sourcesOf } from '../sources.ts';

/** `absolute` are the sources whose times are timecodes; those found get the name of the media that they are. */
export function byTimecode(before: CutList, after: CutList, absolute: Set<CutSource>): void {
  if (absolute.size === 0) return;
  const sources = sourcesOf(before, after);
  for (const [list, other, side] of [
    [before, after, 0],
    [after, before, 1],
  ] as const) {
    const reels = reelsOf(other, absolute);
    const known = new Map<string, CutSource>();
    for (const { events } of list.tracks)
      for (const event of events) {
        const { source } = event;
        if (!source || !absolute.has(source) || source.reel === undefined) continue;
        // Known by its name already.
        if (sources.isShared(source, (1 - side) as 0 | 1)) continue;
        const fits = (reels.get(plain(source.reel)) ?? []).filter(
          (each) =>
            sameSpeed(each.rate, source.rate) &&
            each.start! <= event.sourceIn &&
            event.sourceOut <= each.start! + (each.duration ?? Infinity),
        );
        const files = new Set(fits.map(({ clip, file, name }) => clip ?? file ?? name));
        const [found] = fits;
        if (!found || files.size > 1) continue;
        const key = JSON.stringify([source.name, found.clip, found.file, found.name]);
        let to = known.get(key);
        if (!to) {
          const { name, file, reel, clip } = found;
          to = { ...source, name, file, reel: reel ?? source.reel };
          if (clip !== undefined) to.clip = clip;
          known.set(key, to);
          absolute.add(to);
        }
        event.source = to;
      }
  }
}

const plain = (reel: string) =>
  ascii(reel)
    .replace(/[^A-Za-z0-9]+/g, '')
    .toUpperCase()
    .slice(0, 8);

/** Media with a start, by reel as a list of eight letters has it. */
function reelsOf(cut: CutList, absolute: ReadonlySet<CutSource>): Map<string, CutSource[]> {
  const reels = new Map<string, Set<CutSource>>();
  for (const { events } of cut.tracks)
    for (const { source } of events) {
      if (!source || source.start === null || absolute.has(source) || source.reel === undefined) continue;
      const reel = plain(source.reel);
      const known = reels.get(reel);
      if (known) known.add(source);
      else reels.set(reel, new Set([source]));
    }
  return new Map([...reels].map(([reel, found]) => [reel, [...found]]));
}
