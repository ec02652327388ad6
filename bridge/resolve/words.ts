/** Resolve's words for Baton's, and back: colours, metadata, Good Take, and what Resolve imports without asking. */
import type { AnyLabel, MarkerColour, Metadata } from '../../manifest/documents/plan.ts';
import {
  RESOLVE_CLIP_COLOURS,
  RESOLVE_GOOD,
  RESOLVE_MARKER_COLOURS,
  RESOLVE_METADATA,
  RESOLVE_UNSYNCED,
} from '../../manifest/job.ts';
import { wordsOf } from '../../manifest/plan/keywords.ts';
import type { Dict } from './ask.ts';

const CLIP_COLOURS = new Set(
  'Orange Apricot Yellow Lime Olive Green Teal Navy Blue Purple Violet Pink Tan Beige Brown Chocolate'.split(
    ' ',
  ),
);
const colourOf = new Map<string, string>(Object.entries(RESOLVE_CLIP_COLOURS));
const labelOf = new Map<string, string>(
  Object.entries(RESOLVE_CLIP_COLOURS).map(([ours, theirs]) => [theirs, ours]),
);
const markerOf = new Map<string, MarkerColour>(
  (Object.entries(RESOLVE_MARKER_COLOURS) as [MarkerColour, string][]).map(([ours, theirs]) => [
    theirs,
    ours,
  ]),
);

/** Resolve's clip colour for a label; '' = none; null where Resolve has no such colour. */
export function clipColour(label: AnyLabel): string | null {
  if (label === null) return '';
  const colour = colourOf.get(label) ?? label;
  return CLIP_COLOURS.has(colour) ? colour : null;
}
export function labelName(colour: string): string | null {
  return colour === '' ? null : (labelOf.get(colour) ?? colour);
}
/** The nearest of Baton's colours; blue for one that Baton does not use. */
export function markerColour(colour: string): MarkerColour {
  return markerOf.get(colour) ?? 'blue';
}

/** A keyword and a flag that stand together for something Resolve has no writable field for. */
export interface Sign {
  keyword: string;
  flag: string;
  /** Its name in what Baton remembers on a clip. */
  memory: string;
}
export const GOOD: Sign = RESOLVE_GOOD;
export const UNSYNCED: Sign = RESOLVE_UNSYNCED;

export const FIELD_KEYS = Object.entries(RESOLVE_METADATA) as [keyof typeof RESOLVE_METADATA, string][];
/** What GetClipProperty calls a metadata key, where it differs. */
const PROPERTY: Record<string, string> = { Keywords: 'Keyword', 'Roll Card #': 'Roll/Card' };

/** Metadata as the property list shows it; null where a key is not in it. */
export function metadataIn(properties: Dict): Dict | null {
  const found: Dict = {};
  for (const key of [...FIELD_KEYS.map(([, each]) => each), 'Keywords']) {
    const shown = PROPERTY[key] ?? key;
    if (!(shown in properties)) return null;
    found[key] = properties[shown]!;
  }
  return found;
}

export function keywords(metadata: Dict): string[] {
  return wordsOf(String(metadata['Keywords'] ?? ''));
}

/** What Resolve's metadata say in Baton's fields; empty ones are absent. */
export function metadataOf(metadata: Dict, batonId: string): Metadata {
  const read: Metadata = {};
  for (const [field, key] of FIELD_KEYS) {
    const value = metadata[key];
    if (value !== undefined && value !== null && value !== '') read[field] = String(value);
  }
  const words = keywords(metadata);
  read.good = String(words.includes(GOOD.keyword));
  if (words.length > 0) read.keywords = words.join(',');
  if (batonId !== '') read.batonId = batonId;
  return read;
}

const PICTURE = 'mov mp4 m4v mxf avi mts m2ts m2t braw r3d ari arx crm nev dng cin rmf webm mkv';
const SOUND = 'wav bwf aif aiff mp3 m4a aac flac caf';
const STILL = 'jpg jpeg png tif tiff psd bmp tga dpx exr heic';
/** Lower case, no dot. */
export const IMPORTABLE = [PICTURE, SOUND, STILL].join(' ').split(' ');
const SOUNDS = new Set(SOUND.split(' '));
export const isSoundSuffix = (ending: string) => SOUNDS.has(ending);
