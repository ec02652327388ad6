/** What changes behind the panel's back is said, once, and one press reads it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HostError } from '../../bridge/call.ts';
import { glance } from '../../bridge/local/glance.ts';
import { check, checkInParts } from '../../manifest/check.ts';
import { breather } from '../../panel/breathe.ts';
import { COMMANDS } from '../../panel/commands/index.ts';
import { ABOUT, memoryDesk, memoryEditor, smallHandoff, world } from './fixture.ts';

function watched() {
  const desk = memoryDesk();
  desk.glance = () => {
    const { revision } = desk.handoff;
    return Promise.resolve({ stamp: `at ${revision}`, revision, writable: true });
  };
  return desk;
}

describe('a look', () => {
  it('says who is ahead when the manifest was written by another, until it is read', async () => {
    const desk = watched();
    const { store, runner } = world({ desk });
    await runner.run('refresh');
    await runner.look('manifest');
    expect(store.get().changedSince).toBe('');
    desk.handoff = { ...desk.handoff, revision: 12 };
    await runner.look('manifest');
    expect(store.get().changedSince).toContain('revision 12');
    await runner.run('refresh');
    expect(store.get().changedSince).toBe('');
    expect(store.get().opened!.handoff!.revision).toBe(12);
  });

  it("takes the panel's own writing for what it is", async () => {
    const { store, runner } = world({ desk: watched() });
    await runner.run('refresh');
    await runner.run('apply');
    await runner.look('all');
    expect(store.get()).toMatchObject({ changedSince: '', failure: null });
  });

  it('says that another project is open, or none', async () => {
    const editor = memoryEditor();
    const { store, runner } = world({ editor });
    await runner.run('refresh');
    editor.about = () => Promise.resolve({ ...ABOUT, project: { id: 'p2', name: 'Reshoots' } });
    await runner.look('manifest');
    expect(store.get().changedSince).toBe('');
    await runner.look('all');
    expect(store.get().changedSince).toContain('Reshoots');
    await runner.run('refresh');
    editor.closed = true;
    editor.about = () => Promise.reject(new HostError('not-open', 'about', 'No project is open.'));
    await runner.look('all');
    expect(store.get().changedSince).toContain('closed');
  });

  it('fails in silence where the service is gone', async () => {
    const desk = watched();
    const { store, runner } = world({ desk });
    await runner.run('refresh');
    desk.glance = () => Promise.reject(new HostError('not-open', 'glance', 'gone'));
    await runner.look('all');
    expect(store.get()).toMatchObject({ changedSince: '', failure: null });
  });
});

describe('a handoff that cannot be written here', () => {
  it('is shown, and neither changed nor imported from', async () => {
    const desk = watched();
    const plain = desk.glance!;
    desk.glance = async (path) => ({ ...(await plain(path))!, writable: false });
    const { store, runner, editor } = world({ desk });
    await runner.run('refresh');
    await runner.run('apply');
    expect(editor.calls).toEqual([]);
    expect(store.get().said).toBe('The handoff cannot be written here');
    store.change((state) => {
      state.canScan = true;
    });
    for (const writes of ['edit', 'scan', 'export-cut'] as const)
      expect(COMMANDS.find(({ id }) => id === writes)!.when(store.get()), writes).toBe(
        'The handoff cannot be written here',
      );
    expect(store.get().plan!.steps.length).toBeGreaterThan(0);
  });
});

describe('a glance at the disk', () => {
  it('tells the revision and every write, without reading the whole file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-glance-'));
    const path = join(folder, 'handoff.json');
    expect(await glance(path)).toBeNull();
    await writeFile(path, `{"kind":"handoff","version":1,"revision": 12,"x":"${'y'.repeat(9000)}"}`);
    const first = (await glance(path))!;
    expect(first).toMatchObject({ revision: 12, writable: true });
    expect(await glance(path)).toEqual(first);
    await writeFile(path, 'not JSON');
    expect((await glance(path))!.revision).toBeNull();
    expect((await glance(path))!.stamp).not.toBe(first.stamp);
    await rm(folder, { recursive: true });
  });
});

describe('long work', () => {
  it('in parts finds what it finds in one', () => {
    const handoff = smallHandoff();
    const parts = [...checkInParts(handoff, {})];
    expect(parts.length).toBeGreaterThan(10);
    const checking = checkInParts(handoff, {});
    let part = checking.next();
    while (!part.done) part = checking.next();
    expect(part.value).toEqual(check(handoff, {}));
  });

  it('gives the page its turn after a turn’s work, and not before', async () => {
    let clock = 0;
    const breathe = breather(() => clock);
    const drawn: string[] = [];
    setTimeout(() => drawn.push('page'));
    await breathe();
    expect(drawn).toEqual([]);
    clock = 100;
    await breathe();
    expect(drawn).toEqual(['page']);
  });
});
