/** What a person can do about an issue right where it stands, and the edits that do it. */
import type { Edit } from '../manifest/documents/edit.ts';
import type { Clip, Handoff } from '../manifest/documents/handoff.ts';
import type { Issue } from '../manifest/documents/issue.ts';
import { fileName } from '../manifest/documents/paths.ts';
import { issueKey } from '../manifest/waivers.ts';
import { once } from './once.ts';
import type { Change } from './state.ts';
import { counted } from './words.ts';

/** Codes that are settled by saying that a picture has no sound. */
const SILENT = /^(no-timecode|unsynced-(no-sound|no-overlap|partial|rate-mismatch|no-timecode))$/;
/** Codes that are settled by saying which scene and take a clip is. */
const UNPLACED = /^(name-unclear|name-no-scene|name-camera|witness-conflict|log-clip-no-row)$/;
/** Codes that another file name settles; where nobody knows scene and take there is none to propose. */
const MISNAMED = /^(naming|name-(unclear|illegal|delivery))$/;
/** Codes of log sheets whose columns were not understood, or not as they were meant. */
const SHEET = /^(log-|note-)/;
/** Faults of the manifest itself stand whatever anyone says. */
const CANNOT_STAND = /^(manifest-|roots-|journal-|choices-)/;

export interface IssueActions {
  /** Pictures that could be marked as MOS. */
  mos: Clip[];
  /** Clips whose scene and take can be said. */
  place: Clip[];
  /** Paths of the clips that another name may be proposed for. */
  names: string[];
  /** Whether the columns of log sheets may be at fault. */
  columns: boolean;
  waive: boolean;
}

/** Two roots may each hold a clip of one path. */
const clipsByPath = once(({ clips }: Handoff) => {
  const byPath = new Map<string, Clip[]>();
  for (const clip of clips) {
    const known = byPath.get(clip.path);
    if (known) known.push(clip);
    else byPath.set(clip.path, [clip]);
  }
  return byPath;
});

function isPlaced({ identity }: Clip): boolean {
  return !!(identity.scene && identity.take);
}

export function actionsFor(handoff: Handoff, issue: Issue): IssueActions {
  const byPath = clipsByPath(handoff);
  const clips = [...new Set(issue.clips)].flatMap((path) => byPath.get(path) ?? []);
  const silent = SILENT.test(issue.code);
  return {
    mos: silent ? clips.filter((clip) => clip.kind === 'picture' && clip.soundKind !== 'mos') : [],
    place: UNPLACED.test(issue.code) ? clips : [],
    names: MISNAMED.test(issue.code)
      ? clips.filter((clip) => issue.code !== 'name-unclear' || isPlaced(clip)).map(({ path }) => path)
      : [],
    columns: SHEET.test(issue.code) && Object.keys(handoff.log.mappings ?? {}).length > 0,
    waive: !CANNOT_STAND.test(issue.code),
  };
}

function named(clips: readonly { path: string }[]): string {
  return clips.length === 1 ? fileName(clips[0]!.path) : counted(clips.length, 'clip');
}

export function markMos(clips: Clip[]): Change {
  const edits = clips.map((clip): Edit => ({ edit: 'sound-kind', clip: clip.id, to: 'mos' }));
  return { label: `MOS: ${named(clips)}`, edits };
}

/** An empty field is left as it is. */
export function sayPlace(clips: Clip[], said: { scene: string; take: string }): Change {
  const edits = clips.flatMap((clip) =>
    (['scene', 'take'] as const).flatMap((field): Edit[] => {
      const to = said[field].trim();
      return to === '' || to === clip.identity[field] ? [] : [{ edit: 'identity', clip: clip.id, field, to }];
    }),
  );
  return { label: `Scene ${said.scene} take ${said.take}: ${named(clips)}`, edits };
}

/** `reason` null: they count again. */
export function letStand(
  handoff: Handoff,
  issues: Issue[],
  said: { reason: string | null; by: string },
): Change {
  const by = said.by.trim();
  const edits = issues.map((issue): Edit => ({
    edit: 'waive',
    issue: issueKey(handoff, issue),
    reason: said.reason,
    ...(by && said.reason !== null ? { by } : {}),
  }));
  const verb = said.reason === null ? 'Counts again' : 'Let stand';
  return { label: `${verb}: ${counted(issues.length, 'issue')}`, edits };
}

/** The place of an issue for people: a position in the manifest says nothing to them, its file names do. */
export function placeOf({ at, clips }: Issue): string {
  const plain = at.replace(/^clips\[\d+\]\s*/, '');
  if (plain !== '' && !/^\w+\[\d+\]/.test(plain)) return plain;
  const more = clips.length > 1 ? ` and ${clips.length - 1} more` : '';
  return clips.length > 0 ? `${fileName(clips[0]!)}${more}` : '';
}
