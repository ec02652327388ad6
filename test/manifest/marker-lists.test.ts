/** Marker lists as Resolve, Avid and tables want them. */
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { avidMarkers } from '../../manifest/exports/avid-markers.ts';
import { csv } from '../../manifest/exports/csv.ts';
import { markersCsv } from '../../manifest/exports/markers-csv.ts';
import { nearestColour } from '../../manifest/exports/markers/colours.ts';
import { resolveMarkers } from '../../manifest/exports/resolve-markers.ts';
import { RATES, type RateName } from '../../manifest/time/rate.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';
import { lossText } from './goldens.ts';
import { event, list, pictureSource, track } from './cutlist-samples.ts';
import { FILM, written, marker, resolveRead } from './marker-lists-stage.ts';

const notes = list(
  RATES['29.97df'],
  '00:59:59;28',
  [
    track('V1', [
      event(pictureSource('A', RATES['29.97df'], null), 0, 48, 0, RATES['29.97df'], {
        markers: [marker(5, { name: 'slate', colour: 'sky' })],
      }),
    ]),
  ],
  {
    markers: [
      marker(0, { name: 'Opening', comment: 'Hold\r\n  longer | please', colour: 'Green', duration: 24 }),
      marker(2, { name: '', comment: '3 frames earlier', colour: 'orange' }),
      marker(2, { name: 'a|b', comment: 'M2 speed', colour: '' }),
      marker(3, { name: 'Größe', comment: '=SUM(A1)\tx', colour: 'nonsense' }),
    ],
  },
);

describe('Resolve', () => {
  test('the list reads as its golden', async () => {
    const { text, losses } = written(resolveMarkers, notes);
    await expect(text.replaceAll('\r\n', '\n')).toMatchFileSnapshot('exports/goldens/notes_markers.edl');
    await expect(lossText(losses)).toMatchFileSnapshot('exports/goldens/notes_markers.edl-losses.txt');
  });

  test('one marker a frame: a second one moves on and says so', () => {
    const cut = list(FILM, '01:00:00:00', [], { markers: [marker(5), marker(5), marker(6), marker(9)] });
    const { text, losses } = written(resolveMarkers, cut);
    expect(resolveRead(text).map((each) => each.tc)).toEqual([
      '01:00:00:05',
      '01:00:00:06',
      '01:00:00:07',
      '01:00:00:09',
    ]);
    expect(losses.map((loss) => loss.what)).toEqual(['marker-place', 'marker-place']);
  });

  test('no text becomes a line, a field or an event of its own', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '001  001      V     C',
        '* LOC: x',
        '|C:ResolveColorRed',
        'a\nb',
        'TITLE: x',
        '\u2028',
        ' 7 x',
        'M2',
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { maxLength: 6 }), (drawn) => {
        const markers = drawn.map(([name, comment], at) => marker(at, { name, comment }));
        const read = resolveRead(written(resolveMarkers, list(FILM, '01:00:00:00', [], { markers })).text);
        expect(read.length).toBe(markers.length);
        for (const each of read) expect(each.note).not.toMatch(/^\s*(\d|\*|M2\b|TITLE)/);
      }),
    );
  });

  test('every colour is one of its sixteen, its own stay, and the others are said', () => {
    const sixteen =
      'Blue Cyan Green Yellow Red Pink Purple Fuchsia Rose Lavender Sky Mint Lemon Sand Cocoa Cream'.split(
        ' ',
      );
    const markers = [...sixteen, 'orange', 'white', '#102030', 'constructor'].map((colour, at) =>
      marker(at, { colour }),
    );
    const { text, losses } = written(resolveMarkers, list(FILM, '01:00:00:00', [], { markers }));
    const read = resolveRead(text).map((each) => each.colour);
    expect(read.slice(0, 16)).toEqual(sixteen);
    for (const colour of read) expect(sixteen).toContain(colour);
    expect(losses).toMatchObject([{ what: 'marker-colour', count: 4 }]);
  });

  test('past 999 markers their numbers have four digits', () => {
    const markers = Array.from({ length: 1200 }, (_, at) => marker(at));
    const read = resolveRead(written(resolveMarkers, list(FILM, '01:00:00:00', [], { markers })).text);
    expect(read[1199]).toMatchObject({ number: 1200, tc: '01:00:49:23' });
  });

  test('a marker past the end of the day, or at a rate of three digits, is refused', () => {
    const far = list(FILM, '01:00:00:00', [], { markers: [marker(24 * 86400)] });
    expect(resolveMarkers.write(far)).toHaveProperty('refused');
    expect(avidMarkers.write(list(RATES['120'], '01:00:00:000', []))).toHaveProperty('refused');
    expect(markersCsv.write(list(RATES['120'], '01:00:00:000', []))).toHaveProperty('files');
  });
});

describe('Avid', () => {
  test('the list reads as its golden', async () => {
    const { text, losses } = written(avidMarkers, notes);
    await expect(text.replaceAll('\r\n', '\n')).toMatchFileSnapshot('exports/goldens/notes_markers.txt');
    await expect(lossText(losses)).toMatchFileSnapshot('exports/goldens/notes_markers.txt-losses.txt');
  });

  test('six columns whatever the text, on the track they belong to', () => {
    const texts = fc.string({ unit: 'grapheme' }).map((one) => `${one}\t\n`);
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { maxLength: 6 }), (drawn) => {
        const markers = drawn.map(([name, comment], at) => marker(at, { name, comment }));
        const { text } = written(avidMarkers, list(FILM, '01:00:00:00', [], { markers }));
        const lines = text.split('\r\n').slice(0, -1);
        expect(lines.map((line) => line.split('\t').length)).toEqual(markers.map(() => 6));
      }),
    );
    const lines = written(avidMarkers, notes).text.split('\r\n');
    expect(lines.map((line) => line.split('\t')[2])).toEqual(['TC1', 'TC1', 'TC1', 'TC1', 'V1', undefined]);
  });
});

describe('the table of markers', () => {
  test('reads as its golden', async () => {
    const { text } = written(markersCsv, notes);
    await expect(text.replaceAll('\r\n', '\n')).toMatchFileSnapshot('exports/goldens/notes_markers.csv');
  });

  test('a spreadsheet gets text, not formulas, and every cell comes back', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.string({ unit: 'grapheme' }),
            fc.constantFrom('=1+1', '+1', '-1', '@x', '\t=1', '  =1', 'ok', '"q", x\ny'),
          ),
        ),
        (drawn) => {
          const markers = drawn.map(([name, comment], at) => marker(at, { name, comment }));
          const { text, losses } = written(markersCsv, list(FILM, '01:00:00:00', [], { markers }));
          expect(text.startsWith('\ufeff')).toBe(true);
          const rows = Papa.parse<string[]>(text.slice(1).replace(/\r\n$/, '')).data.slice(1);
          let guarded = 0;
          rows.forEach((row, at) => {
            for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@]/);
            const plain = [markers[at]!.name, markers[at]!.comment].map((cell) => {
              // oxlint-disable-next-line no-control-regex -- what the guard looks for
              if (!/^(?:\s*[=+\-@＝＋－＠]|[\u0000-\u001f])/.test(cell)) return cell;
              guarded++;
              return `'${cell}`;
            });
            expect(row.slice(0, 2).map((cell) => cell.replace(/\r\n?/g, '\n'))).toEqual(
              plain.map((cell) => cell.replace(/\r\n?/g, '\n')),
            );
          });
          expect(losses.reduce((sum, loss) => sum + (loss.what === 'formula' ? loss.count : 0), 0)).toBe(
            guarded,
          );
        },
      ),
    );
  });

  test('a name with an apostrophe of its own before a sign is no formula, and stays as it is', () => {
    const names = ["'-", "''=1", "'Tis", "'"];
    const markers = names.map((name, at) => marker(at, { name }));
    const { text, losses } = written(markersCsv, list(FILM, '01:00:00:00', [], { markers }));
    const rows = Papa.parse<string[]>(text.slice(1)).data.slice(1, 5);
    expect(rows.map(([name]) => name)).toEqual(names);
    expect(losses.filter(({ what }) => what === 'formula')).toEqual([]);
  });

  test('in and out are timecode at the sequence rate, at every rate', () => {
    for (const name of Object.keys(RATES) as RateName[]) {
      const rate = RATES[name];
      const start = Math.floor((rate.num / rate.den) * 3600);
      const cut = { ...list(rate, '00:00:00:00', [], { markers: [marker(50, { duration: 7 })] }), start };
      const row = Papa.parse<string[]>(written(markersCsv, cut).text.slice(1)).data[1]!;
      const [from, to] = [row[3]!, row[4]!].map((label) => timecodeToFrame(label, rate));
      expect([from, to]).toEqual([
        { ok: true, frame: start + 50 },
        { ok: true, frame: start + 57 },
      ]);
    }
  });
});

test('the nearest colour is itself, and a name nobody knows is the fallback', () => {
  expect(nearestColour('RED', ['blue', 'red'], 'blue')).toEqual({ colour: 'red', exact: true });
  expect(nearestColour('orange', ['blue', 'red', 'yellow'], 'blue').exact).toBe(false);
  expect(nearestColour('__proto__', ['blue'], 'blue')).toEqual({ colour: 'blue', exact: false });
  expect(nearestColour('', ['blue'], 'blue')).toEqual({ colour: 'blue', exact: true });
});

// Whatever looked through all of them for each would not end within the time a test has.
test('200,000 markers are written', () => {
  const markers = Array.from({ length: 200_000 }, (_, at) => marker(at * 2));
  const cut = list(FILM, '01:00:00:00', [], { markers });
  for (const format of [resolveMarkers, avidMarkers, markersCsv])
    expect(written(format, cut).text.split('\n').length, format.id).toBeGreaterThan(200_000);
  expect(written(csv, cut).losses).toMatchObject([{ what: 'marker', count: 200_000 }]);
});
