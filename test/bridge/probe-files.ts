/** Files for the probe's tests: made by ffmpeg, or box by box where no tool at hand writes the case. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpegPath } from '../../cli/demo/ffmpeg.ts';
import { corpus } from '../corpus/folder.ts';

export const FOLDER = mkdtempSync(join(tmpdir(), 'baton-probe-'));
export const inFolder = (name: string) => join(FOLDER, name);

export const hasCorpus = existsSync(join(corpus, 'INDEX.tsv'));
if (!hasCorpus)
  console.warn(`Skipping the corpus: there is none at ${corpus}; BATON_CORPUS names another place`);

const FFMPEG = await ffmpegPath();

export function ffmpeg(...options: string[]): void {
  execFileSync(FFMPEG, ['-hide_banner', '-loglevel', 'error', '-y', ...options]);
}

/** A small moving picture; `options` come before the output. */
export function makePicture(name: string, rate: string, frames: number, ...options: string[]): string {
  const file = inFolder(name);
  const input = ['-f', 'lavfi', '-i', `testsrc2=size=64x36:rate=${rate}`, '-frames:v', String(frames)];
  ffmpeg(...input, '-c:v', 'libx264', '-preset', 'ultrafast', '-threads', '1', ...options, file);
  return file;
}

/** What ffmpeg says of a file, as the judge. */
export function judge(file: string): { timecode?: string; fps?: number; seconds?: number; size?: string } {
  const said = spawnSync(FFMPEG, ['-hide_banner', '-i', file], { encoding: 'utf8' }).stderr;
  const timecode = /timecode\s*: (\S+)/.exec(said)?.[1];
  const fps = /([\d.]+) fps/.exec(said)?.[1];
  const clock = /Duration: (\d+):(\d+):([\d.]+)/.exec(said);
  const size = /Video: .*?, (\d+x\d+)/.exec(said)?.[1];
  return {
    ...(timecode ? { timecode } : {}),
    ...(fps ? { fps: Number(fps) } : {}),
    ...(clock ? { seconds: Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]) } : {}),
    ...(size ? { size } : {}),
  };
}

/** Frames that come out when ffmpeg plays a file: after edit lists, whatever the tables say. */
export function decodedFrames(file: string): number {
  const said = spawnSync(FFMPEG, ['-hide_banner', '-i', file, '-f', 'null', '-'], {
    encoding: 'utf8',
  }).stderr;
  return Number(/frame=\s*(\d+)/.exec(said)?.[1]);
}

export const u8 = (...values: number[]) => Buffer.from(values);
export const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
export const zeros = (count: number) => Buffer.alloc(count);

export function box(type: string, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}
/** The same with a 64-bit size. */
export function longBox(type: string, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([u32(1), Buffer.from(type, 'latin1'), u64(body.length + 16), body]);
}

export interface MovieParts {
  timescale?: number;
  /** [count, ticks] */
  stts?: [number, number][];
  mediaDuration?: number;
  /** Movie timescale is 600. [duration, start] */
  edits?: [number, number][];
  timecode?: {
    frame: number;
    numFrames: number;
    timescale: number;
    ticks: number;
    drop?: boolean;
    reel?: string;
    trim?: number;
    co64?: boolean;
    format?: 'tmcd' | 'tc64';
  };
  /** Further boxes inside moov. */
  more?: Buffer[];
  longMoov?: boolean;
  /** Samples of the size table, written out in full. */
  sizes?: number;
  /** Bytes of an mdat that lies between ftyp and moov; the file is sparse. */
  sparse?: number;
}

const elst = (edits: [number, number][]) =>
  box(
    'edts',
    box(
      'elst',
      u32(0),
      u32(edits.length),
      ...edits.flatMap(([duration, start]) => [u32(duration), u32(start), u32(0x10000)]),
    ),
  );

function trak(
  id: number,
  handler: string,
  timescale: number,
  duration: number,
  table: Buffer,
  more: Buffer[],
): Buffer {
  const tkhd = box('tkhd', u32(0xf), zeros(8), u32(id), zeros(60), u32(64 << 16), u32(36 << 16));
  const mdhd = box('mdhd', u32(0), zeros(8), u32(timescale), u32(duration), zeros(4));
  const hdlr = box('hdlr', u32(0), Buffer.from('mhlr'), Buffer.from(handler), zeros(13));
  return box('trak', tkhd, ...more, box('mdia', mdhd, hdlr, box('minf', box('dinf'), table)));
}

function pictureTrak({
  timescale = 24000,
  stts = [[48, 1001]],
  mediaDuration,
  edits,
  timecode,
  sizes,
}: MovieParts): Buffer {
  const total = mediaDuration ?? stts.reduce((sum, [count, ticks]) => sum + count * ticks, 0);
  const entry = [zeros(6), u16(1), zeros(16), u16(64), u16(36), zeros(50)];
  const table = box(
    'stbl',
    box('stsd', u32(0), u32(1), box('avc1', ...entry)),
    box('stts', u32(0), u32(stts.length), ...stts.flatMap(([count, ticks]) => [u32(count), u32(ticks)])),
    box('stsz', u32(0), u32(0), u32(sizes ?? 0), zeros(4 * (sizes ?? 0))),
  );
  return trak(1, 'vide', timescale, total, table, [
    ...(edits ? [elst(edits)] : []),
    ...(timecode ? [box('tref', box('tmcd', u32(2)))] : []),
  ]);
}

function timecodeTrak(parts: NonNullable<MovieParts['timecode']>, sampleAt: number): Buffer {
  const { numFrames, timescale, ticks, drop, reel, trim, co64, format = 'tmcd' } = parts;
  const name = reel ? box('name', u16(Buffer.byteLength(reel)), u16(0), Buffer.from(reel)) : zeros(0);
  const description = box(
    format,
    zeros(6),
    u16(1),
    u32(0),
    u32(drop ? 1 : 0),
    u32(timescale),
    u32(ticks),
    u8(numFrames, 0),
    name,
  );
  const table = box(
    'stbl',
    box('stsd', u32(0), u32(1), description),
    box('stts', u32(0), u32(1), u32(1), u32(48 * ticks)),
    box('stsz', u32(0), u32(4), u32(1)),
    co64 ? box('co64', u32(0), u32(1), u64(sampleAt)) : box('stco', u32(0), u32(1), u32(sampleAt)),
  );
  return trak(2, 'tmcd', timescale, 48 * ticks, table, trim === undefined ? [] : [elst([[1000, trim]])]);
}

/** A movie written box by box: ftyp, the timecode sample in an mdat, then moov. */
export function makeMovie(name: string, parts: MovieParts): string {
  const { timecode } = parts;
  const sample = timecode?.format === 'tc64' ? u64(timecode.frame) : u32(timecode?.frame ?? 0);
  const head = Buffer.concat([box('ftyp', Buffer.from('qt  '), u32(0)), box('mdat', sample)]);
  const sampleAt = head.length - sample.length;
  const mvhd = box('mvhd', u32(0), zeros(8), u32(600), u32(1200), zeros(80));
  const traks = [pictureTrak(parts), ...(timecode ? [timecodeTrak(timecode, sampleAt)] : [])];
  const moov = (parts.longMoov ? longBox : box)('moov', mvhd, ...traks, ...(parts.more ?? []));
  const file = inFolder(name);
  if (parts.sparse === undefined) writeFileSync(file, Buffer.concat([head, moov]));
  else {
    const gap = Buffer.concat([u32(1), Buffer.from('mdat'), u64(parts.sparse)]);
    writeSparse(file, Buffer.concat([head, gap]), moov, head.length + parts.sparse);
  }
  return file;
}

/** `start` at the beginning, `end` at `at`, and nothing stored between them. */
export function writeSparse(file: string, start: Buffer, end: Buffer, at: number): void {
  const handle = openSync(file, 'w');
  writeSync(handle, start, 0, start.length, 0);
  writeSync(handle, end, 0, end.length, at);
  closeSync(handle);
}

export const fourcc = (text: string) => Buffer.from(text, 'latin1');

/** RIFF chunks, padded to even. */
export function riff(...chunks: [string, Buffer][]): Buffer {
  const body = Buffer.concat([fourcc('WAVE'), ...chunks.map(([id, bytes]) => chunk(id, bytes))]);
  return Buffer.concat([fourcc('RIFF'), le32(body.length), body]);
}
export function chunk(id: string, bytes: Buffer): Buffer {
  return Buffer.concat([fourcc(id), le32(bytes.length), bytes, zeros(bytes.length % 2)]);
}
export function le32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
export function le64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
export function wavFormat({ channels = 1, sampleRate = 48000, bits = 24, tag = 1 } = {}): Buffer {
  const bytes = Buffer.alloc(16);
  const align = (channels * bits) / 8;
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(channels, 2);
  bytes.writeUInt32LE(sampleRate, 4);
  bytes.writeUInt32LE(sampleRate * align, 8);
  bytes.writeUInt16LE(align, 12);
  bytes.writeUInt16LE(bits, 14);
  return bytes;
}
export function wavBext({ timeReference = 0, description = '', originator = '', date = '' } = {}): Buffer {
  const bytes = Buffer.alloc(602);
  bytes.write(description, 0, 'latin1');
  bytes.write(originator, 256, 'latin1');
  bytes.write(date, 320, 'latin1');
  bytes.writeBigUInt64LE(BigInt(timeReference), 338);
  return bytes;
}
