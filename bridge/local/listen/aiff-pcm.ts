/** Where the sound of an AIFF or AIFC lies, where it is PCM. */
import type { MediaBytes } from '../probe/bytes.ts';
import { extended } from '../probe/aiff.ts';
import type { Elsewhere } from './locate.ts';
import { bytesOf, type Pcm, type SampleForm } from './pcm.ts';

const MOST_CHUNKS = 256;

export const isAiff = (bytes: MediaBytes) => bytes.tag(0) === 'FORM' && /^AIF[FC]$/.test(bytes.tag(8));

export function aiffPcm(bytes: MediaBytes): Pcm | Elsewhere {
  let common: { channels: number; bits: number; sampleRate: number; coding: string } | undefined;
  let sound: { body: number; end: number } | undefined;
  for (let at = 12, count = 0; count < MOST_CHUNKS && at + 8 <= bytes.size; count++) {
    const [id, size] = [bytes.tag(at), bytes.u32(at + 4)];
    const body = at + 8;
    if (id === 'COMM' && size >= 18)
      common ??= {
        channels: bytes.u16(body),
        bits: bytes.u16(body + 6),
        sampleRate: extended(bytes, body + 8) ?? 0,
        coding: bytes.tag(8) === 'AIFC' && size >= 22 ? bytes.tag(body + 18) : 'NONE',
      };
    // The sound begins behind an offset and a block size.
    else if (id === 'SSND')
      sound ??= { body: body + 8 + bytes.u32(body), end: Math.min(body + size, bytes.size) };
    at = body + size + (size % 2);
  }
  if (!common || !sound) return { what: 'an AIFF cut short' };
  const form = formOf(common.coding, common.bits);
  if (!form || common.channels < 1 || common.sampleRate < 1)
    return { what: `an AIFC in ${common.coding.trim()}` };
  const block = common.channels * bytesOf(form);
  const samples = Math.max(0, Math.floor((sound.end - sound.body) / block));
  return {
    sampleRate: common.sampleRate,
    strands: [{ form, channels: common.channels, block, extents: [{ at: sound.body, samples }], delay: 0 }],
  };
}

function formOf(coding: string, bits: number): SampleForm | null {
  const float = /^fl(32|64)$/i.exec(coding);
  if (float) return `f${float[1] as '32' | '64'}be`;
  if (coding === 'in24') return 'i24be';
  if (coding === 'in32') return 'i32be';
  if (coding !== 'NONE' && coding !== 'twos' && coding !== 'sowt') return null;
  const whole = Math.ceil(bits / 8);
  if (whole === 1) return 'i8';
  if (whole < 2 || whole > 4) return null;
  return `i${(whole * 8) as 16 | 24 | 32}${coding === 'sowt' ? 'le' : 'be'}`;
}
