/** Containers that are known by their first bytes and read by ffprobe only: AVI, MPEG streams, Matroska, Ogg, CAF, AAC, ASF. */
import type { MediaBytes } from './bytes.ts';
import type { Prober } from './prober.ts';

const KNOWN: [name: string, looksLike: (bytes: MediaBytes) => boolean][] = [
  ['an AVI', (bytes) => bytes.tag(0) === 'RIFF' && bytes.tag(8) === 'AVI '],
  // Packets of 188 bytes, or of 192 with a time stamp before each (AVCHD).
  ['an MPEG transport stream', (bytes) => [0, 4].some((at) => everyPacket(bytes, at, at === 0 ? 188 : 192))],
  ['an MPEG program stream', (bytes) => bytes.u32(0) === 0x1ba || bytes.u32(0) === 0x1b3],
  ['a Matroska or WebM file', (bytes) => bytes.u32(0) === 0x1a45dfa3],
  ['an Ogg file', (bytes) => bytes.tag(0) === 'OggS'],
  ['a Core Audio file', (bytes) => bytes.tag(0) === 'caff'],
  ['a bare AAC stream', (bytes) => (bytes.u16(0) & 0xfff6) === 0xfff0],
  ['a Windows Media file', (bytes) => bytes.u32(0) === 0x3026b275],
];

const everyPacket = (bytes: MediaBytes, at: number, step: number) =>
  bytes.size > at + 2 * step && [0, 1, 2].every((nth) => bytes.u8(at + nth * step) === 0x47);

export const elsewhere: Prober = {
  id: 'elsewhere',
  suffixes: ['avi', 'mts', 'm2ts', 'mpg', 'mpeg', 'mkv', 'webm', 'aac', 'ogg', 'caf'],
  looksLike: (bytes) => KNOWN.some(([, looksLike]) => looksLike(bytes)),
  probe: (bytes) => {
    const name = KNOWN.find(([, looksLike]) => looksLike(bytes))?.[0] ?? 'a file';
    return { tech: {}, witness: {}, problem: { code: 'needs-ffprobe', message: needsFfprobe(name) } };
  },
};

/** What to do where there is no ffprobe. */
export function needsFfprobe(what: string): string {
  return `it is ${what}, which Baton reads through ffprobe, and there is none; install ffmpeg, or set FFPROBE_PATH to your ffprobe, and scan again`;
}
