/** Sound for listening tests: a scene that sounds like talk, what a camera hears of it, and files of every form PCM comes in. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpegPath } from '../../cli/demo/ffmpeg.ts';

export const RATE = 48_000;
const FFMPEG = await ffmpegPath();

export function ffmpeg(...options: string[]): void {
  execFileSync(FFMPEG, ['-hide_banner', '-loglevel', 'error', '-y', ...options]);
}

export const newFolder = () => mkdtempSync(join(tmpdir(), 'baton-listen-test-'));

/** The same numbers again and again from one seed, in ±1. */
export function random(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Syllables of changing pitch, colour and length, with pauses: no two seeds alike. */
export function talk(seed: number, seconds: number): Float32Array {
  const next = random(seed);
  const samples = new Float32Array(Math.round(seconds * RATE));
  for (let at = 0; at < samples.length;) {
    const length = Math.round((0.12 + 0.1 * (next() + 1)) * RATE);
    const pitch = 120 + 60 * next();
    const formants = [500 + 300 * next(), 1500 + 700 * next(), 2900 + 900 * next()];
    const hiss = Math.max(0, next()) * 0.3;
    const harmonics = Array.from({ length: 29 }, (_, nth) => {
      const hz = (nth + 1) * pitch;
      const loud = formants.reduce((sum, each) => sum + 1 / (1 + ((hz - each) / 120) ** 2), 0) / 12;
      return [loud, (2 * Math.PI * hz) / RATE, nth + 1] as const;
    }).filter(([loud]) => loud > 0.004);
    for (let nth = 0; nth < length && at + nth < samples.length; nth++) {
      const shape = Math.sin((Math.PI * nth) / length) ** 0.5;
      let value = hiss * next();
      for (const [loud, step, phase] of harmonics) value += loud * Math.sin(step * nth + phase);
      samples[at + nth] = 0.25 * shape * value;
    }
    at += length + Math.round((next() > 0.5 ? 0.25 + 0.25 * next() : 0.03) * RATE);
  }
  return samples;
}

/** What a camera some metres away hears: a stretch of it, from `from` samples on, duller, with echoes and hiss. */
export function overheard(scene: Float32Array, from: number, seconds: number, seed = 1): Float32Array {
  const next = random(seed + 77);
  const echoes = Array.from({ length: 24 }, () => [
    Math.round((0.004 + 0.12 * Math.abs(next())) * RATE),
    0.3 * next(),
  ]);
  const heard = new Float32Array(Math.round(seconds * RATE));
  let dull = 0;
  for (let nth = 0; nth < heard.length; nth++) {
    const at = from + nth;
    let value = scene[at] ?? 0;
    for (const [late, loud] of echoes) value += (scene[at - late!] ?? 0) * loud!;
    dull += 0.5 * (value - dull);
    heard[nth] = 0.4 * dull + 0.004 * next();
  }
  return heard;
}

/** A slate's clap: bright, sudden, gone in a tenth of a second. */
export function clapInto(samples: Float32Array, at: number, level = 0.8): void {
  const next = random(4242);
  for (let nth = 0; nth < 0.15 * RATE && at + nth < samples.length; nth++)
    samples[at + nth]! += level * next() * Math.exp(-nth / (0.008 * RATE));
}

export type WavForm = 16 | 24 | 32 | 'float';
export interface WavOptions {
  form?: WavForm;
  /** bext TimeReference, samples since midnight; none where absent. */
  timeReference?: number;
  rate?: string;
  ixml?: string;
  as?: 'RIFF' | 'RF64' | 'W64';
  /** A recorder that lost power: the sizes never written. */
  unfinished?: boolean;
}

/** One WAV of these channels. */
export function writeWav(path: string, channels: Float32Array[], options: WavOptions = {}): string {
  writeFileSync(path, wavBytes(channels, options));
  return path;
}

function wavBytes(channels: Float32Array[], options: WavOptions): Buffer {
  const { form = 24, as = 'RIFF', unfinished = false } = options;
  const sound = interleave(channels, form);
  const width = form === 'float' ? 4 : form / 8;
  const fmt = Buffer.alloc(16);
  fmt.writeUInt16LE(form === 'float' ? 3 : 1, 0);
  fmt.writeUInt16LE(channels.length, 2);
  fmt.writeUInt32LE(RATE, 4);
  fmt.writeUInt32LE(RATE * channels.length * width, 8);
  fmt.writeUInt16LE(channels.length * width, 12);
  fmt.writeUInt16LE(width * 8, 14);
  if (as === 'W64') return w64Bytes(fmt, sound);
  const chunk = (id: string, body: Buffer, size = body.length) => {
    const head = Buffer.alloc(8);
    head.write(id, 0, 'latin1');
    head.writeUInt32LE(size, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const before: Buffer[] = [];
  if (options.timeReference !== undefined) {
    const bext = Buffer.alloc(602);
    bext.write('Test recorder', 256, 'latin1');
    bext.writeBigUInt64LE(BigInt(options.timeReference), 338);
    before.push(chunk('bext', bext));
  }
  if (options.ixml !== undefined) before.push(chunk('iXML', Buffer.from(options.ixml, 'utf8')));
  const size = unfinished ? 0 : as === 'RF64' ? 0xffffffff : sound.length;
  const ds64 = Buffer.alloc(28);
  ds64.writeBigUInt64LE(BigInt(sound.length), 8);
  const parts = [
    Buffer.from('WAVE'),
    ...(as === 'RF64' ? [chunk('ds64', ds64)] : []),
    ...before,
    chunk('fmt ', fmt),
    chunk('data', sound, size),
  ];
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write(as, 0, 'latin1');
  head.writeUInt32LE(as === 'RF64' ? 0xffffffff : body.length, 4);
  return Buffer.concat([head, body]);
}

function w64Bytes(fmt: Buffer, sound: Buffer): Buffer {
  const tail = Buffer.from('f3acd3118cd100c04f8edb8a', 'hex');
  const chunk = (id: string, body: Buffer) => {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(body.length + 24));
    return Buffer.concat([Buffer.from(id), tail, size, body, Buffer.alloc((8 - (body.length % 8)) % 8)]);
  };
  const body = Buffer.concat([
    Buffer.concat([Buffer.from('wave'), tail]),
    chunk('fmt ', fmt),
    chunk('data', sound),
  ]);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(body.length + 24));
  return Buffer.concat([Buffer.from('726966662e91cf11a5d628db04c10000', 'hex'), size, body]);
}

function interleave(channels: Float32Array[], form: WavForm): Buffer {
  const width = form === 'float' ? 4 : form / 8;
  const bytes = Buffer.alloc(channels[0]!.length * channels.length * width);
  const full = form === 'float' ? 1 : 2 ** (form - 1);
  let at = 0;
  for (let nth = 0; nth < channels[0]!.length; nth++)
    for (const channel of channels) {
      const value = channel[nth]!;
      if (form === 'float') bytes.writeFloatLE(value, at);
      else bytes.writeIntLE(Math.max(-full, Math.min(full - 1, Math.round(value * full))), at, width);
      at += width;
    }
  return bytes;
}

export interface MovieOptions {
  /** ffmpeg's words for the sound: `pcm_s16le`, `aac`. */
  codec?: string;
  fps?: string;
  timecode?: string;
  more?: string[];
}

/** A small picture with this sound in it. */
export function writeMovie(path: string, channels: Float32Array[], options: MovieOptions = {}): string {
  const { codec = 'pcm_s16le', fps = '25', timecode, more = [] } = options;
  const wav = `${path}.source.wav`;
  writeWav(wav, channels, { form: 24 });
  const seconds = channels[0]!.length / RATE;
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=64x36:rate=${fps}`, '-i', wav, '-t', String(seconds)];
  const coded = ['-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-preset', 'ultrafast', '-threads', '1'];
  ffmpeg(...picture, ...coded, '-c:a', codec, ...(timecode ? ['-timecode', timecode] : []), ...more, path);
  execFileSync('rm', [wav]);
  return path;
}
