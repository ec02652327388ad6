import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { locatePcm } from '../../bridge/local/listen/locate.ts';
import { PcmReader } from '../../bridge/local/listen/pcm.ts';
import { LtcDecoder } from '../../manifest/listen/ltc.ts';
import { ltcStartSamples, readLtc } from '../../manifest/listen/ltc-reading.ts';
import { writeLtc } from '../manifest/ltc-writer.ts';
import { ffmpeg, newFolder, random, RATE, talk, writeWav } from './listen-files.ts';

const folder = newFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

function channels(path: string): Float32Array[] {
  const pcm = locatePcm(path);
  if ('what' in pcm) throw new Error(pcm.what);
  const reader = new PcmReader(path, pcm);
  const read = reader.readChannels(0, reader.length);
  reader.close();
  return read;
}

/** Codec, its file, its bit rate, and how far above the hiss the timecode lies, dB. */
const CODED: [string, string, string, number][] = [
  ['aac', 'mov', '128k', 20],
  ['aac', 'mov', '64k', 20],
  ['libmp3lame', 'mp3', '128k', 8],
  ['pcm_s16le', 'mov', '1M', 5],
];

it.each(CODED)(
  'LTC in a channel of %s (%s, %s), %i dB over the hiss, is read to the sample',
  (codec, suffix, bits, over) => {
    const clean = writeLtc({ fps: 25, count: 25, from: [10, 0, 0, 0], frames: 300, level: 0.2, rise: 0.25 });
    const next = random(5);
    const hiss = 0.2 * 10 ** (-over / 20) * Math.sqrt(3);
    const source = writeWav(at('source.wav'), [clean.map((value) => value + hiss * next()), talk(3, 12)]);
    ffmpeg('-i', source, '-c:a', codec, '-b:a', bits, at(`coded.${suffix}`));
    ffmpeg('-i', at(`coded.${suffix}`), '-c:a', 'pcm_s16le', at('decoded.wav'));
    const [timecode, voice] = channels(at('decoded.wav'));
    const reading = readLtc(new LtcDecoder(RATE).push(timecode!), RATE)!;
    expect(reading.rate).toEqual({ num: 25, den: 1, drop: false });
    expect(Math.abs(ltcStartSamples(reading, RATE) - 36_000 * RATE)).toBeLessThanOrEqual(2);
    expect(readLtc(new LtcDecoder(RATE).push(voice!), RATE)).toBeNull();
  },
);
