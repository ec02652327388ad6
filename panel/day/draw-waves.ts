/**
 * Draws two sounds over one another on a canvas: the camera's filled, the recorded one as an outline, so that they can be told apart
 * without colours. Each is as high as its own loudest place allows, because a camera's microphone is far off.
 */
import type { Envelope } from '../../bridge/desk.ts';
import type { Ink } from './draw.ts';
import { columns, isEnvelope, type Column, type Held, type Laid } from './waves.ts';
import { ticks, type InSight } from './window.ts';

const WAVES_AXIS = 16;

interface WavesPlace {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Flicks of a frame. */
  frame: number;
  /** Of the picture, in flicks. */
  length: number;
  /** Highest peaks of both sides in the whole picture. */
  loudest: { picture: number; sound: number };
}

export function drawWaves(
  on: CanvasRenderingContext2D,
  held: Held | null,
  laid: Laid,
  sight: InSight,
  place: WavesPlace,
  ink: Ink,
): void {
  const { width, height, frame, length, loudest } = place;
  const perFlick = width / (sight.to - sight.from);
  const x = (flicks: number) => (flicks - sight.from) * perFlick;
  on.clearRect(0, 0, width, height);
  on.font = '11px "Source Sans Pro", "DejaVu Sans", sans-serif';
  on.textBaseline = 'middle';
  on.textAlign = 'center';
  // What lies before the picture's first frame and after its last.
  on.fillStyle = ink.ground;
  on.fillRect(0, WAVES_AXIS, Math.max(0, x(0)), height);
  on.fillRect(x(length), WAVES_AXIS, width, height);
  if (frame * perFlick >= 8) lines(on, sight, frame, x, height, ink);
  for (const tick of ticks(sight, width, 64)) {
    on.fillStyle = ink.line;
    on.fillRect(Math.round(tick.x), WAVES_AXIS - 4, 1, height);
    on.fillStyle = ink.quiet;
    if (tick.x > 18 && tick.x < width - 18) on.fillText(tick.label, tick.x, WAVES_AXIS / 2 - 1);
  }
  if (held) {
    const { picture, sound } = held.waves;
    const middle = WAVES_AXIS + (height - WAVES_AXIS) / 2;
    const half = (height - WAVES_AXIS) / 2 - 3;
    const of = (side: Envelope, offset: number) => columns(side, offset, sight, width);
    if (isEnvelope(picture)) fill(on, of(picture, 0), middle, half / loudest.picture, ink.picture);
    if (isEnvelope(sound)) outline(on, of(sound, laid.offsetSamples), middle, half / loudest.sound, ink);
  }
  if (laid.slate !== null) mark(on, x(laid.slate * frame), 'slate', height, ink);
  if (laid.slips !== null) mark(on, x(laid.slips * frame), '½ frame off', height, ink);
}

/** Where frames begin, once they are wide enough to be told apart. */
function lines(
  on: CanvasRenderingContext2D,
  sight: InSight,
  frame: number,
  x: (flicks: number) => number,
  height: number,
  ink: Ink,
): void {
  on.fillStyle = ink.line;
  for (let nth = Math.ceil(sight.from / frame); nth * frame < sight.to; nth++)
    on.fillRect(Math.round(x(nth * frame)), height - 5, 1, 5);
}

function fill(
  on: CanvasRenderingContext2D,
  made: readonly Column[],
  middle: number,
  scale: number,
  colour: string,
): void {
  on.fillStyle = colour;
  for (const { x, low, high } of made) {
    const top = middle - high * scale;
    on.fillRect(x, top, 1, Math.max(1, (high - low) * scale));
  }
}

/** Its upper and its lower edge, each with a rim in the ground's colour where it crosses the other sound. */
function outline(
  on: CanvasRenderingContext2D,
  made: readonly Column[],
  middle: number,
  scale: number,
  ink: Ink,
): void {
  on.lineJoin = 'round';
  for (const [colour, wide] of [
    [ink.field, 4],
    [ink.sound, 1.5],
  ] as const) {
    on.strokeStyle = colour;
    on.lineWidth = wide;
    for (const edge of ['high', 'low'] as const) {
      on.beginPath();
      let last = -2;
      for (const column of made) {
        const y = middle - column[edge] * scale;
        if (column.x === last + 1) on.lineTo(column.x + 0.5, y);
        else on.moveTo(column.x + 0.5, y);
        last = column.x;
      }
      on.stroke();
    }
  }
}

function mark(on: CanvasRenderingContext2D, x: number, word: string, height: number, ink: Ink): void {
  on.strokeStyle = ink.text;
  on.lineWidth = 1;
  on.setLineDash([3, 3]);
  on.beginPath();
  on.moveTo(Math.round(x) + 0.5, WAVES_AXIS);
  on.lineTo(Math.round(x) + 0.5, height);
  on.stroke();
  on.setLineDash([]);
  on.textAlign = 'left';
  const long = on.measureText(word).width;
  on.fillStyle = ink.field;
  on.fillRect(x + 2, WAVES_AXIS, long + 4, 13);
  on.fillStyle = ink.text;
  on.fillText(word, x + 4, WAVES_AXIS + 7);
  on.textAlign = 'center';
}
