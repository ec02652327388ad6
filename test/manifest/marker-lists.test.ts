import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutList, CutMarker } from '../../manifest/documents/cutlist.ts';
import { avidMarkers } from '../../manifest/exports/avid-markers.ts';
import { csv } from '../../manifest/exports/csv.ts';
import type { Export, Exported } from '../../manifest/exports/export.ts';
import { markersCsv } from '../../manifest/exports/markers-csv.ts';
import { nearestColour } from '../../manifest/exports/markers/colours.ts';
import { listedMarkers } from '../../manifest/exports/markers/project.ts';
import { resolveMarkers } from '../../manifest/exports/resolve-markers.ts';
import { RATES, type Rate, type RateName } from '../../manifest/time/rate.ts';
import { frameToTimecode, timecodeToFrame } from '../../manifest/time/timecode.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { lossText } from './goldens.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';

const FILM = RATES['24'];
const source = pictureSource('A', FILM, '10:00:00:00');

function written(format: Export, cut: CutList): Exported & { text: string } {
  const made = format.write(cut);
  if ('refused' in made) throw new Error(made.refused);
  return { ...made, text: made.files[0]!.text };
}

const marker = (frame: number, fields: Partial<CutMarker> = {}): CutMarker => ({
  frame,
  duration: 1,
  name: `m${frame}`,
  comment: '',
  colour: 'red',
  ...fields,
});

/** One event on V1 with these markers on its media. */
const onClip = (markers: CutMarker[], fields: Partial<CutEvent> = {}, rate: Rate = FILM) =>
  list(rate, '01:00:00:00', [
    track('V1', [event({ ...source, rate }, 100, 48, 10, rate, { markers, ...fields })]),
  ]);

/** Where each comes to stand, and the losses' words. */
function placed(cut: CutList): [number[], string[]] {
  const losses: string[] = [];
  const found = listedMarkers(cut, (loss) =>
    losses.push(...Array.from({ length: loss.count }, () => loss.what)),
  );
  return [found.map((each) => each.frame), losses];
}

/** Resolve's list read back by its own grammar: TC, note, colour, name, length. */
function resolveRead(text: string) {
  expect(text.split('\r\n').join('')).not.toMatch(/[\r\n]/);
  const lines = text.split('\r\n').slice(3);
  return lines.flatMap((line, at) => {
    const found = /^(\d{3,})  001      V     C        (\S+) (\S+) (\S+) (\S+)  $/.exec(line);
    if (!found) return [];
    const about = /^(.*) \|C:ResolveColor([A-Z][a-z]+) \|M:([^|]*) \|D:(\d+)$/.exec(lines[at + 1]!);
    expect(about, lines[at + 1]).not.toBeNull();
    const [, note, colour, name, length] = about!;
    return [
      { number: Number(found[1]), tc: found[2]!, to: found[3]!, note, colour, name, length: Number(length) },
    ];
  });
}

/** A cut with markers on its media, inside and outside what is shown. */
const marked = anyCutList({ retimes: true, mixed: true, markers: true, made: true }).chain((cut) =>
  fc
    .array(
      fc.record({
        track: fc.nat(5),
        event: fc.nat(5),
        at: fc.integer({ min: -60, max: 400 }),
        length: fc.nat(30),
      }),
      {
        maxLength: 12,
      },
    )
    .map((wanted): CutList => {
      const copy = JSON.parse(JSON.stringify(cut)) as CutList;
      wanted.forEach((want, nth) => {
        const on = copy.tracks[want.track]?.events[want.event];
        if (!on) return;
        const frame = on.sourceIn + want.at;
        (on.markers ??= []).push(
          marker(frame, { duration: want.length, name: `n${nth}`, comment: `c${nth}` }),
        );
      });
      return copy;
    }),
);
const count = (cut: CutList) =>
  cut.markers.length +
  cut.tracks.flatMap((each) => each.events).reduce((sum, each) => sum + (each.markers?.length ?? 0), 0);
const lost = ({ losses }: Exported) =>
  losses.filter((loss) => loss.what === 'marker').reduce((sum, loss) => sum + loss.count, 0);

describe('markers on clips stand where their moment is seen', () => {
  test('at plain speed, as far from the record in as from the source in', () => {
    expect(placed(onClip([marker(10), marker(11), marker(57)]))).toEqual([[100, 101, 147], []]);
  });

  test('what the event does not show is a loss, on both sides', () => {
    expect(placed(onClip([marker(9), marker(58), marker(30)]))).toEqual([[120], ['marker', 'marker']]);
  });

  test('speeds count exactly: twice, half, backwards, still', () => {
    const at = (num: number, den: number, sourceOut: number, ...frames: number[]) =>
      placed(
        onClip(
          frames.map((frame) => marker(frame)),
          { speed: { num, den }, sourceOut },
        ),
      )[0];
    expect(at(2, 1, 106, 10, 12, 13, 105)).toEqual([100, 101, 101, 147]);
    expect(at(1, 2, 34, 10, 11, 33)).toEqual([100, 102, 146]);
    expect(at(-1, 1, 58, 57, 56, 10)).toEqual([100, 101, 147]);
    expect(at(0, 1, 11, 10)).toEqual([100]);
    expect(at(2, 3, 42, 11)).toEqual([101]);
  });

  test('a speed that varies has no place for a marker, and says so', () => {
    expect(placed(onClip([marker(20)], { speed: null }))).toEqual([[], ['marker']]);
  });

  test('media at another rate: a second of it is a second of the sequence', () => {
    const slow = pictureSource('B', RATES['25'], '10:00:00:00');
    const cut = list(RATES['50'], '01:00:00:00', [
      track('V1', [
        {
          ...event(slow, 0, 100, 0, RATES['50']),
          sourceIn: 25,
          sourceOut: 75,
          markers: [marker(25), marker(26), marker(50)],
        },
      ]),
    ]);
    expect(placed(cut)).toEqual([[0, 2, 50], []]);
  });

  test('sound on the nearest sample of a frame is on that frame, at every rate', () => {
    for (const name of ['23.976', '25', '29.97', '59.94'] as const) {
      const rate = RATES[name];
      const sound = soundSource('S', rate, '10:00:00:00');
      const base = event(sound, 0, 100, 10, rate);
      const frames = Array.from({ length: 100 }, (_, at) => at);
      const samples = frames.map((frame) => event(sound, 0, 1, 10 + frame, rate).sourceIn);
      const cut = list(rate, '01:00:00:00', [
        track('A1', [{ ...base, markers: samples.map((sample) => marker(sample)) }]),
      ]);
      expect(placed(cut)).toEqual([frames, []]);
    }
  });

  test("picture and its sound have one take's markers; each is listed once", () => {
    const both = { markers: [marker(20), marker(30)] };
    const cut = list(FILM, '01:00:00:00', [
      track('V1', [event(source, 0, 48, 10, FILM, both)]),
      track('A1', [event(source, 0, 48, 10, FILM, both)]),
      track('A2', [event(source, 2, 46, 12, FILM, both)]),
    ]);
    expect(placed(cut)).toEqual([
      [10, 20],
      ['marker', 'marker', 'marker', 'marker'],
    ]);
  });

  test('a marker that lasts past its event ends with it, said; its length follows the speed', () => {
    const losses: string[] = [];
    const cut = onClip([marker(50, { duration: 30 }), marker(10, { duration: 20 })], {
      speed: { num: 2, den: 1 },
      sourceOut: 106,
    });
    const [first, second] = listedMarkers(cut, (loss) => losses.push(loss.what));
    expect([first!.duration, second!.duration, losses]).toEqual([10, 15, []]);
    const [late] = listedMarkers(onClip([marker(50, { duration: 30 })]), (loss) => losses.push(loss.what));
    expect([late!.duration, losses]).toEqual([8, ['marker-length']]);
  });
});

describe('markers in = markers out + losses', () => {
  const twoDigits = (cut: CutList) => cut.rate.num / cut.rate.den <= 100;
  for (const format of [resolveMarkers, avidMarkers, markersCsv])
    test(`in ${format.id}, at every rate, each at its own frame`, () => {
      fc.assert(
        fc.property(marked, (cut) => {
          const made = format.write(cut);
          if ('refused' in made) {
            expect(twoDigits(cut)).toBe(false);
            expect(made.refused).toContain('two digits');
            return;
          }
          const text = made.files[0]!.text;
          const rows =
            format === resolveMarkers
              ? resolveRead(text).map((each) => each.tc)
              : format === avidMarkers
                ? text
                    .split('\r\n')
                    .slice(0, -1)
                    .map((line) => line.split('\t')[1]!)
                : Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true })
                    .data.slice(1)
                    .map((row) => row[3]!);
          expect(rows.length + lost(made)).toBe(count(cut));
          const moved = made.losses.some((loss) => loss.what === 'marker-place');
          if (!moved)
            expect(rows).toEqual(
              listedMarkers(cut, () => {}).map((each) => frameToTimecode(cut.start + each.frame, cut.rate)),
            );
        }),
        { numRuns: 200 },
      );
    });

  test('a cut without markers is a list without markers', () => {
    const empty = list(FILM, '01:00:00:00', []);
    expect(resolveRead(written(resolveMarkers, empty).text)).toEqual([]);
    expect(written(avidMarkers, empty).text).toBe('');
    expect(written(markersCsv, empty).text.split('\r\n')).toHaveLength(2);
  });
});

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
            const plain = row.slice(0, 2).map((cell) => {
              // oxlint-disable-next-line no-control-regex -- what the guard looks for
              if (!/^'(?:\s*[=+\-@＝＋－＠]|[\u0000-\u001f])/.test(cell)) return cell;
              guarded++;
              return cell.slice(1);
            });
            expect(plain.map((cell) => cell.replace(/\r\n?/g, '\n'))).toEqual(
              [markers[at]!.name, markers[at]!.comment].map((cell) => cell.replace(/\r\n?/g, '\n')),
            );
          });
          expect(losses.reduce((sum, loss) => sum + (loss.what === 'formula' ? loss.count : 0), 0)).toBe(
            guarded,
          );
        },
      ),
    );
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

test('10,000 markers are written in a moment', () => {
  const markers = Array.from({ length: 10_000 }, (_, at) => marker(at * 2));
  const cut = list(FILM, '01:00:00:00', [], { markers });
  const from = performance.now();
  for (const format of [resolveMarkers, avidMarkers, markersCsv, csv]) written(format, cut);
  expect(performance.now() - from).toBeLessThan(2000);
});
