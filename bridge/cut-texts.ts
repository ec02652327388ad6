/** A cut as the texts of its files, before any disk: what each format makes of it, its name, and its record in the history. */
import { clipsInCut } from '../manifest/cutpicks.ts';
import type { HistoryRecord } from '../manifest/documents/handoff.ts';
import type { Loss } from '../manifest/documents/issue.ts';
import type { ExportOptions } from '../manifest/exports/export.ts';
import { EXPORTS } from '../manifest/exports/index.ts';
import type { CutFile, CutRequest, CutWritten } from './desk.ts';

export interface CutText {
  format: string;
  suffix: string;
  text: string;
}

export interface RenderedCut {
  files: CutText[];
  losses: Loss[];
  refused: CutWritten['refused'];
}

/** A format that refuses, or that there is none of, is said; the others are written. */
export function renderCut({ cutList, formats }: CutRequest, options: ExportOptions): RenderedCut {
  const rendered: RenderedCut = { files: [], losses: [], refused: [] };
  for (const format of formats) {
    const known = EXPORTS.find((each) => each.id === format);
    if (!known) {
      const message = `"${format}" is not a format Baton writes; there are ${EXPORTS.map((each) => each.id).join(', ')}`;
      rendered.refused.push({ format, message });
      continue;
    }
    const made = known.write(cutList, options);
    if ('refused' in made) rendered.refused.push({ format, message: made.refused });
    else {
      rendered.files.push(...made.files.map((file) => ({ format, ...file })));
      rendered.losses.push(...made.losses.map((loss) => ({ ...loss, format })));
    }
  }
  return rendered;
}

/** `files` with the paths that go into the record. */
export function cutRecord(
  { cutList, formats, lock }: CutRequest,
  written: { name: string; files: CutFile[]; losses: Loss[]; at: string },
): HistoryRecord {
  const { name, files, losses, at } = written;
  const clips = clipsInCut(cutList);
  return { kind: 'cut', at, name, sequence: cutList.name, lock, formats, clips, files, losses };
}

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** A sequence's name as a file name that Windows, macOS and Linux all take. */
export function fileSafe(name: string): string {
  const plain = name
    .normalize('NFC')
    // eslint-disable-next-line no-control-regex -- control characters are what must go
    .replace(/[\\/:*?"<>|\u0000-\u001f\u007f]/g, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 100)
    .trim();
  if (plain === '') return 'Cut';
  return RESERVED.test(plain) ? `${plain}_` : plain;
}
