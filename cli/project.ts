/** A project on the command line: a snapshot someone saved, or the stand-in's own state, told apart by their `kind`. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStandin } from '../bridge/hosts/standin.ts';
import { openStandinResolve } from '../bridge/hosts/standin-resolve.ts';
import { openStandinUxp } from '../bridge/hosts/standin-uxp.ts';
import { resolveMediaOf, writeExport } from '../bridge/local/standin-resolve-media.ts';
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

/** An editor in memory. */
interface StandinKind {
  /** Of the document its state is. */
  kind: string;
  label: string;
  /** `state` undefined = a new project. */
  open(state: unknown, opened: Pick<Opened, 'handoff' | 'files'>): Standin;
}

/** By what `--host` calls them. Two ways into Premiere open one kind of state. */
const STANDINS = {
  standin: { kind: 'standin-premiere', label: 'the in-memory Premiere', open: premiereFrom },
  'standin-uxp': { kind: 'standin-premiere', label: 'the same one through its UXP', open: uxpFrom },
  'standin-resolve': { kind: 'standin-resolve', label: 'the in-memory Resolve', open: resolveFrom },
} as const satisfies Record<string, StandinKind>;
export type StandinHost = keyof typeof STANDINS;
const NAMES = Object.keys(STANDINS) as StandinHost[];

/** `standin|standin-uxp|…`, for a usage line. */
export const HOSTS_USAGE = NAMES.join('|');

export const HOST_OPTION = {
  type: 'string',
  value: 'HOST',
  help: `${NAMES.map((name) => `${name}: ${STANDINS[name].label}`).join('; ')} (inside the real ones, use the panel)`,
} as const;

/** Throws CannotDo for a host that is not one of the stand-ins; `command` is what needs it. */
export function chosenHost(host: unknown, command: string): StandinHost {
  const known = NAMES.find((name) => name === host);
  if (known) return known;
  const other = typeof host === 'string' ? `; "${host}" is reached from its own panel` : '';
  throw new CannotDo(
    `baton ${command} needs --host ${NAMES.slice(0, -1).join(', ')} or ${NAMES[NAMES.length - 1]}${other}`,
  );
}

function kindOf(document: unknown): unknown {
  return (document as { kind?: unknown } | null)?.kind;
}

export function isStandinState(document: unknown): boolean {
  return NAMES.some((name) => STANDINS[name].kind === kindOf(document));
}

/** Where the stand-in's state is kept when nobody says where. */
export function standinStatePath(manifest: string, host: StandinHost = 'standin'): string {
  return join(dirname(manifest), '.baton', `${STANDINS[host].kind}.json`);
}

/** The ES3 bundle that runs inside Premiere, and inside the stand-in: built beside this file, or under dist/ in a checkout. */
function bundlePath(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [join(here, '../host/premiere.jsx'), join(here, '../dist/host/premiere.jsx')];
  const found = places.find((place) => existsSync(place));
  if (!found) throw new CannotDo('the code that runs inside Premiere is not built yet: npm run build');
  return found;
}

/** `state` undefined = a new project of `host`; a state of another kind opens what it is of. Throws CannotDo for one that cannot be read. */
export function standinFrom(state: unknown, opened: Opened, host: StandinHost = 'standin'): Standin {
  const kind = kindOf(state);
  const fits = state === undefined || STANDINS[host].kind === kind;
  const name = fits ? host : NAMES.find((each) => STANDINS[each].kind === kind);
  return STANDINS[name ?? host].open(state, opened);
}

function premiereFrom(state: unknown, { handoff, files }: Pick<Opened, 'handoff' | 'files'>): Standin {
  return openStandin({
    bundle: bundlePath(),
    media: mediaOf(handoff, files),
    ...(state === undefined ? {} : { state }),
  });
}

function uxpFrom(state: unknown, { handoff, files }: Pick<Opened, 'handoff' | 'files'>): Standin {
  return openStandinUxp({ media: mediaOf(handoff, files), ...(state === undefined ? {} : { state }) });
}

function resolveFrom(state: unknown, { handoff, files }: Pick<Opened, 'handoff' | 'files'>): Standin {
  try {
    return openStandinResolve({ media: resolveMediaOf(handoff, files), more: { write: writeExport }, state });
  } catch (error) {
    throw new CannotDo((error as Error).message);
  }
}

/** Throws CannotDo where the file is neither. A stand-in's state that is not there yet is an empty project, where allowed. */
export async function openProject(
  file: string,
  opened: Opened,
  { mayBeMissing, host = 'standin' }: { mayBeMissing: boolean; host?: StandinHost },
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
  const standin = standinFrom(document, opened, host);
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
