/** The plugin's main process and its page, end to end without Electron: native objects, handles, the service, the panel's host. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPlan, countResults } from '../../bridge/apply.ts';
import { resolveAsk, resolvePlugin, type ResolvePage } from '../../bridge/hosts/resolve-plugin.ts';
import { loopbackDesk } from '../../bridge/loopback.ts';
import { resolveEditor } from '../../bridge/resolve/editor.ts';
import { nativeDoor } from '../../host/resolve/handles.ts';
import { pluginService } from '../../host/resolve/service.ts';
import { openResolve } from '../../host/resolve/workflow.ts';
import type { StandinResolve } from '../../host/standin/resolve/standin.ts';
import { planFor } from '../host/acceptance.ts';
import { mediaOf, shoot } from '../host/shoot.ts';
import { natives, workflow } from './natives.ts';
import { resolveStage } from './plugin-stage.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'baton-plugin-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['20.1 and later, in promises', true, '21.0'],
  ['before 20.1, at once', false, '19.1'],
])('Resolve %s', (_name, promises, version) => {
  const handoff = shoot(2);

  async function page(): Promise<{ page: ResolvePage; standin: StandinResolve; log: string[] }> {
    const { resolve: standin } = resolveStage({ media: mediaOf(handoff), version });
    const log: string[] = [];
    const root = await openResolve(workflow(natives(standin, promises), promises, log), 'id');
    const exists = (path: string) => Promise.resolve(standin.options.media(path) !== null);
    const editor = resolveEditor(nativeDoor({ resolve: root, exists }));
    const manifest = join(folder, 'handoff.json');
    writeFileSync(manifest, JSON.stringify(handoff));
    const service = pluginService({
      editor: () => Promise.resolve(editor),
      memory: join(folder, 'memory.json'),
      pick: () => Promise.resolve(manifest),
    });
    const calls: ResolvePage = { ...service, changed: () => () => undefined };
    return { page: calls, standin, log };
  }

  test('the timeout is set before anything is asked, and CleanUp is never called', async () => {
    const { log } = await page();
    expect(log).toEqual([
      promises ? 'InitializePromise id' : 'Initialize id',
      'SetAPITimeout true',
      promises ? 'GetResolvePromise' : 'GetResolve',
    ]);
  });

  test('a handoff goes in through the page, and planning again finds nothing', async () => {
    const { page: here, standin } = await page();
    (globalThis as { batonResolve?: ResolvePage }).batonResolve = here;
    try {
      expect(resolvePlugin.isHere()).toBe(true);
      const editor = await resolvePlugin.connect();
      expect(await editor.about()).toMatchObject({
        editor: 'resolve',
        adapter: 'workflow-integration',
        soundLast: true,
      });
      const made = await planFor(handoff, { editor });
      const receipt = await applyPlan(made, editor, { patience: [] });
      expect(countResults(receipt)).toMatchObject({ verified: made.steps.length });
      expect((await planFor(handoff, { editor })).steps).toEqual([]);
      expect(standin.state.project.settings['timelineFrameRate']).toBe('29.97 DF');
    } finally {
      delete (globalThis as { batonResolve?: ResolvePage }).batonResolve;
    }
  });

  test('the disk is reached for what a person chose and nothing else, and the last manifest is remembered', async () => {
    const { page: here } = await page();
    const desk = loopbackDesk(resolveAsk(here));
    const manifest = join(folder, 'handoff.json');
    await expect(desk.open(manifest)).rejects.toThrow('reaches only the folder');
    expect(await here.choose('manifest')).toBe(manifest);
    expect((await desk.open(manifest)).handoff?.clips).toHaveLength(handoff.clips.length);
    await expect(desk.open('/etc/handoff.json')).rejects.toThrow('reaches only the folder');
    expect(await here.manifest()).toBe(manifest);
    await expect(resolveAsk(here)('editor', 'nothing', [])).rejects.toThrow('no method "editor/nothing"');
  });
});

test('a handle of before a walk finds nothing instead of something else', async () => {
  const { resolve: standin } = resolveStage();
  const door = nativeDoor({ resolve: natives(standin, false), exists: () => Promise.resolve(false) });
  const keeper = await door.call(null, 'GetProjectManager', []);
  door.release();
  await expect(door.call(keeper as { handle: string }, 'GetCurrentProject', [])).rejects.toThrow(
    'was let go',
  );
});

test('where there is no Resolve the page says what to do, and the disk still answers', async () => {
  const service = pluginService({
    editor: () => Promise.reject(new Error('Resolve does not answer')),
    memory: join(folder, 'memory.json'),
    pick: () => Promise.resolve(null),
  });
  const ask = resolveAsk({ ...service, changed: () => () => undefined });
  await expect(ask('editor', 'about', [])).rejects.toThrow('Resolve does not answer');
  expect(await service.choose('folder')).toBeNull();
  expect(await service.manifest()).toBeNull();
});
