/** Pictures whose size stands at a fixed place: PNG, GIF, BMP, PSD; and JPEG, where it stands behind a few segments. */
import type { Tech } from '../../../manifest/documents/handoff.ts';
import type { MediaBytes } from './bytes.ts';
import { present, type Probe, type Prober } from './prober.ts';

/** A picture's size as a probe; a size of nothing is a damaged header. */
export function still(width: number, height: number, codec: string, more: Tech = {}): Probe {
  if (width > 0 && height > 0) return { tech: { picture: { width, height }, codec, ...more }, witness: {} };
  const message = `its header claims a picture of ${width} × ${height} pixels; copy it again`;
  return { tech: { codec, ...more }, witness: {}, problem: { code: 'unreadable', message } };
}

function plain(
  id: string,
  suffixes: string[],
  magic: string,
  size: (bytes: MediaBytes) => [number, number],
): Prober {
  return {
    id,
    suffixes,
    looksLike: (bytes) => bytes.text(0, magic.length) === magic,
    probe: (bytes) => still(...size(bytes), id.toUpperCase()),
  };
}

export const png = plain('png', ['png'], '\x89PNG\r\n\x1a\n', (bytes) => [bytes.u32(16), bytes.u32(20)]);
export const gif = plain('gif', ['gif'], 'GIF8', (bytes) => [bytes.u16le(6), bytes.u16le(8)]);
export const psd = plain('psd', ['psd', 'psb'], '8BPS', (bytes) => [bytes.u32(18), bytes.u32(14)]);
/** A negative height means that the rows run downwards. */
export const bmp = plain('bmp', ['bmp'], 'BM', (bytes) => [bytes.u32le(18), Math.abs(bytes.u32le(22) | 0)]);

const MOST_SEGMENTS = 256;

/** The frame header (SOF): C0 to CF without the three numbers that mean other things. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Markers that stand alone, without a length. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

function probeJpeg(bytes: MediaBytes): Probe {
  let at = 2;
  for (let count = 0; count < MOST_SEGMENTS && at + 4 <= bytes.size; count++) {
    if (bytes.u8(at) !== 0xff) break;
    const marker = bytes.u8(at + 1);
    // Any number of FF may stand before a marker.
    if (marker === 0xff) at += 1;
    else if (isBare(marker)) at += 2;
    else if (isFrame(marker)) return still(bytes.u16(at + 7), bytes.u16(at + 5), 'JPEG');
    else at += 2 + Math.max(2, bytes.u16(at + 2));
  }
  const message = 'it ends before it says how large its picture is; copy it again';
  return { tech: {}, witness: {}, ...present({ problem: { code: 'truncated' as const, message } }) };
}

export const jpeg: Prober = {
  id: 'jpeg',
  suffixes: ['jpg', 'jpeg'],
  looksLike: (bytes) => bytes.u16(0) === 0xffd8 && bytes.u8(2) === 0xff,
  probe: probeJpeg,
};
