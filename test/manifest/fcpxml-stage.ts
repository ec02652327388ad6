/** Cuts written as FCPXML and parsed again: for the tests of writing. */
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS, type ExportOptions, type Exported } from '../../manifest/exports/export.ts';
import { fcpxml } from '../../manifest/exports/fcpxml.ts';
import { framesToSeconds } from '../../manifest/time/fraction.ts';
import { RATES, type Rate } from '../../manifest/time/rate.ts';
import { list, track } from './cutlist-samples.ts';
import { validate } from './fcpxml-dtd.ts';
import { parseXml, timeline, type Node } from './fcpxml-reader.ts';

export const FILM = RATES['23.976'];

/** The file and its losses; the file is well-formed, and valid where the DTD is at hand. */
export function written(
  cut: CutList,
  options: Partial<ExportOptions> = {},
): Exported & { root: Node; text: string } {
  const chosen = { ...DEFAULT_OPTIONS, ...options };
  const made = fcpxml.write(cut, chosen);
  if ('refused' in made) throw new Error(made.refused);
  const { text } = made.files[0]!;
  validate(text, chosen.fcpxml);
  return { ...made, text, root: parseXml(text) };
}

export function one(events: Omit<CutEvent, 'id'>[], rate: Rate = FILM, name = 'V1') {
  const made = written(list(rate, '01:00:00:00', [track(name, events)]));
  return { ...made, ...timeline(made.root), what: made.losses.map((loss) => loss.what) };
}

export const seconds = (frames: number, rate: Rate) => framesToSeconds(frames, rate);
