/** What could not be read of the log sheets: no header, open quotes, rows that name nothing. Found at scan, said until mended. */
import type { Check } from './check.ts';

export const logSheet: Check = {
  id: 'log-sheet',
  title: 'Every log sheet could be read',
  why: 'A row that is not read is a note nobody sees.',
  needs: [],
  run: (handoff) => handoff.log.sheets.flatMap((sheet) => sheet.issues ?? []),
};
