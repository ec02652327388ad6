/** Where the sample files of other programs lie: beside the repository, or where BATON_CORPUS says. None of them is in it. */
import { fileURLToPath } from 'node:url';

export const corpus =
  process.env['BATON_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
