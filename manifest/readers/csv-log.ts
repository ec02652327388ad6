/** Log sheets of every making as text: script notes, camera reports, Airtable and Notion exports, whatever has headings. */
import { findHeader } from '../log/header.ts';
import { sheetReader } from '../log/sheet.ts';

export const csvLog = sheetReader({
  id: 'csv-log',
  label: 'Log sheet (CSV, TSV, XLSX)',
  suits: (rows) => findHeader(rows) !== null,
});
