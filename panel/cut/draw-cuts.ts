/**
 * Draws two cuts over one another on a canvas: for each track what was, what is, and bands from the one to the other. How an event
 * stands is a pattern and a sign as well as a colour; the words are in the legend, in the list, and said as the keys go.
 */
import type { Standing } from '../../manifest/changes/standing.ts';
import { fitted, type Ink } from '../day/draw.ts';
import type { InSight } from '../day/window.ts';
import type { ShownEvent, ShownLane } from '../heavy/comparison.ts';
import { firstEndingAfter, type At } from './walk.ts';

export const AXIS = 16;
export const NAMES = 36;
const BAR = 10;
const BAND = 8;
/** Of one track: the old cut, the bands, the new cut, and air. */
export const LANE = BAR * 2 + BAND + 8;

interface CutsPlace {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Timecode at the left and the right edge. */
  labels: [string, string];
}

interface CutsMarked {
  /** Lanes by two: 0 is the first track's old cut, 1 its new one. */
  at: At[];
  /** A frame of the new cut that is looked at. */
  frame: number | null;
}

export const SIGN: Record<Standing, string> = { same: '', new: '+', gone: '−', moved: '>', changed: '~' };

/** Px from the top of the picture to a lane of CutsMarked. */
export function topOf(lane: number): number {
  return AXIS + Math.floor(lane / 2) * LANE + (lane % 2) * (BAR + BAND);
}

export function drawCuts(
  on: CanvasRenderingContext2D,
  lanes: readonly ShownLane[],
  sight: InSight,
  { width, height, labels }: CutsPlace,
  ink: Ink,
  marked: CutsMarked,
): void {
  const room = width - NAMES;
  const perFrame = room / (sight.to - sight.from);
  on.clearRect(0, 0, width, height);
  on.font = '11px "Source Sans Pro", "DejaVu Sans", sans-serif';
  on.textBaseline = 'middle';
  on.fillStyle = ink.quiet;
  on.textAlign = 'left';
  on.fillText(labels[0], NAMES, AXIS / 2);
  on.textAlign = 'right';
  on.fillText(labels[1], width - 2, AXIS / 2);
  on.textAlign = 'left';
  lanes.forEach(({ name }, nth) => {
    on.fillStyle = ink.quiet;
    on.fillText(fitted(on, name, NAMES - 6), 4, topOf(nth * 2) + BAR + BAND / 2);
  });
  on.save();
  on.beginPath();
  on.rect(NAMES, 0, room, height);
  on.clip();
  on.translate(NAMES, 0);
  const x = (frame: number) => (frame - sight.from) * perFrame;
  lanes.forEach(({ old, now }, nth) => {
    const [above, below] = [topOf(nth * 2), topOf(nth * 2 + 1)];
    drawBands(on, old, nth, sight, x, above + BAR, below, ink);
    drawBars(on, old, sight, x, above, ink);
    drawBars(on, now, sight, x, below, ink);
  });
  for (const at of marked.at) ring(on, lanes, at, x, ink);
  if (marked.frame !== null) {
    on.fillStyle = ink.focus;
    on.fillRect(x(marked.frame) - 1, AXIS, 2, height);
  }
  on.restore();
}

type Across = (frame: number) => number;

const ORDER: Record<Standing, number> = { same: 0, changed: 1, moved: 2, new: 3, gone: 4 };

interface Box {
  x: number;
  right: number;
  standing: Standing;
}

/** No more boxes than there are pixels: what shares one looks like what of it needs a look most. */
export function boxesOf(events: readonly ShownEvent[], sight: InSight, x: Across): Box[] {
  const boxes: Box[] = [];
  for (let nth = firstEndingAfter(events, sight.from); nth < events.length; nth++) {
    const event = events[nth]!;
    if (event.in >= sight.to) break;
    const [left, right] = [x(event.in), x(event.out)];
    const last = boxes[boxes.length - 1];
    if (last && right - last.x < 1.5) {
      last.right = Math.max(last.right, right);
      if (ORDER[event.standing] > ORDER[last.standing]) last.standing = event.standing;
    } else boxes.push({ x: left, right, standing: event.standing });
  }
  return boxes;
}

function drawBars(
  on: CanvasRenderingContext2D,
  events: readonly ShownEvent[],
  sight: InSight,
  x: Across,
  top: number,
  ink: Ink,
): void {
  on.textAlign = 'center';
  for (const { x: left, right, standing } of boxesOf(events, sight, x)) {
    const wide = Math.max(1, right - left - (right - left > 4 ? 1 : 0));
    const colour = colourOf(standing, ink);
    on.fillStyle = colour;
    if (wide < 4 || standing === 'same' || standing === 'new') on.fillRect(left, top, wide, BAR);
    else pattern(on, standing, left, top, wide, colour);
    if (standing === 'same' || wide < 16) continue;
    const middle = (Math.max(left, 0) + Math.min(right, x(sight.to))) / 2;
    on.fillStyle = ink.field;
    on.fillRect(middle - 5, top, 10, BAR);
    on.fillStyle = ink.text;
    on.fillText(SIGN[standing], middle, top + BAR / 2 + 0.5);
  }
  on.textAlign = 'left';
}

function colourOf(standing: Standing, ink: Ink): string {
  const of = { same: ink.edge, new: ink.good, gone: ink.bad, moved: ink.note, changed: ink.attention };
  return of[standing];
}

/** Gone: an empty frame struck through. Moved: lines along. Changed: lines across. */
function pattern(
  on: CanvasRenderingContext2D,
  standing: Standing,
  left: number,
  top: number,
  wide: number,
  colour: string,
): void {
  on.strokeStyle = colour;
  on.lineWidth = 1;
  on.strokeRect(left + 0.5, top + 0.5, wide - 1, BAR - 1);
  on.save();
  on.beginPath();
  on.rect(left, top, wide, BAR);
  on.clip();
  // Only what is in sight: an event may be a hundred pictures wide.
  const [from, to] = [Math.max(left, -20), Math.min(left + wide, 4000)];
  if (standing === 'moved') for (let y = 2; y < BAR; y += 3) on.fillRect(from, top + y, to - from, 1.5);
  else if (standing === 'changed') for (let at = from; at < to; at += 4) on.fillRect(at, top, 2, BAR);
  else {
    on.beginPath();
    for (let at = from - BAR; at < to; at += 5) {
      on.moveTo(at, top + BAR);
      on.lineTo(at + BAR, top);
    }
    on.stroke();
  }
  on.restore();
}

/** From each old place to its new one on the same track; what lies side by side in both cuts is one band. */
function drawBands(
  on: CanvasRenderingContext2D,
  old: readonly ShownEvent[],
  lane: number,
  sight: InSight,
  x: Across,
  top: number,
  bottom: number,
  ink: Ink,
): void {
  let last: { a: [number, number]; b: [number, number]; moved: boolean } | null = null;
  const flush = () => {
    if (!last) return;
    on.fillStyle = last.moved ? ink.note : ink.line;
    on.globalAlpha = last.moved ? 0.45 : 0.8;
    on.beginPath();
    on.moveTo(last.a[0], top);
    on.lineTo(last.a[1], top);
    on.lineTo(last.b[1], bottom);
    on.lineTo(last.b[0], bottom);
    on.fill();
  };
  for (const { in: from, out, pair, standing } of old) {
    if (!pair || pair.lane !== lane) continue;
    if (Math.max(out, pair.out) < sight.from || Math.min(from, pair.in) > sight.to) continue;
    const moved = standing === 'moved';
    const a: [number, number] = [x(from), x(out)];
    const b: [number, number] = [x(pair.in), x(pair.out)];
    const near = (next: number, end: number) => next - end < 1 && next - end > -1;
    if (last && last.moved === moved && near(a[0], last.a[1]) && near(b[0], last.b[1]))
      [last.a[1], last.b[1]] = [a[1], b[1]];
    else {
      flush();
      last = { a, b, moved };
    }
  }
  flush();
  on.globalAlpha = 1;
}

function ring(
  on: CanvasRenderingContext2D,
  lanes: readonly ShownLane[],
  { lane, nth }: At,
  x: Across,
  ink: Ink,
): void {
  const track = lanes[Math.floor(lane / 2)];
  const event = track && (lane % 2 === 0 ? track.old : track.now)[nth];
  if (!event) return;
  const [left, right] = [x(event.in), Math.max(x(event.out), x(event.in) + 2)];
  on.strokeStyle = ink.focus;
  on.lineWidth = 2;
  on.strokeRect(left - 1, topOf(lane) - 1, right - left + 2, BAR + 2);
}
