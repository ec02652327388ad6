import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyCommand } from '../../cli/commands/verify.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { FileVerdict } from '../../manifest/verify.ts';
import { handoff, picture } from '../fixtures/handoff.ts';
import { validMhl } from '../manifest/mhl-corpus.ts';
import { baton, batonJson, startBaton, tempFolder } from './baton.ts';

interface Document {
  algorithms: string[];
  places: {
    name: string;
    root: string;
    counts: Record<string, number>;
    written: string[];
    lists: string[];
  }[];
  counts: Record<string, number>;
  files: FileVerdict[];
  issues: { code: string }[];
  resumed: { files: number } | null;
}

/** A drive with a manifest on it, and a copy of the media elsewhere. */
function drive(files: Record<string, string>) {
  const folder = join(tempFolder(), 'FINAL_RAW');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const copy = join(tempFolder(), 'BACKUP');
  cpSync(folder, copy, { recursive: true });
  const clips = Object.entries(files)
    .filter(([path]) => path.endsWith('.mov'))
    .map(([path, text]) => picture({ path, clip: { size: text.length } }));
  const manifest = join(folder, 'handoff.json');
  writeFileSync(manifest, JSON.stringify(handoff(clips)));
  return { folder, copy, manifest };
}
const CARD = { 'A001/C001.mov': 'first', 'A001/C002.mov': 'second', 'A001/C001.xml': '<x/>' };
const history = (manifest: string) => (JSON.parse(readFileSync(manifest, 'utf8')) as Handoff).history;

describe(`baton ${verifyCommand.id}`, () => {
  it('two equal copies: everything proven, exit 0, recorded', async () => {
    const { copy, manifest } = drive(CARD);
    const { code, document } = await batonJson<Document>('verify', manifest, '--copy', copy);
    expect([code, document.counts, document.places.map(({ name }) => name)]).toMatchObject([
      0,
      { proven: 6 },
      ['media', 'BACKUP'],
    ]);
    expect(history(manifest).map(({ kind }) => kind)).toEqual(['verify']);
  });

  it('every kind of difference has its line and its place in the document; exit 1', async () => {
    const { copy, manifest } = drive({ ...CARD, 'B/gone.txt': 'gone', 'B/same.txt': 'same as ever' });
    writeFileSync(join(copy, 'A001/C001.mov'), 'FIRST');
    renameSync(join(copy, 'A001/C002.mov'), join(copy, 'C002 (1).mov'));
    rmSync(join(copy, 'B/gone.txt'));
    writeFileSync(join(copy, 'new.txt'), 'nobody asked');
    const { code, document } = await batonJson<Document>('verify', manifest, '--copy', copy);
    const at = document.files.filter(({ place }) => place === 'BACKUP');
    expect([code, at.map(({ path, verdict }) => `${path} ${verdict}`)]).toEqual([
      1,
      [
        'A001/C001.mov altered',
        'A001/C001.xml proven',
        'A001/C002.mov renamed',
        'B/gone.txt missing',
        'B/same.txt proven',
        'new.txt extra',
      ],
    ]);
    const { stdout } = await baton('verify', manifest, '--copy', copy);
    for (const line of [
      /^altered +BACKUP: A001\/C001\.mov is xxh64 /m,
      /^renamed +BACKUP: A001\/C002\.mov .*C002 \(1\)\.mov/m,
      /^missing +BACKUP: B\/gone\.txt/m,
      /^extra +BACKUP: new\.txt/m,
    ])
      expect(stdout).toMatch(line);
  });

  it('without list or copy nothing is proven, and it says what would prove it; exit 1', async () => {
    const { manifest, folder } = drive(CARD);
    const { code, stdout } = await baton('verify', manifest);
    expect([code, stdout]).toEqual([1, expect.stringContaining('--write')]);
    expect(existsSync(join(folder, 'ascmhl'))).toBe(false);
  });

  it('--write makes a valid first list, by which the next run proves everything', async () => {
    const { manifest, folder } = drive(CARD);
    const made = await batonJson<Document>('verify', manifest, '--write', '--hash', 'c4');
    expect(made.code).toBe(1);
    const [name] = readdirSync(join(folder, 'ascmhl'));
    expect(name).toMatch(/^0001_FINAL_RAW_/);
    validMhl(readFileSync(join(folder, 'ascmhl', name!), 'utf8'));
    const { code, document } = await batonJson<Document>('verify', manifest);
    expect([code, document.counts['proven'], document.algorithms]).toEqual([0, 3, ['c4']]);
  });

  it('a place given with --root can be the copy, by its name', async () => {
    const { manifest, copy } = drive(CARD);
    const { code, document } = await batonJson<Document>(
      'verify',
      manifest,
      '--root',
      `SHUTTLE=${copy}`,
      '--copy',
      'SHUTTLE',
    );
    expect([code, document.places.map(({ name }) => name)]).toEqual([0, ['media', 'SHUTTLE']]);
  });

  it('with several roots a copy says of which it is one', async () => {
    const { manifest, copy, folder } = drive(CARD);
    const sound = drive({ 's.wav': 'sound' });
    const document = JSON.parse(readFileSync(manifest, 'utf8')) as Handoff;
    writeFileSync(manifest, JSON.stringify({ ...document, roots: [{ name: 'media' }, { name: 'SOUND' }] }));
    const roots = ['--root', `media=${folder}`, '--root', `SOUND=${sound.copy}`];
    const vague = await baton('verify', manifest, ...roots, '--copy', copy);
    expect([vague.code, vague.stderr]).toEqual([2, expect.stringContaining('media, SOUND')]);
    const copies = ['--copy', `media=${copy}`, '--copy', `SOUND=${sound.folder}`];
    const { document: outcome } = await batonJson<Document>('verify', manifest, ...roots, ...copies);
    expect(outcome.places.map(({ name, root }) => `${root} ${name}`)).toEqual([
      'media media',
      'media BACKUP',
      'SOUND SOUND',
      'SOUND FINAL_RAW',
    ]);
  });

  it.each([
    [['--hash', 'crc32'], /--hash is one of.*"crc32"/],
    [['--copy', '/no/such/folder'], /is not at \/no\/such\/folder/],
    [['--root', 'media=/no/such/folder'], /--root media=PATH/],
  ])('%j cannot be done: one line, exit 2', async (args, says) => {
    const { manifest } = drive(CARD);
    const { code, stdout, stderr } = await baton('verify', manifest, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')(
    'stopped half way it exits 2, and the next run goes on from there',
    async () => {
      const big = 'x'.repeat(1 << 20);
      const { manifest, copy, folder } = drive(
        Object.fromEntries(Array.from({ length: 150 }, (_, nth) => [`${nth}.mov`, nth + big])),
      );
      const journal = join(folder, '.baton', 'verify-handoff.json.jsonl');
      const running = startBaton('verify', manifest, '--copy', copy, '--hash', 'sha1');
      let stderr = '';
      running.stderr.on('data', (piece) => (stderr += String(piece)));
      const ended = new Promise<number | null>((resolve) => running.on('exit', resolve));
      while (!existsSync(journal) && running.exitCode === null)
        await new Promise((wake) => setTimeout(wake, 2));
      running.kill('SIGINT');
      expect([await ended, stderr]).toEqual([2, expect.stringContaining('goes on from there')]);
      expect(history(manifest)).toEqual([]);
      const { code, document } = await batonJson<Document>(
        'verify',
        manifest,
        '--copy',
        copy,
        '--hash',
        'sha1',
      );
      expect([code, document.counts['proven'], document.resumed!.files > 0]).toEqual([0, 300, true]);
      expect(existsSync(journal)).toBe(false);
    },
  );
});
