/** Sony Wave64: the chunks of a WAV under 16-byte names and 64-bit sizes. */
import type { MediaBytes } from './bytes.ts';
import type { Prober } from './prober.ts';
import { probeChunks, type Chunk } from './wav.ts';

/** A name of 16 bytes and a size that counts itself and the name. */
const HEADER = 24;
const MOST_CHUNKS = 256;
const RIFF = '\x72\x69\x66\x66\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00';
/** What follows the four letters in every other name. */
const TAIL = '\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a';

export function* chunks(bytes: MediaBytes): Generator<Chunk> {
  let at = HEADER + 16;
  for (let count = 0; count < MOST_CHUNKS && at + HEADER <= bytes.size; count++) {
    const name = bytes.text(at, 16);
    const size = bytes.u64le(at + 16);
    if (size < HEADER) return;
    const body = at + HEADER;
    const id = name.endsWith(TAIL) ? name.slice(0, 4) : '';
    yield { id, body, size: size - HEADER, end: Math.min(at + size, bytes.size) };
    at += Math.ceil(size / 8) * 8;
  }
}

export const w64: Prober = {
  id: 'w64',
  suffixes: ['w64'],
  looksLike: (bytes) => bytes.text(0, 16) === RIFF,
  probe: (bytes) => probeChunks(bytes, chunks(bytes)),
};
