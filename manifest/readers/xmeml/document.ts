/** What an xmeml document holds, found in one walk: its sequences, and everything that is named by an id somewhere else. */
import { child, childText, type XmlElement } from '../../xml/read.ts';

export interface Document {
  /** Sequences that stand in bins or alone, in the order of the file, then those nested in others. */
  sequences: XmlElement[];
  byId: Map<string, XmlElement>;
  /** Definitions of files. */
  files: Map<string, XmlElement>;
  /** Master clips, by their own id and by the one their uses name. */
  masters: Map<string, XmlElement>;
  /** Clips in bins. */
  clips: number;
  /** Whether Premiere wrote it: its marks for drop-frame are its own. */
  premiere: boolean;
}

export function survey(root: XmlElement): Document {
  const found: Document = {
    sequences: [],
    byId: new Map(),
    files: new Map(),
    masters: new Map(),
    clips: 0,
    premiere: false,
  };
  const nested: XmlElement[] = [];
  const walk = (element: XmlElement, inside: boolean) => {
    for (const each of element.children) {
      // A filter may hold clips of its own (mattes); they are no part of the cut.
      if (each.name === 'filter' || each.name === 'effect') continue;
      note(found, nested, each, inside);
      if (each.children.length) walk(each, inside || each.name === 'clipitem');
    }
  };
  walk(root, false);
  found.sequences.push(...nested);
  return found;
}

function note(found: Document, nested: XmlElement[], element: XmlElement, inside: boolean): void {
  const { name, children } = element;
  if (name === 'sequence' && children.length) {
    const { id } = element.attributes;
    if (id !== undefined && found.byId.has(id)) return;
    if (id !== undefined) found.byId.set(id, element);
    if (inside) nested.push(element);
    else found.sequences.push(element);
    for (const attribute in element.attributes)
      if (/^(TL|MZ|Monitor)\.|^explodedTracks$/.test(attribute)) found.premiere = true;
  } else if (name === 'file' && children.length) {
    const { id } = element.attributes;
    // Some writers repeat a file whole; the first that says where it lies counts.
    const before = id === undefined ? undefined : found.files.get(id);
    if (id !== undefined && (!before || (!child(before, 'pathurl') && child(element, 'pathurl'))))
      found.files.set(id, element);
  } else if (name === 'clip') {
    found.clips++;
    for (const id of [element.attributes['id'], childText(element, 'masterclipid')])
      if (id !== undefined && !found.masters.has(id)) found.masters.set(id, element);
  } else if (name === 'pproTicksIn') found.premiere = true;
}

/** The first file anywhere inside a master clip or an angle. */
export function fileInside(element: XmlElement): XmlElement | undefined {
  for (const each of element.children) {
    const found = each.name === 'file' ? each : each.name === 'filter' ? undefined : fileInside(each);
    if (found) return found;
  }
  return undefined;
}
