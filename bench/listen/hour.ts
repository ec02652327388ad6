/** An hour against an hour, from files, in a process of its own so that its memory is nobody else's: time, memory, error. */
import { closeSync, openSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { loadFft } from '../../bridge/local/listen/fft.ts';
import { Ear } from '../../manifest/listen/features.ts';
import { listen } from '../../manifest/listen/listen.ts';
import { RATES } from '../../manifest/time/rate.ts';
import type { Features, Fft, Heard, Side } from '../../manifest/listen/types.ts';
import { Chance } from './chance.ts';
import { record, type Machine } from './record.ts';
import { dialogue } from './voice.ts';

export interface Case {
  name: string;
  /** Sound start − picture start, seconds. */
  offset: number;
  ppm: number;
  snr: number;
}

export const CASES: Case[] = [
  { name: '-812 s, 5 ppm, 10 dB', offset: -812, ppm: 5, snr: 10 },
  { name: '+642 s, 40 ppm, 10 dB', offset: 642, ppm: 40, snr: 10 },
  { name: '-900 s, -40 ppm, 3 dB', offset: -900, ppm: -40, snr: 3 },
  { name: '+17 s, 0 ppm, 15 dB', offset: 17, ppm: 0, snr: 15 },
];
const HOUR = 3600;
const RATE = 48000;

/** What the child measured. Seconds of processor, MB. */
export interface Measured {
  heard: Heard;
  unpack: number;
  features: number;
  compare: number;
  memory: number;
  /** Bytes read beyond those the features needed. */
  windows: number;
}

/** Writes both hours as 16-bit words; the picture's clock is off by `ppm`. `minutes` shortens it for a try. */
export function makeCase(
  fft: Fft,
  each: Case,
  files: { picture: string; sound: string },
  seconds = HOUR,
): void {
  const chance = new Chance(Math.round(each.offset * 100 + each.ppm));
  const source = dialogue(chance, seconds + Math.abs(each.offset));
  const machine = (more: Partial<Machine>): Machine => ({
    seed: chance.whole(2 ** 31),
    rate: RATE,
    rt60: chance.between(0.3, 0.7),
    direct: 3,
    snr: 25,
    level: -18,
    agc: false,
    ppm: 0,
    aac: false,
    inverted: false,
    ...more,
  });
  const starts = { picture: Math.max(0, -each.offset), sound: Math.max(0, each.offset) };
  write(
    files.picture,
    record(fft, source, starts.picture, seconds, machine({ snr: each.snr, ppm: each.ppm })),
  );
  write(files.sound, record(fft, source, starts.sound, seconds, machine({ direct: 10 })));
}

function write(file: string, words: Int16Array): void {
  const handle = openSync(file, 'w');
  writeSync(handle, words);
  closeSync(handle);
}

const BLOCK = 1 << 16;

/** Reads and unpacks a file in blocks, as any caller must. */
function* blocks(file: string): Generator<Float32Array> {
  const handle = openSync(file, 'r');
  const words = new Int16Array(BLOCK);
  const out = new Float32Array(BLOCK);
  for (;;) {
    const count = readSync(handle, words, 0, BLOCK * 2, null) / 2;
    for (let at = 0; at < count; at++) out[at] = words[at]! / 32768;
    if (count > 0) yield out.subarray(0, count);
    if (count < BLOCK) break;
  }
  closeSync(handle);
}

let read = 0;

/** Seconds of processor used so far: one thread's work, whatever else the machine does meanwhile. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** MB this process ever held; what it inherited from its parent does not count, as it does in getrusage. */
function mostMemory(): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

function windowOf(file: string): Side['read'] {
  const handle = openSync(file, 'r');
  return async (start, count) => {
    const words = new Int16Array(count);
    const got = readSync(handle, words, 0, count * 2, start * 2) / 2;
    read += got * 2;
    const out = new Float32Array(got);
    for (let at = 0; at < got; at++) out[at] = words[at]! / 32768;
    return out;
  };
}

/** Run in the child: median times of `rounds`. */
export async function measure(picture: string, sound: string, rounds = 3): Promise<Measured> {
  const fft = await loadFft();
  const times: { unpack: number; features: number; compare: number }[] = [];
  let heard: Heard | undefined;
  for (let round = 0; round < rounds; round++) {
    const start = cpu();
    let count = 0;
    for (const file of [picture, sound]) for (const block of blocks(file)) count += block.length;
    const unpacked = cpu();
    const made: Features[] = [picture, sound].map((file) => {
      const ear = new Ear(fft, RATE);
      for (const block of blocks(file)) ear.hear(block);
      return ear.close();
    });
    const heardAll = cpu();
    read = 0;
    heard = await listen(
      { features: made[0]!, read: windowOf(picture) },
      { features: made[1]!, read: windowOf(sound) },
      { fft, frameRate: RATES['24'] },
    );
    const end = cpu();
    if (count * 2 !== statSync(picture).size + statSync(sound).size) throw new Error('not all was read');
    times.push({
      unpack: unpacked - start,
      features: heardAll - unpacked - (unpacked - start),
      compare: end - heardAll,
    });
  }
  const middle = (of: (each: (typeof times)[number]) => number) =>
    times.map(of).sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
  return {
    heard: heard!,
    unpack: middle((each) => each.unpack),
    features: middle((each) => each.features),
    compare: middle((each) => each.compare),
    memory: mostMemory(),
    windows: read,
  };
}

/** What people write: both at 8 kHz, one correlation of everything, the highest place. Seconds and the offset found. */
export async function plainCorrelation(
  picture: string,
  sound: string,
): Promise<{ seconds: number; offset: number; memory: number }> {
  const fft = await loadFft();
  const start = cpu();
  const step = 6;
  const load = (file: string, into: Float32Array) => {
    let [at, sum, nth] = [0, 0, 0];
    for (const block of blocks(file))
      for (const value of block) {
        sum += value;
        if (++nth === step) {
          into[at++] = sum / step;
          sum = 0;
          nth = 0;
        }
      }
    return at;
  };
  const most = Math.ceil((statSync(picture).size + statSync(sound).size) / 2 / step) + 2;
  let size = 32;
  while (size < most) size *= 2;
  const transform = fft.open(size, 3);
  const count = load(picture, transform.buffer(0).fill(0));
  transform.buffer(0).subarray(0, count).reverse();
  load(sound, transform.buffer(1).fill(0));
  transform.forward(0, 0, 'native');
  transform.forward(1, 1, 'native');
  transform.buffer(2).fill(0);
  transform.multiplyAdd(0, 1, 2, 1);
  transform.inverse(2, 2, 'native');
  const sum = transform.buffer(2);
  let best = 0;
  for (let at = 1; at < size; at++) if (Math.abs(sum[at]!) > Math.abs(sum[best]!)) best = at;
  return {
    seconds: cpu() - start,
    offset: -((best - (count - 1)) * step) / RATE,
    memory: mostMemory(),
  };
}

/** The floor: the transforms the features of two hours need, and nothing else. Seconds. */
export async function transformsAlone(seconds = HOUR): Promise<number> {
  const transform = (await loadFft()).open(768, 2);
  const start = cpu();
  for (let nth = 0; nth < 2 * 100 * seconds; nth++) transform.forward(0, 1, 'ordered');
  return cpu() - start;
}

/** Reading alone, seconds. */
export function readAlone(files: string[]): number {
  const start = cpu();
  const block = Buffer.alloc(1 << 20);
  for (const file of files) {
    const handle = openSync(file, 'r');
    while (readSync(handle, block, 0, block.length, null) > 0);
    closeSync(handle);
  }
  return cpu() - start;
}
