/** The stand-in's UXP door is as strict and as awkward as the real one was seen to be. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../host/uxp/main.ts';
import type { Action, FolderItem, Project, ProjectItem } from '../../host/uxp/natives.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { uxpCutStage, uxpStage, type UxpStageOptions } from './uxp-stage.ts';

type Ppro = Host['ppro'];

async function open(options: UxpStageOptions = {}) {
  const stage = uxpStage(options);
  const ppro = stage.premiere.module as unknown as Ppro;
  const project: Project = await ppro.Project.getActiveProject();
  const root: FolderItem = await project.getRootItem();
  return { ...stage, ppro, project, root };
}

function write(project: Project, ...make: (() => Action)[]): boolean {
  let done = false;
  project.lockedAccess(() => {
    done = project.executeTransaction((compound) => {
      for (const each of make) compound.addAction(each());
    }, 'test');
  });
  return done;
}

async function imported(project: Project, root: FolderItem, ...files: string[]): Promise<ProjectItem[]> {
  await project.importFiles(files, true, null as never, false);
  return root.getItems();
}

const names = async (root: FolderItem) => (await root.getItems()).map((item) => item.name);

describe('promises', () => {
  test('an answer that is not waited for fails loudly', async () => {
    const { root } = await open();
    expect(() => (root.getItems() as unknown as unknown[]).length).toThrow('missing await');
    expect(() => JSON.stringify(root.getItems())).toThrow('missing await');
    expect(() => `${String(root.getItems())}`).toThrow('missing await');
    expect(await Promise.all([root.getItems(), root.getItems()])).toEqual([[], []]);
  });
});

describe('locks and actions', () => {
  test('from 26.3 an action is made inside a lock; before, it need not be', async () => {
    const now = await open({ version: '26.3' });
    expect(() => now.root.createBinAction('A', false)).toThrow('lockedAccess');
    const before = await open({ version: '26.2' });
    const action = before.root.createBinAction('A', false);
    expect(before.project.executeTransaction((compound) => compound.addAction(action), 'x')).toBe(true);
    expect(await names(before.root)).toEqual(['A']);
  });

  test('an action ends with the lock it was made in', async () => {
    const { project, root } = await open();
    let kept: Action | undefined;
    project.lockedAccess(() => {
      kept = root.createBinAction('A', false);
    });
    expect(() => write(project, () => kept!)).toThrow('expired');
  });

  test('what a lock awaits comes too late', async () => {
    const { project, root } = await open();
    const late: unknown[] = [];
    project.lockedAccess((async () => {
      const action = root.createBinAction('A', false);
      await root.getItems();
      try {
        project.executeTransaction((compound) => compound.addAction(action), 'late');
      } catch (error) {
        late.push(error);
      }
    }) as unknown as () => void);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(String(late[0])).toContain('outside lockedAccess');
    expect(await names(root)).toEqual([]);
  });

  test('the actions of a transaction are carried out in any order', async () => {
    const orders = new Set<string>();
    const letters = ['A', 'B', 'C', 'D', 'E'];
    for (let seed = 1; seed <= 5; seed++) {
      const { project, root } = await open({ seed });
      write(project, ...letters.map((name) => () => root.createBinAction(name, false)));
      orders.add((await names(root)).join(''));
    }
    expect(orders.size).toBeGreaterThan(2);
  });

  test('where one action fails none is carried out, and there is no entry to undo', async () => {
    const { project, root, premiere } = await open();
    const done = write(
      project,
      () => root.createBinAction('A', false),
      () => root.createBinAction('', false),
      () => root.createBinAction('B', false),
    );
    expect([done, await names(root), premiere.history]).toEqual([false, [], []]);
  });
});

describe('undo', () => {
  test('takes a whole transaction back, and never an import', async () => {
    const { project, root, premiere } = await open();
    const [item] = await imported(project, root, '/Shoot/A001.mov');
    write(
      project,
      () => item!.createSetColorLabelAction(9),
      () => root.createBinAction('A', false),
    );
    expect(premiere.history).toEqual([{ name: 'test', actions: 2 }]);
    expect(premiere.undo()).toBe(true);
    expect([await names(root), await item!.getColorLabelIndex()]).toEqual([['A001.mov'], 1]);
    expect(premiere.undo()).toBe(false);
  });

  test('puts a removed bin back with all in it', async () => {
    const { project, root, ppro, premiere, state } = await open();
    write(project, () => root.createBinAction('A', false));
    const bin = (await root.getItems())[0]!;
    await project.importFiles(['/Shoot/A001.mov'], true, bin, false);
    const before = state();
    write(project, () => root.createRemoveItemAction(bin));
    expect(await names(root)).toEqual([]);
    premiere.undo();
    expect(state()).toEqual(before);
    expect(await names(ppro.FolderItem.cast(bin))).toEqual(['A001.mov']);
  });
});

describe('what it takes', () => {
  test('an import into undefined is an illegal parameter; null is the top; a missing file is a yes', async () => {
    const { project, root } = await open();
    await expect(project.importFiles(['/Shoot/A001.mov'], true, undefined, false)).rejects.toThrow('Illegal');
    expect(await project.importFiles(['/Shoot/none.mov'], true, null as never, false)).toBe(true);
    expect(await imported(project, root, '/Shoot/A001.mov')).toHaveLength(1);
    expect(await imported(project, root, '/Shoot/A001.mov')).toHaveLength(2);
  });

  test('a new marker is green whatever is asked', async () => {
    const { project, root, ppro } = await open();
    const [item] = await imported(project, root, '/Shoot/A001.mov');
    const markers = await ppro.Markers.getMarkers(ppro.ClipProjectItem.cast(item!));
    const zero = ppro.TickTime.createWithTicks('0');
    const add = markers.createAddMarkerAction as (...args: unknown[]) => Action;
    write(project, () => add.call(markers, 'Note', 'Comment', zero, zero, 'x', 3));
    expect(markers.getMarkers().map((marker) => [marker.getName(), marker.getColorIndex()])).toEqual([
      ['Note', 0],
    ]);
    project.lockedAccess(() => {
      expect(() => add.call(markers, 'Note', 'Comment', 1.5)).toThrow('Illegal Parameter type');
    });
  });

  test('two bins may have one name, and what is no folder casts to null', async () => {
    const { project, root, ppro } = await open();
    write(
      project,
      () => root.createBinAction('A', false),
      () => root.createBinAction('A', false),
    );
    const [item] = (await imported(project, root, '/Shoot/A001.mov')).slice(-1);
    expect(await names(root)).toEqual(['A', 'A', 'A001.mov']);
    expect([ppro.FolderItem.cast(item!), ppro.ClipProjectItem.cast((await root.getItems())[0]!)]).toEqual([
      null,
      null,
    ]);
  });

  test('a dialog holds the import until it is closed, and the files come once', async () => {
    const { project, root, premiere } = await open({ misbehaviour: { modal: 'import' } });
    let over = false;
    const running = imported(project, root, '/Shoot/A001.mov').then(() => (over = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([over, premiere.waiting]).toEqual([false, true]);
    premiere.closeDialog();
    await running;
    expect(await names(root)).toEqual(['A001.mov']);
  });
});

describe('versions', () => {
  const has = async (version: string) => {
    const { project, root, ppro } = await open({ version });
    const [item] = await imported(project, root, '/Shoot/A001.mov');
    const clip = ppro.ClipProjectItem.cast(item!);
    const media = (await clip.getMedia()) as object;
    const markers = await ppro.Markers.getMarkers(clip);
    const zero = ppro.TickTime.createWithTicks('0');
    write(project, () => markers.createAddMarkerAction('Note', 'Comment', zero, zero, ''));
    return {
      xml: ppro.ProjectConverter?.exportAsFinalCutProXML !== undefined,
      aaf: ppro.ProjectConverter?.exportAAF !== undefined,
      start: 'start' in media,
      getStart: 'getStart' in media,
      guid: 'guid' in markers.getMarkers()[0]!,
    };
  };
  const not = { xml: false, aaf: false, start: false, getStart: false, guid: false };

  test.each([
    ['25.6', not],
    ['26.2', { ...not, xml: true }],
    ['26.3', { ...not, xml: true, aaf: true, start: true, guid: true }],
    ['26.5', { ...not, xml: true, aaf: true, getStart: true, guid: true }],
  ])('%s has what came with it', async (version, expected) => {
    expect(await has(version)).toEqual(expected);
  });

  test('its OTIO says what the sequence holds', async () => {
    const rate = RATES['25'];
    const cut = await uxpCutStage({
      rate,
      start: 90000,
      items: [{ file: '/Shoot/A003.mov', track: 'V1', recordIn: 10, duration: 50, sourceIn: 5 }],
    });
    const path = join(mkdtempSync(join(tmpdir(), 'baton-otio-')), 'cut.otio');
    await cut.editor.exportInterchange(cut.id, path);
    const timeline = JSON.parse(readFileSync(path, 'utf8')) as {
      global_start_time: unknown;
      tracks: { children: { children: Record<string, unknown>[] }[] };
    };
    expect(timeline.global_start_time).toMatchObject({ rate: 25, value: 90000 });
    expect(timeline.tracks.children[0]!.children).toMatchObject([
      { OTIO_SCHEMA: 'Gap.1', source_range: { duration: { value: 10 } } },
      { OTIO_SCHEMA: 'Clip.1', source_range: { start_time: { value: 5 }, duration: { value: 50 } } },
    ]);
  });
});
