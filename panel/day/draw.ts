/**
 * Draws a day on a canvas, in the theme's colours: only what is in sight. A bar's state is a pattern as well as a colour, so
 * that it can be told without colours; the words stand in the legend, in the bar where there is room, and in the list.
 */
import type { BarLook } from './bars.ts';
import type { Day, Lane } from './days.ts';
import { boxes, ticks, type Box, type InSight } from './window.ts';

export interface Place {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Height of a lane. */
  lane: number;
  /** Lanes scrolled out above, px. */
  top: number;
}

export const AXIS = 18;
/** Names of lanes stand in this column, left of the bars. */
export const NAMES = 80;

export interface Ink {
  text: string;
  quiet: string;
  line: string;
  ground: string;
  field: string;
  picture: string;
  sound: string;
  edge: string;
  good: string;
  attention: string;
  bad: string;
  note: string;
  focus: string;
}

/** The theme's colours as they are now. */
export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: of('text'),
    quiet: of('quiet'),
    line: of('line'),
    ground: of('ground'),
    field: of('field'),
    picture: of('lane-video'),
    sound: of('lane-audio'),
    edge: of('edge'),
    good: of('good'),
    attention: of('attention'),
    bad: of('bad'),
    note: of('note'),
    focus: of('focus'),
  };
}

interface Marked {
  /** The chosen bar, and those that belong to it, by key. */
  chosen: string | null;
  partners: ReadonlySet<string>;
  /** Where the keys are; null while they are elsewhere. */
  cursor: string | null;
}

export function drawDay(
  on: CanvasRenderingContext2D,
  day: Day,
  sight: InSight,
  place: Place,
  ink: Ink,
  marked: Marked,
): void {
  const { width, height, lane: high, top } = place;
  on.clearRect(0, 0, width, height);
  on.font = '11px "Source Sans Pro", "DejaVu Sans", sans-serif';
  on.textBaseline = 'middle';
  drawAxis(on, sight, place, ink);
  on.save();
  on.beginPath();
  on.rect(0, AXIS, width, height - AXIS);
  on.clip();
  const first = Math.max(0, Math.floor(top / high));
  const last = Math.min(day.lanes.length, Math.ceil((top + height - AXIS) / high));
  for (let nth = first; nth < last; nth++)
    drawLane(on, day.lanes[nth]!, AXIS + nth * high - top, sight, place, ink, marked);
  on.restore();
}

function drawAxis(on: CanvasRenderingContext2D, sight: InSight, place: Place, ink: Ink): void {
  const room = place.width - NAMES;
  on.textAlign = 'center';
  for (const { x, label } of ticks(sight, room, 64)) {
    on.fillStyle = ink.line;
    on.fillRect(Math.round(NAMES + x), AXIS - 4, 1, place.height);
    on.fillStyle = ink.quiet;
    if (x > 18 && x < room - 18) on.fillText(label, NAMES + x, AXIS / 2 - 1);
  }
}

function drawLane(
  on: CanvasRenderingContext2D,
  lane: Lane,
  y: number,
  sight: InSight,
  place: Place,
  ink: Ink,
  marked: Marked,
): void {
  const room = place.width - NAMES;
  const gap = place.lane > 8 ? 3 : 1;
  const high = place.lane - gap;
  on.textAlign = 'left';
  on.fillStyle = ink.line;
  if (lane.name !== '') on.fillRect(0, y - 1, place.width, 1);
  if (lane.name !== '' && place.lane >= 11) {
    on.fillStyle = ink.quiet;
    on.fillText(fitted(on, lane.name, NAMES - 10), 6, y + Math.max(6, high / 2) + 0.5);
  }
  on.save();
  on.beginPath();
  on.rect(NAMES, y - 2, room, place.lane + 2);
  on.clip();
  on.translate(NAMES, y);
  for (const box of boxes(lane, sight, room)) {
    drawBox(on, box, high, lane, ink);
    if (box.count > 1) continue;
    const { key, name } = box.bar;
    if (box.width > 40 && high >= 12) nameBox(on, box, high, name, ink);
    if (key === marked.chosen || marked.partners.has(key)) ring(on, box, high, ink.focus, 2);
    if (key === marked.cursor) ring(on, box, high, ink.text, 1);
  }
  on.restore();
}

/** In sync: full. MOS: an empty frame. Wild: lines along. Unsynced: struck through, in the colour of errors. */
function drawBox(on: CanvasRenderingContext2D, { x, width, look }: Box, high: number, lane: Lane, ink: Ink) {
  const colour = look === 'unsynced' ? ink.bad : lane.kind === 'sound' ? ink.sound : ink.picture;
  const shown = Math.max(1, width - (width > 4 ? 1 : 0));
  on.fillStyle = colour;
  if (look === 'in-sync' || width < 3) return on.fillRect(x, 0, shown, high);
  on.strokeStyle = colour;
  on.lineWidth = 1;
  on.strokeRect(x + 0.5, 0.5, Math.max(1, shown - 1), high - 1);
  on.save();
  on.beginPath();
  on.rect(x, 0, shown, high);
  on.clip();
  STRIPES[look](on, x, shown, high);
  on.restore();
}

const STRIPES: Record<
  Exclude<BarLook, 'in-sync'>,
  (on: CanvasRenderingContext2D, ...at: number[]) => void
> = {
  mos: () => {},
  wild: (on, x, width, high) => {
    for (let y = 3; y! < high!; y += 4) on.fillRect(x!, y, width!, 1);
  },
  unsynced: (on, x, width, high) => {
    on.beginPath();
    // On a grid of its own, so that the stripes of neighbours run on.
    for (let at = Math.floor(x! / 5) * 5 - high!; at < x! + width!; at += 5) {
      on.moveTo(at, high!);
      on.lineTo(at + high!, 0);
    }
    on.stroke();
  },
};

function nameBox(on: CanvasRenderingContext2D, { x, width }: Box, high: number, name: string, ink: Ink) {
  const from = Math.max(x, 0);
  const text = fitted(on, name, x + width - from - 8);
  if (text === '') return;
  const long = on.measureText(text).width;
  on.fillStyle = ink.ground;
  on.fillRect(from + 2, 1, long + 4, high - 2);
  on.fillStyle = ink.text;
  on.fillText(text, from + 4, high / 2 + 0.5);
}

function ring(on: CanvasRenderingContext2D, { x, width }: Box, high: number, colour: string, thick: number) {
  on.strokeStyle = colour;
  on.lineWidth = thick;
  on.strokeRect(x - 1, -1, Math.max(3, width + 1), high + 2);
}

/** As much of a text as there is room for, with … where something is left out; '' where not even a few letters fit. */
export function fitted(on: CanvasRenderingContext2D, text: string, room: number): string {
  if (on.measureText(text).width <= room) return text;
  let end = Math.min(text.length, Math.floor(room / 5));
  while (end > 2 && on.measureText(`${text.slice(0, end)}…`).width > room) end--;
  return end > 2 ? `${text.slice(0, end)}…` : '';
}
