/**
 * Draws tracks as rows of bars over a ruler of timecode. Drawn in whole units of a picture that is stretched to the page, many bars
 * in one path, so that ten thousand events stay small; what is narrower than a dot is drawn together with its neighbour.
 */
import { droppedPerMinute, nominal, type Rate } from '../../time/rate.ts';
import { frameToTimecode } from '../../time/timecode.ts';
import { escape } from './escape.ts';

/** Width of the picture in units of its own; ten of them are about a dot. */
export const UNITS = 10000;
const NARROW = 30;
const GAP = 6;
const DOT = 10;

/** From a frame of the cut to a unit of the picture. */
export type Across = (frame: number) => number;

export function across(frames: number): Across {
  const whole = Math.max(1, frames);
  return (frame) => Math.round((Math.min(Math.max(frame, 0), whole) * UNITS) / whole);
}

/** One path for many bars of `height`, their top at `top`. Spans in frames, in order. */
export function bars(
  spans: readonly (readonly [number, number])[],
  x: Across,
  top: number,
  height: number,
): string {
  const merged: [number, number][] = [];
  for (const [from, to] of spans) {
    const [left, right] = [x(from), x(to)];
    const last = merged[merged.length - 1];
    if (last && right - last[0] < NARROW && left - last[1] <= DOT) last[1] = Math.max(last[1], right);
    else merged.push([left, right]);
  }
  return merged
    .map(([left, right]) => {
      // A thin gap between neighbours shows the cut, where there is room for one.
      const width = Math.max(right - left - (right - left > 2 * GAP ? GAP : 0), GAP);
      return `M${left} ${top}h${width}v${height}h-${width}z`;
    })
    .join('');
}

/** Units a bar must be wide for the line at its edge to leave something of it: on any screen, and on a wide one. */
const EDGE = 120;
const EDGE_WIDE = 45;

/** Lines where one bar ends and the next begins; class `on-wide` marks those that a narrow screen has no room for. */
export function edges(
  spans: readonly (readonly [number, number])[],
  x: Across,
  top: number,
  height: number,
): string {
  const [everywhere, wide]: [string[], string[]] = [[], []];
  for (let at = 1; at < spans.length; at++) {
    const [before, after] = [spans[at - 1]!, spans[at]!];
    if (before[1] !== after[0]) continue;
    const room = Math.min(x(before[1]) - x(before[0]), x(after[1]) - x(after[0]));
    if (room >= EDGE_WIDE) (room >= EDGE ? everywhere : wide).push(`M${x(after[0])} ${top}v${height}`);
  }
  const path = (lines: string[], look: string) =>
    lines.length ? `<path class="${look}" d="${lines.join('')}"/>` : '';
  return path(everywhere, 'edge') + path(wide, 'edge on-wide');
}

/** A picture of `height` dots, as wide as the page lets it be. `inside` is drawn in UNITS across; `over` in percent. */
export function picture(height: number, label: string, inside: string, over: string): string {
  return `<svg height="${height}" role="${inside.includes('<a ') ? 'group' : 'img'}" aria-label="${escape(label)}"><svg width="100%" height="${height}" viewBox="0 0 ${UNITS} ${height}" preserveAspectRatio="none">${inside}</svg>${over}</svg>`;
}

/** Seconds between marks of a ruler. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];
const MOST_MARKS = 8;

export interface RulerMark {
  /** From the sequence's first frame. */
  frame: number;
  label: string;
}

/** Round timecodes within the cut; none at rates below one frame a second. */
export function rulerMarks(start: number, frames: number, rate: Rate): RulerMark[] {
  const fps = nominal(rate);
  if (fps < 1 || frames < 1) return [];
  const step =
    STEPS.find((each) => frames / fps / each <= MOST_MARKS) ?? Math.ceil(frames / fps / MOST_MARKS);
  const dropped = droppedPerMinute(rate);
  const marks: RulerMark[] = [];
  for (let second = Math.ceil(start / fps / step) * step - step; marks.length <= MOST_MARKS; second += step) {
    const minute = Math.floor(second / 60);
    // The frame a label names; a full minute that drop-frame skips is named by its first frame that is there.
    const tens = Math.floor(minute / 10);
    const skipped = second % 60 === 0 && minute % 10 !== 0 ? dropped : 0;
    const frame = second * fps - dropped * (minute - tens) + skipped;
    if (frame > start + frames) break;
    if (frame >= start) marks.push({ frame: frame - start, label: frameToTimecode(frame, rate) });
  }
  return marks;
}

/** The marks' lines and labels. */
export function ruler(
  marks: readonly RulerMark[],
  frames: number,
  height: number,
): { lines: string; labels: string } {
  const x = across(frames);
  return {
    lines: marks.length
      ? `<path class="grid" vector-effect="non-scaling-stroke" d="${marks.map(({ frame }) => `M${x(frame)} 14V${height}`).join('')}"/>`
      : '',
    labels: labelsOf(marks.map(({ frame, label }) => ({ at: x(frame), label }))),
  };
}

/** Least widths in dots of the drawing on a wide page, a narrow one and a telephone, with the class of what only fits above that. */
const WIDTHS = [
  [640, 'none'],
  [350, 'on-wide'],
  [190, 'on-mid'],
] as const;
/** Dots that a label takes, and that it may run over the drawing's edge. */
const LABEL = 82;
const OVER = 16;

/** As many labels as there is room for, at every width of the page: those that fit on wide pages alone say so. */
function labelsOf(marks: readonly { at: number; label: string }[]): string {
  const step = marks.length > 1 ? marks[1]!.at - marks[0]!.at : UNITS;
  const fits = (at: number, nth: number, width: number) =>
    nth % Math.ceil((LABEL * UNITS) / (step * width)) === 0 && ((UNITS - at) * width) / UNITS >= LABEL - OVER;
  return marks
    .map(({ at, label }, nth) => {
      const least = WIDTHS.findIndex(([width]) => !fits(at, nth, width));
      const look = least < 0 ? '' : WIDTHS[least]![1];
      // A label that no page has room for is left to its line.
      return look === 'none'
        ? ''
        : `<text x="${at / 100}%" y="10"${look && ` class="${look}"`}>${label}</text>`;
    })
    .join('');
}
