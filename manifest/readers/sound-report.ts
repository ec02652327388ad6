/**
 * Sound reports of Sound Devices recorders and Wave Agent: an overview of keys and values, then a row for each file or mono set
 * (`A101_1_X.WAV`, `2(MONO)`). Rows speak of sound files, and only of them.
 */
import type { LogMeaning, LogRow } from '../documents/log.ts';
import { plainHeading } from '../log/columns.ts';
import { findHeader } from '../log/header.ts';
import { sheetReader } from '../log/sheet.ts';
import { parseRate } from '../time/rate.ts';

const OWN = new Map<string, LogMeaning | null>([
  ['tape', 'sound-roll'],
  ['roll', 'sound-roll'],
  ['reel', 'sound-roll'],
  ['file', 'file'],
  ['frame rate', 'rate'],
  ['fps', 'rate'],
  ['tc rate', 'rate'],
  ['notes', 'note:sound'],
  ['note', 'note:sound'],
  ['comments', 'note:sound'],
  // The user bits, not a person.
  ['user', null],
]);
/** Columns that only a recorder's report has. */
const RECORDER = new Set([
  'channels',
  'bit depth',
  'sample rate',
  't1',
  'trk 1',
  'track 1',
  'tr1',
  'ch1',
  'ch 1',
  'file type',
]);

function suits(rows: string[][]): boolean {
  const titled = rows.slice(0, 5).some((row) => /^sound report\b/i.test((row[0] ?? '').trim()));
  const header = findHeader(rows);
  if (!header) return false;
  const headings = header.headings.map(plainHeading);
  const timed = headings.some((heading) =>
    ['start tc', 'tc start', 'timecode', 'start timecode', 'start time'].includes(heading),
  );
  const recorded = headings.filter((heading) => RECORDER.has(heading)).length;
  return (
    titled ||
    (timed && recorded >= 1 && headings.some((heading) => heading === 'scene' || heading === 'take'))
  );
}

/** `Key:,"value",Key:,"value"`: what stands above the list, by its key in small letters. */
function overview(above: string[][]): Map<string, string> {
  const values = new Map<string, string>();
  for (const row of above)
    row.forEach((cell, at) => {
      const key = /^\s*([^:]{1,40}):\s*(.*)$/s.exec(cell);
      const value = key && (key[2]!.trim() || (row[at + 1] ?? '').trim());
      if (key && value && !/^[^:]{1,40}:$/.test(value)) values.set(key[1]!.trim().toLowerCase(), value);
    });
  return values;
}

/** What the overview says of the whole report fills what a row leaves open; the mixer said what the notes say. */
function finish(above: string[][]): (row: LogRow) => LogRow {
  const said = overview(above);
  return (row) => finished(row, said);
}

function finished(row: LogRow, said: Map<string, string>): LogRow {
  const rate = row.rate ?? parseRate(said.get('frame rate') ?? said.get('fps') ?? '');
  const roll = row.soundRoll ?? said.get('roll') ?? said.get('tape');
  const mixer = said.get('sound mixer') ?? said.get('mixer');
  return {
    ...row,
    about: row.about ?? 'sound',
    ...(rate ? { rate } : {}),
    ...(roll ? { soundRoll: roll } : {}),
    notes: mixer ? row.notes.map((note) => ({ author: mixer, ...note })) : row.notes,
  };
}

export const soundReport = sheetReader({
  id: 'sound-report',
  label: 'Sound report (Sound Devices, Wave Agent)',
  own: OWN,
  suits,
  finish,
});
