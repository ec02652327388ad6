/** How fast a clip's own clock and its media run: `conform-rate` (how the media's rate meets the sequence's) and `timeMap` (retimes). */
import { compare, divide, fraction, multiply, subtract, add, type Fraction } from '../../time/fraction.ts';
import { nominal, RATES, sameSpeed, type Rate, type RateName } from '../../time/rate.ts';
import type { XmlElement } from '../../xml/read.ts';
import { readSeconds } from './seconds.ts';
import type { Tally } from './tally.ts';

export const ONE: Fraction = { num: 1n, den: 1n };
const NTSC = fraction(1001, 1000);

/** Names of `srcFrameRate` that are not the rate's own. */
const WORDS: Record<string, RateName> = { '23.98': '23.976', '47.95': '47.952' };

/**
 * Seconds of the clip's own clock for one second of the timeline it lies in. With scaling on, Final Cut plays 23.98, 24 and 25
 * for one another frame by frame, and otherwise brings NTSC media to whole rates (and back) by the factor 1.001.
 */
export function conformed(element: XmlElement, timeline: Rate, tally: Tally): Fraction {
  const conform = element.children.find((each) => each.name === 'conform-rate');
  if (!conform || conform.attributes['scaleEnabled'] === '0') return ONE;
  const word = conform.attributes['srcFrameRate'];
  if (word === undefined) return ONE;
  const media = RATES[(WORDS[word] ?? word) as RateName] as Rate | undefined;
  if (!media) {
    tally.say(
      'fcpxml-conform',
      conform.line,
      `srcFrameRate "${word}" is no rate; the clip is read at its own speed`,
      word,
    );
    return ONE;
  }
  if (sameSpeed(media, timeline)) return ONE;
  const [from, to] = [nominal(media), nominal(timeline)];
  const film = (frames: number) => frames === 24 || frames === 25;
  const ratio = divide(fraction(timeline.num, timeline.den), fraction(media.num, media.den));
  if (film(from) && film(to)) return ratio;
  if (media.den === 1001 && timeline.den === 1) return NTSC;
  if (media.den === 1 && timeline.den === 1001) return divide(ONE, NTSC);
  return ONE;
}

/** A retime: the clip's clock against the media's, straight between its points. */
export interface TimeMap {
  points: { time: Fraction; value: Fraction }[];
  /** Seconds of media for a second of the clip's clock; null where it varies. 0 = freeze, below 0 = backwards. */
  slope: Fraction | null;
}

/** Null where the element has none, or one that says nothing. */
export function timeMapOf(element: XmlElement, tally: Tally): TimeMap | null {
  const map = element.children.find((each) => each.name === 'timeMap');
  if (!map) return null;
  const points: TimeMap['points'] = [];
  for (const point of map.children) {
    if (point.name !== 'timept') continue;
    const time = readSeconds(point.attributes['time'] ?? '');
    const value = readSeconds(point.attributes['value'] ?? '');
    const before = points[points.length - 1];
    if (!time || !value || (before && compare(time, before.time) <= 0))
      tally.say(
        'fcpxml-time',
        point.line,
        'a point of a timeMap is no time or does not come after the one before',
        'timept',
      );
    else points.push({ time, value });
  }
  if (points.length < 2) {
    tally.say(
      'fcpxml-retime',
      map.line,
      'a timeMap of fewer than two points says no speed; 100 % is read',
      'short',
    );
    return null;
  }
  const slopes = points.slice(1).map((point, at) => slopeOf(points[at]!, point));
  const constant = slopes.every((each) => compare(each, slopes[0]!) === 0);
  return { points, slope: constant ? slopes[0]! : null };
}

function slopeOf(a: TimeMap['points'][number], b: TimeMap['points'][number]): Fraction {
  return divide(subtract(b.value, a.value), subtract(b.time, a.time));
}

/** The media's time at a time of the clip's clock; beyond its ends the map goes on as it ended. */
export function valueAt(map: TimeMap, time: Fraction): Fraction {
  const { points } = map;
  let low = 0;
  let high = points.length - 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(time, points[middle + 1]!.time) < 0) high = middle;
    else low = middle + 1;
  }
  const [a, b] = [points[low]!, points[low + 1]!];
  return add(a.value, multiply(subtract(time, a.time), slopeOf(a, b)));
}
