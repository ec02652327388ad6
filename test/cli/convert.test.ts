/** baton convert of cuts: nothing is overwritten unasked, and what could not be carried is said. */
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode } from '../../bridge/local/cut-files.ts';
import { convertCommand } from '../../cli/commands/convert.ts';
import { baton, batonJson, tempFolder } from './baton.ts';
import type { Converted } from './convert-stage.ts';

const LIST = [
  'TITLE: Reel 1',
  'FCM: NON-DROP FRAME',
  '',
  '001  A001     V     C        10:00:00:00 10:00:02:00 01:00:00:00 01:00:02:00',
  '* FROM CLIP NAME: one.mov',
  '002  B001     V     C        11:00:00:00 11:00:01:00 01:00:02:00 01:00:03:00',
  '* FROM CLIP NAME: two.mov',
  '',
].join('\r\n');

/** Two clips over one another, of a reel with a name too long for the list. */
const TWO_TRACKS = [
  'TITLE: Reel 1',
  'FCM: NON-DROP FRAME',
  '001  A001C001_240101_R1AB V C 10:00:00:00 10:00:02:00 01:00:00:00 01:00:02:00',
  '002  B001 V C 11:00:00:00 11:00:01:00 01:00:01:00 01:00:02:00',
].join('\n');

function listIn(folder: string, name = 'cut.edl', text = LIST): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('baton convert', () => {
  it(`${convertCommand.id}: an EDL becomes FCPXML beside it, and counts say what was read`, async () => {
    const folder = tempFolder();
    const { code, document } = await batonJson<Converted>(
      'convert',
      listIn(folder),
      '--to',
      'fcpxml',
      '--rate',
      '24',
    );
    expect(code).toBe(0);
    expect(document.counts).toEqual({ events: 2, transitions: 0, markers: 0, retimes: 0 });
    expect(document.files.map((file) => file.path)).toEqual([join(folder, 'cut.fcpxml')]);
    expect(readFileSync(join(folder, 'cut.fcpxml'), 'utf8')).toContain('<fcpxml version="1.10">');
  });

  it('and back: the same events on the same timecode', async () => {
    const folder = tempFolder();
    await baton('convert', listIn(folder), '--to', 'fcpxml', '--rate', '24');
    const back = await baton(
      'convert',
      join(folder, 'cut.fcpxml'),
      '--to',
      'edl',
      '-o',
      join(folder, 'back.edl'),
    );
    expect(back.code).toBe(0);
    const events = (file: string) =>
      readFileSync(file, 'utf8').match(/(\d\d:){3}\d\d (\d\d:){3}\d\d (\d\d:){3}\d\d (\d\d:){3}\d\d/g);
    expect(events(join(folder, 'back.edl'))).toEqual(events(join(folder, 'cut.edl')));
  });

  it('without -o nothing is overwritten', async () => {
    const folder = tempFolder();
    const list = listIn(folder);
    for (let nth = 0; nth < 2; nth++) await baton('convert', list, '--to', 'fcpxml', '--rate', '24');
    expect(readdirSync(folder).sort()).toEqual(['cut-2.fcpxml', 'cut.edl', 'cut.fcpxml']);
    const { code, stderr } = await baton('convert', list, '--to', 'fcpxml', '--rate', '24', '--force');
    expect([code, stderr]).toEqual([2, expect.stringContaining('without -o')]);
  });

  it('with -o nothing that is there is replaced either, but with --force', async () => {
    const folder = tempFolder();
    const out = listIn(folder, 'out.fcpxml', 'old');
    const words = ['convert', listIn(folder), '--to', 'fcpxml', '--rate', '24', '-o', out];
    const { code, stderr, stdout } = await baton(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${out} is there already`);
    expect(stderr).toContain('--force');
    expect(readFileSync(out, 'utf8')).toBe('old');
    expect((await baton(...words, '--force')).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('<fcpxml');
  });

  it('a further list or a table beside the file that is named is not replaced unasked', async () => {
    const folder = tempFolder();
    const upper = listIn(folder, 'out_V2.edl', 'upper');
    const table = listIn(folder, 'out_reels.csv', 'table');
    const out = join(folder, 'out.edl');
    const input = listIn(folder, 'two.edl', TWO_TRACKS);
    const words = ['convert', input, '--to', 'edl', '--rate', '24', '-o', out];
    const { code, stderr } = await baton(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(`${upper}, ${table} are there already`);
    expect([existsSync(out), readFileSync(upper, 'utf8'), readFileSync(table, 'utf8')]).toEqual([
      false,
      'upper',
      'table',
    ]);
    expect((await baton(...words, '--force')).code).toBe(0);
    for (const file of [out, upper]) expect(readFileSync(file, 'utf8')).toContain('TITLE:');
    expect(readFileSync(table, 'utf8')).toContain('A001C001_240101_R1AB');
  });

  it('a format that cannot hold the cut keeps no other from being written', async () => {
    const folder = tempFolder();
    const blank = '001  BL  V  C  00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00';
    const list = listIn(folder, 'black.edl', `TITLE: Black\n${blank}\n`);
    const words = ['convert', list, '--rate', '24', '--to'];
    const { code, document } = await batonJson<Converted & { refused: { format: string }[] }>(
      ...words,
      'ale,otio,csv',
    );
    expect([code, document.files.map((file) => file.format)]).toEqual([1, ['otio', 'csv']]);
    expect(document.refused).toMatchObject([{ format: 'ale', message: expect.stringContaining('no media') }]);
    for (const { path } of document.files) expect(existsSync(path)).toBe(true);
    const out = join(folder, 'named.ale');
    const named = await baton(...words, 'ale,otio', '-o', out);
    expect([named.code, existsSync(out), named.stderr]).toEqual([2, false, expect.stringContaining('ale: ')]);
  });

  it('two formats that would be one file are refused before either is written', async () => {
    const folder = tempFolder();
    const out = join(folder, 'x.fcpxml');
    const { code, stderr } = await baton(
      'convert',
      listIn(folder),
      '--to',
      'edl,fcpxml',
      '--rate',
      '24',
      '-o',
      out,
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(`two of the files would be ${out}`)]);
    expect(existsSync(out)).toBe(false);
  });

  it('the cut that is read is not written over, by whatever name it goes, --force or not', async () => {
    const folder = tempFolder();
    const list = listIn(folder);
    const other = join(folder, 'linked.edl');
    linkSync(list, other);
    for (const out of [list, other]) {
      const words = ['convert', list, '--to', 'edl', '--rate', '24', '-o', out, '--force'];
      const { code, stderr } = await baton(...words);
      expect([code, stderr]).toEqual([2, expect.stringContaining('is what is read')]);
    }
    expect(readFileSync(list, 'utf8')).toBe(LIST);
  });

  it('a rate that nobody gave is a warning, and one that cannot be the list’s is refused', async () => {
    const folder = tempFolder();
    const list = listIn(folder, 'cut.edl', LIST.replace('01:00:03:00', '01:00:03:24'));
    const words = ['convert', list, '--to', 'fcpxml'];
    const guessed = await batonJson<Converted>(...words);
    expect(guessed.code).toBe(0);
    expect(guessed.document.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(guessed.document.issues).toContainEqual(
      expect.objectContaining({ code: 'edl-rate', severity: 'warning' }),
    );
    const wrong = await baton(...words, '--rate', '24');
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toContain('give a rate of at least 25');
    expect(readdirSync(folder).sort()).toEqual(['cut.edl', 'cut.fcpxml']);
  });

  it('drop-frame marks win over a plain --rate 30, and it is said', async () => {
    const folder = tempFolder();
    const list = listIn(folder, 'cut.edl', LIST.replace('NON-DROP', 'DROP'));
    const { code, document } = await batonJson<Converted>('convert', list, '--to', 'otio', '--rate', '30');
    expect(code).toBe(0);
    expect(document.issues).toMatchObject([{ code: 'edl-drop', severity: 'note' }]);
    expect(readFileSync(join(folder, 'cut.otio'), 'utf8')).toContain(
      '{"num": 30000, "den": 1001, "drop": true}',
    );
  });

  it('an edit that could not be read makes it 1: done, and something needs a person', async () => {
    const broken = `${LIST}\r\n003  C001     V     C        12:00:00:00 12:00:01:00 01:00:03:00\r\n`;
    const { code, document } = await batonJson<Converted>(
      'convert',
      listIn(tempFolder(), 'cut.edl', broken),
      '--to',
      'fcpxml',
      '--rate',
      '24',
    );
    expect(code).toBe(1);
    expect(document.counts.events).toBe(2);
  });

  it('several formats at once, and a start timecode', async () => {
    const folder = tempFolder();
    const { document } = await batonJson<Converted>(
      'convert',
      listIn(folder),
      '--to',
      'edl,fcpxml',
      '--rate',
      '25',
      '--start',
      '10:00:00:00',
    );
    expect(document.files.map((file) => file.format)).toEqual(['edl', 'fcpxml']);
    expect(readFileSync(document.files[0]!.path, 'utf8')).toContain('10:00:00:00 10:00:02:00');
  });

  it('the example sequence is a cut too', async () => {
    const folder = tempFolder();
    const { code, document } = await batonJson<Converted>(
      'convert',
      'examples/sequence.json',
      '--to',
      'edl',
      '-o',
      join(folder, 'x.edl'),
    );
    expect([code, document.counts.events]).toEqual([0, 5]);
  });

  it.each([
    [['no.edl', '--to', 'edl'], /is not there/],
    [['.', '--to', 'edl'], /without an Info.fcpxml/],
    [['README.md', '--to', 'edl'], /none of the cuts Baton reads/],
    [['examples/sequence.json', '--to', 'mp4'], /"mp4" is not a format/],
    [['examples/sequence.json'], /--to wants/],
    [['examples/sequence.json', '--to', 'edl', '--target', 'word'], /--target is one of/],
    [['examples/sequence.json', '--to', 'edl', '--start', '99:00:00:00'], /hours run from 00 to 23/],
  ])('%j is answered in one line', async (args, says) => {
    const { code, stderr, stdout } = await baton('convert', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
  });

  it('the cut that is read is never written over', async () => {
    const list = listIn(tempFolder());
    const { code } = await baton('convert', list, '--to', 'edl', '--rate', '24', '-o', list);
    expect(code).toBe(2);
    expect(readFileSync(list, 'utf8')).toBe(LIST);
  });

  it('a Final Cut bundle is read from its folder', async () => {
    const folder = tempFolder();
    await baton('convert', listIn(folder), '--to', 'fcpxml', '--rate', '24');
    const bundle = join(folder, 'cut.fcpxmld');
    mkdirSync(bundle);
    writeFileSync(join(bundle, 'Info.fcpxml'), readFileSync(join(folder, 'cut.fcpxml')));
    const { document } = await batonJson<Converted>(
      'convert',
      bundle,
      '--to',
      'edl',
      '-o',
      join(folder, 'b.edl'),
    );
    expect(document.counts.events).toBe(2);
  });
});

it.each([
  ['UTF-8', Buffer.from('\uFEFFTITLE: Ä'), 'TITLE: Ä'],
  ['UTF-16 little-endian', Buffer.from('\uFEFFTITLE: Ä', 'utf16le'), 'TITLE: Ä'],
  ['Windows-1252', Buffer.from('TITLE: \xc4h', 'latin1'), 'TITLE: Äh'],
  ['GB 18030', Buffer.from([0x54, 0x3a, 0x20, 0xd6, 0xd0, 0xce, 0xc4]), 'T: 中文'],
])('%s text is read as such', (_, bytes, text) => {
  expect(decode(bytes, 'cut.edl').text.replace('\uFEFF', '')).toBe(text);
});
