import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { locatePcm } from '../../bridge/local/listen/locate.ts';
import { channelCount, PcmReader, type Pcm } from '../../bridge/local/listen/pcm.ts';
import {
  ffmpeg,
  newFolder,
  RATE,
  random,
  talk,
  writeMovie,
  writeWav,
  type WavOptions,
} from './listen-files.ts';

const folder = newFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

function open(path: string): { pcm: Pcm; reader: PcmReader } {
  const pcm = locatePcm(path);
  if ('what' in pcm) throw new Error(`not read in place: ${pcm.what}`);
  return { pcm, reader: new PcmReader(path, pcm) };
}

const farthest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, nth) => Math.max(most, Math.abs(value - b[nth]!)), 0);

const left = talk(1, 2.5);
const right = talk(2, 2.5);

describe('sound read in place', () => {
  const forms: [string, WavOptions, number][] = [
    ['16-bit WAV', { form: 16 }, 2 ** -15],
    ['24-bit WAV', { form: 24 }, 2 ** -23],
    ['32-bit WAV', { form: 32 }, 2 ** -24],
    ['float WAV', { form: 'float' }, 0],
    ['RF64', { form: 24, as: 'RF64' }, 2 ** -23],
    ['W64', { form: 24, as: 'W64' }, 2 ** -23],
    ['a WAV never finished', { form: 24, unfinished: true }, 2 ** -23],
    ['a WAV with bext and iXML before the sound', { timeReference: 1, ixml: '<BWFXML></BWFXML>' }, 2 ** -23],
  ];
  it.each(forms)('%s, each channel to the bit', (name, options, error) => {
    const { pcm, reader } = open(writeWav(at(`${name.replaceAll(' ', '-')}.wav`), [left, right], options));
    expect([pcm.sampleRate, channelCount(pcm), reader.length]).toEqual([RATE, 2, left.length]);
    expect(farthest(reader.read(0, left.length, [1, 0]), left)).toBeLessThanOrEqual(error);
    expect(farthest(reader.read(0, left.length, [0, 1]), right)).toBeLessThanOrEqual(error);
    expect(
      reader.readChannels(0, left.length).map((each, nth) => farthest(each, [left, right][nth]!) <= error),
    ).toEqual([true, true]);
    reader.close();
  });

  const codecs: [string, string, number][] = [
    ['mov', 'pcm_s16le', 2 ** -15],
    ['mov', 'pcm_s16be', 2 ** -15],
    ['mov', 'pcm_s24be', 2 ** -22],
    ['mov', 'pcm_s24le', 2 ** -22],
    ['mov', 'pcm_s32be', 2 ** -22],
    ['mov', 'pcm_f32le', 2 ** -22],
    ['mov', 'pcm_f64be', 2 ** -22],
    ['mov', 'pcm_s8', 2 ** -7],
    ['aiff', 'pcm_s16be', 2 ** -15],
    ['aiff', 'pcm_s24be', 2 ** -22],
    ['aiff', 'pcm_f32be', 2 ** -22],
    ['w64', 'pcm_s24le', 2 ** -22],
  ];
  it.each(codecs)('%s of %s as ffmpeg writes it', (container, codec, error) => {
    const path = at(`${codec}.${container}`);
    const source = writeWav(at('source.wav'), [left, right]);
    if (container === 'mov') writeMovie(path, [left, right], { codec });
    else ffmpeg('-i', source, '-c:a', codec, path);
    const { reader } = open(path);
    expect(Math.abs(reader.length - left.length)).toBeLessThanOrEqual(1920);
    const count = Math.min(reader.length, left.length);
    expect(farthest(reader.read(0, count, [1, 0]), left)).toBeLessThanOrEqual(error);
    expect(farthest(reader.read(0, count, [0, 1]), right)).toBeLessThanOrEqual(error);
    reader.close();
  });

  it('a camera MOV of two mono tracks is two channels', () => {
    const path = at('tracks.mov');
    const [one, two] = [writeWav(at('one.wav'), [left]), writeWav(at('two.wav'), [right])];
    ffmpeg(
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=64x36:rate=25',
      '-i',
      one,
      '-i',
      two,
      '-t',
      '2.5',
      '-map',
      '0:v',
      '-map',
      '1:a',
      '-map',
      '2:a',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-c:a',
      'pcm_s24le',
      path,
    );
    const { pcm, reader } = open(path);
    expect(channelCount(pcm)).toBe(2);
    expect(farthest(reader.read(0, 100_000, [0, 1]), right)).toBeLessThanOrEqual(2 ** -22);
    reader.close();
  });

  it('sound that begins after the picture is read where the picture says', () => {
    const path = at('late.mov');
    const source = writeWav(at('source.wav'), [left]);
    ffmpeg(
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=64x36:rate=25',
      '-itsoffset',
      '0.5',
      '-i',
      source,
      '-t',
      '3',
      '-map',
      '0:v',
      '-map',
      '1:a',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-bf',
      '0',
      '-c:a',
      'pcm_s16le',
      path,
    );
    const { reader } = open(path);
    const heard = reader.read(0, reader.length, [1]);
    expect(heard.subarray(0, 23_990).every((value) => value === 0)).toBe(true);
    expect(farthest(heard.subarray(24_000, 100_000), left)).toBeLessThanOrEqual(2 ** -15);
    reader.close();
  });

  it('any window equals the same part of the whole', () => {
    const { reader } = open(writeMovie(at('windows.mov'), [left, right], { codec: 'pcm_s24le' }));
    const whole = reader.read(0, reader.length, [0.5, 0.5]);
    const next = random(3);
    for (let nth = 0; nth < 50; nth++) {
      const start = Math.floor(Math.abs(next()) * whole.length);
      const count = Math.floor(Math.abs(next()) * 30_000);
      expect(reader.read(start, count, [0.5, 0.5])).toEqual(whole.slice(start, start + count));
    }
    reader.close();
  });

  it('only the sound of a movie is read, not its picture', () => {
    const path = at('large.mov');
    writeMovie(path, [talk(5, 20)], {
      more: ['-b:v', '8M', '-minrate', '8M', '-bufsize', '8M', '-s', '640x360'],
    });
    const { reader } = open(path);
    for (let from = 0; from < reader.length; from += 65_536) reader.read(from, 65_536, [1]);
    const sound = reader.length * 2;
    expect(statSync(path).size).toBeGreaterThan(sound * 1.5);
    expect(reader.bytesRead).toBe(sound);
    reader.close();
  });

  it('what is not PCM is refused by name', () => {
    const words = (name: string) => {
      const located = locatePcm(at(name));
      return 'what' in located ? located.what : 'read';
    };
    writeMovie(at('aac.mov'), [left], { codec: 'aac' });
    writeWav(at('source.wav'), [left]);
    ffmpeg('-i', at('source.wav'), at('sound.mp3'));
    ffmpeg('-i', at('source.wav'), '-c:a', 'adpcm_ms', at('adpcm.wav'));
    writeFileSync(at('empty.wav'), '');
    writeFileSync(at('cut.wav'), 'RIFF\x00\x00\x00\x00WAVE');
    expect(words('aac.mov')).toContain('mp4a');
    expect(words('sound.mp3')).toContain('container');
    expect(words('adpcm.wav')).toContain('format 2');
    expect(words('empty.wav')).toContain('no media');
    expect(words('cut.wav')).toContain('cut short');
  });
});
