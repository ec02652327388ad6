/** Sound reports of recorders, among them a real one. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { soundReport } from '../../../manifest/readers/sound-report.ts';
import { RATES } from '../../../manifest/time/rate.ts';
import { corpus } from '../../corpus/folder.ts';
import { readerOf } from './log-stage.ts';

const hasCorpus = existsSync(join(corpus, 'logsheet'));
if (!hasCorpus) console.log(`sound-report: no corpus at ${corpus}; real sound reports are not read`);

describe('sound reports', () => {
  const report = [
    'SOUND REPORT',
    'Project:,"Harbour",Sound Mixer:,"Jo Low",Roll:,"S3"',
    'Frame Rate:,"25 ND",Sample Rate:,"48000"',
    '',
    'File Name,Scene,Take,Length,Start TC,Trk 1,Trk 2,Notes',
    '"7A-T03.WAV","7A",03,00:01:10,10:00:00:00,"Boom","Mara",plane at 0:12',
    '"49WT.WAV","49WT",,00:00:30,11:00:00:00,"Boom"',
  ].join('\r');

  it('of a 664: bare CR, an overview that fills what rows leave open, ragged rows', () => {
    expect(readerOf(report)).toBe('sound-report');
    const { value, issues } = soundReport.read(report, { name: 'sr.csv' });
    expect(issues).toEqual([]);
    expect(value.rows).toEqual([
      {
        row: 6,
        file: '7A-T03.WAV',
        scene: '7A',
        take: '03',
        duration: '00:01:10',
        startTc: '10:00:00:00',
        rate: RATES['25'],
        soundRoll: 'S3',
        about: 'sound',
        notes: [{ kind: 'sound', text: 'plane', author: 'Jo Low', offsetSeconds: 12 }],
        other: { 'Trk 1': 'Boom', 'Trk 2': 'Mara' },
      },
      expect.objectContaining({ row: 7, scene: '49', soundKind: 'wild', file: '49WT.WAV' }),
    ]);
  });

  it('without its title a report is known by what only recorders list', () => {
    expect(readerOf('File Name,Scene,Take,Start TC,Sample Rate,T1\na.wav,7,3,10:00:00:00,48000,Boom\n')).toBe(
      'sound-report',
    );
    expect(readerOf('File Name,Scene,Take,Start TC,Notes\na.wav,7,3,10:00:00:00,x\n')).toBe('csv-log');
  });

  it.skipIf(!hasCorpus)('of Wave Agent, as it came from a real one', () => {
    const text = readFileSync(join(corpus, 'logsheet', 'wavinfo__WaveAgentSoundReport.csv'), 'utf8');
    expect(readerOf(text)).toBe('sound-report');
    const { value, issues } = soundReport.read(text, { name: 'wa.csv' });
    expect(issues).toEqual([]);
    expect(value.headerRow).toBe(6);
    expect(value.rows.map((row) => row.file)).toEqual([
      'BULLET Impact Plastic LCD TV Screen Shatter Debris 2x.wav',
      'A101_1_X.WAV',
      'A101_1.WAV',
      'A101_2.WAV',
      'A101_3.WAV',
      'A101_4.WAV',
      'PT A101_4.A1.wav',
      'Sr001-001-06_X.WAV',
      'Sr001-2C-01_X.WAV',
    ]);
    expect(value.rows[1]).toMatchObject({
      scene: 'A101',
      take: '01',
      soundRoll: '18Y12M31',
      rate: RATES['23.976'],
      startTc: '12:39:59:00',
      about: 'sound',
    });
    expect(value.rows[8]).toMatchObject({
      scene: '2C',
      rate: RATES['25'],
      notes: [{ kind: 'sound', text: 'Tail Slate Cloth noise', author: 'Jamie Hardt' }],
      other: { T1: 'Boom', T5: 'Car Plant Rr' },
    });
  });
});
