/** What may prove that two files hold the same: both ends of each, which is quick, and the whole of each. */
import { open, stat } from 'node:fs/promises';
import type { DigestOf } from '../../../manifest/mhl/folders.ts';
import { memoryHasher } from './engines.ts';
import { hashFiles, type FileToHash, type Hashed, type HashOptions } from './files.ts';

export interface SizedFile {
  /** Absolute. */
  file: string;
  /** Bytes. */
  size: number;
}

/** Bytes read at each end. A camera's header and index differ there even where two takes are of one length. */
const END = 64 * 1024;
const AT_ONCE = 16;

/** What could be read of some files; the digests are handed over one by one. */
export interface ReadSome<File> {
  unreadable: { file: File; problem: string }[];
  /** Bytes read. */
  bytes: number;
}

/** Whether both ends together are all of a file, so that their digest proves it. */
export function endsAreAll({ size }: { size: number }): boolean {
  return size <= 2 * END;
}

/** xxh128 of the first and the last 64 KiB of each file together. Rejects with the signal's reason once it is aborted. */
export async function readEnds<File extends SizedFile>(
  files: readonly File[],
  signal: AbortSignal | undefined,
  take: (file: File, digest: string) => void,
): Promise<ReadSome<File>> {
  const read: ReadSome<File> = { unreadable: [], bytes: 0 };
  if (files.length === 0) return read;
  const digestOf = await memoryHasher();
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < files.length; at = next++) {
      signal?.throwIfAborted();
      const file = files[at]!;
      read.bytes += Math.min(file.size, 2 * END);
      try {
        take(file, await endsOf(file, digestOf));
      } catch (error) {
        read.unreadable.push({ file, problem: (error as Error).message });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, files.length) }, worker));
  return read;
}

/** xxh128 of the whole of each file. Rejects with the signal's reason once it is aborted; digests had by then were handed over. */
export async function readWhole<File extends SizedFile>(
  files: readonly File[],
  options: Omit<HashOptions, 'onHashed'>,
  take: (file: File, digest: string) => void,
): Promise<ReadSome<File>> {
  const read: ReadSome<File> = { unreadable: [], bytes: 0 };
  const onHashed = (at: number, result: Hashed) => {
    const file = files[at]!;
    read.bytes += file.size;
    if ('digests' in result) take(file, result.digests.xxh128!);
    else read.unreadable.push({ file, problem: result.problem });
  };
  await hashFiles(await Promise.all(files.map(toHash)), { ...options, onHashed });
  return read;
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
