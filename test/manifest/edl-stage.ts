/** Cuts written as EDL and parsed again: for the tests of writing. */
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { edl } from '../../manifest/exports/edl.ts';
import type { Exported } from '../../manifest/exports/export.ts';
import { RATES, type Rate } from '../../manifest/time/rate.ts';
import { list, track } from './cutlist-samples.ts';
import { parseEdl } from './edl-parser.ts';

export const FILM = RATES['23.976'];

export function written(cut: CutList): Exported {
  const made = edl.write(cut);
  if ('refused' in made) throw new Error(made.refused);
  return made;
}

/** The lists themselves, without the table of reels beside them. */
export const edls = (made: Exported) => made.files.filter((file) => file.suffix.endsWith('.edl'));

/** The first list's events, and every loss in short. */
export function one(events: Omit<CutEvent, 'id'>[], rate: Rate = FILM, name = 'V1') {
  const made = written(list(rate, '01:00:00:00', [track(name, events)]));
  return {
    ...parseEdl(made.files[0]!.text, rate),
    text: made.files[0]!.text,
    losses: made.losses,
    what: made.losses.map((loss) => loss.what),
  };
}
