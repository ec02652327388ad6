/**
 * Which files should be called what, by the patterns and by what is known of each clip. Pure: what else lies in the folders is handed in.
 * Nothing is proposed that would overwrite, that two files would share, or that could not be read back.
 */
import type { Clip, Handoff } from '../documents/handoff.ts';
import { fileName, stem, suffix } from '../documents/paths.ts';
import { build } from './build.ts';
import { agrees, bareName, fieldsOf, restsOn, valuesOf, type KnownFields } from './clip.ts';
import { namedAs, patternsFor, type Naming } from './defaults.ts';
import { match } from './match.ts';
import type { Pattern } from './pattern.ts';
import { companionsOf, type Folders } from './companions.ts';
import { settleCollisions } from './collisions.ts';
import { giveNumbers } from './numbers.ts';
import { marksOf } from './words.ts';

/** A file of one root, and what it is to be called; both are paths in manifest form, in one folder. */
export interface FileRename {
  from: string;
  to: string;
}

export interface ClipRename extends FileRename {
  clip: string;
  root: string;
  pattern: string;
  why: string;
  /** Its spanned parts, sidecars and whatever shares its name: moved along. */
  along: FileRename[];
}

export type RefusalCode =
  | 'missing-field'
  | 'collision'
  | 'card'
  | 'sequence'
  | 'unwritable'
  | 'not-there'
  | 'being-written'
  | 'changed'
  | 'read-only'
  | 'outside';

export interface Refusal {
  clip: string;
  root: string;
  path: string;
  code: RefusalCode;
  /** Fields nothing is known of; empty for other reasons. */
  missing: string[];
  message: string;
}

export interface RenamePlan {
  renames: ClipRename[];
  refused: Refusal[];
  /** Clips whose names are right already. */
  right: number;
  /** Clips no pattern speaks of. */
  untouched: number;
}

export interface RenameRequest {
  naming: Naming[];
  /** Names of the files in every folder, by root and folder path; a folder that is absent is taken to hold the manifest's clips only. */
  folders: Folders;
  /** By clip id: what the disk says against touching it. Asked only of clips whose names are wrong. */
  blocked?: ReadonlyMap<string, { code: RefusalCode; message: string }>;
  /** Ids of the clips that are to be renamed; the others keep their names, which may then stand in the way. All where absent. */
  only?: { has(clip: string): boolean };
}

/** One clip on its way to a name. */
export interface Draft {
  clip: Clip;
  pattern: Pattern;
  known: KnownFields;
  /** Without suffix; marks are in it. */
  stem: string;
}

export function planRenames(handoff: Handoff, request: RenameRequest): RenamePlan {
  const { naming, folders, blocked, only } = request;
  const plan: RenamePlan = { renames: [], refused: [], right: 0, untouched: 0 };
  const drafts: Draft[] = [];
  const numbers = giveNumbers(handoff, naming);
  for (const clip of handoff.clips) {
    const patterns = patternsFor(naming, namedAs(clip));
    if (patterns.length === 0) plan.untouched++;
    else if (patterns.some((pattern) => isRight(clip, pattern))) plan.right++;
    else if (!only || only.has(clip.id)) {
      const draft = hindrance(clip) ?? draftOf(clip, patterns, handoff, naming, numbers.get(clip.id));
      if ('code' in draft) plan.refused.push(draft);
      else if (blocked?.has(clip.id)) plan.refused.push(heldBack(draft, blocked.get(clip.id)!));
      else drafts.push(draft);
    }
  }
  const whole = drafts
    .map((draft) => renameOf(draft, handoff, folders))
    // Right already, but for a case that its marks or parts make: nothing would move.
    .filter((rename) => [rename, ...rename.along].some(({ from, to }) => from !== to) || !++plan.right);
  const { renames, refused } = settleCollisions(shareOut(whole), handoff, folders);
  return { ...plan, renames, refused: [...plan.refused, ...refused] };
}

/** It is what the pattern would make of it, letter for letter, and says nothing that is known to be otherwise. */
function isRight(clip: Clip, pattern: Pattern): boolean {
  const name = bareName(clip);
  const read = match(pattern, name);
  if (!read.ok || !agrees(read.fields, clip)) return false;
  const made = build(pattern, read.fields);
  return made.ok && made.name === name;
}

/** Folders whose files are found by name from an index beside them. */
const CARD =
  /(^|\/)(PRIVATE|M4ROOT|XDROOT|BPAV|AVCHD|BDMV|CONTENTS|CLIPS001|DCIM|PANA_GRP|[^/]+\.(RDM|RDC|FCPBUNDLE))\//i;
/** The maker's own programs find the files of a clip by their names. */
const BY_NAME = new Set(['r3d', 'ari', 'arx', 'crm', 'rmf']);

function hindrance(clip: Clip): Refusal | null {
  const refuse = (code: RefusalCode, message: string): Refusal => ({
    ...about(clip),
    code,
    missing: [],
    message,
  });
  if (clip.card !== undefined || CARD.test(clip.path))
    return refuse(
      'card',
      'it lies in a camera card’s own folders, whose index finds it by name; copy the clip out of the card first',
    );
  if (BY_NAME.has(suffix(clip.path)))
    return refuse('card', `.${suffix(clip.path)} files are found by their camera's names; keep them`);
  if (clip.sequence) return refuse('sequence', 'it is an image sequence; rename its folder, not its frames');
  return null;
}

/** With the name it would have, so that a drive that is not here can be talked about. */
function heldBack(
  { clip, stem: name }: Draft,
  { code, message }: { code: RefusalCode; message: string },
): Refusal {
  const to = fileName(clip.path).slice(stem(clip.path).length);
  return { ...about(clip), code, missing: [], message: `${message}; it would be called ${name}${to}` };
}

export function about(clip: Clip): Pick<Refusal, 'clip' | 'root' | 'path'> {
  return { clip: clip.id, root: clip.root, path: clip.path };
}

/** By the first pattern that can be built; where none can, what the first one lacks. */
function draftOf(
  clip: Clip,
  patterns: Pattern[],
  handoff: Handoff,
  naming: Naming[],
  n: string | undefined,
): Draft | Refusal {
  const known = fieldsOf(clip, handoff.production.title, naming);
  if (n !== undefined) known.set('n', { value: n, from: known.get('n')?.value === n ? 'name' : 'kind' });
  // What lacks more than its number has none yet; the number is not what is missing.
  else if (!known.has('n')) known.set('n', { value: '1', from: 'kind' });
  let first: Refusal | undefined;
  for (const pattern of patterns) {
    const made = build(pattern, valuesOf(known));
    if (made.ok) {
      const marks = marksOf(stem(clip.path)).filter((mark) => !made.name.endsWith(`_${mark}`));
      return { clip, pattern, known, stem: [made.name, ...marks].join('_') };
    }
    const { missing, message } = made;
    first ??= { ...about(clip), code: missing.length > 0 ? 'missing-field' : 'unwritable', missing, message };
  }
  return first!;
}

function renameOf(
  { clip, pattern, known, stem: newStem }: Draft,
  handoff: Handoff,
  folders: Folders,
): ClipRename {
  const fields = pattern.tokens.flatMap((token) => (token.type === 'field' ? [token.name] : []));
  const { own, along } = companionsOf(clip, newStem, handoff, folders);
  // A picture's role is its camera, and is called so.
  const said = fields.map((field) => (field === 'role' && clip.kind === 'picture' ? 'camera' : field));
  const why = restsOn([...new Set(said)], known);
  return { clip: clip.id, root: clip.root, ...own, pattern: pattern.text, why, along };
}

/** A sidecar that two clips claim goes with the first. */
function shareOut(renames: ClipRename[]): ClipRename[] {
  const owned = new Set(renames.map(({ root, from }) => `${root}\n${from}`));
  return renames.map((rename) => {
    const along = rename.along.filter(({ from }) => {
      const key = `${rename.root}\n${from}`;
      if (owned.has(key)) return false;
      owned.add(key);
      return true;
    });
    return { ...rename, along };
  });
}
