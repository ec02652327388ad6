/** An XLSX workbook → its sheets by name, each as rows of cell texts. Formulas are never computed: what Excel last showed is read. */
import type { Issue } from '../../../manifest/documents/issue.ts';
import { decodeText } from '../encoding.ts';
import { readKinds, readStrings, type Shared } from './shared.ts';
import { readWorksheet, SHEET_LIMITS, type SheetLimits } from './worksheet.ts';
import { parseXml, WorkbookError } from './xml.ts';
import { Zip, ZipError, type ZipLimits } from './zip.ts';

export interface WorkbookSheet {
  name: string;
  rows: string[][];
}

export interface WorkbookLimits {
  zip?: ZipLimits;
  sheet?: SheetLimits;
}

/** Sheets a person could still have meant. */
const MOST_SHEETS = 200;

/** A workbook's first bytes: ZIP's own mark. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** What can be read of it, and an issue for each thing that cannot. Never throws. `name` is for the issues. */
export function readWorkbook(
  bytes: Buffer,
  name: string,
  limits: WorkbookLimits = {},
): { sheets: WorkbookSheet[]; issues: Issue[] } {
  const issues: Issue[] = [];
  const sheets: WorkbookSheet[] = [];
  const refuse = (why: string, at = name) =>
    issues.push({
      code: 'log-workbook',
      severity: 'error',
      at,
      clips: [],
      message: `${at} was not read: ${why}.`,
      fix: 'save it again as .xlsx, or export the sheet as CSV',
    });
  const guarded = (at: string, work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof ZipError || error instanceof WorkbookError)) throw error;
      refuse(error.message, at);
    }
  };
  guarded(name, () => {
    const zip = new Zip(bytes, limits.zip);
    const book = readBook(zip);
    if (book.sheets.length > MOST_SHEETS) throw new WorkbookError(`it holds ${book.sheets.length} sheets`);
    for (const sheet of book.sheets)
      guarded(`${name}#${sheet.name}`, () => {
        const xml = xmlOf(zip, sheet.part);
        if (xml === null) throw new WorkbookError(`the workbook names ${sheet.part} and does not hold it`);
        const read = readWorksheet(xml, sheet.part, book.shared, limits.sheet);
        sheets.push({ name: sheet.name, rows: read.rows });
        issues.push(...leftOut(`${name}#${sheet.name}`, read.leftOut, limits.sheet ?? SHEET_LIMITS));
      });
  });
  return { sheets, issues };
}

function leftOut(
  at: string,
  { rows, columns }: { rows: number; columns: number },
  limits: SheetLimits,
): Issue[] {
  if (rows === 0 && columns === 0) return [];
  const message = `${at} is larger than a log sheet: ${rows} rows past row ${limits.rows} and ${columns} columns past column ${limits.columns} were left out.`;
  return [
    { code: 'log-workbook', severity: 'error', at, clips: [], message, fix: 'split it into smaller sheets' },
  ];
}

function xmlOf(zip: Zip, part: string): string | null {
  const bytes = zip.part(part);
  if (!bytes) return null;
  const { text } = decodeText(bytes);
  return text;
}

interface Book {
  /** In the order of their tabs. */
  sheets: { name: string; part: string }[];
  shared: Shared;
}

function readBook(zip: Zip): Book {
  const part = zip.names().find((each) => /^xl\/workbook\.xml$/i.test(each)) ?? mainPart(zip);
  const xml = part && xmlOf(zip, part);
  if (!part || !xml) throw new WorkbookError('it is a ZIP archive, and no workbook is in it');
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const targets = relations(zip, `${folder}_rels/${part.slice(folder.length)}.rels`, folder);
  const sheets: Book['sheets'] = [];
  let from1904 = false;
  parseXml(xml, part, {
    open(tag, attributes) {
      if (tag === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (tag !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
      const target = targets.get(id);
      // Charts and dialogs are sheets too, of another kind.
      if (target && target.type.endsWith('/worksheet'))
        sheets.push({ name: (attributes['name'] ?? '').slice(0, 80), part: target.part });
    },
  });
  const others = [...targets.values()];
  const ofType = (type: string) => others.find((each) => each.type.endsWith(type))?.part;
  const strings = ofType('/sharedStrings');
  const styles = ofType('/styles');
  const [stringsXml, stylesXml] = [strings && xmlOf(zip, strings), styles && xmlOf(zip, styles)];
  return {
    sheets,
    shared: {
      strings: strings && stringsXml ? readStrings(stringsXml, strings) : [],
      kinds: styles && stylesXml ? readKinds(stylesXml, styles) : [],
      from1904,
    },
  };
}

/** Where the package's own relations say the workbook is; most have it in xl/. */
function mainPart(zip: Zip): string | undefined {
  return [...relations(zip, '_rels/.rels', '').values()].find(({ type }) => type.endsWith('/officeDocument'))
    ?.part;
}

/** Parts by relation id. A target is only ever looked up among the archive's own names, so one that leads out finds nothing. */
function relations(zip: Zip, part: string, folder: string): Map<string, { type: string; part: string }> {
  const found = new Map<string, { type: string; part: string }>();
  const xml = xmlOf(zip, part);
  if (xml === null) return found;
  parseXml(xml, part, {
    open(tag, { Id: id, Type: type = '', Target: target = '', TargetMode: mode }) {
      if (tag === 'Relationship' && id && mode !== 'External')
        found.set(id, { type, part: resolved(folder, target) });
    },
  });
  return found;
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts = folder.split('/').filter(Boolean);
  for (const step of target.split('/'))
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  return parts.join('/');
}
