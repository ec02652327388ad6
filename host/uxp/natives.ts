/**
 * Premiere's UXP objects where `@adobe/premierepro` 26.3 is silent or says more than every version has. Whether something is
 * there is asked of the object itself: versions are not compared.
 */
import type {
  Action,
  ClipProjectItem,
  FolderItem,
  Media,
  premierepro,
  Project,
  ProjectItem,
  Sequence,
  TickTime,
} from '@adobe/premierepro';

export type { Action, ClipProjectItem, FolderItem, Project, ProjectItem, Sequence, TickTime };
export type Premiere = premierepro;
export type Marker = ReturnType<Markers['getMarkers']>[number];
export type Markers = Awaited<ReturnType<Premiere['Markers']['getMarkers']>>;

/** 26.5 has getStart; 26.3 has start, declared as a TickTime and documented as a promise of one; before, neither. */
export interface NativeMedia extends Omit<Media, 'start' | 'duration'> {
  getStart?(): Promise<TickTime>;
  readonly start?: TickTime | Promise<TickTime>;
}

/** Each came with 26.2, AAF with 26.3; before 26.2 the whole object is absent. */
export type Converter = Partial<Premiere['ProjectConverter']>;

/** What only the disk knows. */
export interface Disk {
  exists(path: string): Promise<boolean>;
}

/** Everything this code speaks to. */
export interface Host {
  ppro: Premiere;
  disk: Disk;
  /** Premiere's version, as UXP says it: `26.5.0`. */
  version: string;
}

/** A refusal with a code the panel knows. */
export function refuse(code: string, message: string): Error {
  return Object.assign(new Error(message), { baton: code });
}

/** What went wrong, as text; Premiere throws strings too. */
export function reasonOf(error: unknown): string {
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' && message !== '' ? message : String(error);
}

/** The open project, looked up anew at every call: a project kept from before may be another. */
export async function openProject({ ppro }: Host): Promise<Project> {
  const project = (await ppro.Project.getActiveProject()) as Project | null | undefined;
  if (!project) throw refuse('not-open', 'No project is open in Premiere: open one and try again.');
  return project;
}

/** The answer, or null where Premiere throws instead of saying that there is none. */
export async function orNull<T>(ask: () => T | Promise<T>): Promise<T | null> {
  try {
    return (await ask()) ?? null;
  } catch {
    return null;
  }
}

/** Premiere answers several questions at once faster than one after another; more than these only pile up. */
const AT_ONCE = 32;

/** The answers in the order of the things asked about. */
export async function askEach<T, R>(things: readonly T[], ask: (thing: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < things.length; at += AT_ONCE)
    answers.push(...(await Promise.all(things.slice(at, at + AT_ONCE).map(ask))));
  return answers;
}
