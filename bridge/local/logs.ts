/** The log sheets of a scan: those a person named, else every one found that looks like one, with what was decided of their columns. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { ColumnChoice, LogSheet } from '../../manifest/documents/log.ts';
import { toManifestPath } from '../../manifest/documents/paths.ts';
import { plainHeading } from '../../manifest/log/columns.ts';
import { chosenBefore, type Mappings } from '../../manifest/log/mappings.ts';
import type { Rate } from '../../manifest/time/rate.ts';
import { LARGEST_SHEET, mayBeLog, readSheetFile } from './sheets.ts';

export interface LogOptions {
  /** Absolute path of the manifest, to which sheets' paths are relative where they lie with it. */
  manifest: string;
  /** Absolute places of the roots, by name. */
  roots: Record<string, string>;
  /** Log sheets named by the person; where empty, every sheet found that looks like one is read. */
  logs: string[];
  /** What the person says of columns now; goes before what was chosen earlier. */
  columns?: ColumnChoice[];
  /** What the manifest keeps of earlier choices. */
  mappings?: Mappings | undefined;
  rate?: Rate;
}

export interface Logs {
  sheets: LogSheet[];
  /** Absolute paths of the files read as sheets, and of tables that Baton wrote: they are no clips. */
  files: Set<string>;
  issues: Issue[];
}

export async function readLogs(
  found: { file: string; path: string; size: number }[],
  options: LogOptions,
): Promise<Logs> {
  const logs: Logs = { sheets: [], files: new Set(), issues: [] };
  const choices = choicesOf(options);
  const named = options.logs.map((log) => resolve(log));
  for (const file of named) await readLog(file, sheetName(file, options), true, options, choices, logs);
  if (named.length === 0)
    for (const { file, path, size } of found)
      if (size <= LARGEST_SHEET && mayBeLog(path)) await readLog(file, path, false, options, choices, logs);
  logs.issues.push(...choices.unused(logs.sheets));
  return logs;
}

/** What a table's file is called; a text may be anything. */
const TABLE = /\.(csv|tsv|tab|xlsx|xlsm)$/i;

function notRecognised(name: string): Issue {
  return {
    code: 'log-not-recognised',
    severity: 'note',
    at: name,
    clips: [],
    message: `${name} is a table whose headings name no take and no file; it was taken for a document, not for a log.`,
    fix: `if it is a log, see what its columns are taken for with: baton log "${name}"; then scan with --log and --map`,
  };
}

async function readLog(
  file: string,
  name: string,
  named: boolean,
  { rate }: LogOptions,
  choices: Choices,
  into: Logs,
): Promise<void> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    into.issues.push({
      code: 'scan-unreadable',
      severity: 'error',
      at: name,
      clips: [],
      message: `${name} cannot be read (${code ?? message}).`,
      fix: 'give yourself the right to read it, then scan again',
    });
    return;
  }
  const { sheets, issues, own } = readSheetFile(bytes, {
    name,
    named,
    columnsFor: choices.columnsFor,
    isKnown: choices.isKnown,
    ...(rate ? { rate } : {}),
  });
  into.issues.push(...issues);
  if (sheets.length > 0 || own) into.files.add(file);
  else if (!named && issues.length === 0 && TABLE.test(name)) into.issues.push(notRecognised(name));
  for (const { sheet, issues: said } of sheets) {
    into.sheets.push({ ...sheet, issues: said });
    into.issues.push(...said);
  }
}

interface Choices {
  columnsFor(path: string, lines: string[][]): ColumnChoice[];
  isKnown(path: string, lines: string[][]): boolean;
  /** An issue for each choice whose heading no sheet has. */
  unused(sheets: LogSheet[]): Issue[];
}

function choicesOf({ columns = [], mappings }: Pick<LogOptions, 'columns' | 'mappings'>): Choices {
  const now = new Set(columns.map(({ heading }) => plainHeading(heading)));
  return {
    columnsFor: (path, lines) => [
      ...chosenBefore(mappings, path, lines).filter(({ heading }) => !now.has(plainHeading(heading))),
      ...fittingChoices(columns, lines),
    ],
    isKnown: (path, lines) => chosenBefore(mappings, path, lines).length > 0,
    unused(sheets) {
      const there = sheets.flatMap(({ columns: read = [] }) => read.map(({ heading }) => heading.trim()));
      const used = new Set(there.map(plainHeading));
      const widest = Math.max(0, ...sheets.map(({ columns: read = [] }) => read.length));
      return columns
        .filter(({ heading }) => !used.has(plainHeading(heading)) && !(columnPlace(heading) <= widest))
        .map(({ heading }) => ({
          code: 'log-map',
          severity: 'warning' as const,
          at: '--map',
          clips: [],
          message: `No log sheet has a column "${heading}".`,
          fix: `the columns are ${[...new Set(there)].filter(Boolean).slice(0, 30).join(', ') || 'none'}`,
        }));
    },
  };
}

/** `column 3` → 3: a column named by its place. NaN for a heading. */
function columnPlace(heading: string): number {
  return Number(/^column (\d{1,4})$/i.exec(heading.trim())?.[1] ?? NaN);
}

/** The choices whose heading stands in one of these lines, and those that name a column by its place. */
export function fittingChoices(columns: ColumnChoice[], lines: string[][]): ColumnChoice[] {
  const here = new Set(lines.flatMap((line) => line.map(plainHeading)));
  return columns.filter(({ heading }) => here.has(plainHeading(heading)) || columnPlace(heading) > 0);
}

/** Relative to the manifest where the sheet lies with it, else its bare name: a manifest names no path of a machine. */
function sheetName(file: string, { manifest, roots }: LogOptions): string {
  for (const place of [...Object.values(roots), dirname(manifest)]) {
    const path = relative(place, file);
    if (path !== '' && !path.startsWith('..')) return toManifestPath(path, sep === '\\' ? '\\' : '/');
  }
  return basename(file).normalize('NFC');
}
