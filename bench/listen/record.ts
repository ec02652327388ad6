/**
 * A source as one machine in one place records it: the room, noise, level, an automatic gain, its own clock and rate, a codec.
 * The direct sound arrives at no delay, so where two recordings lie against each other is known exactly.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import { transformSize } from '../../manifest/listen/features.ts';
import type { Fft } from '../../manifest/listen/types.ts';
import { Chance } from './chance.ts';
import { pink } from './sounds.ts';
import { SOURCE_RATE } from './voice.ts';

export interface Machine {
  seed: number;
  rate: number;
  /** Seconds the room takes to fall by 60 dB; the direct sound over all reflections, dB. */
  rt60: number;
  direct: number;
  /** Sound over the machine's own pink noise, dB. */
  snr: number;
  /** Loudest tenth of a second, dBFS, before any automatic gain. */
  level: number;
  agc: boolean;
  /** Parts per million by which its second is longer than the source's. */
  ppm: number;
  /** AAC at 96 kbit/s and back. */
  aac: boolean;
  inverted: boolean;
}

/** 16-bit words: `seconds` by the machine's clock, from source second `from` on; silence but for noise where the source has nothing. */
export function record(
  fft: Fft,
  source: Float32Array,
  from: number,
  seconds: number,
  machine: Machine,
): Int16Array {
  const chance = new Chance(machine.seed);
  const start = Math.floor(from * SOURCE_RATE) - 2 * SOURCE_RATE;
  const piece = new Float32Array(Math.ceil((seconds + 4) * SOURCE_RATE));
  const first = Math.max(0, start);
  const last = Math.min(source.length, start + piece.length);
  if (last > first) piece.set(source.subarray(first, last), first - start);
  const heard = reverberate(fft, piece, room(chance, machine));
  const out = resample(heard, from * SOURCE_RATE - start, machine, Math.round(seconds * machine.rate));
  level(out, chance, machine);
  if (machine.agc) compress(out, machine.rate);
  if (machine.inverted) for (let at = 0; at < out.length; at++) out[at] = -out[at]!;
  const words = sixteenBits(out);
  return machine.aac ? throughAac(words, machine.rate) : words;
}

function sixteenBits(out: Float32Array): Int16Array {
  const words = new Int16Array(out.length);
  for (let at = 0; at < out.length; at++)
    words[at] = Math.max(-32768, Math.min(32767, Math.round(out[at]! * 32768)));
  return words;
}

/** A direct pulse, some early reflections, and a noise that falls by 60 dB in rt60. */
function room(chance: Chance, { rt60, direct }: Machine): Float32Array {
  const answer = new Float32Array(Math.ceil(rt60 * SOURCE_RATE));
  for (let at = Math.round(0.003 * SOURCE_RATE); at < answer.length; at++) {
    const sparse = at < 0.03 * SOURCE_RATE ? (chance.next() < 0.03 ? 5 : 0) : 1;
    answer[at] = sparse * chance.bell() * 10 ** ((-3 * at) / answer.length);
  }
  let power = 0;
  for (const value of answer) power += value * value;
  const scale = power > 0 ? 10 ** (-direct / 20) / Math.sqrt(power) : 0;
  for (let at = 0; at < answer.length; at++) answer[at]! *= scale;
  answer[0] = 1;
  return answer;
}

/** Convolves, block by block. */
function reverberate(fft: Fft, signal: Float32Array, answer: Float32Array): Float32Array {
  const size = transformSize(Math.max(65536, answer.length * 4), true);
  const step = size - answer.length;
  const transform = fft.open(size, 3);
  const out = new Float32Array(signal.length);
  transform.buffer(0).fill(0).set(answer);
  transform.forward(0, 0, 'native');
  for (let from = 0; from < signal.length; from += step) {
    transform
      .buffer(1)
      .fill(0)
      .set(signal.subarray(from, from + step));
    transform.forward(1, 1, 'native');
    transform.buffer(2).fill(0);
    transform.multiplyAdd(0, 1, 2, 1 / size);
    transform.inverse(2, 2, 'native');
    const block = transform.buffer(2);
    for (let at = 0; at < size && from + at < out.length; at++) out[from + at]! += block[at]!;
  }
  transform.close();
  return out;
}

const CROSSINGS = 12;
const STEPS = 1024;
const SINC = Float32Array.from({ length: CROSSINGS * STEPS + 2 }, (_, at) => {
  const x = at / STEPS;
  const bell = 0.5 + 0.5 * Math.cos((Math.PI * Math.min(x, CROSSINGS)) / CROSSINGS);
  return x === 0 ? 1 : (Math.sin(Math.PI * x) / (Math.PI * x)) * bell;
});

/** The source at the machine's rate and clock, by a windowed sinc. */
function resample(signal: Float32Array, origin: number, { rate, ppm }: Machine, count: number): Float32Array {
  const out = new Float32Array(count);
  // A slow clock's second is longer, so it takes fewer samples of the same sound.
  const step = (SOURCE_RATE / rate) * (1 + ppm / 1e6);
  for (let at = 0; at < count; at++) {
    const position = origin + at * step;
    const middle = Math.floor(position);
    let sum = 0;
    for (let near = middle - CROSSINGS + 1; near <= middle + CROSSINGS; near++) {
      const far = Math.abs(near - position) * STEPS;
      sum += (signal[near] ?? 0) * SINC[(far + 0.5) | 0]!;
    }
    out[at] = sum;
  }
  return out;
}

/** To the machine's level, with its noise under it. */
function level(out: Float32Array, chance: Chance, { rate, snr, level: wanted }: Machine): void {
  const tenth = Math.round(rate / 10);
  let loudest = 0;
  let total = 0;
  let active = 0;
  for (let from = 0; from + tenth <= out.length; from += tenth) {
    let power = 0;
    for (let at = from; at < from + tenth; at++) power += out[at]! * out[at]!;
    loudest = Math.max(loudest, power / tenth);
    if (power / tenth > 1e-6) {
      total += power / tenth;
      active++;
    }
  }
  const gain = loudest > 0 ? 10 ** (wanted / 20) / Math.sqrt(loudest) : 1;
  // Where nothing is heard, the noise is that of a quiet room.
  const loud = active > 0 ? Math.sqrt(total / active) * gain : 10 ** (-50 / 20) * 10 ** (snr / 20);
  const noise = pink(chance, out.length);
  const scale = loud * 10 ** (-snr / 20);
  for (let at = 0; at < out.length; at++) out[at] = out[at]! * gain + noise[at]! * scale;
}

/** A camera's automatic gain: 8 to 1 above −30 dBFS, quick down, slow up, then made loud again. */
function compress(out: Float32Array, rate: number): void {
  const [quick, slow] = [Math.exp(-1 / (0.005 * rate)), Math.exp(-1 / (0.3 * rate))];
  let envelope = 0;
  for (let at = 0; at < out.length; at++) {
    const size = Math.abs(out[at]!);
    const keep = size > envelope ? quick : slow;
    envelope = keep * envelope + (1 - keep) * size;
    const over = envelope > 0.03 ? (envelope / 0.03) ** (1 / 8 - 1) : 1;
    out[at] = out[at]! * over * 6;
  }
}

/** What ffmpeg's AAC makes of it; the encoder's lead-in is taken off, as an MP4's edit list does. */
function throughAac(out: Int16Array, rate: number): Int16Array {
  const folder = mkdtempSync(join(tmpdir(), 'baton-aac-'));
  try {
    const [raw, coded, back] = ['in.raw', 'a.m4a', 'out.raw'].map((name) => join(folder, name));
    const shape = ['-f', 's16le', '-ar', String(rate), '-ac', '1'];
    const quiet = ['-v', 'error', '-y'];
    writeFileSync(raw!, out);
    execFileSync(ffmpeg.path, [...quiet, ...shape, '-i', raw!, '-c:a', 'aac', '-b:a', '96k', coded!]);
    execFileSync(ffmpeg.path, [...quiet, '-i', coded!, ...shape, back!]);
    const bytes = readFileSync(back!);
    return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~1)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
