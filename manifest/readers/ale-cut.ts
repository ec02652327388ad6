/** Avid log exchange files as a cut: a log has no timeline, so its clips are laid end to end, as a string-out. */
import type { CutList } from '../documents/cutlist.ts';
import { ale } from './ale.ts';
import { aleCutLists } from './ale/cut.ts';
import type { Reader } from './reader.ts';

export const aleCut: Reader<CutList[]> = {
  id: 'ale-cut',
  label: 'Avid log exchange (ALE), laid end to end',
  suffixes: ['ale'],
  silent: [
    'clock',
    'size',
    'media',
    'frame-grid',
    'sound',
    'upper-pictures',
    'track-names',
    'enabled',
    'links',
    'markers',
  ],
  reads: 'timeline',
  looksLike: ale.looksLike,
  read: aleCutLists,
};
