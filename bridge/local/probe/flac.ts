/** FLAC: rate, length, channels from its first block, and the broadcast WAV chunks that archivists keep in later ones. */
import { present, type Probe, type Prober } from './prober.ts';
import type { MediaBytes } from './bytes.ts';
import { readBext, readIxml } from './wav.ts';
import { soundFacts, type Bext } from './wav-facts.ts';

const MOST_BLOCKS = 128;
const STREAM_INFO = 0;
const APPLICATION = 2;

function probeFlac(bytes: MediaBytes): Probe {
  if ((bytes.u8(4) & 0x7f) !== STREAM_INFO || bytes.size < 42) {
    const message = 'it ends before it says how it was recorded; copy it again';
    return { tech: {}, witness: {}, problem: { code: 'truncated', message } };
  }
  // 20 bits of rate, 3 of channels less one, 5 of bits less one, 36 of samples, 0 where the writer did not know.
  const [word, low] = [bytes.u32(18), bytes.u32(22)];
  const [sampleRate, channels, bits] = [word >>> 12, ((word >>> 9) & 7) + 1, ((word >>> 4) & 31) + 1];
  const samples = (word & 15) * 2 ** 32 + low;
  const { bext, ixml } = kept(bytes);
  const format = { tag: 1, channels, sampleRate, blockAlign: channels * Math.ceil(bits / 8), bits };
  const facts = soundFacts({ format, dataBytes: samples * format.blockAlign, fact: undefined, bext, ixml });
  const { durationSamples: _unknown, ...tech } = facts.tech;
  return {
    tech: { ...tech, ...(samples > 0 ? { durationSamples: samples } : {}), codec: `FLAC ${bits}-bit` },
    witness: facts.witness,
    ...present({ problem: facts.problem }),
  };
}

/** `flac --keep-foreign-metadata` stores each chunk of the WAV in an application block named riff. */
function kept(bytes: MediaBytes): { bext: Bext | null; ixml: string | undefined } {
  let bext: Bext | null = null;
  let ixml: string | undefined;
  for (let at = 4, count = 0; count < MOST_BLOCKS && at + 4 <= bytes.size; count++) {
    const head = bytes.u32(at);
    const end = Math.min(at + 4 + (head & 0xffffff), bytes.size);
    if (((head >>> 24) & 0x7f) === APPLICATION && end - at > 16 && bytes.tag(at + 4) === 'riff') {
      const chunk = { id: bytes.tag(at + 8), body: at + 16, size: end - at - 16, end };
      if (chunk.id === 'bext') bext ??= readBext(bytes, chunk);
      if (chunk.id === 'iXML') ixml ??= readIxml(bytes, chunk);
    }
    if (head >>> 31 === 1) break;
    at = end;
  }
  return { bext, ixml };
}

export const flac: Prober = {
  id: 'flac',
  suffixes: ['flac'],
  looksLike: (bytes) => bytes.tag(0) === 'fLaC',
  probe: probeFlac,
};
