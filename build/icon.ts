/** Baton's mark as a PNG, drawn from its geometry, so that no picture has to be kept beside panel/public/icon.svg. */
import { zlibSync } from 'fflate';

type Point = readonly [x: number, y: number];

/** Lines of the mark in a square of 16, each with its width. */
const LINES: readonly (readonly [Point, Point, number])[] = [
  [[3.5, 11.5], [12.5, 4.5], 2.4],
  [[3.5, 4.5], [7.5, 4.5], 1.4],
  [[8.5, 11.5], [12.5, 11.5], 1.4],
];
/** Each pixel is looked at in this many places each way. */
const LOOKS = 4;

function onLine([x, y]: Point, [from, to, width]: (typeof LINES)[number]): boolean {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy);
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from[0] - nearest * dx, y - from[1] - nearest * dy) <= width / 2;
}

/** How much of a pixel the mark covers, 0–255. */
function cover(column: number, row: number, pixels: number): number {
  let inside = 0;
  for (let look = 0; look < LOOKS * LOOKS; look++) {
    const x = ((column + ((look % LOOKS) + 0.5) / LOOKS) * 16) / pixels;
    const y = ((row + (Math.floor(look / LOOKS) + 0.5) / LOOKS) * 16) / pixels;
    if (LINES.some((line) => onLine([x, y], line))) inside++;
  }
  return Math.round((inside * 255) / (LOOKS * LOOKS));
}

function crc32(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const whole = new Uint8Array(12 + body.length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, body.length);
  whole.set(new TextEncoder().encode(type), 4);
  whole.set(body, 8);
  view.setUint32(8 + body.length, crc32(whole.subarray(4, 8 + body.length)));
  return whole;
}

/** The mark in one grey (0–255) on nothing, `pixels` square. */
export function iconPng(pixels: number, grey: number): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, pixels);
  view.setUint32(4, pixels);
  // Eight bits of grey and eight of alpha.
  header.set([8, 4], 8);
  const rows = new Uint8Array(pixels * (1 + pixels * 2));
  for (let row = 0; row < pixels; row++)
    for (let column = 0; column < pixels; column++)
      rows.set([grey, cover(column, row, pixels)], row * (1 + pixels * 2) + 1 + column * 2);
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ];
  const png = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    png.set(part, at);
    at += part.length;
  }
  return png;
}
