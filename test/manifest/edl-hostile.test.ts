/** Broken and hostile lists: nothing throws, nothing vanishes, nothing takes longer than its length is worth. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { edl } from '../../manifest/exports/edl.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { nominal, RATES, type RateName } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';

const LISTED = (Object.keys(RATES) as RateName[]).filter((name) => nominal(RATES[name]) <= 100);

/** What every cut list keeps to, whatever it was read from. */
function expectSound(lists: CutList[]): void {
  for (const list of lists) {
    expect(list.start).toBeGreaterThanOrEqual(0);
    const ids = new Set<string>();
    for (const track of list.tracks) {
      expect(track.index).toBeGreaterThanOrEqual(1);
      let end = 0;
      for (const event of track.events) {
        const { recordIn, recordOut, sourceIn, sourceOut, source, speed } = event;
        expect(
          [recordIn, recordOut, sourceIn, sourceOut, source?.start ?? 0].every(Number.isSafeInteger),
        ).toBe(true);
        expect(recordIn).toBeGreaterThanOrEqual(end);
        expect(recordOut).toBeGreaterThan(recordIn);
        expect(sourceIn).toBeGreaterThanOrEqual(0);
        expect(sourceOut).toBeGreaterThan(sourceIn);
        expect(source?.start ?? 0).toBeGreaterThanOrEqual(0);
        expect(speed!.den).toBeGreaterThan(0);
        expect(ids.has(event.id)).toBe(false);
        ids.add(event.id);
        end = recordOut;
      }
      for (const transition of track.transitions) expect(transition.out).toBeGreaterThan(transition.in);
    }
    for (const marker of list.markers) expect(marker.frame).toBeGreaterThanOrEqual(0);
  }
}

/** A timecode, mostly right. */
const label = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.nat({ max: 25 }),
        fc.nat({ max: 61 }),
        fc.nat({ max: 61 }),
        fc.nat({ max: 31 }),
        fc.constantFrom(':', ';', '.'),
      )
      .map(
        ([h, m, s, f, mark]) =>
          `${[h, m, s].map((part) => String(part).padStart(2, '0')).join(':')}${mark}${String(f).padStart(2, '0')}`,
      ),
  },
  { weight: 1, arbitrary: fc.constantFrom('01:00:00:00', '1009', '99:99:99:99', '999999999', '1e9', 'NaN') },
);
const editLine = fc
  .tuple(
    fc.nat({ max: 12 }),
    fc.constantFrom('A001', 'AX', 'BL', 'my reel', '', '__proto__'),
    fc.constantFrom('V', 'A', 'AA/V', 'NONE', 'A10', 'V3', 'Q'),
    fc.constantFrom('C', 'C', 'D    012', 'W001 999', 'K B', 'K    000', 'D    000', 'X'),
    label,
    label,
    label,
    label,
  )
  .map(([number, ...words]) => [String(number).padStart(3, '0'), ...words].join(' '));
const noteLine = fc.constantFrom(
  'FCM: DROP FRAME',
  'FCM: NON-DROP FRAME',
  'M2   A001       -012.0                01:00:00:00',
  'M2 AX 999999.9 01:00:00:00',
  'M2 A001 000.0 01:00:00:00',
  'AUD  3    4',
  'AUD 99',
  '* FROM CLIP NAME: __proto__',
  '* TO CLIP NAME: constructor',
  '* SOURCE FILE: toString',
  '* LOC: 01:00:00:00 RED     x',
  '* LOC: 12 BLUE x',
  'x |C:ResolveColorBlue |M:m |D:1e9',
  '* CUT AT 01:00:00:05',
  '* CUT AT 99:99:99:99',
  '* SOURCE TC AT 25: 01:00:00:00 00:59:59:00',
  '* SOURCE TC AT 0/0: x y',
  '* SOURCE TC AT 29.97 DF: 01:01:00;00 01:01:00;01',
  '>>> SOURCE __proto__ x y',
  'TITLE: again',
  '* * FREEZE FRAME',
  '* NO SOURCE',
  '* TITLE',
  '* REEL __proto__ IS constructor',
  '* PATCH X:  FROM SOURCE 0 TO RECORD 99',
  '* ASC_SOP (',
  'SPLIT:',
  '*',
  '',
);

describe('nothing throws and nothing vanishes', () => {
  const lines = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: editLine },
      { weight: 2, arbitrary: noteLine },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    ),
    { maxLength: 30 },
  );
  const rate = fc.option(fc.constantFrom(...Object.values(RATES)), { nil: undefined });

  test('whatever the lines are', () => {
    fc.assert(
      fc.property(lines, rate, fc.constantFrom('\n', '\r', '\r\n'), (parts, given, end) => {
        const { value, issues } = edlReader.read(
          parts.join(end),
          given ? { name: 'x', rate: given } : { name: 'x' },
        );
        expectSound(value);
        for (const { code, message } of issues)
          expect([/^edl-[a-z0-9-]+$/.test(code), message.length > 0 && message.length < 500]).toEqual([
            true,
            true,
          ]);
        // What was read can be written and read again.
        for (const list of value) edl.write(list, { ...DEFAULT_OPTIONS, target: 'avid' });
      }),
      { numRuns: 3000 },
    );
  });

  test('every edit is an event, black, the first line of a transition, or said', () => {
    const plain = fc.array(editLine, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(plain, (parts) => {
        const { value, issues } = edlReader.read(parts.join('\n'), { name: 'x', rate: RATES['30'] });
        const events = value.flatMap((list) => list.tracks.flatMap((track) => track.events));
        const links = new Set(events.map((event) => event.link).filter((link) => link !== undefined));
        const found = events.filter((event) => event.link === undefined).length + links.size;
        const black = parts.filter((line) => / BL /.test(line)).length;
        const openers = parts.filter(
          (line, at) => / C /.test(line) && /^(\d+) .*(?: [DW]\d* *| K| X)/.test(parts[at + 1] ?? ''),
        ).length;
        expect(found + black + openers + issues.length).toBeGreaterThanOrEqual(
          parts.filter((line) => /\d\d[:;.]\d\d \d\d[:;.\d]*$/.test(line)).length,
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('a list with a piece torn out, doubled or turned round is still sound', () => {
    const cuts = anyCutList({ rates: LISTED, mixed: true, transitions: true, retimes: true, made: true });
    fc.assert(
      fc.property(
        cuts,
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 40 }), fc.constantFrom('cut', 'double', 'swap', 'noise')), {
          maxLength: 4,
        }),
        (cut, wounds) => {
          const made = edl.write(cut);
          if ('refused' in made) throw new Error(made.refused);
          let { text } = made.files[0]!;
          for (const [place, length, what] of wounds) {
            const at = place % (text.length + 1);
            const piece = text.slice(at, at + length);
            const instead = {
              cut: '',
              double: piece + piece,
              swap: [...piece].toReversed().join(''),
              noise: '\u0000;:9 ',
            }[what]!;
            text = text.slice(0, at) + instead + text.slice(at + length);
          }
          expectSound(edlReader.read(text, { name: 'x', rate: cut.rate }).value);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('names that are traps', () => {
  test('a reel or clip called like a field of every object is a name', () => {
    const { value } = edlReader.read(
      '001  __proto__ V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n* FROM CLIP NAME: constructor',
      { name: 'x', rate: RATES['24'] },
    );
    expect(value[0]!.tracks[0]!.events[0]).toMatchObject({
      name: 'constructor',
      source: { reel: '__proto__' },
    });
    expect(({} as Record<string, unknown>)['reel']).toBeUndefined();
  });
});

/** Whatever looked back over all that it has read would not end within the time a test has. */
describe('size', () => {
  const read = (text: string) => edlReader.read(text, { name: 'x', rate: RATES['24'] });
  const edit = '001  A001     V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n';

  test.each([
    ['one line of ten million blanks', ' '.repeat(1e7)],
    ['one line of ten million stars', '*'.repeat(1e7)],
    ['a title of ten million letters', `TITLE: ${'x'.repeat(1e7)}\n${edit}`],
    [
      'an edit line of a million words',
      `001 ${'x '.repeat(1e6)} 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00`,
    ],
    ['a colour decision that never ends', `${edit}* ASC_SOP (${'1 '.repeat(1e6)}`],
    ['FCM on FCM', `FCM: ${'DROP FRAME FCM: '.repeat(1e6)}`],
    ['a note that almost says FINAL CUT PRO', `${edit}FINAL CUT PRO REEL:${' REPLACED BY'.repeat(1e6)}`],
  ])('%s is read to its end', (_, text) => {
    expectSound(read(text).value);
  });

  test('200,000 events over one another', () => {
    const { value } = read(edit.repeat(2e5));
    expect(value[0]!.tracks).toHaveLength(2e5);
  });

  test('200,000 notes, titles, markers and speeds', () => {
    read(edit + '* SOURCE FILE: x\n'.repeat(2e5));
    read(`TITLE: x\n${edit}`.repeat(1e5));
    read(edit + '* LOC: 12 RED x\n'.repeat(2e5));
    read(edit + 'M2   A001       048.0                00:00:00:00\n'.repeat(2e5));
    expect(read('what is this\n'.repeat(2e5)).issues.length).toBeLessThan(60);
  });

  // How reading grows is printed by bench/interchange.ts.
  test('300,000 events in a row', () => {
    const at = (frame: number) =>
      [Math.floor(frame / 86400), Math.floor(frame / 1440) % 60, Math.floor(frame / 24) % 60, frame % 24]
        .map((part) => String(part).padStart(2, '0'))
        .join(':');
    const text = Array.from({ length: 3e5 }, (_, nth) => {
      const spans = [nth, nth + 6, nth * 6, nth * 6 + 6].map(at).join(' ');
      return `${nth + 1}  A${nth % 300}     V     C        ${spans}\n* FROM CLIP NAME: ${nth % 300}.mov\n`;
    }).join('');
    expect(read(text).value[0]!.tracks.map(({ events }) => events.length)).toEqual([3e5]);
  });
});
