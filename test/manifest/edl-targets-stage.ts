/** Cuts written as EDL for each target: for the tests of writing. */
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { edl } from '../../manifest/exports/edl.ts';
import { DEFAULT_OPTIONS, type ExportOptions, type Exported } from '../../manifest/exports/export.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { pictureSource, soundSource } from './cutlist-samples.ts';

export const FILM = RATES['23.976'];
export const TARGETS = ['premiere', 'resolve', 'avid'] as const;

export function written(
  cut: CutList,
  options: Partial<ExportOptions> = {},
): Exported & { text: string; lines: string[] } {
  const made = edl.write(cut, { ...DEFAULT_OPTIONS, ...options });
  if ('refused' in made) throw new Error(made.refused);
  const { text } = made.files[0]!;
  return { ...made, text, lines: text.split('\r\n') };
}

export const a = pictureSource('A001C001', FILM, '10:00:00:00', { reel: 'A001C001_240101_R1AB' });
export const b = pictureSource('B001C002', FILM, '11:00:00:00', { reel: 'B001C002_240101_R2CD' });
export const boom = soundSource('T01', FILM, '10:00:00:00');
