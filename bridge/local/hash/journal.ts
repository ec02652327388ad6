/**
 * What an interrupted verification had read: `.baton/verify-NAME.jsonl`, one line a file. It serves the next run alone and is gone when
 * that is done, because only bytes read anew prove anything: a file can rot without its size or time changing.
 */
import { appendFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { HashAlgorithm } from '../../../manifest/mhl/digest.ts';
import { stateFolder, stateFolderPath } from '../state-folder.ts';
import type { FileToHash } from './files.ts';

/** Lines are written together after so many files or so much time (ms). */
const MOST_WAITING = 256;
const LONGEST_WAIT = 1000;
/** What was read longer ago is read again (ms). */
export const WORTH = 7 * 24 * 60 * 60 * 1000;

const LineSchema = z.object({
  file: z.string(),
  size: z.number(),
  mtime: z.string(),
  digests: z.record(z.string(), z.string()),
  at: z.string(),
});
type Line = z.infer<typeof LineSchema>;

export class HashJournal {
  private readonly path: string;
  private readonly known: Map<string, Line>;
  private waiting: string[] = [];
  private saved = 0;
  private broken: string | null = null;

  private constructor(path: string, known: Map<string, Line>) {
    this.path = path;
    this.known = known;
  }

  /** What an earlier run left, where it is younger than a week; nothing of it with `fresh`. Never fails for a journal that is damaged. */
  static async open(manifestPath: string, { fresh }: { fresh: boolean }): Promise<HashJournal> {
    const path = join(stateFolderPath(manifestPath), `verify-${basename(manifestPath)}.jsonl`);
    if (fresh) await rm(path, { force: true }).catch(() => {});
    const text = fresh ? '' : await readFile(path, 'utf8').catch(() => '');
    const known = new Map<string, Line>();
    for (const line of text.split('\n')) {
      const read = parseLine(line);
      if (read && Date.now() - Date.parse(read.at) < WORTH) known.set(read.file, read);
    }
    const journal = new HashJournal(path, known);
    await stateFolder(manifestPath).catch((error: Error) => (journal.broken = error.message));
    return journal;
  }

  /** Why nothing can be kept here; null where it can. */
  get problem(): string | null {
    return this.broken;
  }

  /** What was read of this very file before; null where something asked for was not. */
  earlier(file: FileToHash): Pick<Line, 'digests' | 'at'> | null {
    const line = this.known.get(file.file);
    if (!line || line.size !== file.size || line.mtime !== String(file.mtime)) return null;
    return file.algorithms.every((each) => line.digests[each] !== undefined) ? line : null;
  }

  keep(file: FileToHash, digests: Partial<Record<HashAlgorithm, string>>): void {
    const at = new Date().toISOString();
    const line = { file: file.file, size: file.size, mtime: String(file.mtime), digests, at };
    this.waiting.push(`${JSON.stringify(line)}\n`);
    if (this.waiting.length >= MOST_WAITING || Date.now() - this.saved > LONGEST_WAIT) this.save();
  }

  /** Writes what waits. A journal that cannot be written costs a later run time and nothing else. */
  save(): void {
    if (this.waiting.length === 0 || this.broken !== null) return;
    try {
      appendFileSync(this.path, this.waiting.join(''));
    } catch (error) {
      this.broken = (error as Error).message;
    }
    this.waiting = [];
    this.saved = Date.now();
  }

  /** The run it was for is done. */
  async remove(): Promise<void> {
    this.waiting = [];
    await rm(this.path, { force: true }).catch(() => {});
  }
}

/** Null for the torn last line of a killed run, and for anything else that is none. */
function parseLine(text: string): Line | null {
  if (text === '') return null;
  try {
    const read = LineSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
