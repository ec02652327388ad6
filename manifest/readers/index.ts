/** Every format Baton reads. */
import { aleCut } from './ale-cut.ts';
import { ale } from './ale.ts';
import { bextText } from './bext-text.ts';
import { csvLog } from './csv-log.ts';
import { edlReader } from './edl.ts';
import { fcpxmlReader } from './fcpxml.ts';
import { handoffReader } from './handoff.ts';
import { ixml } from './ixml.ts';
import { otioReader } from './otio.ts';
import type { Reader } from './reader.ts';
import { xmeml } from './xmeml.ts';

export const READERS: Reader<unknown>[] = [
  handoffReader,
  csvLog,
  ale,
  aleCut,
  ixml,
  bextText,
  edlReader,
  fcpxmlReader,
  otioReader,
  xmeml,
];
