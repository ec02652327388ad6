/** Which reader of log sheets takes a text, and the rows it gives: for the tests of those readers. */
import type { LogSheet } from '../../../manifest/documents/log.ts';
import { READERS } from '../../../manifest/readers/index.ts';
import type { Reader } from '../../../manifest/readers/reader.ts';

export const LOGS = READERS.filter((reader) => reader.reads === 'log-sheet') as Reader<LogSheet>[];
/** The reader that a text of a suffix goes to. */
export const readerOf = (text: string, suffix = 'csv') =>
  LOGS.find((reader) => reader.suffixes.includes(suffix) && reader.looksLike(text))?.id;
