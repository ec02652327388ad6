/** Where roots and clips lie on this machine. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../manifest/documents/issue.ts';
import { locate, locator, readRoots, rememberRoots } from '../../bridge/local/roots.ts';
import { folder } from './store-processes.ts';

function place(roots?: unknown): { home: string; path: string; file: string } {
  const home = folder();
  const file = join(home, '.baton', 'roots.json');
  if (roots !== undefined) {
    mkdirSync(join(home, '.baton'));
    writeFileSync(file, typeof roots === 'string' ? roots : JSON.stringify(roots));
  }
  return { home, path: join(home, 'handoff.json'), file };
}

const there = resolve('/Volumes/CARD 1');
const elsewhere = resolve('/Volumes/CARD 2');

describe('roots', () => {
  test("a root nobody placed is the manifest's own folder", async () => {
    const { home, path } = place();
    expect(await readRoots(path, ['media', 'sound'])).toEqual({ media: home, sound: home });
    expect(readdirSync(home)).toEqual([]);
  });

  test('what is remembered is found again, and an override wins', async () => {
    const { home, path } = place();
    await rememberRoots(path, { media: there });
    expect(await readRoots(path, ['media', 'sound'])).toEqual({ media: there, sound: home });
    expect(await readRoots(path, ['media'], { media: elsewhere, extra: there })).toEqual({
      media: elsewhere,
      extra: there,
    });
  });

  test('other machines, other roots and unknown fields stay', async () => {
    const { path, file } = place({
      version: 1,
      note: 'mine',
      machines: { 'edit-07': { media: '/mnt/a' }, [hostname()]: { sound: elsewhere } },
    });
    await rememberRoots(path, { media: there });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      version: 1,
      note: 'mine',
      machines: { 'edit-07': { media: '/mnt/a' }, [hostname()]: { sound: elsewhere, media: there } },
    });
  });

  test("a root in the manifest's own folder is not kept, so that it moves with it", async () => {
    const { home, path, file } = place();
    await rememberRoots(path, { media: home });
    expect(readdirSync(home)).toEqual([]);
    await rememberRoots(path, { media: there, sound: there });
    await rememberRoots(path, { media: home });
    expect(JSON.parse(readFileSync(file, 'utf8')).machines[hostname()]).toEqual({ sound: there });
  });

  test.each([
    '{ "version": 1,',
    '[]',
    '{"version":2,"machines":{}}',
    `{"version":1,"machines":{"x":{"media":7}}}`,
  ])('a broken roots.json is reported, not fatal, and put aside: %s', async (text) => {
    const { home, path, file } = place(text);
    const issues: Issue[] = [];
    expect(await readRoots(path, ['media'], {}, (issue) => issues.push(issue))).toEqual({ media: home });
    expect(issues).toMatchObject([{ code: 'roots-unreadable', severity: 'warning', at: file }]);
    await rememberRoots(path, { media: there });
    expect(await readRoots(path, ['media'])).toEqual({ media: there });
    expect(readFileSync(`${file}.broken`, 'utf8')).toBe(text);
  });

  test('two who remember at once both stay', async () => {
    const { path } = place();
    await Promise.all(
      Array.from({ length: 20 }, (_, number) => rememberRoots(path, { [`r${number}`]: there })),
    );
    const names = Array.from({ length: 20 }, (_, number) => `r${number}`);
    expect(new Set(Object.values(await readRoots(path, names)))).toEqual(new Set([there]));
  });

  test('names that JavaScript knows otherwise are names', async () => {
    const { home, path } = place();
    expect((await readRoots(path, ['constructor', 'toString']))['constructor']).toBe(home);
    await rememberRoots(path, { constructor: there });
    expect((await readRoots(path, ['constructor']))['constructor']).toBe(there);
  });
});

describe('locating', () => {
  const composed = 'Drehtag/Zürich/Tür 한.mov';

  function drive(path: string): string {
    const root = folder();
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), '');
    return root;
  }

  test.each([
    ['composed', composed],
    ['decomposed', composed.normalize('NFD')],
    [
      'in one folder composed, in the next not',
      `Drehtag/${'Zürich'.normalize('NFD')}/${'Tür 한.mov'.normalize('NFC')}`,
    ],
    ['mixed within one name', `Drehtag/Zürich/${'Tür '.normalize('NFD')}한.mov`],
  ])('finds a name that the drive holds %s', async (_, spelling) => {
    const root = drive(spelling);
    const found = await locate(root, composed);
    expect(found.found).toBe(true);
    expect(found.path.normalize('NFC')).toBe(join(root, composed));
    expect(readFileSync(found.path, 'utf8')).toBe('');
  });

  test('what is not there comes back in the composed form', async () => {
    const root = drive('Drehtag/other.mov');
    expect(await locate(root, composed)).toEqual({ path: join(root, composed), found: false });
    expect(await locate(root, 'Drehtag/gone.mov')).toEqual({
      path: join(root, 'Drehtag/gone.mov'),
      found: false,
    });
    expect(await locate(join(root, 'no such drive'), composed)).toMatchObject({ found: false });
  });

  test('many clips in one folder are looked for with one listing', async () => {
    const root = folder();
    mkdirSync(join(root, 'Tür'.normalize('NFD')));
    for (let number = 0; number < 500; number++)
      writeFileSync(join(root, 'Tür'.normalize('NFD'), `é${number}`.normalize('NFC')), '');
    const find = locator();
    const found = await Promise.all(
      Array.from({ length: 1000 }, (_, number) => find(root, `Tür/é${number}`)),
    );
    expect(found.filter((each) => each.found)).toHaveLength(500);
    // One who lists again sees what came since; a drive that takes both forms for one needs no listing.
    writeFileSync(join(root, 'Tür'.normalize('NFD'), 'é500'.normalize('NFC')), '');
    expect((await find(root, 'Tür/é500')).found).toBe(existsSync(join(root, 'Tür/é500')));
    expect((await locator()(root, 'Tür/é500')).found).toBe(true);
  });
});
