/** Finds bins by path and items by node id or media path. Built once per call and kept right while that call writes. */
import type { WireTarget } from '../../bridge/premiere/wire.ts';
import { openProject } from './answer.ts';
import type { NativeItem } from './natives.ts';
import { mediaPath, projectMetadata, walkProject, type Found } from './project.ts';

export interface ItemIndex {
  /** The bin at this path, or null. [] is the project's root. */
  bin(path: string[]): NativeItem | null;
  addBin(path: string[], bin: NativeItem): void;
  addItem(item: NativeItem, bin: string[]): void;
  removeBin(path: string[]): void;
  removeItem(nodeId: string): void;
  find(target: WireTarget): Found | null;
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

export function indexProject(): ItemIndex {
  const root = openProject().rootItem;
  const bins: Record<string, NativeItem> = {};
  const byId: Record<string, Found> = {};
  // Media paths cost a call each, so they are asked for only when an id does not settle it.
  let byPath: Record<string, Found[]> | null = null;

  const addPath = (paths: Record<string, Found[]>, found: Found): void => {
    const path = mediaPath(found.item);
    if (path === null) return;
    const key = pathKey(path);
    const there = paths[key];
    if (there) there.push(found);
    else paths[key] = [found];
  };
  const walked = walkProject();
  for (let i = 0; i < walked.bins.length; i++) {
    const key = binKey(walked.bins[i]!.bin);
    if (!bins[key]) bins[key] = walked.bins[i]!.item;
  }
  for (let i = 0; i < walked.items.length; i++) byId['#' + walked.items[i]!.item.nodeId] = walked.items[i]!;

  const candidates = (target: WireTarget): Found[] => {
    if (!byPath) {
      byPath = {};
      for (let i = 0; i < walked.items.length; i++) addPath(byPath, walked.items[i]!);
    }
    for (let i = 0; i < target.paths.length; i++) {
      const there = byPath[pathKey(target.paths[i]!)];
      if (there) return there;
    }
    return [];
  };
  return {
    bin: (path) => (path.length === 0 ? root : bins[binKey(path)] || null),
    addBin: (path, bin) => {
      bins[binKey(path)] = bin;
    },
    addItem: (item, bin) => {
      const found = { item, bin };
      byId['#' + item.nodeId] = found;
      walked.items.push(found);
      if (byPath) addPath(byPath, found);
    },
    removeBin: (path) => {
      delete bins[binKey(path)];
    },
    removeItem: (nodeId) => {
      delete byId['#' + nodeId];
      for (let i = walked.items.length - 1; i >= 0; i--)
        if (walked.items[i]!.item.nodeId === nodeId) walked.items.splice(i, 1);
      byPath = null;
    },
    find: (target) => {
      const named = target.item === null ? undefined : byId['#' + target.item];
      if (named && (isAt(named.item, target.paths) || isMarked(named.item, target.mark))) return named;
      const there = candidates(target);
      for (let i = 0; there.length > 1 && i < there.length; i++) {
        if (isMarked(there[i]!.item, target.mark)) return there[i]!;
      }
      return there[0] || null;
    },
  };
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
