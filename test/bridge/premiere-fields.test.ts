/** Labels and metadata, and how the item they belong to is found, end to end through the shipped ES3 code. */
import { describe, expect, test } from 'vitest';
import { clip, importTo, label, metadata, stage, words } from './premiere-stage.ts';

describe('labels', () => {
  test('each of Baton words has its colour and reads back as that word', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    const colours = { circled: 5, alternate: 7, rejected: 14, unsynced: 6, wild: 3, broll: 4 } as const;
    for (const [word, index] of Object.entries(colours) as [keyof typeof colours, number][]) {
      expect(await words(open, [label('/Shoot/A001.mov', word)])).toEqual(['verified']);
      expect(open.state().root.children![0]!.label).toBe(index);
      expect((await open.editor.snapshot()).items[0]!.label).toBe(word);
    }
  });

  test('the label that stood there is told in Premiere words, and can be put back', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    const first = (await open.editor.apply([label('/Shoot/A001.mov', 'circled')]))[0]!;
    expect(first.before).toEqual({ label: 'Iris' });
    const back = label('/Shoot/A001.mov', (first.before as { label: string }).label as 'circled');
    expect(await words(open, [back])).toEqual(['verified']);
    expect(open.state().root.children![0]!.label).toBe(1);
  });

  test('a label Premiere has not is refused', async () => {
    expect(await words(stage(), [label('/Shoot/A001.mov', 'Puce' as 'wild')])).toEqual([
      'failed: A001.mov: Premiere has no label "Puce"',
    ]);
  });
});

describe('metadata', () => {
  const all = {
    scene: '7A',
    shot: 'A',
    take: '03',
    note: 'Best <so far> & "clean"\nsecond line',
    description: 'Master',
    good: 'true',
    reel: 'A001C003',
    camera: 'A',
    soundRoll: 'SR2',
    batonId: 'clip-1',
  };

  test('every field is written to its column, read back equal, and stands in the snapshot', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    expect(await words(open, [metadata('/Shoot/A001.mov', all)])).toEqual(['verified']);
    expect((await open.editor.snapshot()).items[0]!.metadata).toEqual(all);
    expect(Object.fromEntries(open.state().root.children![0]!.metadata)).toEqual({
      'Column.PropertyText.Scene': '7A',
      'Column.PropertyText.Shot': 'A',
      BatonTake: '03',
      'Column.Intrinsic.LogNote': all.note,
      'Column.PropertyText.Description': 'Master',
      'Column.PropertyBool.Good': 'True',
      'Column.Intrinsic.TapeName': 'A001C003',
      'Column.PropertyText.FilmCameraRoll': 'A',
      'Column.PropertyText.SoundRoll': 'SR2',
      BatonId: 'clip-1',
    });
  });

  test('custom columns are made once per call and only where they are written', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov'), importTo('/Shoot/A002.mov')]);
    await words(open, [metadata('/Shoot/A001.mov', { scene: '1' })]);
    expect(open.state().schema).toEqual([]);
    await words(open, [
      metadata('/Shoot/A001.mov', { take: '1' }),
      metadata('/Shoot/A002.mov', { take: '2' }),
    ]);
    expect(open.premiere.calls['addPropertyToProjectMetadataSchema']).toBe(1);
    expect(open.state().schema).toEqual([{ name: 'BatonTake', label: 'Baton Take', type: 2 }]);
  });

  test('other fields are left alone, what stood there is told, and an empty value clears', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov'), metadata('/Shoot/A001.mov', { scene: '7', take: '1' })]);
    const step = metadata('/Shoot/A001.mov', { take: '2', note: 'new' });
    expect((await open.editor.apply([step]))[0]).toMatchObject({
      result: 'verified',
      before: { metadata: { take: '1', note: '' } },
    });
    expect(await words(open, [metadata('/Shoot/A001.mov', { take: '1', note: '' })])).toEqual(['verified']);
    expect((await open.editor.snapshot()).items[0]!.metadata).toEqual({ scene: '7', take: '1' });
  });

  test('a write that Premiere passes over in silence is unverified, with what it reads instead', async () => {
    const open = stage({ misbehaviour: { deafMetadata: true } });
    await words(open, [importTo('/Shoot/A001.mov')]);
    expect(await words(open, [metadata('/Shoot/A001.mov', { scene: '7' })])).toEqual([
      'unverified: A001.mov: scene reads "", not "7"',
    ]);
  });

  test('characters that XML cannot carry are left out and said', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    expect(await words(open, [metadata('/Shoot/A001.mov', { note: 'bell\u0007 \ud800 end' })])).toEqual([
      'unverified: A001.mov: note holds characters that metadata cannot carry; they were left out',
    ]);
    expect((await open.editor.snapshot()).items[0]!.metadata.note).toBe('bell  end');
  });
});

describe('finding the item', () => {
  test('an id from another project is not trusted: the path decides', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov'), importTo('/Shoot/A002.mov')]);
    const [first, second] = (await open.editor.snapshot()).items;
    const step = { ...label('/Shoot/A002.mov', 'circled'), target: clip('/Shoot/A002.mov', first!.id) };
    expect(await words(open, [step as ReturnType<typeof label>])).toEqual(['verified']);
    const labels = (await open.editor.snapshot()).items.map((item) => [item.id, item.label]);
    expect(labels).toEqual([
      [first!.id, 'Iris'],
      [second!.id, 'circled'],
    ]);
  });

  test('relinked media is found by id where the item carries the clip id', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    const id = (await open.editor.snapshot()).items[0]!.id;
    const moved = { ...clip('/Elsewhere/A001.mov', id), clip: 'clip-<1>' };
    const step = { ...label('/Elsewhere/A001.mov', 'wild'), target: moved } as ReturnType<typeof label>;
    expect(await words(open, [step])).toEqual(['failed: /Elsewhere/A001.mov: it is not in the project']);
    await words(open, [metadata('/Shoot/A001.mov', { batonId: 'clip-<1>' })]);
    expect(await words(open, [step])).toEqual(['verified']);
  });

  test('of two items with one file, the one that carries the clip id is meant', async () => {
    const open = stage();
    await open.premiere.evalScript(
      'for (var i = 0; i < 2; i++) app.project.importFiles(["/Shoot/A001.mov"], true, app.project.rootItem, false)',
    );
    const second = (await open.editor.snapshot()).items[1]!.id;
    const xmp = open.premiere;
    await xmp.evalScript(
      'app.project.addPropertyToProjectMetadataSchema("BatonId", "Baton ID", 2);' +
        'app.project.rootItem.children[1].setProjectMetadata(\'<r xmlns:p="http://ns.adobe.com/premierePrivateProjectMetaData/1.0/"><p:BatonId>clip-/Shoot/A001.mov</p:BatonId></r>\', ["BatonId"])',
    );
    expect((await open.editor.apply([label('/Shoot/A001.mov', 'circled')]))[0]).toMatchObject({
      result: 'verified',
      item: second,
    });
  });
});
