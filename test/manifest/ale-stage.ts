/** Small ALEs by hand, for the tests of reading and writing. */
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { ale as aleExport } from '../../manifest/exports/ale.ts';
import { DEFAULT_OPTIONS, type Exported } from '../../manifest/exports/export.ts';
import { ale } from '../../manifest/readers/ale.ts';
import { aleCutLists } from '../../manifest/readers/ale/cut.ts';

export function written(cut: CutList, options = DEFAULT_OPTIONS): Exported {
  const made = aleExport.write(cut, options);
  if ('refused' in made) throw new Error(made.refused);
  return made;
}

export const sheet = (given: string) => ale.read(given, { name: 'day.ale' });
export const cut = (given: string, rate?: CutList['rate']) =>
  aleCutLists(given, rate ? { name: 'day.ale', rate } : { name: 'day.ale' });
