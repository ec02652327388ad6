/**
 * Comments exported by Frame.io as CSV: one row for each remark or reply, text in two pairs of quotes, places counted from the
 * asset's start, and from the source's timecode where it has one. Headings move between versions, so nothing goes by position.
 */
import type { LogMeaning, LogRow } from '../documents/log.ts';
import { plainHeading } from '../log/columns.ts';
import { findHeader } from '../log/header.ts';
import { sheetReader } from '../log/sheet.ts';

const OWN = new Map<string, LogMeaning | null>([
  ['file', 'file'],
  ['file name', 'file'],
  ['asset', 'file'],
  ['asset name', 'file'],
  ['commenter', 'author'],
  ['comment', 'note'],
  ['comment text', 'note'],
  ['frame', 'note-frame'],
  ['timecode', null],
  ['timecode in', null],
  ['timecode out', null],
  ['duration', null],
  ['complete', null],
  ['annotation', null],
]);

function suits(rows: string[][]): boolean {
  const headings = new Set(findHeader(rows)?.headings.map(plainHeading) ?? []);
  const said = headings.has('comment') || headings.has('comment text');
  return (
    said &&
    headings.has('commenter') &&
    (headings.has('timecode') || headings.has('timecode in') || headings.has('frame'))
  );
}

function finish(row: LogRow, cells: ReadonlyMap<string, string>): LogRow {
  const cell = (...names: string[]) => {
    for (const [heading, text] of cells)
      if (names.includes(plainHeading(heading)) && text.trim() !== '') return unquoted(text);
    return undefined;
  };
  const fromStart = cell('timecode in', 'timecode');
  const source = cell('timecode source in', 'timecode source');
  const reply = cell('reply');
  const isFlag = /^(true|false|yes|no|0|1)$/i.test(reply ?? '');
  const texts = row.notes.length > 0 ? row.notes : [];
  const notes = [...texts, ...(reply && !isFlag ? [{ kind: 'note' as const, text: reply }] : [])].map(
    (note) => {
      const { offset, timecode: _t, offsetSeconds: _s, ...rest } = note;
      const author = note.author && unquoted(note.author);
      return {
        ...rest,
        text: unquoted(note.text),
        ...(author ? { author } : {}),
        // Without a timecode of its own an asset counts from zero, and the source columns repeat that.
        ...(source && source !== fromStart
          ? { timecode: source }
          : fromStart
            ? { offsetLabel: fromStart }
            : offset === undefined
              ? {}
              : { offset }),
      };
    },
  );
  return { ...row, about: 'comment', ...(row.file ? { file: unquoted(row.file) } : {}), notes };
}

/** `"""text"""` in the file is `"text"` in the cell. */
function unquoted(text: string): string {
  const bare = text.trim();
  return bare.length >= 2 && bare.startsWith('"') && bare.endsWith('"') ? bare.slice(1, -1).trim() : bare;
}

export const frameioCsv = sheetReader({
  id: 'frameio-csv',
  label: 'Comments from Frame.io (CSV)',
  own: OWN,
  suits,
  finish: () => finish,
});
