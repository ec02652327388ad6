/** Tables that spreadsheets open: UTF-8 with a byte-order mark, CRLF, and no cell that would be taken for a formula. */
import type { Loss } from '../../documents/issue.ts';

/** `=`, `+`, `-`, `@`, their full-width forms, or a control character, with or without spaces before: what spreadsheets reckon or run. */
// oxlint-disable-next-line no-control-regex -- a tab or line break at the start hides a formula from a simpler guard
export const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\u0000-\u001f]/;

/** The heading of the clip's id, by which Baton knows a table that it wrote itself: that is no log to be read again. */
export const OWN_COLUMN = 'Baton Clip';

/** Nothing to guard and nothing to quote: nearly every cell there is. */
const PLAIN = /^(?:[A-Za-z0-9/'.(][^",\r\n]*)?$/;

/** What must stand in quotation marks: commas, quotation marks, line breaks, and spaces at an end, which readers trim. */
const QUOTED = /[",\r\n]|^\s|\s$/;

/** The file; numbers stay numbers. Cells that had to be guarded by an apostrophe are one loss, `formula`. */
export function csvText(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  lose: (loss: Loss) => void,
): string {
  let guarded = 0;
  let first = '';
  const cellText = (cell: string | number): string => {
    if (typeof cell === 'number') return String(cell);
    if (PLAIN.test(cell)) return /\s$/.test(cell) ? `"${cell}"` : cell;
    let text = cell;
    if (FORMULA.test(cell)) {
      if (guarded++ === 0) first = cell.trim().slice(0, 40);
      text = `'${cell}`;
    }
    return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => row.map(cellText).join(','));
  if (guarded > 0)
    lose({
      what: 'formula',
      where: 'table',
      count: guarded,
      message: `${guarded} cells begin like a formula ("${first}"); an apostrophe before them keeps spreadsheets from running them`,
    });
  return `\ufeff${[headings.map(cellText).join(','), ...lines].join('\r\n')}\r\n`;
}
