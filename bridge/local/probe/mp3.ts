/** MP3: rate, channels, and a length that is counted where the encoder left a count (Xing, Info, VBRI) and estimated where not. */
import { LARGEST, type MediaBytes } from './bytes.ts';
import { present, type Probe, type Prober } from './prober.ts';

interface Frame {
  at: number;
  /** 1, 2 or 2.5. */
  version: number;
  layer: number;
  /** Bits a second. */
  bitRate: number;
  sampleRate: number;
  channels: number;
  /** Samples a frame lasts. */
  samples: number;
  /** Bytes to the next one. */
  length: number;
}

const RATES = [44100, 48000, 32000];
/** Kilobits a second by index, for each table of the standard. */
const BITS: Record<string, number[]> = {
  '1-1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2-3': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

function frameAt(bytes: MediaBytes, at: number): Frame | null {
  const head = bytes.u32(at);
  if (head >>> 21 !== 0x7ff) return null;
  const version = [2.5, 0, 2, 1][(head >>> 19) & 3]!;
  const layer = [0, 3, 2, 1][(head >>> 17) & 3]!;
  const kilobits = BITS[`${Math.floor(version)}-${layer}`]?.[(head >>> 12) & 15];
  const base = RATES[(head >>> 10) & 3];
  if (!version || !layer || !kilobits || !base) return null;
  const sampleRate = version === 1 ? base : version === 2 ? base / 2 : base / 4;
  const samples = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1152;
  const padding = ((head >>> 9) & 1) * (layer === 1 ? 4 : 1);
  const bitRate = kilobits * 1000;
  const length = Math.floor(((samples / 8) * bitRate) / sampleRate) + padding;
  return {
    at,
    version,
    layer,
    bitRate,
    sampleRate,
    samples,
    length,
    channels: ((head >>> 6) & 3) === 3 ? 1 : 2,
  };
}

/** Past the ID3 tags at the beginning; their sizes keep the top bit of each byte free. */
function afterTags(bytes: MediaBytes): number {
  let at = 0;
  for (let count = 0; count < 4 && bytes.text(at, 3) === 'ID3'; count++) {
    const size = [6, 7, 8, 9].reduce((sum, byte) => sum * 128 + (bytes.u8(at + byte) & 0x7f), 0);
    at += 10 + size + (bytes.u8(at + 5) & 0x10 ? 10 : 0);
  }
  return at;
}

/** The first frame that another one follows: two bytes that look like a frame's head occur in any file. */
function firstFrame(bytes: MediaBytes): Frame | null {
  const from = afterTags(bytes);
  for (let at = from; at < from + LARGEST && at + 4 <= bytes.size; at++) {
    if (bytes.u8(at) !== 0xff) continue;
    const frame = frameAt(bytes, at);
    if (isFollowed(bytes, frame)) return frame;
  }
  return null;
}

/** By a frame of its kind, or by the end of the file where it is the only one. */
function isFollowed(bytes: MediaBytes, frame: Frame | null): frame is Frame {
  if (!frame || frame.length < 24) return false;
  const next = frame.at + frame.length;
  if (next + 4 > bytes.size) return true;
  const other = frameAt(bytes, next);
  return other?.layer === frame.layer && other.sampleRate === frame.sampleRate;
}

function probeMp3(bytes: MediaBytes): Probe {
  const frame = firstFrame(bytes);
  if (!frame) {
    const message = 'it holds a tag and no sound; copy it again';
    return { tech: {}, witness: {}, problem: { code: 'truncated', message } };
  }
  const counted = countedSamples(bytes, frame);
  const { sampleRate, channels, layer } = frame;
  const tech = { sampleRate, channels, codec: `MP${layer}` };
  if (counted !== null) return { tech: { ...tech, durationSamples: counted }, witness: {} };
  // One bit rate throughout is an assumption; `estimated` names what rests on it.
  const tail = bytes.size >= 128 && bytes.text(bytes.size - 128, 3) === 'TAG' ? 128 : 0;
  const durationSamples = Math.round(((bytes.size - frame.at - tail) * 8 * sampleRate) / frame.bitRate);
  return { tech: { ...tech, ...present({ durationSamples }), estimated: ['durationSamples'] }, witness: {} };
}

/** By the count in the first frame, less what the encoder added before and behind; null where there is none. */
function countedSamples(bytes: MediaBytes, { at, version, channels, samples }: Frame): number | null {
  const side = version === 1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  const xing = at + 4 + side;
  if (/^(Xing|Info)$/.test(bytes.tag(xing))) {
    const flags = bytes.u32(xing + 4);
    const frames = flags & 1 ? bytes.u32(xing + 8) : 0;
    if (frames === 0) return null;
    const lame =
      xing + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
    const added = /^[\x20-\x7e]{4}/.test(bytes.tag(lame)) ? bytes.u32(lame + 20) & 0xffffff : 0;
    return Math.max(0, frames * samples - (added >>> 12) - (added & 0xfff));
  }
  if (bytes.tag(at + 36) !== 'VBRI') return null;
  const frames = bytes.u32(at + 36 + 14);
  return frames > 0 ? frames * samples : null;
}

export const mp3: Prober = {
  id: 'mp3',
  suffixes: ['mp3', 'mp2'],
  looksLike: (bytes) => bytes.text(0, 3) === 'ID3' || isFollowed(bytes, frameAt(bytes, 0)),
  probe: probeMp3,
};
