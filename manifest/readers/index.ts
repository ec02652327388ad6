/** Every format Baton reads. */
import { aleCut } from './ale-cut.ts';
import { ale } from './ale.ts';
import { bextText } from './bext-text.ts';
import { csvLog } from './csv-log.ts';
import { edlReader } from './edl.ts';
import { fcpxmlReader } from './fcpxml.ts';
import { frameioCsv } from './frameio-csv.ts';
import { handoffReader } from './handoff.ts';
import { ixml } from './ixml.ts';
import { jsonLog } from './json-log.ts';
import { otioReader } from './otio.ts';
import type { Reader } from './reader.ts';
import { resolveCsv } from './resolve-csv.ts';
import { soundReport } from './sound-report.ts';
import { xmeml } from './xmeml.ts';

/** Of the readers that a file looks like, the first reads it: kinds of sheet stand before sheets in general. */
export const READERS: Reader<unknown>[] = [
  handoffReader,
  soundReport,
  resolveCsv,
  frameioCsv,
  csvLog,
  jsonLog,
  ale,
  aleCut,
  ixml,
  bextText,
  edlReader,
  fcpxmlReader,
  otioReader,
  xmeml,
];
