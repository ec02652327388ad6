/** The walk on a real file system: litter, links, loops, names that systems disagree about, folders that cannot be read. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { locate } from '../../bridge/local/roots.ts';
import { walk } from '../../bridge/local/walk.ts';
import { isLitter, kindOf } from '../../manifest/kinds.ts';

const made: string[] = [];
let drive = '';
beforeEach(() => {
  drive = mkdtempSync(join(tmpdir(), 'baton-walk-'));
  made.push(drive);
});
afterAll(() => {
  for (const each of made) rmSync(each, { recursive: true, force: true });
});
function put(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(drive, path)), { recursive: true });
    writeFileSync(join(drive, path), path);
  }
}
const paths = async () => (await walk(drive, new Set())).files.map(({ path }) => path);
const codes = async () => (await walk(drive, new Set())).issues.map(({ code, at }) => [code, at]);
/** Whether this file system keeps two such names apart. */
function keepsApart(one: string, other: string): boolean {
  put(one, other);
  const kept = new Set(execFileSync('ls', ['-a', drive], { encoding: 'utf8' }).split('\n')).size > 4;
  if (!kept) console.warn(`Skipped: this file system takes ${JSON.stringify([one, other])} for one name`);
  return kept;
}

describe('litter', () => {
  it('is passed over, folders and all that lies in them', async () => {
    put('a.mov', '._a.mov', '.DS_Store', 'Thumbs.db', 'desktop.ini', '.Trash-1000/files/b.mov', '~$log.xlsx');
    put(
      '$RECYCLE.BIN/S-1/c.mov',
      '.Trashes/501/d.mov',
      '.Spotlight-V100/e',
      'System Volume Information/f',
      'lost+found/g.mov',
      '@eaDir/a.mov/h.jpg',
      '.snapshot/daily/a.mov',
    );
    expect(await paths()).toEqual(['a.mov']);
  });

  it('is not what merely looks like it', () => {
    for (const name of [
      '.hidden.mov',
      '_.mov',
      'Trashes',
      'Thumbs.db.mov',
      'recycle.bin',
      'lost and found',
      '.~x',
    ])
      expect(isLitter(name), name).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('links', () => {
  it('a loop ends, and a linked folder is said', async () => {
    put('day/a.mov');
    symlinkSync('..', join(drive, 'day', 'again'));
    expect(await paths()).toEqual(['day/a.mov']);
    expect(await codes()).toEqual([['scan-link', 'day/again']]);
  });

  it('a pipe with the name of a clip is said, and not waited for', async (context) => {
    if (process.platform === 'win32') context.skip('no pipes among files here');
    put('real.mov');
    execFileSync('mkfifo', [join(drive, 'pipe.mov')]);
    expect(await paths()).toEqual(['real.mov']);
    expect(await codes()).toEqual([['scan-unreadable', 'pipe.mov']]);
  });

  it('a link to a file of the same root is that file, one to another place is a file', async () => {
    put('a.mov');
    const elsewhere = mkdtempSync(join(tmpdir(), 'baton-walk-'));
    made.push(elsewhere);
    writeFileSync(join(elsewhere, 'b.mov'), 'b');
    symlinkSync('a.mov', join(drive, 'same.mov'));
    symlinkSync(join(elsewhere, 'b.mov'), join(drive, 'other.mov'));
    symlinkSync('nowhere', join(drive, 'broken.mov'));
    symlinkSync('self', join(drive, 'self'));
    expect(await paths()).toEqual(['a.mov', 'other.mov']);
    expect(await codes()).toEqual([
      ['scan-broken-link', 'broken.mov'],
      ['scan-link', 'same.mov'],
      ['scan-unreadable', 'self'],
    ]);
  });

  it('the root itself may be a link', async () => {
    put('a.mov');
    const link = `${drive}-link`;
    symlinkSync(drive, link);
    made.push(link);
    expect((await walk(link, new Set())).files.map(({ path }) => path)).toEqual(['a.mov']);
  });
});

describe('names', () => {
  it('line breaks, emoji, right-to-left and trailing spaces are names', async () => {
    const names = ['two\nlines.mov', '🎬 take.mov', 'שלום.mov', ' .mov', 'a\tb.mov', 'quote"\'.mov'];
    put(...names);
    expect(await paths()).toEqual(names.toSorted());
  });

  it('a path of 600 characters is found and read', async () => {
    const deep = `${Array.from({ length: 6 }, (_, at) => `${at}`.repeat(95)).join('/')}/a.mov`;
    put(deep);
    expect(await paths()).toEqual([deep]);
    expect(deep.length).toBeGreaterThan(570);
  });

  it('composed and decomposed: two clips, one of them in NFC, and each is found again', async () => {
    const [nfc, nfd] = ['é.mov'.normalize('NFC'), 'é.mov'.normalize('NFD')];
    if (!keepsApart(nfc, nfd)) return;
    expect(await paths()).toEqual([nfc, nfd]);
    expect((await codes()).map(([code]) => code)).toEqual(['scan-same-name']);
    for (const path of [nfc, nfd])
      expect(await locate(drive, path)).toEqual({ path: join(drive, path), found: true });
  });

  it('a name that is only decomposed has its path in NFC', async () => {
    put('é.mov'.normalize('NFD'));
    expect(await paths()).toEqual(['é.mov'.normalize('NFC')]);
  });

  it('A.mov and a.mov are two clips, and it is said that other systems keep one', async () => {
    if (!keepsApart('A.mov', 'a.mov')) return;
    expect(await paths()).toEqual(['A.mov', 'a.mov']);
    const { issues } = await walk(drive, new Set());
    expect(issues).toMatchObject([{ code: 'scan-case', severity: 'warning', clips: ['A.mov', 'a.mov'] }]);
  });

  it.skipIf(process.platform !== 'linux')(
    'a name that is no Unicode is said, and the rest is found',
    async () => {
      put('a.mov');
      execFileSync('sh', ['-c', `printf x > "$(printf 'b\\377.mov')"`], { cwd: drive });
      expect(await paths()).toEqual(['a.mov']);
      const { issues } = await walk(drive, new Set());
      expect(issues).toMatchObject([{ code: 'scan-unreadable', severity: 'error' }]);
      expect(issues[0]!.message).toContain('not valid Unicode');
    },
  );
});

describe('what cannot be read', () => {
  it.skipIf(process.platform === 'win32')('a closed folder is an error, and the rest is found', async () => {
    put('open/a.mov', 'closed/b.mov');
    chmodSync(join(drive, 'closed'), 0);
    chmodSync(drive, 0o755);
    // Nothing is closed to root, so root becomes nobody for a moment.
    const root = process.getuid!() === 0;
    if (root) process.seteuid!(65_534);
    const walked = await walk(drive, new Set()).finally(() => root && process.seteuid!(0));
    chmodSync(join(drive, 'closed'), 0o700);
    expect(walked.files.map(({ path }) => path)).toEqual(['open/a.mov']);
    expect(walked.issues.map(({ code, at }) => [code, at])).toEqual([['scan-unreadable', 'closed']]);
  });

  it('a root that is not there is said', async () => {
    const { files, issues } = await walk(join(drive, 'gone'), new Set());
    expect([files, issues.map(({ code }) => code)]).toEqual([[], ['scan-unreadable']]);
  });

  it('an abort rejects', async () => {
    put('a.mov');
    await expect(walk(drive, new Set(), AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});

describe('kinds', () => {
  it.each([
    ['Music/theme.wav', 'music'],
    ['day 1/Sound/7-3.wav', 'sound'],
    ['looks/house.cube', 'document'],
    ['x.cdl', 'document'],
    ['a.srt', 'transcript'],
    ['a.VTT', 'transcript'],
    ['Transcripts/day 1.txt', 'transcript'],
    ['interview_transcript.txt', 'transcript'],
    ['notes.txt', 'document'],
    ['title.psd', 'graphic'],
    ['GS010123.360', 'picture'],
    ['cut.prproj', null],
  ])('%s is %s', (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });
});
