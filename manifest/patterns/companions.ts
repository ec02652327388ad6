/** The files that must be renamed with a clip: its spanned parts, its sidecars, and whatever else goes by its name in its folder. */
import type { Clip, Handoff } from '../documents/handoff.ts';
import { fileName } from '../documents/paths.ts';
import type { FileRename } from './rename.ts';

/** Names in NFC, by `root`, line break, folder ('' = the root itself). */
export type Folders = ReadonlyMap<string, readonly string[]>;

export const folderKey = (root: string, folder: string) => `${root}\n${folder}`;

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Kinds that keep their own name and are never taken for something's sidecar. */
const OWN_NAME = new Set(['picture', 'sound', 'music']);

/**
 * `own` is the clip's file. Parts are numbered `_P01` behind the name, in the camera's count; a file that goes by the clip's name keeps
 * what stands behind it: `MVI_0042.MOV.xml` → `SCENE_07_TAKE_03.MOV.xml`. `._` files of a Mac go with theirs.
 */
export function companionsOf(
  clip: Clip,
  newStem: string,
  handoff: Handoff,
  folders: Folders,
): { own: FileRename; along: FileRename[] } {
  const parts = clip.parts ?? [];
  const digits = Math.max(2, ...parts.map(({ number }) => String(number).length));
  const sounds = parts.filter(({ essence }) => essence === 'sound').length;
  const numbered = new Map(
    (parts.length > 1 ? parts : []).map(({ path, number, essence }) => {
      const count = String(number).padStart(digits, '0');
      // Sound in a file of its own beside the picture is no stretch of it.
      if (essence !== 'sound') return [path, parts.length - sounds > 1 ? `${newStem}_P${count}` : newStem];
      return [path, sounds > 1 ? `${newStem}_A${count}` : newStem];
    }),
  );
  const own = renamed(clip.path, numbered.get(clip.path) ?? newStem);
  const along = parts.flatMap(({ path }) =>
    path === clip.path ? [] : [renamed(path, numbered.get(path) ?? newStem)],
  );
  const taken = new Set([clip.path, ...along.map(({ from }) => from)]);
  for (const rename of [own, ...along.slice()]) {
    const stemOf = stemText(rename.from);
    for (const path of [...sharing(rename.from, clip, handoff, folders), ...sidecars(clip, stemOf)]) {
      if (taken.has(path)) continue;
      taken.add(path);
      along.push({ from: path, to: replaceStem(path, stemOf, stemText(rename.to)) });
    }
  }
  return { own, along };
}

/** As written, for cutting it off names that begin with it. */
function stemText(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}

function renamed(path: string, newStem: string): FileRename {
  return { from: path, to: replaceStem(path, stemText(path), newStem) };
}

/** Keeps folder, a Mac's `._` and everything behind the stem. */
function replaceStem(path: string, oldStem: string, newStem: string): string {
  const name = fileName(path);
  const dots = name.startsWith('._') ? '._' : '';
  const rest = name.slice(dots.length + oldStem.length);
  return path.slice(0, path.length - name.length) + dots + newStem + rest;
}

const folded = (name: string) => name.normalize('NFC').toLowerCase();

/** A camera's sidecar may add letters before its ending: C0001M01.XML beside C0001.MP4. One under another name keeps it. */
function sidecars(clip: Clip, stemOf: string): string[] {
  return (clip.sidecars ?? []).filter((each) => folded(fileName(each)).startsWith(folded(stemOf)));
}

/** Files beside it whose names are its name with another ending; none that has a name of its own, and none where another clip owns the name. */
function sharing(path: string, clip: Clip, handoff: Handoff, folders: Folders): string[] {
  const folder = folderOf(path);
  const { own, owners } = ownNames(handoff);
  const stemOf = folded(stemText(path));
  const mine = owners.get(`${clip.root}\n${folder}\n${stemOf}`) === clip.id;
  const inFolder = byStem(folders.get(folderKey(clip.root, folder)) ?? []).get(stemOf) ?? [];
  return inFolder.flatMap((name) => {
    const each = folder ? `${folder}/${name}` : name;
    const bare = withoutDots(name);
    const main = folder ? `${folder}/${bare}` : bare;
    if (each === path) return [];
    // A Mac's `._` file belongs to the one file it is named after.
    if (main === path) return [each];
    return mine && !own.has(`${clip.root}\n${main}`) ? [each] : [];
  });
}

const withoutDots = (name: string) => (name.startsWith('._') && name.length > 2 ? name.slice(2) : name);

const stems = new WeakMap<readonly string[], Map<string, string[]>>();

/** Names of a folder by everything that stands before one of their dots, and by themselves. */
function byStem(names: readonly string[]): Map<string, string[]> {
  const known = stems.get(names);
  if (known) return known;
  const found = new Map<string, string[]>();
  for (const name of names) {
    const bare = folded(withoutDots(name));
    const ends = [...bare.matchAll(/\./g)].flatMap(({ index: at }) => (at ? [at] : []));
    for (const key of new Set([...ends.map((end) => bare.slice(0, end)), bare])) {
      const list = found.get(key);
      if (list) list.push(name);
      else found.set(key, [name]);
    }
  }
  stems.set(names, found);
  return found;
}

interface OwnNames {
  /** Files with a name of their own: clips, their parts, log sheets. As `root`, line break, path. */
  own: Set<string>;
  /** Id of the clip that files of one name in one folder belong to: of picture and sound the picture. */
  owners: Map<string, string>;
}

const cache = new WeakMap<Handoff, OwnNames>();

function ownNames(handoff: Handoff): OwnNames {
  const known = cache.get(handoff);
  if (known) return known;
  const own = new Set<string>();
  const owners = new Map<string, string>();
  const pictures = new Set<string>();
  for (const { name } of handoff.roots)
    for (const { path } of handoff.log.sheets) own.add(`${name}\n${path.replace(/#[^/]*$/, '')}`);
  for (const clip of handoff.clips) {
    if (!OWN_NAME.has(clip.kind)) continue;
    for (const path of [clip.path, ...(clip.parts ?? []).map((part) => part.path)]) {
      own.add(`${clip.root}\n${path}`);
      const key = `${clip.root}\n${folderOf(path)}\n${folded(stemText(path))}`;
      if (!owners.has(key) || (clip.kind === 'picture' && !pictures.has(key))) owners.set(key, clip.id);
      if (clip.kind === 'picture') pictures.add(key);
    }
  }
  cache.set(handoff, { own, owners });
  return { own, owners };
}
