/** A cut as each format holds it: written and read back, so that two of them are the same cut in two formats. */
import { cutList } from '../../manifest/cutlist.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { emptyHandoff } from '../../manifest/documents/handoff.ts';
import type { SequenceItem, SequenceSnapshot } from '../../manifest/documents/snapshot.ts';
import { SEQUENCE_SILENT, type Comparable } from '../../manifest/changes.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../manifest/exports/export.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { joinLists } from '../../manifest/readers/edl/siblings.ts';
import { READERS } from '../../manifest/readers/index.ts';
import type { Reader } from '../../manifest/readers/reader.ts';

export const FORMATS = ['edl', 'fcpxml', 'xmeml', 'otio', 'sequence'] as const;
export type FormatId = (typeof FORMATS)[number];

export function through(cut: CutList, format: FormatId, options: Partial<ExportOptions> = {}): Comparable {
  if (format === 'sequence')
    return {
      cut: cutList(snapshotOf(cut), emptyHandoff(''), {}).value,
      format,
      silent: SEQUENCE_SILENT,
    };
  const made = EXPORTS.find(({ id }) => id === format)!.write(cut, { ...DEFAULT_OPTIONS, ...options });
  if ('refused' in made) throw new Error(made.refused);
  const reader = READERS.find(({ id }) => id === format) as Reader<CutList[]>;
  const read = made.files
    .filter(({ suffix }) => !suffix.endsWith('.csv'))
    .map(({ suffix, text }) => ({
      name: `cut${suffix}`,
      cut: reader.read(text, { name: `cut${suffix}`, rate: cut.rate }).value[0]!,
    }));
  const [first, ...rest] = read;
  const whole = format === 'edl' ? joinLists(first!.cut, siblings(rest)) : first!.cut;
  return { cut: whole, format, silent: reader.silent };
}

function siblings(rest: { name: string; cut: CutList }[]) {
  return rest.map(({ name, cut }) => ({
    cut,
    track: Number(/_V(\d+)/.exec(name)?.[1] ?? 1),
  }));
}

/** As an editor says it, for a cut whose every source is a file. */
export function snapshotOf(cut: CutList): SequenceSnapshot {
  return {
    kind: 'sequence',
    version: 1,
    editor: 'premiere',
    editorVersion: '26.0',
    id: 'x',
    name: cut.name,
    rate: cut.rate,
    start: cut.start,
    size: cut.size,
    markers: cut.markers,
    tracks: cut.tracks.map((track) => ({
      ...track,
      transitions: track.transitions.map(({ in: from, out, name }) => ({ in: from, out, name })),
      items: track.events.map((event): SequenceItem => {
        const { id, kind, name, recordIn, recordOut, sourceIn, sourceOut, speed, enabled, source } = event;
        const item: SequenceItem = {
          id,
          kind,
          name,
          in: recordIn,
          out: recordOut,
          source: source && {
            file: source.file,
            name: source.name,
            ...(source.reel === undefined ? {} : { reel: source.reel }),
            rate: source.rate,
            in: sourceIn,
            out: sourceOut,
            start: source.start,
            duration: source.duration,
          },
          speed,
          enabled,
        };
        if (event.link !== undefined) item.link = event.link;
        if (event.channels) item.channels = event.channels;
        if (event.markers) item.markers = event.markers;
        return item;
      }),
    })),
  };
}
