/** baton log, and baton scan with sheets of every kind and a person's word about their columns. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { corpus } from '../corpus/folder.ts';
import { baton, batonJson, tempFolder } from './baton.ts';

interface Preview {
  sheets: {
    path: string;
    reader: string;
    encoding: string;
    headerRow?: number;
    rows: number;
    columns: {
      heading: string;
      meaning: string | null;
      confidence: string;
      why: string;
      samples: string[];
    }[];
    sample: { row: number }[];
  }[];
}
const sheetIn = (folder: string, text: string | Buffer, name = 'day1.csv') => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe('baton log', () => {
  it('shows each column, what it is taken for, how surely and why, and writes nothing', async () => {
    const text = Buffer.from(
      '\uFEFFTitel\r\nBild;Klappe;Was war;Circledd\r\n7;3*;Regie: schön;x\r\n',
      'utf16le',
    );
    const file = sheetIn(tempFolder(), text);
    const { code, document } = await batonJson<Preview>('log', file);
    const [sheet] = document.sheets;
    expect(code).toBe(0);
    expect(sheet).toMatchObject({
      path: 'day1.csv',
      reader: 'csv-log',
      encoding: 'utf-16le',
      headerRow: 2,
      rows: 1,
    });
    expect(sheet!.columns.map(({ heading, meaning, confidence }) => [heading, meaning, confidence])).toEqual([
      ['Bild', 'scene', 'sure'],
      ['Klappe', 'take', 'sure'],
      ['Was war', null, 'sure'],
      ['Circledd', 'circled', 'likely'],
    ]);
    expect(sheet!.columns[2]!.samples).toEqual(['Regie: schön']);
    const chosen = await batonJson<Preview>('log', file, '--map', 'Was war=note');
    expect(chosen.document.sheets[0]!.sample).toEqual([
      { row: 3, scene: '7', take: '3', pick: 'circled', notes: [{ kind: 'director', text: 'schön' }] },
    ]);
  });

  it('in words, a column a line', async () => {
    const { stdout } = await baton('log', sheetIn(tempFolder(), 'Scene,Take,Notes\n7,3,at 0:12 smile\n'));
    expect(stdout).toContain('Scene  scene  "Scene" is a heading for scene');
    expect(stdout).toContain('row 2: scene 7, take 3, note @12s "smile"');
  });

  it('a sheet that cannot be read needs a person, one that is not there cannot be shown', async () => {
    const folder = tempFolder();
    const odd = await baton('log', sheetIn(folder, 'a,b\n1,2\n'));
    expect([odd.code, odd.stderr]).toEqual([1, expect.stringContaining('no header row')]);
    const gone = await baton('log', join(folder, 'gone.csv'));
    expect([gone.code, gone.stderr.trim().split('\n').length]).toEqual([2, 1]);
    const bad = await baton('log', join(folder, 'day1.csv'), '--map', 'a=mood');
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('"mood" is no meaning')]);
  });
});

describe('baton scan with log sheets', () => {
  const handoffIn = (folder: string) =>
    JSON.parse(readFileSync(join(folder, 'handoff.json'), 'utf8')) as Handoff;

  it("keeps a person's word about a column for the next scan, and for the next day's sheet", async () => {
    const folder = tempFolder();
    sheetIn(folder, 'Wo,Wievielte,Was\n7,3,lovely\n');
    await baton(
      'scan',
      folder,
      '--log',
      join(folder, 'day1.csv'),
      '--map',
      'Wo=scene',
      '--map',
      'Wievielte=take',
      '--map',
      'Was=note',
    );
    const first = handoffIn(folder);
    expect(first.log.entries).toMatchObject([{ scene: '7', take: '3', notes: [{ text: 'lovely' }] }]);
    sheetIn(folder, 'Wo,Wievielte,Was\n7,3,lovely\n7,4,better\n');
    sheetIn(folder, 'Wo,Wievielte,Was\n8,1,new day\n', 'day2.csv');
    await baton('scan', folder);
    const again = handoffIn(folder);
    expect(again.log.entries.map(({ sheet, scene, take }) => [sheet, scene, take])).toEqual([
      ['day1.csv', '7', '3'],
      ['day1.csv', '7', '4'],
      ['day2.csv', '8', '1'],
    ]);
  });

  it('a column that no sheet has is said, with those there are', async () => {
    const folder = tempFolder();
    sheetIn(folder, 'Scene,Take\n7,3\n');
    const { code, stderr } = await baton('scan', folder, '--map', 'Szene=scene');
    expect(code).toBe(0);
    expect(stderr).toContain('No log sheet has a column "Szene"');
    expect(stderr).toContain('Scene, Take');
  });

  it('a scan that finds the same sheets again writes nothing', async () => {
    const folder = tempFolder();
    sheetIn(folder, 'Scene / Szene,Take,Notes\n7,3,lovely\n');
    await baton('scan', folder);
    await baton('scan', folder);
    expect(handoffIn(folder).revision).toBe(1);
  });
});

const hasCorpus = existsSync(join(corpus, 'logsheet'));
if (!hasCorpus) console.log(`log: no corpus at ${corpus}; a real report is not held against its recordings`);

it.skipIf(!hasCorpus)("a recorder's own report agrees with its recordings, file by file", async () => {
  const folder = tempFolder();
  const recordings = ['A101_1.WAV', 'A101_3.WAV', 'A101_4.WAV', 'Sr001-2C-01_01.WAV'];
  for (const name of recordings) copyFileSync(join(corpus, 'bwf', `wavinfo__${name}`), join(folder, name));
  copyFileSync(join(corpus, 'logsheet', 'wavinfo__WaveAgentSoundReport.csv'), join(folder, 'report.csv'));
  await baton('scan', folder);
  const handoff = JSON.parse(readFileSync(join(folder, 'handoff.json'), 'utf8')) as Handoff;
  const paths = new Map(handoff.clips.map((clip) => [clip.id, clip.path]));
  const found = handoff.log.entries.map(({ file, clips }) => [file, clips.map((id) => paths.get(id))]);
  expect(Object.fromEntries(found)).toMatchObject({
    'A101_1_X.WAV': ['A101_1.WAV'],
    'A101_1.WAV': ['A101_1.WAV'],
    'A101_2.WAV': [],
    'A101_3.WAV': ['A101_3.WAV'],
    'PT A101_4.A1.wav': ['A101_4.WAV'],
    'Sr001-001-06_X.WAV': [],
    'Sr001-2C-01_X.WAV': ['Sr001-2C-01_01.WAV'],
  });
  const { document } = await batonJson<{ issues: { code: string }[] }>('check', join(folder, 'handoff.json'));
  const codes = document.issues.map((issue) => issue.code).filter((code) => code.startsWith('log-'));
  // Three rows speak of recordings that are not here; nothing doubles, and every start and length is the media's.
  expect(codes).toEqual(['log-row-no-clip', 'log-row-no-clip', 'log-row-no-clip']);
});
