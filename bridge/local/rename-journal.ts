/**
 * The undo file of a rename: `.baton/renames/ID.json`, on the disk before the first file moves. It says what every file was called and is
 * to be called, in which order, and which way it is going; so a kill at any moment can be finished or taken back, and a finished rename undone.
 */
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { ClipSchema } from '../../manifest/documents/handoff.ts';
import { pathProblem } from '../../manifest/documents/paths.ts';
import { writeAtomic } from './atomic.ts';
import { makeFolder, stateFolder, stateFolderPath } from './state-folder.ts';
import { isRefusal, StoreError, storeError } from './store-error.ts';

const name = z
  .string()
  .min(1)
  .refine((each) => !/[/\\\0]/.test(each) && each !== '.' && each !== '..', 'is no file name');

/** One file, in one folder. Folders are relative to their root as the drive spells them, so that the drive may lie elsewhere when it is undone. */
const FileSchema = z.looseObject({
  root: z.string(),
  folder: z.string().refine((each) => each === '' || pathProblem(each) === null, 'is no folder below a root'),
  from: name,
  to: name,
  /** Where it waits while another takes its name. */
  way: name.optional(),
  stamp: z.object({ ino: z.string(), size: z.string(), mtime: z.string() }),
});

const JournalSchema = z.looseObject({
  kind: z.literal('rename'),
  version: z.literal(1),
  id: z.string().regex(/^[\w.-]+$/),
  manifest: z.string().describe('File name of the manifest'),
  at: z.string(),
  /** `moving`: between two states. `done`: every file has its new name, and the manifest knows. */
  phase: z.enum(['moving', 'done']),
  /** Which names the files shall have in the end. */
  goal: z.enum(['new', 'old']),
  files: z.array(FileSchema),
  /** The clips as they were and as they became, to put them back exactly. */
  before: z.array(ClipSchema),
  after: z.array(ClipSchema).optional(),
  /** Ids of all clips, in the order the manifest had them. */
  order: z.array(z.string()).optional(),
});

export type RenameJournal = z.infer<typeof JournalSchema>;
export type JournalFile = RenameJournal['files'][number];

/** Sorts by time. */
export function newRenameId(at: string): string {
  return `${at.replace(/[:.]/g, '-')}-${randomBytes(3).toString('hex')}`;
}

export function journalPath(manifest: string, id: string): string {
  return join(stateFolderPath(manifest), 'renames', `${id}.json`);
}

/** Whole and flushed when this returns. Throws StoreError. */
export async function saveRename(manifest: string, journal: RenameJournal): Promise<void> {
  const folder = join(await stateFolder(manifest), 'renames');
  await makeFolder(folder).catch((error: unknown) => {
    throw storeError(error, folder);
  });
  await writeAtomic(journalPath(manifest, journal.id), `${JSON.stringify(journal, null, 1)}\n`);
}

export async function dropRename(manifest: string, id: string): Promise<void> {
  const path = journalPath(manifest, id);
  await rm(path, { force: true }).catch((error: unknown) => {
    throw storeError(error, path);
  });
}

/** Of this manifest, newest first. Throws StoreError where one cannot be read: nothing is renamed beside an undo file nobody understands. */
export async function readRenames(manifest: string): Promise<RenameJournal[]> {
  const folder = join(stateFolderPath(manifest), 'renames');
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (isRefusal(error, 'ENOENT', 'ENOTDIR')) return [];
    throw storeError(error, folder);
  });
  const journals: RenameJournal[] = [];
  for (const each of names.filter((one) => one.endsWith('.json') && !one.startsWith('.'))) {
    const journal = await readOne(join(folder, each));
    if (journal.manifest === basename(manifest)) journals.push(journal);
  }
  return journals.sort((a, b) => (a.id < b.id ? 1 : -1));
}

async function readOne(path: string): Promise<RenameJournal> {
  try {
    return JournalSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new StoreError(
      'write-failed',
      `${path} should hold the undo file of a rename and cannot be read: ${why.replace(/\s+/g, ' ').slice(0, 300)}. Nothing was renamed; move it away once you know what it was.`,
    );
  }
}
