/** What a camera-card structure looks like to the rest of Baton. One file per structure in this folder; the list is index.ts. */
import { fileName, stem, suffix } from '../documents/paths.ts';

export interface Folder {
  /** Folder names from the top, as written. */
  folders: string[];
  /** The same in lower case: cards are FAT, which folds it. */
  folded: string[];
}

/** A file's path taken apart once, for every structure that looks at it. */
export interface FilePlace extends Folder {
  path: string;
  /** Folder with its `/`; '' at the top. */
  folder: string;
  name: string;
  stem: string;
  /** Lower case, no dot. */
  suffix: string;
}

/**
 * What one file is to a structure.
 * `part`: a file of the clip of this name, `number` from 1; `essence` marks sound that runs along the whole clip.
 * `beside`: speaks of the clip of this name; where no such clip is found it is judged as if nothing had been claimed.
 * `card`: the card's own bookkeeping, which speaks of no one clip.
 * A clip's name is its folder and its files' common beginning. For `beside` a further `or` is tried where the first is no clip.
 */
export type Claim =
  | { as: 'part'; clip: string; number: number; essence?: 'sound' }
  | { as: 'beside'; clip: string; or?: string; orCard?: boolean }
  | { as: 'card' };

export interface Card {
  /** Stable; stands in a clip's `card`. */
  id: string;
  label: string;
  /**
   * What an editor makes of a clip of several files. `whole`: given the first, it shows the whole clip, and given another it
   * shows the clip twice. `each`: it knows nothing of the others, and each must be imported.
   */
  parts: 'whole' | 'each';
  /** Null where the file is none of this structure. Only path and name are known; nothing is opened. */
  claim(file: FilePlace): Claim | null;
}

/** `known`: folders taken apart already; most files share theirs. */
export function placeOf(path: string, known: Map<string, Folder> = new Map()): FilePlace {
  const name = fileName(path);
  const folder = path.slice(0, path.length - name.length);
  let apart = known.get(folder);
  if (!apart) {
    const folders = folder === '' ? [] : folder.slice(0, -1).split('/');
    known.set(folder, (apart = { folders, folded: folders.map((each) => each.toLowerCase()) }));
  }
  return { path, folder, ...apart, name, stem: stem(path), suffix: suffix(path) };
}

/** The folders of `file` up to the one above the last that is called `name` (lower case), with `/`; null where none is. */
export function above(
  { folders, folded }: FilePlace,
  name: string,
): { base: string; below: string[] } | null {
  const at = folded.lastIndexOf(name);
  if (at < 0) return null;
  return {
    base: folders
      .slice(0, at)
      .map((folder) => `${folder}/`)
      .join(''),
    below: folded.slice(at + 1),
  };
}
