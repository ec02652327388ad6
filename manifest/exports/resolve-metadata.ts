/**
 * Metadata for File > Import Metadata in Resolve's Media Pool, where neither script nor panel may run: a row for each file, under the
 * headings of Resolve's own metadata export. It is also the one way to its Good Take. The cut itself is not in it.
 */
import { loseGrades } from '../cdl.ts';
import type { CutList, CutSource } from '../documents/cutlist.ts';
import type { Handoff } from '../documents/handoff.ts';
import type { Loss } from '../documents/issue.ts';
import { DEFAULT_OPTIONS, type Export, type Exported, type ExportOptions, type Refused } from './export.ts';
import { playsMedia } from './fcpxml/used.ts';
import { cellsOf, HEADINGS, rowOfSource, rowsOfHandoff, type Row } from './resolve/row.ts';

export const resolveMetadata: Export = {
  id: 'resolve-metadata',
  label: 'Metadata for Resolve (CSV)',
  suffix: '_metadata.csv',
  write,
  writeHandoff,
};

function write(list: CutList, options: ExportOptions = DEFAULT_OPTIONS): Exported | Refused {
  const losses: Loss[] = [];
  const lose = (loss: Loss) => void losses.push(loss);
  const used = new Map<string, CutSource>();
  let events = 0;
  for (const track of list.tracks)
    for (const event of track.events) {
      events++;
      if (!event.source || !playsMedia(event)) continue;
      const { source } = event;
      const key = source.clip ?? source.file ?? source.path ?? source.name;
      if (!used.has(key)) used.set(key, source);
    }
  if (used.size === 0) return { refused: 'the cut uses no media, and a metadata table lists nothing else' };
  const known = options.handoff
    ? rowsOfHandoff(options.handoff, options.roots ?? {}, () => undefined)
    : new Map<string, Row[]>();
  const rows = [...used.values()].flatMap(
    (source) => (source.clip !== undefined && known.get(source.clip)) || [rowOfSource(source, list.rate)],
  );
  lose({
    what: 'flattened',
    where: 'sequence',
    count: events,
    message: `a metadata table lists media: the ${used.size} sources of the cut are in it, and not where its ${events} events stand`,
  });
  loseGrades(list, 'this table, which lists media and not events,', lose);
  return { files: [file(rows, lose)], losses };
}

function writeHandoff(handoff: Handoff, roots: Record<string, string>): Exported {
  const losses: Loss[] = [];
  const lose = (loss: Loss) => void losses.push(loss);
  const rows = [...rowsOfHandoff(handoff, roots, lose).values()].flat();
  const away = handoff.roots.filter(({ name }) => roots[name] === undefined);
  for (const { name } of away)
    lose({
      what: 'offline',
      where: name,
      count: handoff.clips.filter((clip) => clip.root === name).length,
      message: `nobody has said where the root "${name}" lies on this machine; its files are found by name and timecode, not by folder`,
    });
  const notes = handoff.log.entries.reduce(
    (sum, { notes: said }) =>
      sum + said.filter(({ timecode, offset }) => timecode !== undefined || offset !== undefined).length,
    0,
  );
  if (notes > 0)
    lose({
      what: 'marker-place',
      where: 'log',
      count: notes,
      message: `${notes} notes stand at a moment of their clip; the table has their words under Comments, and Resolve imports no markers from it`,
    });
  return { files: [file(rows, lose)], losses };
}

function file(rows: Row[], lose: (loss: Loss) => void) {
  const cells = rows.flatMap((row) => {
    const made = cellsOf(row, lose);
    return made ? [made] : [];
  });
  const lines = [HEADINGS, ...cells].map((line) => line.map(quoted).join(','));
  return { suffix: '_metadata.csv', text: `\ufeff${lines.join('\r\n')}\r\n` };
}

/** No sign is put before a cell, as other tables have it: Resolve would take it for part of the value. */
function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
