/** A project on the command line: a snapshot someone saved, or the stand-in's own state, told apart by their `kind`. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStandin } from '../bridge/hosts/standin.ts';
import { mediaOf } from '../bridge/local/standin-media.ts';
import { writeAtomic } from '../bridge/local/atomic.ts';
import { ProjectSnapshotSchema } from '../manifest/documents/schemas.ts';
import type { ProjectSnapshot } from '../manifest/documents/snapshot.ts';
import type { Editor } from '../bridge/contract.ts';
import { CannotDo } from './command.ts';
import type { Opened } from './roots.ts';

export interface Standin {
  editor: Editor;
  /** The state as a document; what a file of it holds. */
  state(): unknown;
}

export interface Project {
  snapshot(): Promise<ProjectSnapshot>;
  /** Absent where the file is a snapshot: nobody knows what its editor imports. */
  importable?: string[];
  /** Absent where the file is a snapshot, which nothing can be written to. */
  standin?: Standin;
}

const STANDIN = 'standin-premiere';

export function isStandinState(document: unknown): boolean {
  return (document as { kind?: unknown } | null)?.kind === STANDIN;
}

/** Where the stand-in's state is kept when nobody says where. */
export function standinStatePath(manifest: string): string {
  return join(dirname(manifest), '.baton', 'standin-premiere.json');
}

/** The ES3 bundle that runs inside Premiere, and inside the stand-in: built beside this file, or under dist/ in a checkout. */
function bundlePath(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [join(here, '../host/premiere.jsx'), join(here, '../dist/host/premiere.jsx')];
  const found = places.find((place) => existsSync(place));
  if (!found) throw new CannotDo('the code that runs inside Premiere is not built yet: npm run build');
  return found;
}

export function standinFrom(state: unknown, { handoff, files }: Opened): Standin {
  return openStandin({
    bundle: bundlePath(),
    media: mediaOf(handoff, files),
    ...(state === undefined ? {} : { state }),
  });
}

/** Throws CannotDo where the file is neither. A stand-in's state that is not there yet is an empty project, where allowed. */
export async function openProject(
  file: string,
  opened: Opened,
  { mayBeMissing }: { mayBeMissing: boolean },
): Promise<Project> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && mayBeMissing) return null;
    throw new CannotDo(
      error.code === 'ENOENT'
        ? `the project ${file} is not there`
        : `the project ${file} cannot be read (${error.code})`,
    );
  });
  const document = text === null ? undefined : readJson(text, file);
  if (document !== undefined && !isStandinState(document)) return fromSnapshot(document, file);
  const standin = standinFrom(document, opened);
  const { importable } = await standin.editor.about();
  return { standin, importable, snapshot: () => standin.editor.snapshot() };
}

function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CannotDo(`the project ${file} is not JSON: ${(error as Error).message}`);
  }
}

function fromSnapshot(document: unknown, file: string): Project {
  const read = ProjectSnapshotSchema.safeParse(document);
  if (read.success) return { snapshot: async () => read.data };
  const kind = (document as { kind?: unknown } | null)?.kind;
  if (kind !== 'project')
    throw new CannotDo(
      `${file} is neither a project snapshot nor a stand-in's state: its kind is ${JSON.stringify(kind) ?? 'missing'}`,
    );
  const [first] = read.error.issues;
  throw new CannotDo(`${file} is not a project snapshot: ${first!.path.join('.')}: ${first!.message}`);
}

export function saveStandin(file: string, standin: Standin): Promise<void> {
  return writeAtomic(file, `${JSON.stringify(standin.state())}\n`);
}
