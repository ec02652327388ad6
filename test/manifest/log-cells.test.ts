/** Cells that say several things: takes, scenes, wild tracks, clips and marks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogMeaning } from '../../manifest/documents/log.ts';
import {
  filesOf,
  readTake,
  readWildScene,
  splitSceneTake,
  takesOf,
  takeWord,
} from '../../manifest/log/take.ts';
import { rowOf, row } from './log-cells-stage.ts';

describe('takes', () => {
  it.each([
    ['3*', { take: '3', pick: 'circled' }],
    ['* 3', { take: '3', pick: 'circled' }],
    ['(3)', { take: '3', pick: 'circled' }],
    ['③', { take: '3', pick: 'circled' }],
    ['3 NG', { take: '3', pick: 'rejected' }],
    ['3NG', { take: '3', pick: 'rejected' }],
    ['3* NG', { take: '3', pick: 'rejected' }],
    ['3 alt', { take: '3', pick: 'alternate' }],
    ['3 MOS', { take: '3', mos: true }],
    ['Take 3', { take: '3' }],
    ['T03', { take: '03' }],
    ['#3', { take: '3' }],
    ['3.', { take: '3' }],
    ['3A', { take: '3A' }],
    ['2PK', { take: '2PK' }],
    ['3 PU', { take: '3 PU' }],
    ['WT 01', { take: 'WT 01', wild: true }],
    ['6WT', { take: '6WT', wild: true }],
    ['WT', { wild: true }],
    ['1-3', { take: '1-3' }],
    ['TBC', { take: 'TBC' }],
  ])('%s', (cell, expected) => {
    expect(readTake(cell)).toEqual({ ...expected, notes: [] });
  });

  it('words after a number are kept as a note, VFX as one of its kind', () => {
    expect(readTake('3 VFX')).toEqual({ take: '3', notes: [{ kind: 'vfx', text: 'VFX' }] });
    expect(readTake('3 tail slate VFX')).toEqual({
      take: '3',
      notes: [
        { kind: 'vfx', text: 'VFX' },
        { kind: 'note', text: 'tail slate' },
      ],
    });
  });

  it('pickups are one take however they are written, and not the take they pick up', () => {
    expect(new Set(['2PK', '2 PU', '2 Pickup', '02 P/U', '2pick-up'].map(takeWord))).toEqual(
      new Set(['2PU']),
    );
    expect(takeWord('2')).not.toBe(takeWord('2PK'));
  });

  it.each([
    ['1-3', ['1', '2', '3']],
    ['1–3', ['1', '2', '3']],
    ['3 bis 5', ['3', '4', '5']],
    ['1, 2, 5', ['1', '2', '5']],
    ['1+2', ['1', '2']],
    ['1 & 2PU', ['1', '2PU']],
    ['2, 4-6', ['2', '4', '5', '6']],
    ['3', ['3']],
    ['3-1', ['3-1']],
    ['1-9999', ['1-9999']],
    ['best of 3, or so', ['best of 3, or so']],
    ['', []],
    [',', [',']],
  ])('takes %j', (cell, expected) => {
    expect(takesOf(cell)).toEqual(expected);
  });

  it('a mark on one of several takes marks none, and the cell is kept', () => {
    expect(row({ scene: '7', take: '1, 2*, 4' })).toEqual({
      row: 2,
      scene: '7',
      take: '1, 2, 4',
      notes: [],
      other: { 'take as written': '1, 2*, 4' },
    });
    expect(row({ scene: '7', take: '1-3*' }).pick).toBeUndefined();
  });
});

describe('scene and take in one cell', () => {
  it.each([
    ['72A-3*', { scene: '72A', take: '3*' }],
    ['27/7', { scene: '27', take: '7' }],
    ['72/A/3', { scene: '72', setup: 'A', take: '3' }],
    ['72A T3', { scene: '72A', take: '3' }],
    ['S07T03', { scene: '07', take: '03' }],
    ['Scene 7 Take 3', { scene: '7', take: '3' }],
    ['A72 - 3 NG', { scene: 'A72', take: '3 NG' }],
  ])('%s', (cell, expected) => {
    expect(splitSceneTake(cell)).toEqual(expected);
  });

  it.each(['72A', 'lunch', '10:00:00:00', 'Day 3', '', '7/'])('%j is not both', (cell) => {
    expect(splitSceneTake(cell)).toBeNull();
  });

  it('is split where no column holds takes, and left alone where one does', () => {
    expect(row({ setup: '72A-3*' }, true)).toMatchObject({ scene: '72A', take: '3', pick: 'circled' });
    expect(row({ scene: '27/7' }, true)).toMatchObject({ scene: '27', take: '7' });
    expect(row({ scene: '12/3', take: '4' })).toMatchObject({ scene: '12/3', take: '4' });
  });

  it('a take cell that repeats the scene gives the take; a range of takes stays one', () => {
    expect(row({ scene: '72A', take: '72A-3' })).toMatchObject({ scene: '72A', take: '3' });
    expect(row({ take: '27/7' })).toMatchObject({ scene: '27', take: '7' });
    expect(row({ scene: '1', take: '1-3' })).toMatchObject({ scene: '1', take: '1-3' });
    expect(row({ scene: '9', take: '27/7' })).toMatchObject({ scene: '9', take: '27/7' });
  });
});

describe('wild tracks, clips and marks', () => {
  it.each([
    ['49WT', { scene: '49' }],
    ['WT 49', { scene: '49' }],
    ['49A WT', { scene: '49A' }],
    ['Wild Track', {}],
    ['49', null],
    ['WTF', null],
  ])('scene %s', (cell, expected) => {
    expect(readWildScene(cell)).toEqual(expected);
  });

  it('clips in one cell, and ranges of them', () => {
    expect(filesOf('A001C003-C005')).toEqual(['A001C003-C005', 'A001C003', 'A001C004', 'A001C005']);
    expect(filesOf('A001_C003–A001_C004.mov')).toEqual([
      'A001_C003–A001_C004.mov',
      'A001_C003.mov',
      'A001_C004.mov',
    ]);
    expect(filesOf('C009-011')).toEqual(['C009-011', 'C009', 'C010', 'C011']);
    expect(filesOf('A001C003, B001C003')).toEqual(['A001C003, B001C003', 'A001C003', 'B001C003']);
    expect(filesOf('SCENE_07-B_08')).toEqual(['SCENE_07-B_08']);
    expect(filesOf('C1-C99999')).toEqual(['C1-C99999']);
    expect(filesOf('')).toEqual([]);
  });

  it('two cameras in two columns are one row', () => {
    expect(
      rowOf([
        ['file', 'A001C003', 'A Cam'],
        ['file', 'B001C003', 'B Cam'],
      ]).file,
    ).toBe('A001C003; B001C003');
  });

  it('a mark in its own column means what the column says', () => {
    expect(row({ mos: 'x' }).soundKind).toBe('mos');
    expect(row({ mos: '-' }).soundKind).toBeUndefined();
    expect(row({ wild: 'yes' }).soundKind).toBe('wild');
    expect(row({ rejected: '✗' }).pick).toBe('rejected');
    expect(row({ circled: '✗' }).pick).toBeUndefined();
    expect(row({ circled: 'checked' }).pick).toBe('circled');
    expect(row({ status: 'Hold' }).pick).toBe('alternate');
    expect(row({ status: 'MOS' }).soundKind).toBe('mos');
    expect(row({ status: 'looking nice' })).toMatchObject({ other: { status: 'looking nice' } });
  });

  it('a sound column may name the file; links of Airtable and Notion are left out', () => {
    expect(row({ sound: '7-3_1.wav' }).soundFile).toBe('7-3_1.wav');
    expect(row({ file: 'clip.mov (https://dl.airtable.com/x/y)' }).file).toBe('clip.mov');
    expect(row({ scene: '7A (https://www.notion.so/7A-1b2c)' }).scene).toBe('7A');
    expect(row({ scene: '7A (night)' }).scene).toBe('7A (night)');
  });
});

it('any cells under any columns give one row and never an error', () => {
  const meaning = fc.constantFrom<LogMeaning>(
    'scene',
    'setup',
    'take',
    'scene-take',
    'camera',
    'file',
    'sound-file',
    'sound',
    'status',
    'note',
    'note-frame',
    'clap',
    'rate',
    'author',
    'mos',
  );
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('1-3', 'WT 49', '72A-3*', '__proto__', '①', '3 VFX', 'A001C003-C007'),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.option(meaning), text, fc.string())),
      fc.boolean(),
      (cells, combined) => {
        expect(rowOf(cells, combined).row).toBe(2);
      },
    ),
    { numRuns: 500 },
  );
});
