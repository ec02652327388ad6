/** Metadata CSV of DaVinci Resolve's media pool: one row for each clip, and rows for bins and timelines, which lie in no folder. */
import type { LogMeaning, LogRow } from '../documents/log.ts';
import { plainHeading } from '../log/columns.ts';
import { findHeader } from '../log/header.ts';
import { sheetReader } from '../log/sheet.ts';

const DIRECTORY = 'Clip Directory';

const OWN = new Map<string, LogMeaning | null>([
  // Good Take comes out under this heading.
  ['tag', 'good'],
  ['good take', 'good'],
  ['file name', 'file'],
  ['clip name', null],
  ['camera', 'camera'],
  ['start tc', 'start'],
  ['end tc', 'end'],
  // Camera speed, not what timecode counts at.
  ['camera fps', null],
  ['shot frame rate', 'rate'],
  ['audio notes', 'note:sound'],
  ['camera notes', 'note:camera'],
  ['comments', 'note'],
  ['description', null],
]);

function suits(rows: string[][]): boolean {
  const headings = findHeader(rows)?.headings.map(plainHeading) ?? [];
  return headings.includes('file name') && headings.includes(plainHeading(DIRECTORY));
}

/** Rows without a folder are bins and timelines: kept, and asked for no clip. */
function finish(row: LogRow, cells: ReadonlyMap<string, string>): LogRow {
  const inFolder = (cells.get(DIRECTORY) ?? '').trim() !== '';
  return { ...row, about: inFolder ? 'picture' : 'nothing' };
}

export const resolveCsv = sheetReader({
  id: 'resolve-csv',
  label: 'Metadata CSV of DaVinci Resolve',
  own: OWN,
  suits,
  finish: () => finish,
});
