/** What Baton remembers of the project between two calls of one plan is never believed over what the project is. */
import { expect, test } from 'vitest';
import { importTo, label, makeBin, MEDIA, move, stage, words } from './premiere-stage.ts';

const FIND = `function at(name, bin) { for (var i = 0; i < bin.children.numItems; i++) if (bin.children[i].name === name) return bin.children[i]; }
var root = app.project.rootItem;`;

async function begun() {
  const open = stage();
  await words(open, [makeBin('A'), makeBin('B'), importTo('/Shoot/A001.mov', 'A')]);
  const hand = (code: string) => open.premiere.evalScript(`${FIND} ${code}; 1`);
  const places = async () =>
    (await open.editor.snapshot()).items.map(({ file, bin }) => `${file} in ${bin.join('/')}`).sort();
  return { open, hand, places };
}

test('a bin that was renamed between two calls is not taken for the one that was meant', async () => {
  const { open, hand, places } = await begun();
  await hand('at("A", root).renameBin("Mine")');
  expect(await words(open, [makeBin('A'), importTo('/Shoot/A002.mov', 'A')])).toEqual([
    'verified',
    'verified',
  ]);
  expect(await places()).toEqual(['/Shoot/A001.mov in Mine', '/Shoot/A002.mov in A']);
});

test('a bin that was made by hand in between is found, not made again', async () => {
  const { open, hand } = await begun();
  await hand('root.createBin("C")');
  expect(await words(open, [makeBin('C')])).toEqual(['verified']);
  expect((await open.editor.snapshot()).bins.map(({ path }) => path.join('/'))).toEqual(['A', 'B', 'C']);
});

test('a bin that was deleted in between is made anew', async () => {
  const { open, hand } = await begun();
  await hand('at("B", root).deleteBin()');
  expect(await words(open, [makeBin('B'), importTo('/Shoot/A002.mov', 'B')])).toEqual([
    'verified',
    'verified',
  ]);
});

test('an item that was moved in between says where it lies now', async () => {
  const { open, hand } = await begun();
  await hand('at("A001.mov", at("A", root)).moveBin(root)');
  const [moved] = await open.editor.apply([move('/Shoot/A001.mov', ['A'], ['B'])]);
  expect(moved).toMatchObject({ result: 'verified', before: { bin: [] } });
});

test('an item that was replaced in between is found again by its file', async () => {
  const { open, hand } = await begun();
  await hand('at("A", root).deleteBin(); app.project.importFiles(["/Shoot/A001.mov"], true, root, false)');
  expect(await words(open, [label('/Shoot/A001.mov', 'wild')])).toEqual(['verified']);
  expect((await open.editor.snapshot()).items).toMatchObject([{ bin: [], label: 'wild' }]);
});

test('an item that is gone is said to be gone', async () => {
  const { open, hand } = await begun();
  await hand('at("A", root).deleteBin()');
  expect(await words(open, [label('/Shoot/A001.mov', 'wild')])).toEqual([
    'failed: A001.mov: it is not in the project',
  ]);
});

test('what came late is not imported twice by the next call', async () => {
  const open = stage({ misbehaviour: { lateImport: 1 } });
  await words(open, [makeBin('A'), importTo('/Shoot/A001.mov', 'A')]);
  expect(await words(open, [importTo('/Shoot/A001.mov', 'A')])).toEqual(['verified']);
  expect((await open.editor.snapshot()).items).toHaveLength(1);
});

test('two bins of one name are told apart by what they hold', async () => {
  const open = stage();
  await open.premiere.evalScript('app.project.rootItem.createBin("T"); app.project.rootItem.createBin("T")');
  await words(open, [importTo('/Shoot/A001.mov')]);
  await open.premiere.evalScript(`${FIND} at("A001.mov", root).moveBin(root.children[1]); 1`);
  expect(await words(open, [move('/Shoot/A001.mov', [], ['T'])])).toEqual(['verified']);
  expect(open.state().root.children![0]!.children).toHaveLength(1);
});

test('what Premiere looks at for one clip does not grow with the project', async () => {
  const perClip: number[] = [];
  for (const count of [100, 400]) {
    const files = Array.from({ length: count }, (_, at) => `/Shoot/G${at}.mov`);
    const open = stage({
      media: Object.fromEntries(files.map((file) => [file, MEDIA['/Shoot/A001.mov']!])),
    });
    await words(open, [makeBin('G'), ...files.map((file) => importTo(file, 'G'))]);
    const before = open.premiere.looks;
    for (let at = 0; at < count; at += 20)
      await words(
        open,
        files.slice(at, at + 20).map((file) => label(file, 'wild')),
      );
    perClip.push((open.premiere.looks - before) / count);
  }
  expect(perClip[1]! / perClip[0]!).toBeLessThan(1.1);
});
