/**
 * Where the media of a list begins, which no list says: at the earliest timecode that is played of it, under transitions too.
 * Media that is played on both sides of midnight begins before it, and its timecode is counted on past 24 hours.
 */
import { framesPerDay, type Rate } from '../../time/rate.ts';

/** What one event plays of the media: frames at its rate, from midnight. `shown` = where its picture first is, under a transition before `low`. */
export interface Use {
  shown: number;
  low: number;
  high: number;
}

export interface MediaStart {
  /** Timecode of the media's first frame, 0 up to a day. */
  start: number;
  /** Source in of a use, from that frame. */
  inOf(use: Use): number;
  /** The uses that lie behind midnight, where others lie before it; empty nearly always. */
  wrapped: Use[];
}

/** `uses` is not empty. */
export function startOf(uses: readonly Use[], rate: Rate): MediaStart {
  const day = framesPerDay(rate);
  const evening = eveningOf(uses, day);
  const wrapped = evening === null ? [] : uses.filter((use) => use.shown < evening);
  const first = evening ?? uses.reduce((least, { shown }) => Math.min(least, shown), Infinity);
  return {
    start: ((first % day) + day) % day,
    inOf: (use) => use.low - first + (evening !== null && use.shown < evening ? day : 0),
    wrapped,
  };
}

/** Media that is longer than a sixth of a day is none: labels that far apart are two clocks, one of them perhaps at zero. */
const LONGEST = 6;

/**
 * The timecode from which on uses belong to the evening before, where all of them and the others lie within four hours over
 * midnight; null where they do not.
 */
function eveningOf(uses: readonly Use[], day: number): number | null {
  let [least, most] = [Infinity, -Infinity];
  for (const { shown } of uses) {
    least = Math.min(least, shown);
    most = Math.max(most, shown);
  }
  // A bare count of frames goes past any day.
  if (most - least <= day / 2 || most >= day) return null;
  // Over midnight they all lie in this window, so none of them is in the middle of the day.
  let [evening, morning] = [Infinity, -Infinity];
  for (const { shown, high } of uses)
    if (shown > day / 2) evening = Math.min(evening, shown);
    else morning = Math.max(morning, high);
  return morning + day - evening <= day / LONGEST ? evening : null;
}
