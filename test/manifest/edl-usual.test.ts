/** Edit lines with every column in their place are read at a glance; the reader that goes by words reads them the same. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseEdit, parseWords } from '../../manifest/readers/edl/edit.ts';

const two = fc.integer({ min: 0, max: 99 }).map((value) => String(value).padStart(2, '0'));
const timecode = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(two, two, two, two, fc.constantFrom(':', ';'))
      .map(([h, m, s, f, mark]) => `${h}:${m}:${s}${mark}${f}`),
  },
  fc.constantFrom('1:02:03:04', '01.02.03.04', '01:02:03:100', '86400', '01:02:03', 'C'),
);
const gap = fc.constantFrom(' ', '  ', '\t', '\u00a0 ');
const columns = fc.tuple(
  fc.constantFrom('001', '1', '000123', '1234567', 'A1', '٣'),
  fc.constantFrom('AX', 'A004', 'BL', 'C', '9999', 'K', 'D', 'V', 'DÉJÀ_1', '01:00:00:00', 'a/b.mov'),
  fc.constantFrom(
    'V',
    'A',
    'A2',
    'AA',
    'AA/V',
    'NONE',
    'B',
    'A7',
    'v',
    'none',
    'C',
    '024',
    'X',
    'K',
    'V2',
    'A1234',
  ),
  fc.constantFrom('C', 'C', 'C', 'c', 'D', 'W001', 'K', 'B', 'C 024'),
  timecode,
  timecode,
  timecode,
  timecode,
);

it('a line of usual shape says the same by its columns and by its words', () => {
  let read = 0;
  fc.assert(
    fc.property(columns, gap, fc.constantFrom('', '', ' rest'), (words, between, rest) => {
      const line = words.join(between) + rest;
      const edit = parseEdit(line);
      expect(edit).toEqual(parseWords(line));
      if (edit) read++;
    }),
    { numRuns: 5000 },
  );
  expect(read).toBeGreaterThan(500);
});
