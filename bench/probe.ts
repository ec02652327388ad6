/**
 * Reading headers: files a second on one thread against execFile with a static ffprobe (the peer) and against Node's bare
 * open + fstat + 2 reads + close (the limit); then a large drive in workers, and its second scan against walk and stat alone.
 */
import { execFile } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findFfprobe } from '../bridge/local/ffprobe.ts';
import { openProbeCache } from '../bridge/local/probe-cache.ts';
import { groupFiles } from '../manifest/cards/group/group.ts';
import { probeDrive } from '../bridge/local/probe-drive.ts';
import { probeMany } from '../bridge/local/probe/many.ts';
import { probeNow } from '../bridge/local/probe/probe.ts';
import { walk } from '../bridge/local/walk.ts';
import { writeBwf } from '../cli/demo/bwf.ts';
import { runFfmpeg } from '../cli/demo/ffmpeg.ts';
import { RATES } from '../manifest/time/rate.ts';
import { cpuRivals, table } from './table.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
const WORKER = resolve('dist/cli/probe-worker.js');
/** Files of the large drive; the argument names another number. */
const LARGE = Number(process.argv[2] ?? 20_000);

const lavfi = (source: string) => ({ source, options: ['-f', 'lavfi'] });

async function original(name: string, rate: string, ...options: string[]): Promise<string> {
  const output = join(folder, name);
  const inputs = [lavfi(`testsrc2=size=320x180:rate=${rate}`), lavfi('sine=sample_rate=48000')];
  await runFfmpeg({ inputs, options: ['-frames:v', '24', '-shortest', '-threads', '1', ...options], output });
  return output;
}

async function originals(): Promise<Record<string, string>> {
  const wav = join(folder, 'wav.wav');
  writeBwf(wav, {
    scene: '7',
    take: '3',
    soundRoll: 'SR1',
    circled: true,
    wild: false,
    note: 'tail slate',
    project: 'Bench',
    rate: RATES['24'],
    start: 86_400,
    late: 2,
    frames: 48,
    tracks: ['Boom', 'Lav 1'],
    originator: 'Recorder',
    date: '2026-03-14',
    family: 'F1',
    index: 1,
    files: 1,
  });
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
  const timecode = ['-timecode', '01:00:00:00', '-metadata:s:v:0', 'reel_name=A001'];
  return {
    'MOV h264': await original('h264.mov', '24000/1001', ...h264, '-c:a', 'pcm_s16le', ...timecode),
    'MOV ProRes': await original('prores.mov', '25', '-c:v', 'prores', '-c:a', 'pcm_s24le', ...timecode),
    MP4: await original('aac.mp4', '30000/1001', ...h264, '-c:a', 'aac', '-timecode', '01:00:00;00'),
    'MXF OP1a': await original('op1a.mxf', '25', '-c:v', 'mpeg2video', '-c:a', 'pcm_s16le', ...timecode),
    'WAV bext iXML': wav,
  };
}

/** A movie or sound of the size they have on a drive, with nothing stored where the media would be. */
function grow(small: Buffer, file: string): void {
  const handle = openSync(file, 'w');
  if (file.endsWith('.wav')) {
    const data = small.indexOf('data') + 4;
    const size = Buffer.alloc(4);
    size.writeUInt32LE(58_000_000);
    writeSync(handle, Buffer.concat([small.subarray(0, data), size]));
    closeSync(handle);
    return truncateSync(file, data + 4 + 58_000_000);
  }
  const [moov, mdat] = [small.lastIndexOf('moov') - 4, small.indexOf('mdat') - 4];
  const head = Buffer.from(small.subarray(0, moov));
  head.writeUInt32BE(100_000_000, mdat);
  writeSync(handle, head, 0, head.length, 0);
  writeSync(handle, small, moov, small.length - moov, mdat + 100_000_000);
  closeSync(handle);
}

function makeLarge(from: Record<string, string>): string[] {
  const [mov, wav] = [readFileSync(from['MOV h264']!), readFileSync(from['WAV bext iXML']!)];
  const before = new Date(Date.now() - 86_400_000);
  return Array.from({ length: LARGE }, (_, nth) => {
    const place = join(folder, 'large', `day ${nth % 100}`);
    if (nth < 100) mkdirSync(place, { recursive: true });
    const file = join(place, `clip ${nth}.${nth % 2 ? 'wav' : 'mov'}`);
    grow(nth % 2 ? wav : mov, file);
    utimesSync(file, before, before);
    return file;
  });
}

const buffer = Buffer.alloc(4096);
function limit(files: string[]): void {
  for (const file of files) {
    const handle = openSync(file, 'r');
    const { size } = fstatSync(handle);
    readSync(handle, buffer, 0, 4096, 0);
    readSync(handle, buffer, 0, 4096, Math.max(0, size - 4096));
    closeSync(handle);
  }
}

/** Files a second of the peer, two at a time; null where there is none. */
async function peer(files: string[]): Promise<number | null> {
  const path = await findFfprobe();
  if (!path) return null;
  const words = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json'];
  const waiting = [...files];
  const began = performance.now();
  const lane = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
      await new Promise<void>((done) => execFile(path, [...words, file!], () => done()));
  };
  await Promise.all([lane(), lane()]);
  return (files.length / (performance.now() - began)) * 1000;
}

/** Bytes this process has asked files for; Linux only. */
function bytesRead(): number {
  try {
    return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  } catch {
    return Number.NaN;
  }
}

async function oneThread(sets: Record<string, string[]>): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const [name, files] of Object.entries(sets)) {
    const all = files.length < 1000 ? Array.from({ length: 10 }, () => files).flat() : files;
    const times = cpuRivals(
      { ours: () => all.forEach((file) => probeNow(file)), limit: () => limit(all) },
      9,
    );
    const before = bytesRead();
    all.forEach((file) => probeNow(file));
    const kib = (bytesRead() - before) / all.length / 1024;
    const theirs = await peer(files.slice(0, 100));
    const ours = (all.length / times['ours']!) * 1000;
    rows.push([
      name,
      Math.round(ours).toLocaleString('en'),
      theirs === null ? 'none' : Math.round(theirs).toLocaleString('en'),
      theirs === null ? '' : `${Math.round(ours / theirs)}x`,
      Math.round((all.length / times['limit']!) * 1000).toLocaleString('en'),
      `${(times['ours']! / times['limit']!).toFixed(2)}x`,
      kib,
    ]);
  }
  table(
    'One thread, warm: files a second of the processor (ffprobe: of the clock, two at a time)',
    ['files', 'ours', 'execFile ffprobe', 'ours/peer', 'limit', 'time over limit', 'KiB a file'],
    rows,
  );
}

interface Took {
  ms: number;
  /** Of the processor, all threads together. */
  cpu: number;
}

/** The medians of both. */
async function timed(run: () => Promise<unknown>, rounds = 5): Promise<Took> {
  const times: Took[] = [];
  for (let round = 0; round <= rounds; round++) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    await run();
    const { user, system } = process.cpuUsage(before);
    if (round > 0) times.push({ ms: performance.now() - began, cpu: (user + system) / 1000 });
  }
  const middle = (of: (took: Took) => number) =>
    times.map(of).toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!;
  return { ms: middle(({ ms }) => ms), cpu: middle(({ cpu }) => cpu) };
}

async function large(files: string[]): Promise<void> {
  const root = join(folder, 'large');
  const manifest = join(folder, 'handoff.json');
  const walked = async () => (await walk(root, new Set())).files.map((file) => ({ ...file, root: 'media' }));
  const scan = async () => {
    const found = await walked();
    return probeDrive(groupFiles(found).clips, {
      manifest,
      roots: { media: root },
      worker: WORKER,
      ffprobe: null,
    });
  };
  const bare = await timed(async () => limit(files));
  const one = await timed(() => probeMany(files, { worker: null, ffprobe: null }));
  const two = await timed(() => probeMany(files, { worker: WORKER, workersFrom: 0, ffprobe: null }));
  const chosen = await timed(() => probeMany(files, { worker: WORKER, ffprobe: null }));
  const list = await timed(walked);
  await scan();
  const { cache } = await openProbeCache(manifest, undefined);
  if ((await walked()).some((file) => !cache.find(file))) throw new Error('the second scan would read media');
  const second = await timed(scan);
  table(
    `${LARGE.toLocaleString('en')} files (MOV 100 MB with the header at its end, WAV 58 MB), warm`,
    ['step', 'ms', 'cpu ms', 'cpu against', 'is'],
    [
      ['limit: open + fstat + 2 reads + close, one thread', bare.ms, bare.cpu, 'limit', ''],
      ...against('headers, one thread', one, 'limit', bare),
      ...against('headers, two workers', two, 'limit', bare),
      ...against('headers, as a scan chooses', chosen, 'limit', bare),
      ['walk and stat', list.ms, list.cpu, 'walk and stat', ''],
      ...against('second scan: walk, stat and cache', second, 'walk and stat', list),
    ],
  );
}

function against(name: string, took: Took, what: string, floor: Took): (string | number)[][] {
  return [[name, took.ms, took.cpu, what, `${(took.cpu / floor.cpu).toFixed(2)}x`]];
}

const from = await originals();
const names = Object.keys(from);
const small = Array.from({ length: 300 }, (_, nth) => {
  const source = from[names[nth % names.length]!]!;
  const file = join(folder, `copy ${nth}${source.slice(source.lastIndexOf('.'))}`);
  copyFileSync(source, file);
  return file;
});
const each = Object.fromEntries(names.map((name) => [name, Array.from({ length: 100 }, () => from[name]!)]));
const files = makeLarge(from);
try {
  await oneThread({ 'all kinds': small, 'large MOV and WAV': files, ...each });
  await large(files);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
