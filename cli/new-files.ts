/** Where the files of a conversion go: beside what was read under a free name, or where a person says; never over a file unasked. */
import { lstat, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { writeAtomic, writeNew } from '../bridge/local/atomic.ts';
import { fileSafe } from '../bridge/local/cuts.ts';
import type { ExportedFile } from '../manifest/exports/export.ts';
import { CannotDo } from './command.ts';

export interface Made extends ExportedFile {
  format: string;
}

export interface Where {
  /** What was read: it is never written over. */
  input: string;
  /** Absolute; the first file. The others have its name and their own suffixes. */
  out?: string;
  /** Whether files that are there may be replaced. */
  force: boolean;
}

/** All or, where a name is taken, none. Throws CannotDo and StoreError. */
export async function writeFiles(
  files: readonly Made[],
  where: Where,
): Promise<{ path: string; format: string }[]> {
  const paths = where.out === undefined ? await besideInput(files, where.input) : await named(files, where);
  const write = where.out !== undefined && where.force ? writeAtomic : writeNew;
  const written = [];
  for (const [index, { format, text }] of files.entries()) {
    await write(paths[index]!, text);
    written.push({ path: paths[index]!, format });
  }
  return written;
}

/** `cut.fcpxml`, else `cut-2.fcpxml` and on: files that belong together keep one name. */
async function besideInput(files: readonly Made[], input: string): Promise<string[]> {
  const name = fileSafe(basename(input, extname(input)));
  for (let nth = 1; ; nth++) {
    const base = join(dirname(input), nth === 1 ? name : `${name}-${nth}`);
    const paths = files.map(({ suffix }) => base + suffix);
    if ((await taken(paths)).length === 0) return paths;
  }
}

async function named(files: readonly Made[], { input, out = '', force }: Where): Promise<string[]> {
  const stem = out.slice(0, out.length - extname(out).length);
  const paths = files.map(({ suffix }, index) => (index === 0 ? out : stem + suffix));
  const twice = paths.find((path, index) => paths.findIndex((each) => alike(each, path)) < index);
  if (twice !== undefined)
    throw new CannotDo(`two of the files would be ${twice}; give -o another suffix, or one format at a time`);
  const there = await taken(paths);
  for (const path of there)
    if (path === input || (await sameFile(path, input)))
      throw new CannotDo(`${path} is what is read; name another file with -o`);
  if (there.length > 0 && !force)
    throw new CannotDo(
      `${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there already, and nothing was written; name another file with -o, or replace with --force`,
    );
  return paths;
}

/** Most disks do not tell capitals from small letters. */
function alike(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}

async function taken(paths: readonly string[]): Promise<string[]> {
  const there = await Promise.all(paths.map((path) => lstat(path).then(Boolean, () => false)));
  return paths.filter((_, index) => there[index]);
}

async function sameFile(path: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([path, other].map((each) => stat(each).catch(() => null)));
  return a !== null && b !== null && a!.dev === b!.dev && a!.ino === b!.ino;
}
