/**
 * Logs as JSON: Airtable's API (`records` of `fields`), Notion's (`results` of `properties`), and a plain list of records. Each
 * record becomes a row under the headings that are its names.
 */
import type { Issue } from '../documents/issue.ts';
import type { LogSheet } from '../documents/log.ts';
import { isHeader } from '../log/columns.ts';
import { readTable, type SheetStyle } from '../log/sheet.ts';
import type { Reader, ReadOptions } from './reader.ts';

type Fields = Record<string, unknown>;

/** Different fields of all records together. */
const MOST_FIELDS = 1024;
/** Text deeper down than this is not a cell's. */
const DEEPEST = 6;

const style: SheetStyle = { id: 'json-log', label: 'Log as JSON (Airtable, Notion)', suits: () => false };

function read(text: string, options: ReadOptions): { value: LogSheet; issues: Issue[] } {
  const { name } = options;
  const value: LogSheet = { path: name, reader: style.id, rows: [] };
  const issue = (message: string): Issue => ({
    code: 'log-not-json',
    severity: 'error',
    at: name,
    clips: [],
    message,
  });
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { value, issues: [issue(`${name} is not JSON: ${(error as Error).message}.`)] };
  }
  const records = recordsOf(document);
  if (!records)
    return { value, issues: [issue(`${name} holds no list of records: none of its rows were read.`)] };
  const all = new Set<string>();
  for (const record of records) for (const heading of Object.keys(record)) all.add(heading);
  const headings = [...all].slice(0, MOST_FIELDS);
  const rows = records.map((record) => headings.map((heading) => cellOf(record[heading])));
  const { value: sheet, issues } = readTable([headings, ...rows], style, options);
  const left = all.size - headings.length;
  const tooMany =
    left === 0
      ? []
      : [issue(`${name} has records with ${all.size} different fields; ${left} were left out.`)];
  return { value: sheet, issues: [...tooMany, ...issues] };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every record, those that are none as empty ones: rows in = rows out. Null where there is no list. */
function recordsOf(document: unknown): Fields[] | null {
  const list = Array.isArray(document)
    ? document
    : isFields(document)
      ? ['records', 'results', 'rows', 'items', 'data', 'clips', 'takes', 'entries']
          .map((key) => document[key])
          .find((each) => Array.isArray(each))
      : undefined;
  if (!Array.isArray(list) || !list.some(isFields)) return null;
  return list.map((each: unknown) => {
    if (!isFields(each)) return { value: each };
    const inner = each['fields'] ?? each['properties'];
    return isFields(inner) ? inner : each;
  });
}

/** The text of a value: lists joined, true as a mark, Notion's typed values by what their type holds. */
function cellOf(value: unknown, depth = 0): string {
  if (value === null || value === undefined || depth > DEEPEST) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : '';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const texts = value.map((each) => cellOf(each, depth + 1)).filter((text) => text !== '');
    // Notion parts one text into runs of one style.
    const runs = value.some((each) => isFields(each) && 'plain_text' in each);
    return texts.join(runs ? '' : ', ');
  }
  const fields = value as Fields;
  const typed = typeof fields['type'] === 'string' ? fields[fields['type']] : undefined;
  if (typed !== undefined) return cellOf(fields['plain_text'] ?? typed, depth + 1);
  for (const key of [
    'plain_text',
    'filename',
    'name',
    'title',
    'text',
    'content',
    'start',
    'email',
    'string',
    'number',
  ])
    if (fields[key] !== undefined) return cellOf(fields[key], depth + 1);
  return '';
}

/** The names of a text's first fields, without reading all of it. */
function looksLike(text: string): boolean {
  const head = text.slice(0, 16 * 1024);
  if (!/^\uFEFF?\s*[[{]/.test(head) || /"kind"\s*:/.test(head.slice(0, 200))) return false;
  const names = [...head.matchAll(/"([^"\\]{1,60})"\s*:/g)].map((match) => match[1]!);
  return isHeader([...new Set(names)]);
}

export const jsonLog: Reader<LogSheet> = {
  id: style.id,
  label: style.label,
  suffixes: ['json'],
  reads: 'log-sheet',
  looksLike,
  read,
};
