/**
 * PNG as far as screenshots need it: 8 bits a channel, not interlaced, colour with or without alpha, or a palette. Written small
 * (a palette where 256 colours are enough), so that pictures can lie beside the tests.
 */
import { deflateSync, inflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  /** Red, green, blue of each pixel, row by row; screenshots are opaque, so alpha is left out. */
  rgb: Uint8Array;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** Channels of a pixel, by PNG's colour type. */
const CHANNELS: Record<number, number> = { 2: 3, 3: 1, 6: 4 };

/** Throws where it is no PNG of the kinds above. */
export function readPng(file: Uint8Array): Picture {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new Error('it is no PNG');
  let [width, height, type] = [0, 0, -1];
  let palette: Buffer = Buffer.alloc(0);
  const packed: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') {
      [width, height, type] = [body.readUInt32BE(0), body.readUInt32BE(4), body[9]!];
      if (body[8] !== 8 || body[12] !== 0 || !(type in CHANNELS))
        throw new Error(
          `a PNG of ${body[8]} bits, colour type ${type}, interlace ${body[12]} is not read here`,
        );
    }
    if (name === 'PLTE') palette = body;
    if (name === 'IDAT') packed.push(body);
    at += 12 + length;
  }
  const channels = CHANNELS[type]!;
  const rows = unfilter(inflateSync(Buffer.concat(packed)), width * channels, height, channels);
  return { width, height, rgb: type === 3 ? looked(rows, palette) : withoutAlpha(rows, channels) };
}

function looked(indices: Uint8Array, palette: Buffer): Uint8Array {
  const rgb = new Uint8Array(indices.length * 3);
  for (const [at, index] of indices.entries()) rgb.set(palette.subarray(index * 3, index * 3 + 3), at * 3);
  return rgb;
}

function withoutAlpha(pixels: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return pixels;
  const rgb = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3)
    rgb.set(pixels.subarray(from, from + 3), to);
  return rgb;
}

/** What a byte is guessed to be from those left of it, above it, and left of that: PNG's five filters. */
const GUESS: ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, corner) => {
    const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
    if (a <= b && a <= c) return left;
    return b <= c ? up : corner;
  },
];

function unfilter(raw: Uint8Array, stride: number, height: number, step: number): Uint8Array {
  if (raw.length !== (stride + 1) * height) throw new Error('the PNG is cut short');
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)]!;
    for (let at = 0; at < stride; at++)
      out[row * stride + at] =
        raw[row * (stride + 1) + 1 + at]! + guessed(filter, out, row * stride + at, at, stride, step);
  }
  return out;
}

/** What `filter` guesses for the byte at `place`, which is the `at`th of its row. */
function guessed(
  filter: number,
  pixels: Uint8Array,
  place: number,
  at: number,
  stride: number,
  step: number,
): number {
  const left = at >= step ? pixels[place - step]! : 0;
  const up = place >= stride ? pixels[place - stride]! : 0;
  const corner = at >= step && place >= stride ? pixels[place - stride - step]! : 0;
  return GUESS[filter]!(left, up, corner);
}

export function writePng({ width, height, rgb }: Picture): Buffer {
  const flat = paletted(rgb);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = flat ? 3 : 2;
  const pixels = flat ? unfiltered(flat.indices, width, height) : unfiltered(rgb, width * 3, height);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(flat ? [chunk('PLTE', flat.palette)] : []),
    chunk('IDAT', deflateSync(pixels, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Null where there are more than 256 colours. */
function paletted(rgb: Uint8Array): { palette: Buffer; indices: Uint8Array } | null {
  const known = new Map<number, number>();
  const indices = new Uint8Array(rgb.length / 3);
  for (let at = 0; at < indices.length; at++) {
    const colour = (rgb[at * 3]! << 16) | (rgb[at * 3 + 1]! << 8) | rgb[at * 3 + 2]!;
    let index = known.get(colour);
    if (index === undefined) {
      if (known.size === 256) return null;
      known.set(colour, (index = known.size));
    }
    indices[at] = index;
  }
  return {
    palette: Buffer.from(
      [...known.keys()].flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]),
    ),
    indices,
  };
}

/** With no filter: letters and flat grounds come again and again, which deflate finds best in the plain bytes. */
function unfiltered(pixels: Uint8Array, stride: number, height: number): Buffer {
  const out = Buffer.alloc((stride + 1) * height);
  for (let row = 0; row < height; row++)
    out.set(pixels.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  return out;
}

const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

function chunk(name: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  let sum = -1;
  for (const byte of named) sum = CRC[(sum ^ byte) & 255]! ^ (sum >>> 8);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeInt32BE(~sum, 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
