/** Log-sheet fields ⇄ Premiere's metadata columns. Fields without a column of their own get a custom one, made once per project. */
import type { Metadata, MetadataField } from '../../manifest/documents/plan.ts';
import type { Rate } from '../../manifest/documents/rate.ts';
import type { WireColumn, WireMetadata } from './wire.ts';
import { escapeXml, writeColumns, type Columns } from './xmp.ts';

/** What Premiere has no place for: its clips have no keywords. */
type Field = Exclude<MetadataField, 'keywords'>;

/** Column ids from a 26.0 project file. Premiere has none for the take. */
const COLUMNS: Record<Field, string> = {
  scene: 'Column.PropertyText.Scene',
  shot: 'Column.PropertyText.Shot',
  take: 'BatonTake',
  note: 'Column.Intrinsic.LogNote',
  description: 'Column.PropertyText.Description',
  good: 'Column.PropertyBool.Good',
  reel: 'Column.Intrinsic.TapeName',
  camera: 'Column.PropertyText.FilmCameraRoll',
  soundRoll: 'Column.PropertyText.SoundRoll',
  batonId: 'BatonId',
};

/** The rate that a clip's markers count at: Premiere knows none for sound, and never whether labels drop. */
const RATE_COLUMN = 'BatonRate';

const TEXT = 2;
const CUSTOM: Record<string, WireColumn> = {
  BatonTake: { name: 'BatonTake', label: 'Baton Take', type: TEXT },
  BatonId: { name: 'BatonId', label: 'Baton ID', type: TEXT },
  BatonRate: { name: 'BatonRate', label: 'Baton Rate', type: TEXT },
};

export const FIELDS = Object.keys(COLUMNS) as Field[];

/** What an item's packet says of Baton's fields; a field that is not set is absent. */
export function metadataOf(columns: Columns): Metadata {
  const metadata: Metadata = {};
  for (const field of FIELDS) {
    const value = columns.get(COLUMNS[field]);
    if (value !== undefined && value !== '') metadata[field] = field === 'good' ? value.toLowerCase() : value;
  }
  return metadata;
}

/** A write of these fields and no others; an empty value clears its column. */
export function metadataWrite(metadata: Metadata): WireMetadata {
  const columns: Columns = new Map();
  for (const field of FIELDS) {
    const value = metadata[field];
    if (value !== undefined) columns.set(COLUMNS[field], field === 'good' ? boolText(value) : value);
  }
  return write(columns);
}

/** Premiere writes its own truth values with a capital. */
function boolText(value: string): string {
  return value === 'true' ? 'True' : value === 'false' ? 'False' : value;
}

export function rateWrite(rate: Rate): WireMetadata {
  return write(new Map([[RATE_COLUMN, `${rate.num}/${rate.den}${rate.drop ? ' DF' : ''}`]]));
}

/** Clears the rate, once no marker counts by it. */
export function rateForget(): WireMetadata {
  return { xmp: writeColumns(new Map()), fields: [RATE_COLUMN], columns: [] };
}

export function rateOf(columns: Columns): Rate | null {
  const match = /^([1-9]\d{0,9})\/([1-9]\d{0,5})( DF)?$/.exec(columns.get(RATE_COLUMN) ?? '');
  return match ? { num: Number(match[1]), den: Number(match[2]), drop: match[3] !== undefined } : null;
}

function write(columns: Columns): WireMetadata {
  const fields = [...columns.keys()];
  return {
    xmp: writeColumns(columns),
    fields,
    columns: fields.flatMap((field) => CUSTOM[field] ?? []),
  };
}

/** Text that the packet of a clip's own item holds. */
export function batonMark(clip: string): string {
  return `BatonId>${escapeXml(clip)}<`;
}
