/** An event's source in a table: its timecode as a person reads it, and the exact count beside it. */
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent } from '../../documents/cutlist.ts';
import type { Rate } from '../../documents/rate.ts';
import { nominal, rateLabel, rateName } from '../../time/rate.ts';
import { samplesToFrames, timeReferenceToFrame } from '../../time/samples.ts';
import { frameToTimecode } from '../../time/timecode.ts';

export interface SourceCells {
  /** Empty where the media has no timecode. Out is exclusive. */
  in: string;
  out: string;
  /** From the media's first frame, in its own frames or samples; empty where there is no media. */
  inFrame: number | '';
  frames: number | '';
  rate: string;
  notes: string[];
}

/** Timecode of sound counts at the sequence's rate, that of picture at its own. */
export function sourceCells(event: CutEvent, rate: Rate): SourceCells {
  const { source, sourceIn, sourceOut } = event;
  if (!source) return { in: '', out: '', inFrame: '', frames: '', rate: '', notes: [] };
  const sound = isSampleRate(source.rate);
  const cells = {
    in: '',
    out: '',
    inFrame: sourceIn,
    frames: sourceOut - sourceIn,
    rate: sound ? `${source.rate.num} Hz` : rateName(source.rate),
    notes: [] as string[],
  };
  if (source.still) cells.notes.push('still');
  if (source.start === null || source.still) {
    if (!source.still) cells.notes.push('the media has no timecode');
    return cells;
  }
  if (!sound && nominal(source.rate) < 1) {
    cells.notes.push(`no timecode counts ${rateLabel(source.rate)} frames a second`);
    return cells;
  }
  const start = source.start;
  const label = sound
    ? (at: number) =>
        frameToTimecode(
          timeReferenceToFrame(start, source.rate.num, rate) + samplesToFrames(at, source.rate.num, rate),
          rate,
        )
    : (at: number) => frameToTimecode(start + at, source.rate);
  return { ...cells, in: label(sourceIn), out: label(sourceOut) };
}
