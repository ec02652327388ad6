/**
 * One sheet of a workbook → rows of cell texts, as a person sees them, cells merged downwards filled. Read as a stream of elements, so
 * that memory grows with the cells and not with the XML.
 */
import { shown, type RawCell, type Shared } from './shared.ts';
import { parseXml, WorkbookError } from './xml.ts';

export interface SheetLimits {
  rows: number;
  columns: number;
  cells: number;
}

export const SHEET_LIMITS: SheetLimits = { rows: 200_000, columns: 1024, cells: 4_000_000 };

export interface Worksheet {
  rows: string[][];
  /** Rows or columns past the limits, which were left out; said by the caller. */
  leftOut: { rows: number; columns: number };
}

interface Merge {
  from: [row: number, column: number];
  to: [row: number, column: number];
}

/** Row `r="5"` is the fifth, also where the four above are missing; cells likewise. */
export function readWorksheet(
  xml: string,
  name: string,
  shared: Shared,
  limits: SheetLimits = SHEET_LIMITS,
): Worksheet {
  const builder = new Builder(name, shared, limits);
  parseXml(xml, name, {
    open: (tag, attributes) => builder.open(tag, attributes),
    close: (tag) => builder.close(tag),
    text: (more) => builder.text(more),
  });
  return builder.result();
}

/** More merged places than this no log sheet has. */
const MOST_MERGES = 10_000;

class Builder {
  private readonly rows: string[][] = [];
  private readonly leftOut = { rows: 0, columns: 0 };
  private readonly merges: Merge[] = [];
  private row = -1;
  private column = -1;
  private cells = 0;
  private cell: RawCell | null = null;
  private inside: 'v' | 't' | null = null;
  /** How deep in readings of Japanese characters, which are no part of the text. */
  private reading = 0;
  private readonly name: string;
  private readonly shared: Shared;
  private readonly limits: SheetLimits;

  constructor(name: string, shared: Shared, limits: SheetLimits) {
    this.name = name;
    this.shared = shared;
    this.limits = limits;
  }

  open(tag: string, attributes: Record<string, string>): void {
    if (tag === 'row') {
      this.row = placeOf(attributes['r'], this.row);
      this.column = -1;
    } else if (tag === 'c') {
      this.column = columnNumber(attributes['r']) ?? this.column + 1;
      const style = Number(attributes['s'] ?? 0);
      this.cell = { type: attributes['t'] ?? 'n', style, value: '', text: '' };
    } else if (tag === 'v' || tag === 't') this.inside = tag;
    else if (tag === 'rPh') this.reading++;
    else if (tag === 'mergeCell') {
      const merge = mergeOf(attributes['ref'] ?? '');
      if (merge && this.merges.length < MOST_MERGES) this.merges.push(merge);
    }
  }

  text(more: string): void {
    if (!this.cell || !this.inside || this.reading > 0) return;
    if (this.inside === 'v') this.cell.value += more;
    else this.cell.text += more;
  }

  close(tag: string): void {
    if (tag === 'v' || tag === 't') this.inside = null;
    if (tag === 'rPh') this.reading--;
    if (tag !== 'c' || !this.cell) return;
    const text = shown(this.cell, this.shared);
    this.cell = null;
    if (text !== '') this.put(text);
  }

  private put(text: string): void {
    const { row, column, limits, leftOut } = this;
    if (row >= limits.rows) leftOut.rows = Math.max(leftOut.rows, row + 1 - limits.rows);
    else if (column >= limits.columns)
      leftOut.columns = Math.max(leftOut.columns, column + 1 - limits.columns);
    else if (++this.cells > limits.cells)
      throw new WorkbookError(`${this.name} holds more than ${limits.cells} filled cells`);
    else put(this.rows, row, column, text);
  }

  result(): Worksheet {
    for (const merge of this.merges) fillDown(this.rows, merge);
    for (let at = 0; at < this.rows.length; at++) this.rows[at] ??= [];
    return { rows: this.rows, leftOut: this.leftOut };
  }
}

function placeOf(r: string | undefined, before: number): number {
  return r !== undefined && /^\d{1,7}$/.test(r) && Number(r) > 0 ? Number(r) - 1 : before + 1;
}

/** `AB12` → 27; null for what is no cell's name. */
function columnNumber(r: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d*$/.exec(r ?? '')?.[1];
  if (!letters) return null;
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}

function put(rows: string[][], row: number, column: number, text: string): void {
  const cells = (rows[row] ??= []);
  while (cells.length < column) cells.push('');
  cells[column] = text;
}

function mergeOf(ref: string): Merge | null {
  const [from, to] = ref.split(':').map((corner): [number, number] | null => {
    const column = columnNumber(corner);
    const row = /\d{1,7}$/.exec(corner)?.[0];
    return column === null || row === undefined ? null : [Number(row) - 1, column];
  });
  return from && to ? { from, to } : null;
}

/** A scene merged over its takes is every take's scene. Sideways a merged cell stays at its left, as in a CSV of it. */
function fillDown(rows: string[][], { from: [top, left], to: [bottom] }: Merge): void {
  const text = rows[top]?.[left];
  if (!text) return;
  // A merge may be claimed to the sheet's last row; only rows that are there are filled.
  for (let row = top + 1; row <= Math.min(bottom, rows.length - 1); row++)
    if (rows[row]?.some((cell) => cell !== '') && !rows[row]![left]) put(rows, row, left, text);
}
