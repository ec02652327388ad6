/** AIFF and AIFC: rate, length, channels and coding. The format has no place for timecode. */
import type { MediaBytes } from './bytes.ts';
import { present, type Probe, type Prober } from './prober.ts';
import { cutShort } from './wav.ts';

const MOST_CHUNKS = 256;

interface Common {
  channels: number;
  frames: number;
  bits: number;
  sampleRate: number | undefined;
  /** Four letters in AIFC; NONE in AIFF. */
  coding: string;
}

function probeAiff(bytes: MediaBytes): Probe {
  let common: Common | undefined;
  let sound: { body: number; end: number } | undefined;
  const compressed = bytes.tag(8) === 'AIFC';
  for (let at = 12, count = 0; count < MOST_CHUNKS && at + 8 <= bytes.size; count++) {
    const [id, size] = [bytes.tag(at), bytes.u32(at + 4)];
    const body = at + 8;
    if (id === 'COMM' && size >= 18) common ??= readCommon(bytes, body, compressed && size >= 22);
    // The sound begins behind an offset and a block size.
    else if (id === 'SSND') sound ??= { body: body + 8 + bytes.u32(body), end: body + size };
    at = body + size + (size % 2);
  }
  if (!common || !sound) {
    const what = common ? 'any sound (SSND)' : 'how it was recorded (COMM)';
    return { tech: {}, witness: {}, problem: cutShort(`it ends before it says ${what}`) };
  }
  const { channels, sampleRate, bits, coding } = common;
  const block = channels * Math.ceil(bits / 8);
  const whole = coding in PCM && sound.end > bytes.size && block > 0;
  const there = whole
    ? Math.max(0, Math.floor((bytes.size - sound.body) / block))
    : common.frames * (PACKET_FRAMES[coding] ?? 1);
  const problem =
    sound.end > bytes.size
      ? cutShort(`its header promises sound up to byte ${sound.end} and the file has ${bytes.size}`)
      : undefined;
  return {
    tech: present({
      sampleRate,
      durationSamples: there,
      channels,
      codec: PCM[coding] ? `${PCM[coding]} ${bits}-bit` : coding.trim() || undefined,
    }),
    witness: {},
    ...present({ problem }),
  };
}

const PCM: Record<string, string> = {
  NONE: 'PCM',
  twos: 'PCM',
  sowt: 'PCM',
  in24: 'PCM',
  in32: 'PCM',
  fl32: 'float',
  FL32: 'float',
  fl64: 'float',
  FL64: 'float',
};

/** Samples of one packet where the header counts packets. */
const PACKET_FRAMES: Record<string, number> = { ima4: 64 };

function readCommon(bytes: MediaBytes, body: number, hasCoding: boolean): Common {
  return {
    channels: bytes.u16(body),
    frames: bytes.u32(body + 2),
    bits: bytes.u16(body + 6),
    sampleRate: extended(bytes, body + 8),
    coding: hasCoding ? bytes.tag(body + 18) : 'NONE',
  };
}

/** The 80-bit float sample rates are written as; undefined where it is no whole rate. */
export function extended(bytes: MediaBytes, at: number): number | undefined {
  const exponent = (bytes.u16(at) & 0x7fff) - 16383;
  if (exponent < 0 || exponent > 31) return undefined;
  const value = bytes.u32(at + 2) * 2 ** (exponent - 31) + bytes.u32(at + 6) * 2 ** (exponent - 63);
  const rate = Math.round(value);
  return rate > 0 ? rate : undefined;
}

export const aiff: Prober = {
  id: 'aiff',
  suffixes: ['aif', 'aiff', 'aifc'],
  looksLike: (bytes) => bytes.tag(0) === 'FORM' && /^AIF[FC]$/.test(bytes.tag(8)),
  probe: probeAiff,
};
