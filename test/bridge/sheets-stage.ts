/** Sheets read from bytes, and a small workbook's XML: for the tests of reading them. */
import type { Buffer } from 'node:buffer';
import { readSheetFile } from '../../bridge/local/sheets.ts';
import { cells, sheetXml } from '../fixtures/workbook.ts';

export const read = (bytes: Buffer, name = 'day1.csv', named = true) => readSheetFile(bytes, { name, named });

export const LOG = sheetXml(
  cells([
    ['Scene', 'Take'],
    ['7', '3'],
  ]),
);
