/** Key moments and who said what, in the remarks of a log sheet. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogNote } from '../../manifest/documents/log.ts';
import { readNotes } from '../../manifest/log/notes.ts';
import { row } from './log-cells-stage.ts';

describe('key moments', () => {
  const notes = (cell: string, author?: string) => readNotes(cell, 'note', author);
  it('a minus before a number is kept, a dash before a word is not', () => {
    expect(notes('-2 stops').map(({ text }) => text)).toEqual(['-2 stops']);
    expect(notes('01:02:03:04 -.5 dB').map(({ text }) => text)).toEqual(['-.5 dB']);
    expect(notes('- soft').map(({ text }) => text)).toEqual(['soft']);
  });

  const note = (text: string, more: Partial<LogNote> = {}): LogNote => ({ kind: 'note', text, ...more });

  it.each<[string, LogNote[]]>([
    ['01:02:03:10 boom in shot', [note('boom in shot', { timecode: '01:02:03:10' })]],
    ['boom in shot 01:02:03:10', [note('boom in shot', { timecode: '01:02:03:10' })]],
    ['boom in shot (01:02:03;10)', [note('boom in shot', { timecode: '01:02:03;10' })]],
    ['boom in shot, 01:02:03:10', [note('boom in shot', { timecode: '01:02:03:10' })]],
    [
      'boom at 01:02:03:10 for a second',
      [note('boom at 01:02:03:10 for a second', { timecode: '01:02:03:10' })],
    ],
    ['lovely. 01:02:03:10 boom', [note('lovely.'), note('boom', { timecode: '01:02:03:10' })]],
    ['at 0:12 great look', [note('great look', { offsetSeconds: 12 })]],
    ['great look at 0:12', [note('great look', { offsetSeconds: 12 })]],
    [
      'boom at 0:12, smile at 1:40',
      [note('boom', { offsetSeconds: 12 }), note('smile', { offsetSeconds: 100 })],
    ],
    ['@45s', [note('mark', { offsetSeconds: 45 })]],
    ['@ 45 sec. smile', [note('. smile', { offsetSeconds: 45 })]],
    ['the look @1:05 is the one', [note('the look @1:05 is the one', { offsetSeconds: 65 })]],
    ['10:04:12 boom', [note('boom', { timecode: '10:04:12:00' })]],
    ['à 0:12 regard', [note('regard', { offsetSeconds: 12 })]],
    ['bei 0:12 Blick', [note('Blick', { offsetSeconds: 12 })]],
    ['crop to 2:35, f/2.8, 48fps, take 3', [note('crop to 2:35, f/2.8, 48fps, take 3')]],
    [
      '01:00:00:00 a 01:00:01:00 b',
      [note('a', { timecode: '01:00:00:00' }), note('b', { timecode: '01:00:01:00' })],
    ],
  ])('%s', (cell, expected) => {
    expect(notes(cell)).toEqual(expected);
  });

  it.each<[string, LogNote]>([
    ['Dir: lovely', note('lovely', { kind: 'director' })],
    ['DP - flare on lens', note('flare on lens', { kind: 'camera' })],
    ['Sound: plane overhead', note('plane overhead', { kind: 'sound' })],
    ['Script (Ana): hat is off', note('hat is off', { kind: 'script', author: 'Ana' })],
    ['Regie: schön', note('schön', { kind: 'director' })],
    ['Réal : magnifique', note('magnifique', { kind: 'director' })],
    ['01:02:03:10 DP: flare', note('flare', { kind: 'camera', timecode: '01:02:03:10' })],
    ['DP: 01:02:03:10 flare', note('flare', { kind: 'camera', timecode: '01:02:03:10' })],
    ['Director liked it', note('Director liked it')],
    ['dp-style flare', note('dp-style flare')],
  ])('who said %s', (cell, expected) => {
    expect(notes(cell)).toEqual([expected]);
  });

  it('an author column names who said what names nobody else', () => {
    expect(notes('lovely\nDP (Bo): flare', 'Ada')).toEqual([
      note('lovely', { author: 'Ada' }),
      note('flare', { kind: 'camera', author: 'Bo' }),
    ]);
    expect(row({ author: 'Director', note: 'lovely' }).notes).toEqual([
      note('lovely', { kind: 'director', author: 'Director' }),
    ]);
  });

  it('a place in a column of its own is that of the notes which have none', () => {
    expect(row({ note: 'boom\n@5s smile', 'note-timecode': '01:00:00:00' }).notes).toEqual([
      note('boom', { timecode: '01:00:00:00' }),
      note('smile', { offsetSeconds: 5 }),
    ]);
  });

  it('no word of a remark is lost, wherever its places stand', () => {
    const word = fc.constantFrom(
      'boom',
      'lovely',
      'Dir',
      ',',
      ';',
      '.',
      ' ',
      '\n',
      '01:02:03:10',
      'at 0:12',
      '@45s',
      'ü',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (parts) => {
        const cell = parts.join(' ');
        const said = notes(cell).map(
          ({ text, timecode, offsetSeconds }) => `${text} ${timecode ?? ''} ${offsetSeconds ?? ''}`,
        );
        for (const each of ['boom', 'lovely', 'ü'])
          expect(said.join(' ').split(each).length, cell).toBe(cell.split(each).length);
        const places = cell.match(/01:02:03:10|at 0:12|@45s/g) ?? [];
        const kept = said.join(' ').match(/01:02:03:10|\b12\b|\b45\b|@45s|at 0:12/g) ?? [];
        expect(kept.length, cell).toBeGreaterThanOrEqual(places.length);
      }),
    );
  });

  it('long runs of digits, brackets and blanks do not hold a reader up', () => {
    const runs = ['1:', '(', ' ', '@1', 'at 0:12,', '1-', '9', 'A001C0', '*', '01:02:03:10'];
    for (const run of runs) {
      const cell = run.repeat(60_000 / run.length);
      const read = row({ scene: cell, take: cell, file: cell, note: cell, start: cell, sound: cell }, true);
      expect(read.row).toBe(2);
    }
  });
});
