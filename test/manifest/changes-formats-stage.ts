/** A cut of six shots, and what is done to it, for the tests of changes between formats. */
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';

export const rate = RATES['25'];

/** Six shots of 50 frames of as many sources, with sound under them and a shot above. */
export function base(): CutList {
  const row = (name: string, count: number) =>
    track(
      name,
      Array.from({ length: count }, (_, nth) => {
        const source =
          name[0] === 'V'
            ? pictureSource(`A00${nth}`, rate, '10:00:00:00', { duration: 10_000 })
            : soundSource(`S${nth}`, rate, '10:00:00:00', { duration: 48000 * 400, channels: 1 });
        return event(source, nth * 50, 50, 500, rate);
      }),
    );
  return list(rate, '01:00:00:00', [row('V1', 6), row('V2', 1), row('A1', 6)]);
}

export function edited(edit: (events: CutEvent[]) => void): CutList {
  const cut = base();
  edit(cut.tracks[0]!.events);
  return cut;
}
