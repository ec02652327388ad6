/**
 * Finds bins by path and items by node id or media path. Walking a project costs Premiere a look at everything in it, so the index is
 * kept from call to call while one plan is applied; whatever it says is asked of the bin or the item itself before it is believed.
 */
import type { WireTarget } from '../../bridge/premiere/wire.ts';
import { openProject } from './answer.ts';
import { BIN, type NativeItem } from './natives.ts';
import { childrenOf, mediaPath, projectMetadata, walkProject, type Found } from './project.ts';

export interface ItemIndex {
  /** The bin at this path, or null. [] is the project's root. */
  bin(path: string[]): NativeItem | null;
  addBin(path: string[], bin: NativeItem): void;
  addItem(item: NativeItem, bin: string[]): void;
  has(nodeId: string): boolean;
  removeBin(path: string[]): void;
  removeItem(nodeId: string): void;
  /** `trusting`: what the index does not know is not in the project; else it looks at all of it again first. */
  find(target: WireTarget, trusting: boolean): Found | null;
  /** Whether the item lies in this bin; two bins of one name and place cannot be told apart by it. */
  lies(item: NativeItem, bin: NativeItem): boolean;
}

/** Two names never run together in a key, whatever they hold; the sign in front keeps `__proto__` a plain key. */
function binKey(path: string[]): string {
  let key = '#';
  for (let i = 0; i < path.length; i++) key += path[i]!.length + ':' + path[i];
  return key;
}

/** Separators, and case where the file system folds it: Windows paths only. */
export function pathKey(path: string): string {
  const windows = /^[A-Za-z]:(\\|\/)/.test(path) || path.substring(0, 2) === '\\\\';
  return '#' + (windows ? path.replace(/\\/g, '/').toLowerCase() : path);
}

/** Milliseconds after which the whole project is looked at again, whoever may have worked in it since. */
const YOUNG = 20_000;

interface Kept {
  index: ItemIndex;
  project: string;
  at: number;
}
let kept: Kept | null = null;
/** Counts calls: what was looked at within one call cannot have changed, as Premiere does nothing else meanwhile. */
let call = 0;

/** A call begins that must see the project as it is. */
export function indexProject(): ItemIndex {
  call++;
  const index = buildIndex();
  kept = { index, project: openProject().documentID, at: new Date().getTime() };
  return index;
}

/** A call begins that goes on with a plan. */
export function currentIndex(): ItemIndex {
  const old = kept;
  const age = old ? new Date().getTime() - old.at : -1;
  if (!old || old.project !== openProject().documentID || age < 0 || age > YOUNG) return indexProject();
  call++;
  return old.index;
}

export function forgetIndex(): void {
  kept = null;
}

function treePath(item: NativeItem): string | null {
  try {
    return item.treePath;
  } catch {
    return null;
  }
}

interface Known {
  bins: Record<string, NativeItem>;
  /** Bins of which there are two at one path. */
  twins: Record<string, boolean>;
  byId: Record<string, Found>;
  /** Media paths cost a call each, so they are asked for only when an id does not settle it. */
  byPath: Record<string, Found[]> | null;
  /** The call in which all children of a bin were looked at. */
  scanned: Record<string, number>;
  built: number;
}

function look(): Known {
  const known: Known = { bins: {}, twins: {}, byId: {}, byPath: null, scanned: {}, built: call };
  const walked = walkProject();
  for (let i = 0; i < walked.bins.length; i++) {
    const { item, bin } = walked.bins[i]!;
    const key = binKey(bin);
    if (known.bins[key]) known.twins['#' + treePath(item)] = true;
    else known.bins[key] = item;
  }
  for (let i = 0; i < walked.items.length; i++)
    known.byId['#' + walked.items[i]!.item.nodeId] = walked.items[i]!;
  return known;
}

function buildIndex(): ItemIndex {
  let known = look();
  const root = openProject().rootItem;
  const rootPath = treePath(root);

  /** A bin that was renamed, moved or deleted since is not the one at this path any more. */
  const stands = (bin: NativeItem, path: string[]): boolean =>
    known.built === call || treePath(bin) === rootPath + '\\' + path.join('\\');
  const bin = (path: string[]): NativeItem | null => {
    if (path.length === 0) return root;
    const key = binKey(path);
    const there = known.bins[key];
    if (there && stands(there, path)) return there;
    if (known.built === call) return null;
    delete known.bins[key];
    const above = path.slice(0, path.length - 1);
    const parent = bin(above);
    const parentKey = binKey(above);
    if (!parent || known.scanned[parentKey] === call) return null;
    known.scanned[parentKey] = call;
    const children = childrenOf(parent);
    for (let i = children.length - 1; i >= 0; i--)
      if (children[i]!.type === BIN) known.bins[binKey(above.concat([children[i]!.name]))] = children[i]!;
    return known.bins[key] || null;
  };
  const addPath = (paths: Record<string, Found[]>, found: Found): void => {
    const path = mediaPath(found.item);
    if (path === null) return;
    const key = pathKey(path);
    if (paths[key]) paths[key]!.push(found);
    else paths[key] = [found];
  };
  const candidates = (target: WireTarget): Found[] => {
    if (!known.byPath) {
      known.byPath = {};
      for (const id in known.byId) if (known.byId[id]!.item) addPath(known.byPath, known.byId[id]!);
    }
    const there: Found[] = [];
    for (let i = 0; i < target.paths.length && there.length === 0; i++) {
      const listed = known.byPath[pathKey(target.paths[i]!)] || [];
      for (let j = 0; j < listed.length; j++)
        if (known.byId['#' + listed[j]!.item.nodeId] && isAt(listed[j]!.item, target.paths))
          there.push(listed[j]!);
    }
    return there;
  };
  const search = (target: WireTarget): Found | null => {
    const named = target.item === null ? undefined : known.byId['#' + target.item];
    if (named && (isAt(named.item, target.paths) || isMarked(named.item, target.mark))) return named;
    const there = candidates(target);
    for (let i = 0; there.length > 1 && i < there.length; i++)
      if (isMarked(there[i]!.item, target.mark)) return there[i]!;
    return there[0] || null;
  };
  return {
    bin,
    addBin: (path, made) => {
      known.bins[binKey(path)] = made;
    },
    addItem: (item, into) => {
      const found = { item, bin: into };
      known.byId['#' + item.nodeId] = found;
      if (known.byPath) addPath(known.byPath, found);
    },
    has: (nodeId) => !!known.byId['#' + nodeId],
    removeBin: (path) => {
      delete known.bins[binKey(path)];
    },
    removeItem: (nodeId) => {
      delete known.byId['#' + nodeId];
    },
    find: (target, trusting) => {
      const found = search(target);
      if (found || trusting || known.built === call) return found;
      known = look();
      return search(target);
    },
    lies: (item, into) => {
      const path = treePath(into);
      if (known.twins['#' + path]) return holds(into, item.nodeId);
      return treePath(item) === path + '\\' + item.name;
    },
  };
}

function holds(bin: NativeItem, nodeId: string): boolean {
  const children = childrenOf(bin);
  for (let i = 0; i < children.length; i++) if (children[i]!.nodeId === nodeId) return true;
  return false;
}

/** A node id alone proves nothing: it counts up from the same number in every project. */
function isAt(item: NativeItem, paths: string[]): boolean {
  const path = mediaPath(item);
  if (path === null) return false;
  for (let i = 0; i < paths.length; i++) if (pathKey(path) === pathKey(paths[i]!)) return true;
  return false;
}

function isMarked(item: NativeItem, mark: string): boolean {
  const xmp = projectMetadata(item);
  return xmp !== null && xmp.indexOf(mark) >= 0;
}
