/** Logs as text in any encoding and as workbooks. */
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../bridge/local/encoding.ts';
import { readWorkbook } from '../../bridge/local/sheets/workbook.ts';
import { cells, parts, sheetXml, workbook, zip } from '../fixtures/workbook.ts';
import { read, LOG } from './sheets-stage.ts';

const rowsOf = (bytes: Buffer, name?: string) => read(bytes, name).sheets.flatMap(({ sheet }) => sheet.rows);

/** 0x80 to 0x9F as Microsoft has them; Node 20 takes them for control characters. */
const WINDOWS_QUOTES = [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'];

/** Bytes of a text in an encoding Node has no writer for. */
function bytesIn(encoding: 'windows-1252' | 'macintosh' | 'utf-16be', text: string): Buffer {
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const decoder = new TextDecoder(encoding);
  const letterOf = (code: number) =>
    encoding === 'windows-1252' && code >= 0x80 && code < 0xa0
      ? WINDOWS_QUOTES[code - 0x80]!
      : decoder.decode(Uint8Array.of(code));
  const codes = new Map(Array.from({ length: 256 }, (_, code) => [letterOf(code), code]));
  return Buffer.from([...text].map((letter) => codes.get(letter)!));
}

describe('encodings', () => {
  const text = 'Szene;Klappe;Bemerkungen\r\n7;3;schöne Tür, café\r\n';

  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16 LE with its mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 LE', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE with its mark', bytesIn('utf-16be', `\uFEFF${text}`), 'utf-16be'],
    ['UTF-16 BE', bytesIn('utf-16be', text), 'utf-16be'],
    ['Windows-1252', bytesIn('windows-1252', text), 'windows-1252'],
    ['Macintosh', bytesIn('macintosh', text), 'macintosh'],
  ])('%s', (_what, bytes, encoding) => {
    const [first] = read(bytes).sheets;
    expect(first!.encoding).toBe(encoding);
    expect(first!.sheet.rows).toEqual([
      { row: 2, scene: '7', take: '3', notes: [{ kind: 'note', text: 'schöne Tür, café' }] },
    ]);
  });

  it('one that had to be guessed is said', () => {
    expect(read(bytesIn('windows-1252', text)).sheets[0]!.issues).toMatchObject([
      { code: 'log-encoding', severity: 'note' },
    ]);
    expect(read(Buffer.from(text)).sheets[0]!.issues).toEqual([]);
  });

  it.each(['Äpfel, Öl, Übung, Straße, “quoted” – dash…', 'naïve café, señor, città, coração'])(
    'Western letters of both systems: %s',
    (letters) => {
      for (const encoding of ['windows-1252', 'macintosh'] as const)
        expect(decodeText(bytesIn(encoding, letters)).text, encoding).toBe(letters);
    },
  );

  it('a pair of accented letters is no Chinese character, and a Chinese one is', () => {
    for (const encoding of ['windows-1252', 'macintosh'] as const)
      expect(decodeText(bytesIn(encoding, 'Größe')).text, encoding).toBe('Größe');
    // GB18030 of 第三条，镜头好
    const bytes = Buffer.from('b5dac8fdccf5a3acbeb5cdb7bac3', 'hex');
    expect(decodeText(bytes)).toEqual({ text: '第三条，镜头好', encoding: 'gb18030', certain: false });
  });

  it('bare CR, LF and CRLF end lines', () => {
    for (const end of ['\r', '\n', '\r\n'])
      expect(rowsOf(Buffer.from(['Scene,Take,Notes', '7,3,"a', 'b"', '7,4,c'].join(end)))).toHaveLength(2);
  });
});

describe('workbooks', () => {
  it('every sheet that is a log is read, each under its own name', () => {
    const bytes = workbook({ sheets: { 'Day 1': LOG, Lists: sheetXml(cells([['a', 'b']])), 'Day 2': LOG } });
    const { sheets, issues } = read(bytes, 'LOGS/shoot.xlsx');
    expect(issues).toEqual([]);
    expect(sheets.map(({ sheet }) => [sheet.path, sheet.workbook, sheet.rows.length])).toEqual([
      ['LOGS/shoot.xlsx#Day 1', 'LOGS/shoot.xlsx', 1],
      ['LOGS/shoot.xlsx#Day 2', 'LOGS/shoot.xlsx', 1],
    ]);
  });

  it('cells show what a person sees: shared and rich text, marks, times, dates, fifteen digits', () => {
    const strings =
      '<si><t>Scene</t></si><si><t>Take</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>no</t></rPh></si><si><t>a_x000D_b</t></si>';
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="hh:mm:ss"/><numFmt numFmtId="165" formatCode="0.0&quot; days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>';
    const rows =
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>' +
      '<row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4" t="b"><v>1</v></c><c r="C4"><v>0.30000000000000004</v></c><c s="1"><v>46095</v></c><c s="2"><v>0.41969907407407409</v></c><c s="3"><v>12</v></c><c t="str"><f>1/0</f><v>x</v></c><c t="s"><v>3</v></c><c t="s"><v>99</v></c></row>';
    const { sheets } = readWorkbook(workbook({ sheets: { L: sheetXml(rows) }, strings, styles }), 'x.xlsx');
    expect(sheets[0]!.rows).toEqual([
      [],
      ['Scene', '', 'Take'],
      [],
      ['rich text', 'TRUE', '0.3', '2026-03-14', '10:04:22', '12', 'x', 'a\rb'],
    ]);
  });

  it('days from 1904, prefixed elements, UTF-16 parts and stored parts', () => {
    const book = parts({
      sheets: {
        L: `<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c s="0"><x:v>44633</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
      },
      styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
      book: '<workbookPr date1904="1"/>',
    });
    const wide = book.map((each) => ({
      ...each,
      method: 0,
      data: Buffer.from(`\uFEFF${each.data.toString()}`, 'utf16le'),
    }));
    for (const each of [book, wide])
      expect(readWorkbook(zip(each), 'x.xlsx').sheets[0]!.rows).toEqual([['2026-03-14']]);
  });

  it('headings merged over two lines and a scene merged over its takes', () => {
    const rows = cells([
      ['Scene', 'Take', 'Camera', '', 'Notes'],
      ['', '', 'Roll', 'Clip', ''],
      ['7A', '1', 'A001', 'C003', 'x'],
      ['', '2', 'A001', 'C004', ''],
      ['', '3', 'A001', 'C005', ''],
    ]);
    const merges = ['A1:A2', 'B1:B2', 'C1:D1', 'E1:E2', 'A3:A1048576']
      .map((ref) => `<mergeCell ref="${ref}"/>`)
      .join('');
    const [row, ...more] = rowsOf(
      workbook({ sheets: { L: sheetXml(rows, `<mergeCells>${merges}</mergeCells>`) } }),
      'x.xlsx',
    );
    expect(row).toMatchObject({ row: 3, scene: '7A', take: '1', reel: 'A001', file: 'C003' });
    expect(more.map(({ scene, take }) => [scene, take])).toEqual([
      ['7A', '2'],
      ['7A', '3'],
    ]);
  });

  it('one that was only found and is no log is left alone; one that a person named is explained', () => {
    const budget = workbook({
      sheets: {
        Budget: sheetXml(
          cells([
            ['Cost', 'Sum'],
            ['1', '2'],
          ]),
        ),
      },
    });
    expect(read(budget, 'b.xlsx', false)).toEqual({ sheets: [], issues: [] });
    expect(read(budget, 'b.xlsx').issues).toMatchObject([{ code: 'log-no-header' }]);
    expect(read(Buffer.from('PK\x03\x04 broken'), 'b.xlsx', false)).toEqual({ sheets: [], issues: [] });
    expect(read(Buffer.from('PK\x03\x04 broken'), 'b.xlsx').issues[0]!.message).toContain(
      'cut short or no ZIP',
    );
  });

  it('old workbooks, passwords and other programs’ files say what to do', () => {
    const old = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(100),
    ]);
    expect(read(old, 'x.xls').issues[0]).toMatchObject({
      code: 'log-workbook',
      fix: 'export it as XLSX or CSV',
    });
    expect(read(Buffer.from('PK\x03\x04'), 'x.ods').issues[0]!.message).toContain('OpenDocument');
  });
});

it('text too large for a log is refused, and a found one left alone', () => {
  const large = Buffer.alloc(17 * 1024 * 1024, 'Scene,Take\n');
  expect(read(large).issues[0]!.message).toContain('more than 16 MB');
  expect(read(large, 'day1.csv', false)).toEqual({ sheets: [], issues: [] });
});
