/**
 * Where the uncompressed sound of a file lies: WAV, RF64, W64, AIFF, and the PCM tracks of MOV and MP4. Everything else is
 * refused in words, and ffmpeg decodes it.
 */
import { WINDOW, withBytes, type MediaBytes } from '../probe/bytes.ts';
import { boxAt } from '../probe/mov-boxes.ts';
import { FIRST_BOXES } from '../probe/mov-movie.ts';
import { chunks as w64Chunks, w64 } from '../probe/w64.ts';
import { chunks as wavChunks, readFormat, wav, type Chunk } from '../probe/wav.ts';
import { aiffPcm, isAiff } from './aiff-pcm.ts';
import { movPcm } from './mov-pcm.ts';
import { bytesOf, type Pcm, type SampleForm } from './pcm.ts';

/** Why a file's sound is not read in place: `what` it is, to be said where there is no ffmpeg either. */
export interface Elsewhere {
  what: string;
}

/** Throws what the disk throws. */
export function locatePcm(path: string): Pcm | Elsewhere {
  return withBytes(path, (bytes, stats) => {
    if (!stats.isFile() || bytes.size === 0) return { what: 'no media file' };
    bytes.ahead = WINDOW;
    if (wav.looksLike(bytes)) return chunksPcm(bytes, wavChunks(bytes));
    if (w64.looksLike(bytes)) return chunksPcm(bytes, w64Chunks(bytes));
    if (isAiff(bytes)) return aiffPcm(bytes);
    if (FIRST_BOXES.includes(boxAt(bytes, 0, bytes.size)?.type ?? 0)) return movPcm(bytes);
    return { what: 'a container Baton does not read sound from' };
  });
}

function chunksPcm(bytes: MediaBytes, chunks: Iterable<Chunk>): Pcm | Elsewhere {
  let format: ReturnType<typeof readFormat> = null;
  let data: Chunk | undefined;
  for (const chunk of chunks) {
    if (chunk.id === 'fmt ') format ??= readFormat(bytes, chunk);
    else if (chunk.id === 'data') data ??= chunk;
    if (format && data) break;
  }
  if (!format || !data) return { what: 'a WAV cut short' };
  const { tag, channels, sampleRate, blockAlign, bits } = format;
  const form = formOf(tag, Math.round((blockAlign * 8) / Math.max(1, channels)) || bits);
  if (!form || channels < 1 || sampleRate < 1 || blockAlign < channels * bytesOf(form))
    return { what: `a WAV of format ${tag}, ${bits}-bit` };
  // A recorder that lost power never wrote the size; its sound goes on to the end of the file.
  const end = data.size === 0 || data.size === 0xffffffff ? bytes.size : data.end;
  const samples = Math.floor((end - data.body) / blockAlign);
  return {
    sampleRate,
    strands: [{ form, channels, block: blockAlign, extents: [{ at: data.body, samples }], delay: 0 }],
  };
}

function formOf(tag: number, bits: number): SampleForm | null {
  if (tag === 1 && bits === 8) return 'u8';
  if (tag === 1 && (bits === 16 || bits === 24 || bits === 32)) return `i${bits}le`;
  if (tag === 3 && (bits === 32 || bits === 64)) return `f${bits}le`;
  return null;
}
