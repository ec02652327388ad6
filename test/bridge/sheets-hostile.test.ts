/** Archives made to do harm, and anything at all, read as sheets. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../bridge/local/sheets/workbook.ts';
import { cells, part, parts, sheetXml, workbook, zip, type Part } from '../fixtures/workbook.ts';
import { read, LOG } from './sheets-stage.ts';

describe('archives made to do harm', () => {
  const refused = (bytes: Buffer, limits = {}) => {
    const { sheets, issues } = readWorkbook(bytes, 'x.xlsx', limits);
    expect(sheets).toEqual([]);
    expect(issues[0]!.code).toBe('log-workbook');
    return issues[0]!.message;
  };
  const zeros = Buffer.alloc(4 * 1024 * 1024, 0x20);
  const small = { zip: { entries: 20, part: 1024 * 1024, total: 2 * 1024 * 1024 } };
  const swapped = (name: string, change: Partial<Part>) =>
    zip(parts({ sheets: { L: LOG } }).map((each) => (each.name === name ? { ...each, ...change } : each)));
  const SHEET = 'xl/worksheets/sheet1.xml';

  it('a bomb is stopped at the limit, whether its directory owns up to it or not', () => {
    expect(refused(swapped(SHEET, { data: zeros }), small)).toContain('unpacks to more than 1 MB');
    expect(refused(swapped(SHEET, { data: zeros, claim: { size: 10 } }), small)).toContain(
      'unpacks to more than 1 MB',
    );
  });

  it('many parts below the limit are stopped by the limit of all', () => {
    const sheet = LOG.replace('</worksheet>', `${' '.repeat(900_000)}</worksheet>`);
    const { sheets, issues } = readWorkbook(
      workbook({ sheets: { a: sheet, b: sheet, c: sheet } }),
      'x.xlsx',
      small,
    );
    expect(sheets).toHaveLength(2);
    expect(issues[0]!.at).toBe('x.xlsx#c');
  });

  it('one part named by every sheet is unpacked no more often than there is room for', () => {
    const sheet = LOG.replace('</worksheet>', `${' '.repeat(900_000)}</worksheet>`);
    const names = Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`s${at}`, sheet]));
    const all = parts({ sheets: names, target: 'worksheets/sheet1.xml' });
    const { sheets, issues } = readWorkbook(zip(all.slice(0, 3)), 'x.xlsx', small);
    expect([sheets.length, issues.length]).toEqual([2, 13]);
  });

  it('a DOCTYPE, whatever it declares, is refused', () => {
    const laughs = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>';
    expect(refused(workbook({ sheets: { L: `${laughs}${LOG.replace('Scene', '&lol2;')}` } }))).toContain(
      'DOCTYPE',
    );
    expect(refused(workbook({ sheets: { L: LOG.replace('Scene', '&lol;') } }))).toContain('damaged');
  });

  it('a path that leads out of the archive leads nowhere', () => {
    expect(refused(workbook({ sheets: { L: LOG }, target: '../../../../etc/passwd' }))).toContain(
      'does not hold it',
    );
    expect(refused(workbook({ sheets: { L: LOG }, target: 'file:///etc/passwd' }))).toContain(
      'does not hold it',
    );
  });

  it('encrypted, damaged, oddly packed and cut archives are refused with the reason', () => {
    expect(refused(swapped(SHEET, { flags: 1 }))).toContain('encrypted');
    expect(refused(swapped(SHEET, { claim: { crc: 1 } }))).toContain('checksum');
    expect(refused(swapped(SHEET, { method: 14 }))).toContain('method (14)');
    expect(refused(swapped(SHEET, { method: 8, data: Buffer.from('<worksheet>') }))).toContain('damaged');
    expect(refused(zip(Array.from({ length: 30 }, (_, at) => part(`p${at}`, 'x'))), small)).toContain(
      'at most 20',
    );
    expect(refused(zip([part('readme.txt', 'x')]))).toContain('no workbook is in it');
    expect(refused(workbook({ sheets: { L: LOG } }).subarray(0, 200))).toContain('cut short');
  });

  it('a giant sheet is cut at the limits, and says so', () => {
    const limits = { sheet: { rows: 3, columns: 2, cells: 100 } };
    const rows = Array.from({ length: 9 }, (_, at) => ['a', 'b', String(at)]);
    const { sheets, issues } = readWorkbook(
      workbook({ sheets: { L: sheetXml(cells(rows)) } }),
      'x.xlsx',
      limits,
    );
    expect(sheets[0]!.rows).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(issues[0]!.message).toContain('6 rows past row 3');
    const far = sheetXml('<row r="9999999"><c r="ZZZ9999999"><v>1</v></c></row>');
    expect(readWorkbook(workbook({ sheets: { L: far } }), 'x.xlsx').issues[0]!.code).toBe('log-workbook');
    const many = { sheet: { rows: 100, columns: 100, cells: 5 } };
    expect(refused(workbook({ sheets: { L: sheetXml(cells(rows)) } }), many)).toContain(
      'more than 5 filled cells',
    );
  });

  it('a name of a part or a sheet cannot become a prototype', () => {
    const bytes = workbook({ sheets: { constructor: LOG, L: LOG } });
    expect(read(bytes, 'x.xlsx').sheets).toHaveLength(2);
  });
});

describe('anything at all', () => {
  const whole = workbook({ sheets: { L: LOG }, strings: '<si><t>x</t></si>', styles: '<cellXfs/>' });

  it('random bytes under any name are answered, never thrown', () => {
    const name = fc.constantFrom('a.csv', 'a.xlsx', 'a.txt', 'a.json', 'a.ale', 'a', 'a.xls');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), name, fc.boolean(), (bytes, path, named) => {
        const { sheets, issues } = read(Buffer.from(bytes), path, named);
        expect(Array.isArray(sheets) && Array.isArray(issues)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('a workbook with any bytes changed or missing is read or refused, never thrown', () => {
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(whole.length),
        (changes, length) => {
          const bytes = Buffer.from(whole.subarray(0, length > 20 ? length : whole.length));
          for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
          expect(Array.isArray(readWorkbook(bytes, 'x.xlsx').issues)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('any text in a sheet’s XML is read or refused, never thrown', () => {
    const bit = fc.constantFrom(
      '<row>',
      '</row>',
      '<c r="A1">',
      '<c t="s">',
      '<c t="inlineStr">',
      '</c>',
      '<v>',
      '</v>',
      '<is><t>',
      '</t></is>',
      'x',
      '7',
      '&lt;',
      '&',
      '<',
      ']]>',
      '<![CDATA[a]]>',
      '<mergeCell ref="A1:B9"/>',
      '<rPh>',
      '</rPh>',
      '<c r="XFD1048576"/>',
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 30 }), (bits) => {
        const { issues } = readWorkbook(workbook({ sheets: { L: sheetXml(bits.join('')) } }), 'x.xlsx');
        for (const issue of issues) expect(issue.code).toBe('log-workbook');
      }),
      { numRuns: 300 },
    );
  });
});
