/** The pattern language: what is refused and where, how names are read, built and read back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { build } from '../../../manifest/patterns/build.ts';
import { FIELD_NAMES, FIELDS, type FieldValues } from '../../../manifest/patterns/fields.ts';
import { match } from '../../../manifest/patterns/match.ts';
import { parsePattern, type Pattern } from '../../../manifest/patterns/pattern.ts';
import { nameProblem, undeliverable } from '../../../manifest/patterns/portable.ts';

const TAKE = 'SCENE_{scene:2}_TAKE_{take:2}_{kind}_{role}';
const BROLL = '{int|ext}_{place}_{time}_{size}_{n:2}';

function pattern(text: string): Pattern {
  const read = parsePattern(text);
  if (!read.ok) throw new Error(`${text}: column ${read.fault.column}: ${read.fault.message}`);
  return read.pattern;
}

describe('a pattern that is none says where', () => {
  it.each([
    ['', 1, 'empty'],
    ['SCENE', 1, 'no field'],
    ['SCENE_{scene', 7, 'not closed'],
    ['SCENE_{scene_{take}', 7, 'not closed'],
    ['SCENE_scene}', 12, 'closes nothing'],
    ['SCENE_{sceen:2}', 8, 'the nearest is {scene}'],
    ['{pudding}', 2, 'there are scene'],
    ['{}', 2, 'no name'],
    ['{scene:0}', 8, '1 to 9'],
    ['{scene:12}', 8, '1 to 9'],
    ['{role:2}', 7, 'only numbers'],
    ['{int|}', 6, 'empty'],
    ['{int|INT}', 6, 'twice'],
    ['{a b|c}', 2, 'not plain'],
    ['{scene}_{take}_{scene}', 16, 'twice'],
    ['{scene}{setup}', 8, 'nothing stands between'],
    ['{n}{take}', 4, 'nothing stands between'],
    ['{scene}/{take}', 8, '"/" does not belong'],
    ['{scene}: {take}', 8, '":" does not belong'],
    ['.{scene}', 1, 'hidden'],
    ['{scene} ', 8, 'Windows drops'],
    [`{scene}${'_'.repeat(300)}`, 201, 'at most'],
  ])('%j at column %i: %s', (text, column, words) => {
    const read = parsePattern(text);
    expect(read).toMatchObject({ ok: false, fault: { column } });
    expect(!read.ok && read.fault.message).toContain(words);
  });

  it('letters beside digits need nothing between them', () => {
    expect(parsePattern('{kind}{n:3}').ok).toBe(true);
    expect(parsePattern('{int|ext}{n:3}').ok).toBe(true);
  });
});

describe('reading', () => {
  it.each([
    [TAKE, 'SCENE_07_TAKE_03_CAM_A', { scene: '07', take: '03', kind: 'CAM', role: 'A' }],
    [
      TAKE,
      'SCENE_07A_TAKE_12PU_AUDIO_LAV-MARA',
      { scene: '07A', take: '12PU', kind: 'AUDIO', role: 'LAV-MARA' },
    ],
    [TAKE, 'scene_107_take_103_cam_b', { scene: '107', take: '103', kind: 'cam', role: 'b' }],
    [
      BROLL,
      'EXT_OLD-HARBOUR_DUSK_WS_01',
      { 'int|ext': 'EXT', place: 'OLD-HARBOUR', time: 'DUSK', size: 'WS', n: '01' },
    ],
    ['SCENE_{scene:2}_V{version:2}', 'SCENE_05_V03', { scene: '05', version: '03' }],
    ['{place}-{n:2}', 'HARBOUR-01', { place: 'HARBOUR', n: '01' }],
    ['S{scene}T{take}', 'S7AT3', { scene: '7A', take: '3' }],
  ])('%s reads %s', (text, name, fields) => {
    expect(match(pattern(text), name)).toEqual({ ok: true, fields });
  });

  it.each([
    [TAKE, 'SCENE_7_TAKE_03_CAM_A', 7, '{scene}'],
    [TAKE, 'SCENE_007_TAKE_03_CAM_A', 9, '"7_TAKE_03_CAM_A" stands there'],
    [TAKE, 'SCENE_07_TAKE_3_CAM_A', 15, '2 digits'],
    [TAKE, 'SCENE_07_TAKE_03_CAM', 21, 'the name ends'],
    [TAKE, 'SCENE_07_TK_03_CAM_A', 11, '"_TAKE_"'],
    [TAKE, 'SCENE_07_TAKE_03_CAM_A_x', 23, 'nothing more'],
    [BROLL, 'OUT_HARBOUR_DUSK_WS_01', 1, 'one of INT, EXT'],
    [TAKE, '', 1, 'the name ends'],
  ])('%s does not fit %s at letter %i', (text, name, column, words) => {
    const read = match(pattern(text), name);
    expect(read).toMatchObject({ ok: false, why: 'no-match', column });
    expect(!read.ok && read.message).toContain(words);
  });

  it('a name that reads in two ways is said to, with both', () => {
    const read = match(pattern('{place}T{role}'), 'ATBTC');
    expect(read).toMatchObject({ ok: false, why: 'ambiguous' });
    expect(!read.ok && read.message).toBe('it can be read in two ways: {place} may be "ATB" or "A"');
  });

  it('a long name of one letter is read to its end, where trying every way to part it would not end', () => {
    const read = match(pattern('{place}A{role}A{time}A{size}A{title}B'), 'A'.repeat(600));
    expect(read).toMatchObject({ ok: false, why: 'no-match' });
  });
});

describe('building', () => {
  it.each([
    [TAKE, { scene: '7', take: '3', kind: 'CAM', role: 'a' }, 'SCENE_07_TAKE_03_CAM_A'],
    [
      TAKE,
      { scene: '007a', take: '12', kind: 'AUDIO', role: "Lav Mara's" },
      'SCENE_07A_TAKE_12_AUDIO_LAV-MARAS',
    ],
    [
      BROLL,
      { where: 'EXT', place: 'Große Brücke', time: 'Dämmerung', size: 'ws', n: '1' },
      'EXT_GROSSE-BRUCKE_DAMMERUNG_WS_01',
    ],
    ['{scene}-{place}', { scene: '7', place: 'old mill' }, '7-OLDMILL'],
    ['SCENE_{scene:2}', { scene: 'R12' }, 'SCENE_R12'],
  ])('%s of %j', (text, values, name) => {
    expect(build(pattern(text), values as unknown as FieldValues)).toMatchObject({ ok: true, name });
  });

  it('says every field that is missing, in order', () => {
    expect(build(pattern(TAKE), { take: '3', role: ' ' })).toEqual({
      ok: false,
      missing: ['scene', 'kind', 'role'],
      message: 'nothing says {scene}, {kind}, {role}',
    });
  });

  it.each([
    ['{scene:2}', { scene: '12.1' }, '"." cannot stand'],
    ['{scene:2}', { scene: '../../etc' }, '"." cannot stand'],
    ['{take:2}', { take: 'A3' }, 'begins with its number'],
    ['{role:main|boom}', { role: 'lav' }, 'takes MAIN, BOOM'],
    ['{place}_{n:2}', { place: 'Москва', n: '1' }, 'cannot stand'],
    ['{place}_{n:2}', { place: '!!!', n: '1' }, 'cannot stand'],
    ['{place}T{role}', { place: 'A', role: 'BTC' }, 'two ways'],
    ['{role}', { role: 'con' }, 'for a device'],
    ['{place}', { place: 'x'.repeat(256) }, 'at most 255'],
  ])('%s of %j is refused: %s', (text, values, words) => {
    const made = build(pattern(text), values as unknown as FieldValues);
    expect(!made.ok && made.message).toContain(words);
  });
});

/** Patterns of two to five fields with anything between them. */
const anyPattern = fc
  .tuple(
    fc.subarray([...FIELD_NAMES, 'int|ext'], { minLength: 1, maxLength: 5 }),
    fc.infiniteStream(fc.constantFrom('_', '-', 'T', '_TAKE_', '.', 'x9')),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([fields, between, width]) => {
    const text = fields.map((name) => {
      const counts = name in FIELDS && ['label', 'number', 'take'].includes(FIELDS[name as 'scene'].shape);
      return `{${name}${counts && width > 0 ? `:${width}` : ''}}`;
    });
    return text.reduce((all, each) => `${all}${between.next().value}${each}`);
  });
const anyValue = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9]{1,6}$/),
  fc.nat(9999).map(String),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('EXT', 'int', 'CAM', 'old mill', 'É-t', '7A', '2PU', 'T', '9'),
);

describe('laws', () => {
  it('what is built is read back as the same fields, names a file everywhere, and is delivered as it is', () => {
    let built = 0;
    fc.assert(
      fc.property(anyPattern, fc.infiniteStream(anyValue), (text, stream) => {
        const parsed = pattern(text);
        const values = Object.fromEntries(
          [...FIELD_NAMES, 'int|ext'].map((name) => [name, stream.next().value as string]),
        );
        const made = build(parsed, values);
        if (!made.ok) return;
        built++;
        expect(match(parsed, made.name)).toEqual({ ok: true, fields: made.fields });
        expect([nameProblem(made.name), undeliverable(made.name)]).toEqual([null, []]);
        // Written again, nothing changes any more.
        expect(build(parsed, made.fields)).toEqual(made);
      }),
      { numRuns: 3000 },
    );
    expect(built).toBeGreaterThan(300);
  });

  it('what is read is built again as the same name, but for its case', () => {
    let read = 0;
    const names = fc.oneof(
      fc.stringMatching(/^SCENE_[0-9]{1,3}[A-Z]?_TAKE_[0-9]{1,3}_[a-zA-Z]{1,3}_[A-Z-]{1,5}$/),
      fc.stringMatching(/^[A-Z0-9]{1,3}[_T-][A-Z0-9]{1,4}$/),
    );
    const patterns = [TAKE, '{scene}_{take}', '{place}T{role}', '{scene:3}-{role}'].map(pattern);
    fc.assert(
      fc.property(names, fc.constantFrom(...patterns), (name, one) => {
        const found = match(one, name);
        if (!found.ok) return;
        read++;
        const again = build(one, found.fields);
        if (nameProblem(name) === null) expect(again).toMatchObject({ ok: true, name: name.toUpperCase() });
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(200);
  });
});

describe('names on three systems', () => {
  it.each([
    ['con', 'device'],
    ['NUL.mov', 'device'],
    ['com1.wav', 'device'],
    ['LPT9', 'device'],
    ['a:b.mov', 'refuses ":"'],
    ['what?.mov', 'refuses "?"'],
    ['a\u0007.mov', 'U+0007'],
    ['take.', 'dot'],
    ['take ', 'space'],
    [' take', 'space'],
    ['x'.repeat(256), '255'],
    ['ä'.repeat(128), '256 bytes'],
    ['\ud800.mov', 'half a character'],
  ])('%j: %s', (name, words) => {
    expect(nameProblem(name)).toContain(words);
  });

  it.each(['console.mov', 'COM10.mov', 'A001C003.mov', 'Überblendung (1).mov', '🎬.mov', 'x'.repeat(255)])(
    '%s is a name',
    (name) => {
      expect(nameProblem(name)).toBeNull();
    },
  );

  it('deliveries take plain letters, digits, _ - and . only', () => {
    expect(undeliverable('SCENE_07-A.v2.mov')).toEqual([]);
    expect(undeliverable('Szene 7 – Größe & Co.mov')).toEqual(['" "', '"–"', '"ö"', '"ß"', '"&"']);
  });
});
