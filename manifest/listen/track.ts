/**
 * How the coarse delay moves over a long take, from the features around each of several moments, so that a drift of seconds
 * an hour still leaves the fine windows looking in the right place.
 */
import type { Shape } from './shape.ts';
import { transformSize } from './features.ts';
import { BANDS, FRAMES_PER_SECOND, type Fft, type Transform } from './types.ts';

/** Frames compared around a moment, on each side: so many, or a quarter of what there is. */
const AROUND = 15 * FRAMES_PER_SECOND;
/** The greatest drift looked for: 0.1 %, a pull-down left undone, and a little. */
const MOST_DRIFT = 1.1e-3;
/** Frames a moment may lie off the line. */
const NEAR = 2;

/** Delay in hundredths of a second = `at` + `slope` × frames since `origin`; `slope` is 0 where the moments agree on none. */
export interface Track {
  origin: number;
  at: number;
  slope: number;
  /** Moments on the line, of those looked at. */
  agreeing: number;
}

/** `moments`: picture frames at which to look; `delay`: the coarse place. */
export function track(picture: Shape, sound: Shape, moments: number[], delay: number, fft: Fft): Track {
  const span = moments[moments.length - 1]! - moments[0]!;
  const reach = Math.ceil(5 + span * MOST_DRIFT);
  const side = Math.min(AROUND, Math.ceil(span / 4));
  const transform = fft.open(transformSize(4 * side + 2 * reach, true), 3);
  const points = moments.flatMap((moment) => {
    const found = around(picture, sound, { moment, side, delay, reach }, transform);
    return found === null ? [] : [{ moment, delay: found }];
  });
  transform.close();
  return lineThrough(points) ?? { origin: moments[0]!, at: delay, slope: 0, agreeing: 0 };
}

interface Point {
  moment: number;
  delay: number;
}

/** The line most points lie on, then the least squares of those; null where no two agree on a drift there can be. */
function lineThrough(points: Point[]): Track | null {
  let on: Point[] = [];
  for (const [nth, one] of points.entries())
    for (const two of points.slice(nth + 1)) {
      const slope = (two.delay - one.delay) / (two.moment - one.moment);
      if (Math.abs(slope) > MOST_DRIFT) continue;
      const near = points.filter(
        (each) => Math.abs(each.delay - one.delay - slope * (each.moment - one.moment)) <= NEAR,
      );
      if (near.length > on.length) on = near;
    }
  if (on.length < 2) return null;
  const mean = (of: (point: Point) => number) => on.reduce((sum, point) => sum + of(point), 0) / on.length;
  const origin = mean(({ moment }) => moment);
  const at = mean(({ delay }) => delay);
  const slope =
    mean(({ moment, delay }) => (moment - origin) * (delay - at)) /
    mean(({ moment }) => (moment - origin) ** 2);
  return { origin, at, slope, agreeing: on.length };
}

/** The delay around one picture frame; null where nothing stands out there. */
function around(
  picture: Shape,
  sound: Shape,
  { moment, side, delay, reach }: { moment: number; side: number; delay: number; reach: number },
  transform: Transform,
): number | null {
  const from = Math.max(0, moment - side);
  const count = Math.min(picture.frames, moment + side) - from;
  const [P, S, SUM] = [0, 1, 2] as const;
  transform.buffer(SUM).fill(0);
  // Of the sound, from `reach` before to `reach` after; silence where it has none.
  const start = from + delay - reach;
  const first = Math.max(0, start);
  const length = Math.min(sound.frames, start + count + 2 * reach) - first;
  if (count <= 0 || length <= 0) return null;
  for (let band = 0; band < BANDS; band++) {
    const [p, s] = [transform.buffer(P).fill(0), transform.buffer(S).fill(0)];
    picture.band(band, p, from, count);
    p.subarray(0, count).reverse();
    sound.band(band, s.subarray(first - start), first, length);
    transform.forward(P, P, 'native');
    transform.forward(S, S, 'native');
    transform.multiplyAdd(P, S, SUM, 1);
  }
  transform.inverse(SUM, SUM, 'native');
  const sum = transform.buffer(SUM);
  let best = count - 1;
  for (let at = best; at < count + 2 * reach; at++) if (sum[at]! > sum[best]!) best = at;
  if (!(sum[best]! > 0)) return null;
  // Between frames by a parabola: a hundredth of a second is coarse for a drift.
  const [before, top, after] = [sum[best - 1] ?? 0, sum[best]!, sum[best + 1] ?? 0];
  const bend = before - 2 * top + after;
  const part = bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / bend)) : 0;
  return delay - reach + best + part - (count - 1);
}
