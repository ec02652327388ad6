/** ASC CDL in lists: exact decimals of every spelling, whose clip they are, and where they go from there. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cdlLines, decimalOf } from '../../manifest/cdl.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { edl } from '../../manifest/exports/edl.ts';
import { otio } from '../../manifest/exports/otio.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { otioReader } from '../../manifest/readers/otio.ts';
import { RATES } from '../../manifest/time/rate.ts';

function read(lines: string[]) {
  const { value, issues } = edlReader.read(lines.join('\n'), { name: 'cut.edl', rate: RATES['24'] });
  return { list: value[0]!, issues, codes: issues.map((issue) => issue.code) };
}

const EDIT = '001  A001     V     C        00:00:10:00 00:00:12:00 01:00:00:00 01:00:02:00';
const SOP = '*ASC_SOP (1.0854 1.0451 0.9943)(0.0009 0.0022 -0.0292)(1.0163 1.0105 0.9424)';
const GRADE = {
  sop: {
    slope: ['1.0854', '1.0451', '0.9943'],
    offset: ['0.0009', '0.0022', '-0.0292'],
    power: ['1.0163', '1.0105', '0.9424'],
  },
};
const graded = (list: CutList) =>
  list.tracks.flatMap((track) =>
    track.events.map((event) => `${track.type[0]} ${event.name} ${!!event.cdl}`),
  );

describe('a decimal has one spelling', () => {
  test.each([
    ['1.0000', '1'],
    ['-.5', '-0.5'],
    ['+2.', '2'],
    ['1e-3', '0.001'],
    ['12.5E1', '125'],
    ['-0.0', '0'],
    ['007', '7'],
    ['', null],
    ['.', null],
    ['NaN', null],
    ['1e999', null],
    ['1,5', null],
    ['1'.repeat(50), null],
  ])('%j is %j', (text, spelled) => {
    expect(decimalOf(text)).toBe(spelled);
  });

  test('the same number, whatever the zeros and the exponent', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 9 }), fc.nat({ max: 5 }), (digits, places, zeros) => {
        const spelled = decimalOf(`${digits}${'0'.repeat(zeros)}e-${places + zeros}`);
        expect(spelled).toBe(decimalOf(`${digits}e-${places}`));
        expect(Number(spelled)).toBeCloseTo(digits / 10 ** places, 5);
        expect(decimalOf(spelled!)).toBe(spelled);
      }),
    );
  });
});

describe('colour decisions of a list', () => {
  test.each([
    [SOP],
    ['* ASC_SOP: (1.0854, 1.0451, 0.9943) (0.0009 0.0022 -0.0292) (1.0163 1.0105 0.9424)'],
    ['* ASC_SOP ( 1.0854 1.0451 .99430 )(9e-4 0.0022 -0.0292)(+1.0163 1.0105 0.9424)'],
  ])('%s', (line) => {
    const { list, issues } = read([EDIT, line, '* ASC_SAT: 0.90']);
    expect(issues).toEqual([]);
    expect(list.tracks[0]!.events[0]!.cdl).toEqual({ ...GRADE, sat: '0.9' });
  });

  test.each([
    '* ASC_SOP (1 1)(0 0 0)(1 1 1)',
    '* ASC_SOP (1 1 1)(0 0 0)',
    '* ASC_SOP (a b c)(0 0 0)(1 1 1)',
    '* ASC_SAT',
    '* ASC_SAT 1 2',
  ])('%s is said, with its line, and the clip stays', (line) => {
    const { list, issues } = read([EDIT, line]);
    expect(issues).toMatchObject([{ code: 'edl-cdl', severity: 'warning', at: 'cut.edl line 2' }]);
    expect(list.tracks[0]!.events).toHaveLength(1);
    expect(list.tracks[0]!.events[0]!.cdl).toBeUndefined();
  });

  test('a second one of a kind, and one of nothing, are said', () => {
    const { list, issues } = read([SOP, EDIT, SOP, '*ASC_SOP (2 2 2)(0 0 0)(1 1 1)']);
    expect(issues.map(({ at }) => at)).toEqual(['cut.edl line 1', 'cut.edl line 4']);
    expect(list.tracks[0]!.events[0]!.cdl).toEqual(GRADE);
    expect(read([EDIT.replace('A001 ', 'BL   '), SOP]).codes).toEqual(['edl-cdl']);
  });

  test('picture and sound of one line: it is the picture’s', () => {
    expect(graded(read([EDIT.replace('V ', 'B '), '* FROM CLIP NAME: a', SOP]).list)).toEqual([
      'v a true',
      'a a false',
    ]);
  });

  test('under a transition it is the clip’s that was named last', () => {
    const pair = [
      `${EDIT}`,
      '* FROM CLIP NAME: a',
      '002  A001     V     C        00:00:12:00 00:00:12:00 01:00:02:00 01:00:02:00',
      '002  B001     V     D    012 00:00:20:00 00:00:22:00 01:00:02:00 01:00:04:00',
      '* FROM CLIP NAME: a',
    ];
    const { list, issues } = read([...pair, '* TO CLIP NAME: b', SOP]);
    expect([issues, graded(list)]).toEqual([[], ['v a false', 'v b true']]);
    const other = read([...pair, SOP, '* TO CLIP NAME: b']);
    expect(graded(other.list)).toEqual(['v a false', 'v b false']);
    expect(other.issues).toMatchObject([{ code: 'edl-cdl', at: 'cut.edl line 6' }]);
  });
});

describe('colour decisions written', () => {
  const { list } = read([EDIT, '* FROM CLIP NAME: a', SOP, '*ASC_SAT 0.9']);

  test('a list has them as it came, without the zeros', () => {
    const made = edl.write(list);
    if ('refused' in made) throw new Error(made.refused);
    expect(made.files[0]!.text).toContain(`\r\n${SOP}\r\n*ASC_SAT 0.9\r\n`);
    expect(cdlLines({ sat: '1' })).toEqual(['ASC_SAT 1']);
  });

  test('OTIO has them where its own EDL adapter does, and they come back', () => {
    const made = otio.write(list);
    if ('refused' in made) throw new Error(made.refused);
    const { text } = made.files[0]!;
    expect(JSON.parse(text).tracks.children[0].children[0].metadata.cdl).toEqual({
      asc_sat: 0.9,
      asc_sop: {
        slope: [1.0854, 1.0451, 0.9943],
        offset: [0.0009, 0.0022, -0.0292],
        power: [1.0163, 1.0105, 0.9424],
      },
    });
    const back = otioReader.read(text, { name: 'cut.otio' });
    expect(back.value[0]!.tracks[0]!.events[0]!.cdl).toEqual({ ...GRADE, sat: '0.9' });
    expect(otioReader.read(text.replace('[1.0854, ', '['), { name: 'x' }).issues).toMatchObject([
      { code: 'otio-cdl' },
    ]);
  });

  test('more digits than a reader of JSON keeps are a loss of OTIO', () => {
    const cut = read([EDIT, '*ASC_SAT 0.12345678901234567890123']).list;
    const made = otio.write(cut);
    expect('losses' in made && made.losses.map(({ what }) => what)).toContain('cdl');
  });

  test.each(EXPORTS.filter(({ id }) => !/edl|otio|markers/.test(id)))(
    '$id holds them, or says so',
    ({ write }) => {
      const made = write(list, DEFAULT_OPTIONS);
      if ('refused' in made) throw new Error(made.refused);
      const holds = made.files.some(({ text }) => text.includes('ASC_SAT 0.9'));
      const said = made.losses.filter(({ what }) => what === 'cdl');
      expect(said.length).toBe(holds ? 0 : 1);
      if (!holds) expect(said[0]).toMatchObject({ where: 'V1-001 at 01:00:00:00', count: 1 });
    },
  );
});
