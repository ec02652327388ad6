/**
 * Files with the same content under several names: first by size, then by their first and last bytes, and only what is still alike
 * is read whole.
 */
import { open, stat } from 'node:fs/promises';
import type { DigestOf } from '../../../manifest/mhl/folders.ts';
import { memoryHasher } from './engines.ts';
import { hashFiles, type FileToHash, type HashOptions } from './files.ts';

export interface SizedFile {
  /** Absolute. */
  file: string;
  /** Bytes. */
  size: number;
}

export interface Duplicates<File> {
  /** Two or more files of one content each, in the order given; empty files are left out, being alike only in being empty. */
  groups: File[][];
  /** What could not be read, and so not be told apart. */
  unreadable: { file: File; problem: string }[];
  /** Bytes read of all. */
  read: number;
}

/** Bytes read at each end. A camera's header and index differ there even where two takes are of one length. */
const END = 64 * 1024;
const AT_ONCE = 16;

/** Rejects with the signal's reason once it is aborted. Progress is told for the whole reads. */
export async function findDuplicates<File extends SizedFile>(
  files: readonly File[],
  options: Omit<HashOptions, 'onHashed'> = {},
): Promise<Duplicates<File>> {
  const found: Duplicates<File> = { groups: [], unreadable: [], read: 0 };
  const bySize = alike(files.filter(({ size }) => size > 0).map((file) => [file, String(file.size)]));
  const digestOf = await memoryHasher();
  const byEnds = await keysOf(
    bySize.flat(),
    options.signal,
    async (file) => {
      found.read += Math.min(file.size, 2 * END);
      return `${file.size} ${await endsOf(file, digestOf)}`;
    },
    found,
  );
  const candidates: File[] = [];
  for (const group of alike(byEnds)) {
    // Both ends together were all of it.
    if (group[0]!.size <= 2 * END) found.groups.push(group);
    else candidates.push(...group);
  }
  const hashed = await hashFiles(await Promise.all(candidates.map(toHash)), options);
  const byContent = candidates.flatMap((file, at): [File, string][] => {
    const result = hashed[at]!;
    found.read += file.size;
    if ('digests' in result) return [[file, `${file.size} ${result.digests.xxh128}`]];
    found.unreadable.push({ file, problem: result.problem });
    return [];
  });
  found.groups.push(...alike(byContent));
  const order = new Map(files.map((file, at) => [file, at]));
  found.groups.sort((a, b) => order.get(a[0]!)! - order.get(b[0]!)!);
  return found;
}

/** Groups of two or more that share a key. */
function alike<File>(keyed: [File, string][]): File[][] {
  const groups = new Map<string, File[]>();
  for (const [file, key] of keyed) {
    const group = groups.get(key);
    if (group) group.push(file);
    else groups.set(key, [file]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

async function keysOf<File extends SizedFile>(
  files: readonly File[],
  signal: AbortSignal | undefined,
  keyOf: (file: File) => Promise<string>,
  found: Duplicates<File>,
): Promise<[File, string][]> {
  const keys: (string | undefined)[] = Array.from({ length: files.length });
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < files.length; at = next++) {
      signal?.throwIfAborted();
      const file = files[at]!;
      keys[at] = await keyOf(file).catch((error: Error) => {
        found.unreadable.push({ file, problem: error.message });
        return undefined;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return files.flatMap((file, at): [File, string][] => (keys[at] === undefined ? [] : [[file, keys[at]]]));
}

async function endsOf({ file, size }: SizedFile, digestOf: DigestOf): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(size, 2 * END));
    const head = await handle.read(buffer, 0, Math.min(size, END), 0);
    const rest = buffer.length - head.bytesRead;
    const tail = rest > 0 ? await handle.read(buffer, head.bytesRead, rest, size - rest) : { bytesRead: 0 };
    if (head.bytesRead + tail.bytesRead !== buffer.length)
      throw new Error(`it is shorter than ${size} bytes now`);
    return digestOf('xxh128', buffer);
  } finally {
    await handle.close();
  }
}

async function toHash({ file, size }: SizedFile): Promise<FileToHash> {
  // A file that is gone by now is told by the reading itself.
  const found = await stat(file, { bigint: true }).catch(() => null);
  return { file, size, mtime: found?.mtimeNs ?? 0n, drive: String(found?.dev ?? ''), algorithms: ['xxh128'] };
}
