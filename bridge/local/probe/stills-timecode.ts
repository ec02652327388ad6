/** Pictures of a sequence that carry timecode each: DPX and OpenEXR. A label without a rate is no timecode, and is left out. */
import type { Tech } from '../../../manifest/documents/handoff.ts';
import { mayDrop, snapRate, type Rate } from '../../../manifest/time/rate.ts';
import { timecodeToFrame } from '../../../manifest/time/timecode.ts';
import type { MediaBytes } from './bytes.ts';
import { exactRate } from './mov-rate.ts';
import type { Probe, Prober } from './prober.ts';
import { still } from './stills.ts';

/** Hours, minutes, seconds and frames in two binary-coded digits each; bit 6 of the frames marks drop-frame. SMPTE ST 12-1. */
export function labelled(bcd: number, speed: Rate | null): Tech {
  if (!speed) return {};
  const rate: Rate = { ...speed, drop: (bcd & 0x40) !== 0 && mayDrop(speed) };
  const digits = [(bcd >>> 24) & 0x3f, (bcd >>> 16) & 0x7f, (bcd >>> 8) & 0x7f, bcd & 0x3f];
  const pairs = digits.map((byte) => `${byte >> 4}${byte & 15}`);
  const startTc = `${pairs.slice(0, 3).join(':')}${rate.drop ? ';' : ':'}${pairs[3]}`;
  return timecodeToFrame(startTc, rate).ok ? { rate, startTc } : { rate };
}

const UNDEFINED = 0xffffffff;

/** SMPTE ST 268: film header from byte 1664, television header from 1920, in the byte order its magic number shows. */
function probeDpx(bytes: MediaBytes): Probe {
  const little = bytes.tag(0) === 'XPDS';
  const number = (at: number) => (little ? bytes.u32le(at) : bytes.u32(at));
  const timecode = number(1920);
  const rate = float(number(1940)) ?? float(number(1724));
  const more = timecode === UNDEFINED || bytes.size < 1944 ? {} : labelled(timecode, rate);
  return still(number(772), number(776), 'DPX', more);
}

/** The rate behind a 32-bit float; null where the field was left empty, which is written in several ways. */
function float(bits: number): Rate | null {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits);
  const value = view.getFloat32(0);
  return value >= 1 ? snapRate(value) : null;
}

export const dpx: Prober = {
  id: 'dpx',
  suffixes: ['dpx'],
  ahead: 2048,
  looksLike: (bytes) => bytes.tag(0) === 'SDPX' || bytes.tag(0) === 'XPDS',
  probe: probeDpx,
};

const MOST_ATTRIBUTES = 128;
const LONGEST_NAME = 256;

/** Named attributes, little-endian: name, type, size, value. The first part speaks for all. */
function probeExr(bytes: MediaBytes): Probe {
  let [width, height] = [0, 0];
  let rate: Rate | null = null;
  let timecode: number | undefined;
  for (let at = 8, count = 0; count < MOST_ATTRIBUTES && at < bytes.size; count++) {
    const name = nameAt(bytes, at);
    const type = nameAt(bytes, at + name.length + 1);
    if (name === '' || type === '') break;
    const body = at + name.length + type.length + 6;
    if (type === 'box2i' && (name === 'displayWindow' || (name === 'dataWindow' && width === 0)))
      [width, height] = [side(bytes, body, 0), side(bytes, body, 4)];
    else if (type === 'rational' && name === 'framesPerSecond')
      rate = exactRate(bytes.u32le(body), bytes.u32le(body + 4));
    else if (type === 'timecode') timecode = bytes.u32le(body);
    at = body + bytes.u32le(body - 4);
  }
  return still(width, height, 'OpenEXR', timecode === undefined ? {} : labelled(timecode, rate));
}

/** A box is the first and the last pixel of each axis. */
const side = (bytes: MediaBytes, box: number, axis: number) =>
  Math.max(0, (bytes.u32le(box + 8 + axis) | 0) - (bytes.u32le(box + axis) | 0) + 1);

function nameAt(bytes: MediaBytes, at: number): string {
  const text = bytes.text(at, Math.min(LONGEST_NAME, Math.max(0, bytes.size - at)));
  const end = text.indexOf('\0');
  return end < 0 ? '' : text.slice(0, end);
}

export const exr: Prober = {
  id: 'exr',
  suffixes: ['exr'],
  looksLike: (bytes) => bytes.u32(0) === 0x762f3101,
  probe: probeExr,
};
