/** Exact rates behind what Premiere says: ticks per frame, a float, a timecode's drop mark. */
import type { Rate } from '../../manifest/documents/rate.ts';
import { fraction } from '../../manifest/time/fraction.ts';
import { mayDrop, parseRate, snapRate } from '../../manifest/time/rate.ts';
import { TICKS_PER_SECOND } from '../../manifest/time/ticks.ts';
import { hasDropMark } from '../../manifest/time/timecode.ts';
import type { Columns } from './xmp.ts';

/** Premiere's time displays that count drop-frame: 29.97 and 59.94. */
const DROP_DISPLAYS = [102, 106];

/** The rate of a sequence, by exact division; `displayFormat` says how its frames are labelled. */
export function sequenceRate(timebase: string, displayFormat: number | null): Rate {
  const rate = fraction(TICKS_PER_SECOND, BigInt(timebase));
  const exact = { num: Number(rate.num), den: Number(rate.den) };
  return { ...exact, drop: mayDrop(exact) && DROP_DISPLAYS.includes(displayFormat ?? 0) };
}

/**
 * The rate of media: Premiere's float brought to the rate it stands for, else its "Frame Rate" column. Null for sound.
 * Drop-frame where its start timecode is written so.
 */
export function mediaRate(frameRate: number | null, columns: Columns): Rate | null {
  const timebase = columns.get('Column.Intrinsic.MediaTimebase') ?? '';
  const rate =
    (frameRate === null ? null : snapRate(frameRate)) ?? (/fps/i.test(timebase) ? parseRate(timebase) : null);
  if (!rate) return null;
  return { ...rate, drop: mayDrop(rate) && hasDropMark(columns.get('Column.Intrinsic.MediaStart') ?? '') };
}
