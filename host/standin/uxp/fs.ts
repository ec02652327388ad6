/**
 * UXP's own `fs` over a real folder: promises only, absolute paths only, errors that carry no code to tell one from another, bytes
 * as an ArrayBuffer, and no way to flush. It can be killed after so many writes, the last of them half done.
 */
import { copyFile, lstat, mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { watched } from './promise.ts';

export interface StandinFsOptions {
  /** Writing calls it lives through; the next one is half done, and everything after fails. */
  lives?: number;
  /** The disk gives back something else than it was given. */
  garbles?: boolean;
  /** Runs before each rename: what another program does in that moment. */
  beforeRename?(to: string): Promise<void>;
}

export interface StandinFs {
  module: Record<string, unknown>;
  readonly dead: boolean;
  /** Writing calls so far. */
  readonly writes: number;
}

export function standinFs(options: StandinFsOptions = {}): StandinFs {
  let writes = 0;
  let dead = false;
  const plain = async <T>(path: unknown, work: () => Promise<T>): Promise<T> => {
    if (typeof path !== 'string' || !isAbsolute(path)) throw new Error('Invalid path');
    if (dead) throw new Error('The plugin is gone');
    try {
      return await work();
    } catch {
      throw new Error('The operation failed');
    }
  };
  const write = (
    path: unknown,
    work: () => Promise<unknown>,
    half: () => Promise<unknown> = async () => {},
  ) =>
    plain(path, async () => {
      if (++writes > (options.lives ?? Infinity)) {
        dead = true;
        await half();
        throw new Error('killed');
      }
      await work();
    });
  const module = {
    readFile: (path: string, how?: { encoding?: string }) =>
      plain(path, async () => {
        const bytes = await readFile(path);
        if (how?.encoding === 'utf-8') return bytes.toString('utf8') + (options.garbles ? '?' : '');
        return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      }),
    writeFile: (path: string, text: string, how?: { encoding?: string }) =>
      write(
        path,
        () => writeFile(path, text, how?.encoding === 'utf-8' ? 'utf8' : undefined),
        () => writeFile(path, text.slice(0, Math.floor(text.length / 2))),
      ),
    lstat: (path: string) => plain(path, () => lstat(path)),
    rename: (from: string, to: string) =>
      write(from, async () => {
        await options.beforeRename?.(to);
        await rename(from, to);
      }),
    copyFile: (from: string, to: string) => write(from, () => copyFile(from, to)),
    unlink: (path: string) => write(path, () => unlink(path)),
    mkdir: (path: string) => write(path, () => mkdir(path)),
    readdir: (path: string) => plain(path, () => readdir(path)),
  };
  return {
    module: Object.fromEntries(
      Object.entries(module).map(([name, call]) => [
        name,
        (...args: never[]) => watched((call as (...given: never[]) => Promise<unknown>)(...args)),
      ]),
    ),
    get dead() {
      return dead;
    },
    get writes() {
      return writes;
    },
  };
}
