/** baton log: what Baton makes of a log sheet before it is scanned: which column is what, why, and what the first rows say. */
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fittingChoices } from '../../bridge/local/logs.ts';
import { LARGEST_SHEET, readSheetFile, type ReadSheet } from '../../bridge/local/sheets.ts';
import type { LogRow, SheetColumn } from '../../manifest/documents/log.ts';
import { CannotDo, type Command, type Output } from '../command.ts';
import { issueLine } from '../roots.ts';
import { counted } from '../words.ts';
import { MAP_OPTION, readChoices } from './scan.ts';

/** Rows shown as they were understood. */
const SHOWN_ROWS = 3;

export const logCommand: Command = {
  id: 'log',
  summary: 'show what a log sheet is taken for, column by column, before it is scanned',
  usage: 'FILE [--map HEADING=MEANING]... [--json]',
  needs: ['FILE'],
  options: { map: MAP_OPTION },
  async run({ positionals, options }, output) {
    const file = resolve(positionals[0]!);
    const columns = readChoices(options['map']);
    const { sheets, issues } = readSheetFile(await bytesOf(file), {
      name: basename(file).normalize('NFC'),
      named: true,
      columnsFor: (_path, lines) => fittingChoices(columns, lines),
    });
    for (const sheet of sheets) tell(sheet, output);
    for (const issue of [...issues, ...sheets.flatMap((sheet) => sheet.issues)])
      output.warn(issueLine(issue));
    output.document({ file: basename(file), sheets: sheets.map(documentOf), issues });
    const errors = [...issues, ...sheets.flatMap((sheet) => sheet.issues)].filter(
      (issue) => issue.severity === 'error',
    );
    return errors.length > 0 ? 1 : 0;
  },
};

async function bytesOf(file: string): Promise<Buffer> {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) throw new CannotDo(`${file} is a folder; name the log sheet in it`);
  if (!found?.isFile()) throw new CannotDo(`the log sheet ${file} is not there`);
  if (found.size > LARGEST_SHEET)
    throw new CannotDo(`${file} is larger than ${LARGEST_SHEET / 1024 / 1024} MB, which no log sheet is`);
  return readFile(file);
}

function documentOf({ sheet, label, encoding, issues }: ReadSheet): unknown {
  const { path, reader, headerRow, columns = [], rows } = sheet;
  return {
    path,
    reader,
    label,
    encoding,
    ...(headerRow === undefined ? {} : { headerRow }),
    rows: rows.length,
    columns,
    sample: rows.slice(0, SHOWN_ROWS),
    issues,
  };
}

function tell({ sheet, label, encoding }: ReadSheet, output: Output): void {
  const { path, headerRow, columns = [], rows } = sheet;
  const header = headerRow === undefined ? '' : `, headings in row ${headerRow}`;
  output.say(`${path}: ${label}, ${encoding}${header}, ${counted(rows.length, 'row')}`);
  const shown = columns.map(columnCells);
  const widths = [0, 1, 2].map((at) => Math.max(0, ...shown.map((cells) => cells[at]!.length)));
  for (const cells of shown)
    output.say(`  ${cells.map((cell, at) => (at < 3 ? cell.padEnd(widths[at]!) : cell)).join('  ')}`);
  for (const row of rows.slice(0, SHOWN_ROWS)) output.say(`  row ${row.row}: ${rowLine(row)}`);
  output.say();
}

function columnCells({ heading, meaning, confidence, why, samples }: SheetColumn): string[] {
  const doubt = confidence === 'likely' || confidence === 'guess' ? ` (${confidence})` : '';
  const cells = samples.map((sample) => sample.replace(/\s+/g, ' ').slice(0, 24)).join(' | ');
  return [
    heading.trim().slice(0, 30) || '(no heading)',
    `${meaning ?? '-'}${doubt}`,
    why.slice(0, 60),
    cells,
  ];
}

/** A row in a line: what it speaks of, its marks, and its notes with their places. */
function rowLine({ notes, other: _carried, row: _row, rate: _rate, ...said }: LogRow): string {
  const fields = Object.entries(said).map(([field, value]) => `${field} ${String(value)}`);
  const words = notes.map(({ kind, text, author, timecode, offsetSeconds }) => {
    const place = timecode ?? (offsetSeconds === undefined ? '' : `@${offsetSeconds}s`);
    return [kind, author && `(${author})`, place, `"${text.slice(0, 40)}"`].filter(Boolean).join(' ');
  });
  return [...fields, ...words].join(', ') || 'says nothing';
}
