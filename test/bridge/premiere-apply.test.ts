/** Bins, imports and moves, end to end through the shipped ES3 code. */
import { describe, expect, test } from 'vitest';
import { importTo, label, makeBin, MEDIA, move, stage, words } from './premiere-stage.ts';

const SCENE = ['Scenes', '07', 'Take 03'];

describe('about', () => {
  test('names Premiere, the project, what it imports and that undo is lacking', async () => {
    const about = await stage().editor.about();
    expect(about).toMatchObject({
      editor: 'premiere',
      editorVersion: '25.6.0',
      adapter: 'stand-in',
      project: { name: 'Stand-in.prproj' },
    });
    expect(about.importable).toEqual(expect.arrayContaining(['mov', 'mxf', 'wav', 'jpg']));
    expect(about.importable).not.toContain('pdf');
    expect(about.lacks.map(({ what }) => what)).toContain('undo');
  });
});

describe('bins', () => {
  test('a path is made level by level, and what is there is not made again', async () => {
    const open = stage();
    expect(await words(open, [makeBin('Scenes'), makeBin(...SCENE), makeBin('Scenes', '07')])).toEqual(
      Array(3).fill('verified'),
    );
    expect(await words(open, [makeBin(...SCENE)])).toEqual(['verified']);
    expect((await open.editor.snapshot()).bins.map(({ path }) => path)).toEqual([
      ['Scenes'],
      ['Scenes', '07'],
      SCENE,
    ]);
    expect(open.premiere.calls['createBin']).toBe(3);
  });

  test('where two bins share a name, the first is used', async () => {
    const open = stage();
    await open.premiere.evalScript(
      'app.project.rootItem.createBin("Twin"); app.project.rootItem.createBin("Twin")',
    );
    expect(await words(open, [makeBin('Twin', 'In')])).toEqual(['verified']);
    expect(open.state().root.children!.map(({ children }) => children!.length)).toEqual([1, 0]);
  });

  test('an empty name is refused with a reason', async () => {
    expect(await words(stage(), [makeBin('')])).toEqual(
      [': Premiere did not make the bin'].map((text) => `failed: ${text}`),
    );
  });
});

describe('imports', () => {
  test('all files for one bin go in one importFiles, each bin has its own, and each is found again', async () => {
    const open = stage();
    const steps = [
      makeBin('A'),
      importTo('/Shoot/A001.mov', 'A'),
      makeBin('B'),
      importTo('/Shoot/S001.wav', 'B'),
      importTo('/Shoot/A002.mov', 'A'),
      importTo('/Shoot/A003.mov', 'B'),
    ];
    const results = await open.editor.apply(steps);
    expect(results.map(({ id, result }) => [id, result])).toEqual(steps.map(({ id }) => [id, 'verified']));
    expect(open.premiere.calls['importFiles']).toBe(2);
    const items = (await open.editor.snapshot()).items;
    expect(items.map(({ file, bin }) => [file, bin])).toEqual([
      ['/Shoot/A001.mov', ['A']],
      ['/Shoot/A002.mov', ['A']],
      ['/Shoot/S001.wav', ['B']],
      ['/Shoot/A003.mov', ['B']],
    ]);
    expect(results[1]!.item).toBe(items[0]!.id);
  });

  test('importing twice adds nothing and calls nothing', async () => {
    const open = stage();
    const steps = [makeBin('A'), importTo('/Shoot/A001.mov', 'A'), importTo('/Shoot/A001.mov', 'A')];
    expect(await words(open, steps)).toEqual(Array(3).fill('verified'));
    expect(await words(open, steps)).toEqual(Array(3).fill('verified'));
    expect((await open.editor.snapshot()).items).toHaveLength(1);
    expect(open.premiere.calls['importFiles']).toBe(1);
  });

  test('a file that is not on disk never reaches Premiere, which would say yes', async () => {
    const open = stage();
    expect(await words(open, [makeBin('A'), importTo('/Shoot/none.mov', 'A')])).toEqual([
      'verified',
      'failed: none.mov: the file is not there',
    ]);
    expect(open.premiere.calls['importFiles']).toBeUndefined();
    expect(
      await open.premiere.evalScript(
        'app.project.importFiles(["/Shoot/none.mov"], true, app.project.rootItem, false)',
      ),
    ).toBe('true');
  });

  test('a kind that could put up a dialog is refused before Premiere sees it', async () => {
    const open = stage();
    expect(await words(open, [importTo('/Shoot/notes.pdf')])).toEqual([
      'failed: notes.pdf: Premiere does not import .pdf',
    ]);
  });

  test('a file in another bin is not imported a second time', async () => {
    const open = stage();
    await words(open, [makeBin('Old'), importTo('/Shoot/A001.mov', 'Old'), makeBin('New')]);
    expect(await words(open, [importTo('/Shoot/A001.mov', 'New')])).toEqual([
      'failed: A001.mov: it is in the project already, in the bin Old; plan again to move it',
    ]);
    expect((await open.editor.snapshot()).items).toHaveLength(1);
  });

  test('a bin that is not there is a reason, not a crash', async () => {
    expect(await words(stage(), [importTo('/Shoot/A001.mov', 'Nowhere')])).toEqual([
      'failed: A001.mov: there is no bin "Nowhere"',
    ]);
  });

  test('what appears late is unverified, its label is not tried, and reading back finds it', async () => {
    const open = stage({ misbehaviour: { lateImport: 2 } });
    const steps = [makeBin('A'), importTo('/Shoot/A001.mov', 'A'), label('/Shoot/A001.mov', 'circled')];
    const first = await open.editor.apply(steps);
    expect(first.map(({ result }) => result)).toEqual(['verified', 'unverified', 'skipped']);
    expect(first[1]!.reason).toBe('A001.mov: Premiere said yes but the file does not appear in the bin');
    expect((await open.editor.readBack([steps[1]!]))[0]!.result).toBe('unverified');
    const again = (await open.editor.readBack([steps[1]!]))[0]!;
    expect(again).toEqual({ id: steps[1]!.id, result: 'verified', item: expect.any(String) });
    expect(open.premiere.calls['importFiles']).toBe(1);
  });

  test('what Premiere swallows stays unverified, and the others of the same call are verified', async () => {
    const open = stage({ misbehaviour: { swallow: ['A002.mov'] } });
    expect(
      await words(open, [
        importTo('/Shoot/A001.mov'),
        importTo('/Shoot/A002.mov'),
        importTo('/Shoot/A003.mov'),
      ]),
    ).toEqual([
      'verified',
      'unverified: A002.mov: Premiere said yes but the file does not appear in the bin',
      'verified',
    ]);
  });

  test('names in another Unicode form, and Windows paths in another case, are the same file', async () => {
    const nfd = '/Shoot/cafe\u0301.mov';
    const windows = 'D:\\Shoot\\A001.MOV';
    const open = stage({ media: { [nfd]: MEDIA['/Shoot/A001.mov']!, [windows]: MEDIA['/Shoot/A001.mov']! } });
    await words(open, [importTo(nfd), importTo(windows)]);
    expect(await words(open, [importTo(nfd.normalize('NFC')), importTo('d:/shoot/a001.mov')])).toEqual([
      'verified',
      'verified',
    ]);
    expect((await open.editor.snapshot()).items).toHaveLength(2);
  });
});

describe('moves', () => {
  test('an item moves, says where it stood, and moving again changes nothing', async () => {
    const open = stage();
    await words(open, [makeBin('A'), makeBin('B'), importTo('/Shoot/A001.mov', 'A')]);
    const step = move('/Shoot/A001.mov', ['A'], ['B']);
    expect((await open.editor.apply([step]))[0]).toMatchObject({
      result: 'verified',
      before: { bin: ['A'] },
    });
    expect(await words(open, [step])).toEqual(['verified']);
    expect(open.premiere.calls['moveBin']).toBe(1);
    expect((await open.editor.snapshot()).items[0]!.bin).toEqual(['B']);
  });

  test('a search bin shows items, but they lie where they lie and are counted once', async () => {
    const open = stage();
    await open.premiere.evalScript('app.project.rootItem.createSmartBin("Everything", "A00")');
    await words(open, [
      makeBin('A', 'Deep'),
      importTo('/Shoot/A001.mov', 'A', 'Deep'),
      importTo('/Shoot/A002.mov'),
    ]);
    const items = (await open.editor.snapshot()).items.map(({ file, bin }) => [file, bin]);
    expect(items).toHaveLength(2);
    expect(items).toEqual(
      expect.arrayContaining([
        ['/Shoot/A001.mov', ['A', 'Deep']],
        ['/Shoot/A002.mov', []],
      ]),
    );
  });

  test('back to the top level is a move to []', async () => {
    const open = stage();
    await words(open, [makeBin('A'), importTo('/Shoot/A001.mov', 'A')]);
    expect(await words(open, [move('/Shoot/A001.mov', ['A'], [])])).toEqual(['verified']);
  });
});

describe('large plans', () => {
  test('are cut into calls by ops and by size, keep their order, and import once per bin and call', async () => {
    const files = Array.from({ length: 25 }, (_, i) => `/Shoot/B${i}.mov`);
    const media = Object.fromEntries(files.map((file) => [file, MEDIA['/Shoot/A001.mov']!]));
    const sent: number[] = [];
    const open = stage({ media, wire: { call: { characters: 4000, ops: 10 } } });
    const evalScript = open.premiere.evalScript.bind(open.premiere);
    open.premiere.evalScript = (code) => (sent.push(code.length), evalScript(code));
    const steps = [
      makeBin('B'),
      ...files.map((file) => importTo(file, 'B')),
      ...files.map((file) => label(file, 'broll')),
    ];
    const results = await open.editor.apply(steps);
    expect(results.map(({ id }) => id)).toEqual(steps.map(({ id }) => id));
    expect(new Set(results.map(({ result }) => result))).toEqual(new Set(['verified']));
    expect(sent.length).toBeGreaterThanOrEqual(6);
    expect(Math.max(...sent)).toBeLessThan(4200);
    expect(open.premiere.calls['importFiles']).toBeLessThanOrEqual(4);
  });

  test('a project of 500 items is read in pages and whole', async () => {
    const files = Array.from({ length: 500 }, (_, i) => `/Shoot/C${i}.mov`);
    const media = Object.fromEntries(files.map((file) => [file, MEDIA['/Shoot/A001.mov']!]));
    const open = stage({ media });
    await open.editor.apply(files.map((file) => importTo(file)));
    expect((await open.editor.snapshot()).items.map(({ file }) => file)).toEqual(files);
  });
});
