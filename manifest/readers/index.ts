/** Every format Baton reads. */
import { bextText } from './bext-text.ts';
import { csvLog } from './csv-log.ts';
import { handoffReader } from './handoff.ts';
import { ixml } from './ixml.ts';
import { otioReader } from './otio.ts';
import type { Reader } from './reader.ts';

export const READERS: Reader<unknown>[] = [handoffReader, csvLog, ixml, bextText, otioReader];
