/** Small EDLs, read, and what came of them in a line an event: for the tests of reading. */
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { RATES, type Rate } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';

export const at24 = RATES['24'];

/** `null` = nobody gives a rate. */
export function read(text: string, rate: Rate | null = at24) {
  const { value, issues } = edlReader.read(text, rate ? { name: 'cut.edl', rate } : { name: 'cut.edl' });
  return { lists: value, list: value[0]!, issues, codes: issues.map((issue) => issue.code) };
}

/** `V1 01:00:00:00-01:00:01:00 < 10:00:00:00-10:00:01:00 A001`: what an event plays where. */
export function spelled(list: CutList): string[] {
  return list.tracks.flatMap((track) =>
    track.events.map((event) => {
      const name = `${track.type[0]!.toUpperCase()}${track.index}`;
      const record = [event.recordIn, event.recordOut].map((frame) =>
        frameToTimecode(list.start + frame, list.rate),
      );
      return `${name} ${record.join('-')} < ${sourceOf(event)} ${event.source?.reel ?? '-'}`;
    }),
  );
}

function sourceOf({ source, sourceIn, sourceOut }: CutEvent): string {
  if (!source) return 'nothing';
  return [sourceIn, sourceOut].map((frame) => frameToTimecode(source.start! + frame, source.rate)).join('-');
}

/** Edits on V from 01:00:00:00 on, of `frames` each. */
export function edits(count: number, frames = 24): string {
  const label = (frame: number) => frameToTimecode(frame, at24);
  return Array.from({ length: count }, (_, nth) => {
    const from = 86400 + nth * frames;
    return `${String(nth + 1).padStart(3, '0')}  A001     V     C        ${label(240 * nth)} ${label(240 * nth + frames)} ${label(from)} ${label(from + frames)}`;
  }).join('\n');
}
