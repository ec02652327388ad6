/** Finds the headings of a table: below titles and overviews, in one line or two (a group such as "Camera" above "Roll"). */
import { columnOf, headingCount, isHeader, plainHeading } from './columns.ts';
import { splitSceneTake } from './take.ts';

/** Titles, dates and a recorder's overview may stand above the headings; further down they are not looked for. */
export const HEADER_WITHIN = 40;
/** Rows below the headings that are looked at to learn what a column holds. */
export const SAMPLE_ROWS = 50;

export interface Header {
  /** Of the last line of headings, from 0. */
  row: number;
  headings: string[];
  /** The one or two lines as they stand there. */
  lines: string[][];
}

/** No heading that is repeated is longer. */
const LONGEST = 40;

export const isBlank = (row: string[]) => row.every((cell) => cell === '' || cell.trim() === '');

/** Null where no row has headings that tell one take or file from another. */
export function findHeader(rows: string[][]): Header | null {
  const top = rows.slice(0, HEADER_WITHIN);
  let best: { row: number; count: number } | null = null;
  top.forEach((cells, row) => {
    if (!isHeader(cells) && !isHeader(joined(top[row - 1], cells)) && !isSlateHeader(cells, rows, row))
      return;
    const count = headingCount(cells);
    // Headings printed on every page: the first of them counts.
    if (!best || count > best.count) best = { row, count };
  });
  const found = best as { row: number; count: number } | null;
  return found && withSecondLine(rows, found.row);
}

/** One column with `72A-3*` in it is scene and take together, whatever it is called. */
function isSlateHeader(cells: string[], rows: string[][], row: number): boolean {
  const at = cells.findIndex((cell) => ['scene', 'setup', 'take'].includes(columnOf(cell) ?? ''));
  if (at < 0 || headingCount(cells) < 2) return false;
  const below = rows
    .slice(row + 1, row + 1 + SAMPLE_ROWS)
    .map((each) => (each[at] ?? '').trim())
    .filter((cell) => cell !== '');
  return below.length > 0 && below.filter((cell) => splitSceneTake(cell)).length * 2 > below.length;
}

/**
 * Headings may stand in two lines, the upper one merged over several columns. The pair counts where it is a known heading
 * and the lower line alone is not, or means less: "Sound" over "Roll".
 */
function withSecondLine(rows: string[][], row: number): Header {
  const [above, here, below] = [rows[row - 1], rows[row]!, rows[row + 1]];
  if (below && isSubHeader(here, below))
    return { row: row + 1, headings: joined(here, below), lines: [here, below] };
  const pair = above && headingCount(above) > 0;
  return pair
    ? { row, headings: joined(above, here), lines: [above, here] }
    : { row, headings: here, lines: [here] };
}

/** A second line of headings has two cells at least that are headings below their group, and no cell that is none. */
function isSubHeader(upper: string[], lower: string[]): boolean {
  const filled = lower.filter((cell) => cell.trim() !== '').length;
  const pairs = joined(upper, lower).filter(
    (heading, at) => (lower[at] ?? '').trim() !== '' && columnOf(heading),
  );
  return filled >= 2 && pairs.length === filled;
}

function joined(upper: string[] | undefined, lower: string[]): string[] {
  if (!upper) return lower;
  let group = '';
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, at) => {
    const [over, under] = [(upper[at] ?? '').trim(), (lower[at] ?? '').trim()];
    // A merged cell is filled at its left only, and reaches as far as there are headings below it.
    if (over !== '') group = over;
    else if (under === '') group = '';
    if (under === '' || plainHeading(over) === plainHeading(under)) return over;
    const pair = `${group} ${under}`;
    return group !== '' && columnOf(pair) ? pair : under;
  });
}

/** Tells a line of the headings once more, as it stands on every page of a printed list. */
export function headerAgain({ lines }: Header): (cells: string[]) => boolean {
  const known = lines.map((line) => line.map(plainHeading));
  const firsts = new Set(known.map((line) => line.find((heading) => heading !== '')));
  return (cells) => {
    const first = cells.find((cell) => cell !== '');
    // Nearly every row is told by its first cell.
    if (first === undefined || first.length > LONGEST || !firsts.has(plainHeading(first))) return false;
    const plain = cells.map(plainHeading);
    const filled = plain.filter((heading) => heading !== '').length;
    return (
      filled >= 2 &&
      known.some((line) =>
        plain.every((heading, at) => heading === (line[at] ?? '') && (heading !== '' || !cells[at])),
      )
    );
  };
}
