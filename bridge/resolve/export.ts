/** Timeline.Export: by live constants only, to a path where nothing is, judged by the file. */
import { HostError } from '../call.ts';
import type { InterchangeFile } from '../contract.ts';
import type { Ask } from './ask.ts';
import { findTimeline } from './sequence.ts';

interface Wanted {
  format: InterchangeFile['format'];
  type: string;
  subtype: string;
}
const BY_SUFFIX: Record<string, Wanted[]> = {
  edl: [{ format: 'edl', type: 'EXPORT_EDL', subtype: 'EXPORT_NONE' }],
  otio: [{ format: 'otio', type: 'EXPORT_OTIO', subtype: 'EXPORT_NONE' }],
  // 1.10 is a directory in Resolve, and the second export to one path fails; 1.9 and 1.8 are plain files.
  fcpxml: [
    { format: 'fcpxml', type: 'EXPORT_FCPXML_1_9', subtype: 'EXPORT_NONE' },
    { format: 'fcpxml', type: 'EXPORT_FCPXML_1_8', subtype: 'EXPORT_NONE' },
  ],
};
/** What a witness is written as where the path names no format of Resolve's: its own most complete machine copy. */
const DEFAULT = [...BY_SUFFIX['otio']!, ...BY_SUFFIX['fcpxml']!];

/**
 * Writes to `path`; where that names no format of Resolve's, beside it under the same name with the ending of what was written, for
 * nobody knows what Resolve makes of another. The file that is there counts.
 */
export async function exportTimeline(ask: Ask, sequence: string, path: string): Promise<InterchangeFile> {
  const line = await findTimeline(ask, sequence);
  if (!line) throw new HostError('refused', 'Export', 'The timeline is no longer in the project.');
  const ending = /\.([^./\\]+)$/.exec(path)?.[1] ?? '';
  const asked = BY_SUFFIX[ending.toLowerCase()];
  const missing: string[] = [];
  for (const { format, type, subtype } of asked ?? DEFAULT) {
    const target = asked ? path : `${ending === '' ? path : path.slice(0, -ending.length - 1)}.${format}`;
    if (await ask.exists(target))
      throw new HostError(
        'refused',
        'Export',
        `${target} is there already; Resolve does not write over a file.`,
      );
    const [number, none] = [await ask.constant(type), await ask.constant(subtype)];
    if (number === null || none === null) {
      missing.push(number === null ? type : subtype);
      continue;
    }
    const said = await ask.yes(line, 'Export', target, number, none);
    // The boolean says little; the file says all.
    if (await ask.exists(target)) return { path: target, format };
    throw new HostError(
      'refused',
      'Export',
      `${said ? 'Resolve said yes, but' : 'Resolve refused:'} there is no file at ${target}. Is the folder there, and may it be written to?`,
    );
  }
  throw new HostError(
    'refused',
    'Export',
    `This Resolve has no constant ${missing.join(' or ')}, so it cannot write ${path}.`,
  );
}
