/** What the tests of OTIO share: the file of a cut, its JSON, and the same JSON as another program would hand it back. */
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS, type ExportOptions, type Exported } from '../../manifest/exports/export.ts';
import { otio } from '../../manifest/exports/otio.ts';
import { otioReader } from '../../manifest/readers/otio.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- a file's JSON, looked into at any depth
export type Json = Record<string, any>;

export function written(
  cut: CutList,
  target: ExportOptions['target'] = 'premiere',
): Exported & { text: string } {
  const made = otio.write(cut, { ...DEFAULT_OPTIONS, target });
  if ('refused' in made) throw new Error(made.refused);
  return { ...made, text: made.files[0]!.text };
}

export function read(json: unknown, options: { rate?: CutList['rate'] } = {}) {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return otioReader.read(text, { name: 'cut.otio', ...options });
}

/** Every object of the file with a schema, from the top. */
export function objects(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objects);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'OTIO_SCHEMA' in value ? [value as Json] : [];
  return [...own, ...Object.values(value).flatMap(objects)];
}

/** The file without anything that Baton alone understands. */
export function withoutNotes(text: string): Json {
  return JSON.parse(text, (key, value: unknown) => (key === 'metadata' ? {} : value)) as Json;
}

export const time = (value: unknown, rate: unknown = 24) => ({ OTIO_SCHEMA: 'RationalTime.1', rate, value });
export const range = (start: unknown, duration: unknown, rate: unknown = 24) => ({
  OTIO_SCHEMA: 'TimeRange.1',
  duration: time(duration, rate),
  start_time: time(start, rate),
});
export const clip = (name: string, start: number, duration: number, fields: Json = {}): Json => ({
  OTIO_SCHEMA: 'Clip.2',
  name,
  source_range: range(start, duration),
  ...fields,
});
export const gap = (duration: number): Json => ({ OTIO_SCHEMA: 'Gap.1', source_range: range(0, duration) });
export const track = (children: unknown[], fields: Json = {}): Json => ({
  OTIO_SCHEMA: 'Track.1',
  name: 'Video 1',
  kind: 'Video',
  children,
  ...fields,
});
export const timeline = (tracks: unknown[], fields: Json = {}): Json => ({
  OTIO_SCHEMA: 'Timeline.1',
  name: 'cut',
  tracks: { OTIO_SCHEMA: 'Stack.1', children: tracks },
  ...fields,
});
