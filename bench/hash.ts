/**
 * Hashing as `baton verify` does it, in GB/s: each algorithm on one thread and on two, beside the programs people use (md5sum, sha1sum,
 * xxhsum, where installed) and beside reading alone, which is the limit. Interleaved rounds in one run; the files lie in the page cache.
 * `npm run -s bench bench/hash.ts [MiB] [FOLDER]`: two files of that size (1024), below that folder (the system's temporary one).
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFillSync } from 'node:crypto';
import { BLOCK, hashFiles, type FileToHash } from '../bridge/local/hash/files.ts';
import type { HashAlgorithm } from '../manifest/mhl/digest.ts';
import { MhlReader } from '../manifest/mhl/read.ts';
import { held, median, table } from './table.ts';

const MIB = Number(process.argv[2] ?? 1024);
const ROUNDS = 5;
const ALGORITHMS: HashAlgorithm[] = ['xxh64', 'xxh3', 'xxh128', 'md5', 'sha1', 'c4'];
const PEERS: { algorithm: HashAlgorithm; name: string; command: string[] }[] = [
  { algorithm: 'xxh64', name: 'xxhsum -H1', command: ['xxhsum', '-H1'] },
  { algorithm: 'xxh3', name: 'xxhsum -H3', command: ['xxhsum', '-H3'] },
  { algorithm: 'xxh128', name: 'xxhsum -H2', command: ['xxhsum', '-H2'] },
  { algorithm: 'md5', name: 'md5sum', command: ['md5sum'] },
  { algorithm: 'sha1', name: 'sha1sum', command: ['sha1sum'] },
  { algorithm: 'c4', name: 'sha512sum', command: ['sha512sum'] },
];

const folder = mkdtempSync(join(process.argv[3] ?? tmpdir(), 'baton-bench-'));
const block = Buffer.alloc(BLOCK);

function make(name: string): string {
  const file = join(folder, name);
  const handle = openSync(file, 'w');
  for (let written = 0; written < MIB * 1048576; written += BLOCK) writeSync(handle, randomFillSync(block));
  closeSync(handle);
  return file;
}

function readAlone(file: string): void {
  const handle = openSync(file, 'r');
  while (readSync(handle, block, 0, BLOCK, null) > 0);
  closeSync(handle);
}

function installed(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Seconds of each runner: medians of interleaved rounds, after one that is thrown away. */
async function rivals(runs: Map<string, () => unknown>): Promise<Map<string, number>> {
  const times = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round++)
    for (const [name, run] of runs) {
      const start = performance.now();
      await run();
      if (round > 0) times.set(name, [...(times.get(name) ?? []), (performance.now() - start) / 1000]);
    }
  return new Map(
    [...times].map(([name, list]) => [name, list.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!]),
  );
}

async function hashing(): Promise<void> {
  const files = ['one', 'two'].map(make);
  const toHash = (algorithm: HashAlgorithm): FileToHash[] =>
    files.map((file, index) => {
      const { size, mtimeNs } = statSync(file, { bigint: true });
      // Two drives, so that the pace does not hold one thread back while it tries.
      return { file, size: Number(size), mtime: mtimeNs, drive: String(index), algorithms: [algorithm] };
    });
  const runs = new Map<string, () => unknown>([['read', () => files.forEach(readAlone)]]);
  for (const algorithm of ALGORITHMS) {
    runs.set(`${algorithm} 1`, () => hashFiles(toHash(algorithm), { threads: 1 }));
    runs.set(`${algorithm} 2`, () => hashFiles(toHash(algorithm), { threads: 2 }));
  }
  const peers = PEERS.filter(({ command }) => installed(command[0]!));
  for (const { name, command } of peers)
    runs.set(name, () => execFileSync(command[0]!, [...command.slice(1), ...files], { stdio: 'ignore' }));
  const tiny = { ...toHash('xxh64')[0]!, file: join(folder, 'tiny'), size: 1 };
  closeSync(openSync(tiny.file, 'w'));
  runs.set('start', () => hashFiles([tiny], { threads: 1 }));
  const seconds = await rivals(runs);
  const speed = (name: string) => (2 * MIB * 1048576) / 1e9 / seconds.get(name)!;
  const two = (value: number) => value.toFixed(2);
  table(
    `Two files of ${MIB} MiB; reading alone on one thread: ${two(speed('read'))} GB/s; starting a thread, part of every time below: ${Math.round(seconds.get('start')! * 1000)} ms`,
    ['', '1 thread', '2 threads', 'peer', 'peer GB/s', 'ours/peer, 1 thread', 'of reading alone'],
    ALGORITHMS.map((algorithm) => {
      const peer = peers.find((each) => each.algorithm === algorithm);
      const one = speed(`${algorithm} 1`);
      return [
        algorithm,
        two(one),
        two(speed(`${algorithm} 2`)),
        peer?.name ?? 'none installed',
        peer ? two(speed(peer.name)) : '',
        peer ? `${two(one / speed(peer.name))}x` : '',
        `${Math.round((100 * one) / speed('read'))} %`,
      ];
    }),
  );
}

/** A list of many entries, as text. */
function bigList(entries: number): string {
  const hash = (nth: number) =>
    `<hash><path size="${nth * 1000}" lastmodificationdate="2026-03-14T09:15:00Z">A${nth % 400}/CLIP_${nth}.mov</path><xxh64 action="original" hashdate="2026-03-14T09:15:00Z">${nth.toString(16).padStart(16, '0')}</xxh64></hash>\n`;
  return `<hashlist version="2.0"><hashes>\n${Array.from({ length: entries }, (_, nth) => hash(nth)).join('')}</hashes></hashlist>`;
}

/** In pieces, as it comes from a drive. */
function readList(bytes: Uint8Array): unknown {
  const reader = new MhlReader('bench');
  const decoder = new TextDecoder();
  const piece = 1 << 20;
  for (let at = 0; at < bytes.length; at += piece)
    reader.write(decoder.decode(bytes.subarray(at, at + piece), { stream: true }));
  return reader.close();
}

function reading(): void {
  const lists = [10_000, 100_000].map((entries) => ({ entries, bytes: Buffer.from(bigList(entries)) }));
  // All times first: a forced collection throws compiled code away, and what runs after it is slower.
  const times = lists.map(({ bytes }) => median(() => readList(bytes), 5));
  const rows = lists.map(({ entries, bytes }, at) => {
    const time = times[at]!;
    return [String(entries), bytes.length / 1e6, time, (time * 1000) / entries, held(() => readList(bytes))];
  });
  table('Reading a list', ['entries', 'MB', 'ms', 'µs an entry', 'MiB held'], rows);
}

try {
  await hashing();
  reading();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
