/** Reads the project: its bins, its items, and what each holds. One walk per call; children by index, never for-in. */
import type {
  RawAbout,
  RawBin,
  RawItem,
  RawMarker,
  RawProject,
  ReadProjectRequest,
} from '../../bridge/premiere/wire.ts';
import { openProject } from './answer.ts';
import { BIN, ROOT, type NativeItem, type NativeMarker, type NativeMarkers } from './natives.ts';

export interface Found {
  item: NativeItem;
  bin: string[];
}
export interface Walked {
  bins: Found[];
  items: Found[];
}

/** What a bin holds; nothing for an item, whose children are null. */
export function childrenOf(bin: NativeItem): NativeItem[] {
  const held: NativeItem[] = [];
  const children = bin.children;
  if (!children) return held;
  for (let i = 0; i < children.numItems; i++) {
    const child = children[i];
    if (child) held.push(child);
  }
  return held;
}

/**
 * Every bin (`bin` is its own path) and item, parents first, each once. A search bin shows items that lie elsewhere; the
 * bin that an item's own path names is the one it lies in.
 */
export function walkProject(): Walked {
  const bins: Found[] = [{ item: openProject().rootItem, bin: [] }];
  const items: Found[] = [];
  const seen: Record<string, Found> = {};
  for (let at = 0; at < bins.length; at++) {
    const parent = bins[at]!;
    const children = childrenOf(parent.item);
    for (let i = 0; i < children.length; i++) {
      const child = children[i]!;
      const twice = seen['#' + child.nodeId];
      if (twice) {
        if (child.treePath === parent.item.treePath + '\\' + child.name) twice.bin = parent.bin;
        continue;
      }
      const isBin = child.type === BIN || child.type === ROOT;
      const found: Found = { item: child, bin: isBin ? parent.bin.concat([child.name]) : parent.bin };
      seen['#' + child.nodeId] = found;
      (isBin ? bins : items).push(found);
    }
  }
  bins.shift();
  return { bins, items };
}

/** Absolute path of the media; null for sequences, titles and other made things, where Premiere answers '' or throws. */
export function mediaPath(item: NativeItem): string | null {
  try {
    return item.getMediaPath() || null;
  } catch {
    return null;
  }
}

/** Frames a second as Premiere's float; null for sound and made things. */
export function frameRate(item: NativeItem): number | null {
  try {
    const interpretation = item.getFootageInterpretation();
    return interpretation && interpretation.frameRate > 0 ? interpretation.frameRate : null;
  } catch {
    return null;
  }
}

export function projectMetadata(item: NativeItem): string | null {
  try {
    return item.getProjectMetadata() || null;
  } catch {
    return null;
  }
}

export function labelOf(item: NativeItem): number | null {
  try {
    const label = item.getColorLabel();
    return typeof label === 'number' ? label : null;
  } catch {
    return null;
  }
}

export function readMarker(marker: NativeMarker): RawMarker {
  return {
    start: marker.start.ticks,
    end: marker.end.ticks,
    name: marker.name,
    comments: marker.comments,
    type: marker.type,
    colour: marker.getColorByIndex(),
  };
}

/** In Premiere's order. numMarkers bounds the walk: getNextMarker is not trusted to end. */
export function readMarkers(markers: NativeMarkers | undefined | 0): RawMarker[] {
  const read: RawMarker[] = [];
  if (!markers || !markers.numMarkers) return read;
  let marker = markers.getFirstMarker();
  for (let left = markers.numMarkers; marker && left > 0; left--) {
    read.push(readMarker(marker));
    marker = markers.getNextMarker(marker);
  }
  return read;
}

/** The item's markers; undefined for sequences and made things, which have none of their own. */
export function markersOf(item: NativeItem): NativeMarkers | undefined {
  try {
    return item.getMarkers() || undefined;
  } catch {
    return undefined;
  }
}

export function about(): RawAbout {
  const project = openProject();
  return { version: app.version, project: { id: project.documentID, name: project.name } };
}

function readItem(found: Found): RawItem {
  const item = found.item;
  const isSequence = !!item.isSequence();
  const markers = isSequence ? [] : readMarkers(markersOf(item));
  return {
    id: item.nodeId,
    name: item.name,
    file: mediaPath(item),
    bin: found.bin,
    isSequence,
    offline: !!item.isOffline(),
    label: labelOf(item),
    xmp: projectMetadata(item),
    frameRate: markers.length > 0 ? frameRate(item) : null,
    markers,
  };
}

function readOrNull(found: Found): RawItem | null {
  try {
    return readItem(found);
  } catch {
    return null;
  }
}

let pages: { walked: Walked; project: string } | null = null;

/** The first page and the last look at the whole project, so that what changed in between shows; those between go by the first look. */
function walkedFor(request: ReadProjectRequest): Walked {
  const project = openProject().documentID;
  const old = pages;
  const last = old !== null && request.from + request.limit >= old.walked.items.length;
  if (request.from > 0 && old && old.project === project && !last) return old.walked;
  const walked = walkProject();
  pages = { walked, project };
  return walked;
}

export function readProject(request: ReadProjectRequest): RawProject {
  const walked = walkedFor(request);
  const bins: RawBin[] = [];
  for (let i = 0; request.from === 0 && i < walked.bins.length; i++) {
    bins.push({ id: walked.bins[i]!.item.nodeId, path: walked.bins[i]!.bin });
  }
  const items: RawItem[] = [];
  let at = request.from;
  let characters = 0;
  while (at < walked.items.length && items.length < request.limit && characters < request.characters) {
    const read = readOrNull(walked.items[at]!);
    // Gone since the first page: no page follows, and whoever counts the items starts over.
    if (!read) return { about: about(), bins, items, total: walked.items.length, next: null };
    items.push(read);
    characters += read.xmp ? read.xmp.length : 0;
    at++;
  }
  return {
    about: about(),
    bins,
    items,
    total: walked.items.length,
    next: at < walked.items.length ? at : null,
  };
}
