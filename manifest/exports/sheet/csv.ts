/** Tables that spreadsheets open: UTF-8 with a byte-order mark, CRLF, and no cell that would be taken for a formula. */
import Papa from 'papaparse';
import type { Loss } from '../../documents/issue.ts';

/** `=`, `+`, `-`, `@`, their full-width forms, or a control character, with or without spaces before: what spreadsheets reckon or run. */
// oxlint-disable-next-line no-control-regex -- a tab or line break at the start hides a formula from a simpler guard
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\u0000-\u001f]/;

/** The file; numbers stay numbers. Cells that had to be guarded by an apostrophe are one loss, `formula`. */
export function csvText(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  lose: (loss: Loss) => void,
): string {
  let guarded = 0;
  let first = '';
  const safe = rows.map((row) =>
    row.map((cell) => {
      if (typeof cell === 'number' || !FORMULA.test(cell)) return cell;
      if (guarded++ === 0) first = cell.trim().slice(0, 40);
      return `'${cell}`;
    }),
  );
  if (guarded > 0)
    lose({
      what: 'formula',
      where: 'table',
      count: guarded,
      message: `${guarded} cells begin like a formula ("${first}"); an apostrophe before them keeps spreadsheets from running them`,
    });
  return `\ufeff${Papa.unparse([[...headings], ...safe], { newline: '\r\n' })}\r\n`;
}
