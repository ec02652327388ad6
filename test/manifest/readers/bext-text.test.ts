import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bextText } from '../../../manifest/readers/bext-text.ts';
import { RATES } from '../../../manifest/time/rate.ts';

const read = (text: string) => bextText.read(text, { name: 'take.wav' });

test('Sound Devices lines', () => {
  const text =
    'sSPEED=023.976-ND\r\nsTAKE=1\r\nsUBITS=$12311801\r\nsSWVER=2.67\r\nsPROJECT=BMH\r\nsSCENE=A101\r\nsFILENAME=A101_1.WAV\r\nsTAPE=18Y12M31\r\nsTRK1=MKH516 A\r\nsTRK2=Boom\r\nsNOTE=\r\n';
  expect(read(text)).toEqual({
    value: {
      speed: RATES['23.976'],
      take: '1',
      scene: 'A101',
      tape: '18Y12M31',
      tracks: { 1: 'MKH516 A', 2: 'Boom' },
    },
    issues: [],
  });
});

test.each(['s', 'g', 'd', 'z', ''])('the letter before the word is the maker\'s: "%s"', (letter) => {
  const { value } = read(`${letter}SCENE=2C\r\n${letter}TAKE=01\r\n${letter}NOTE=Tail = slate\r\n`);
  expect([value.scene, value.take, value.note]).toEqual(['2C', '01', 'Tail = slate']);
});

test.each([
  ['sSPEED=029.97-DF', RATES['29.97df']],
  ['sSPEED=025.000-ND', RATES['25']],
  ['sSPEED=24', RATES['24']],
  ['sSPEED=030.000-ND', RATES['30']],
  ['dSPEED=23.98ND', RATES['23.976']],
])('%s', (line, rate) => {
  expect(read(line)).toEqual({ value: { speed: rate, tracks: {} }, issues: [] });
});

test('a speed that is no rate, or drops where nothing drops, is said', () => {
  expect(read('sSPEED=fast')).toMatchObject({
    value: { tracks: {} },
    issues: [{ code: 'bext-rate', at: 'take.wav' }],
  });
  expect(read('sSPEED=2/1001')).toMatchObject({ value: { tracks: {} }, issues: [{ code: 'bext-rate' }] });
  expect(read('sSPEED=025.000-DF')).toMatchObject({
    value: { speed: RATES['25'] },
    issues: [{ code: 'bext-rate' }],
  });
});

test('flags', () => {
  expect(read('sCIRCLED=TRUE\nsNO_GOOD=FALSE\nsWILD_TRACK=yes').value).toEqual({
    circled: true,
    noGood: false,
    wild: true,
    tracks: {},
  });
});

test('what stands behind the first NUL is memory, not text', () => {
  expect(read('gSCENE=2C\r\n\0\0gTAKE=9\r\n').value).toEqual({ scene: '2C', tracks: {} });
});

test('plain prose says nothing', () => {
  expect(read('wavinfo Test Project Nuendo output')).toEqual({ value: { tracks: {} }, issues: [] });
  expect([bextText.looksLike('wavinfo Test'), bextText.looksLike('sSPEED=025.000-ND\r\n')]).toEqual([
    false,
    true,
  ]);
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('s', 'SCENE', 'TRK', 'SPEED', '=', '1', '-', '\n', '\0', 'é') }),
      (text) => void read(text),
    ),
    { numRuns: 500 },
  );
});
