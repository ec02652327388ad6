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
import { openResolve, type WorkflowIntegration } from '../../host/resolve/workflow.ts';
import { CLIP_METHODS } from '../../host/standin/resolve/clip.ts';
import type { Answer } from '../../host/standin/resolve/handle.ts';
import { FOLDER_METHODS, POOL_METHODS } from '../../host/standin/resolve/pool.ts';
import {
  PROJECT_MANAGER_METHODS,
  PROJECT_METHODS,
  RESOLVE_METHODS,
} from '../../host/standin/resolve/project.ts';
import type { StandinResolve } from '../../host/standin/resolve/standin.ts';
import { TIMELINE_ITEM_METHODS, TIMELINE_METHODS } from '../../host/standin/resolve/timeline.ts';
import { planFor } from '../host/acceptance.ts';
import { mediaOf, shoot } from '../host/shoot.ts';
import { resolveStage } from './plugin-stage.ts';

const KINDS: Record<string, object> = {
  Resolve: RESOLVE_METHODS,
  ProjectManager: PROJECT_MANAGER_METHODS,
  Project: PROJECT_METHODS,
  MediaPool: POOL_METHODS,
  Folder: FOLDER_METHODS,
  MediaPoolItem: CLIP_METHODS,
  Timeline: TIMELINE_METHODS,
  TimelineItem: TIMELINE_ITEM_METHODS,
};

const HANDLE = Symbol('handle');

/** Objects as Resolve's module gives them: opaque, methods on the prototype only, a new one at every fetch. */
function natives(standin: StandinResolve, promises: boolean) {
  const give = (answer: Answer): unknown => {
    if (typeof answer !== 'object' || answer === null) return answer ?? undefined;
    if (Array.isArray(answer)) return answer.map(give);
    if (answer instanceof Map) return Object.fromEntries([...answer].map(([key, held]) => [key, give(held)]));
    return make(answer.handle);
  };
  const take = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(take);
    if (HANDLE in value) return { handle: value[HANDLE] };
    return value;
  };
  const make = (handle: string): object => {
    const prototype: Record<string, unknown> = {};
    for (const name of Object.keys(KINDS[handle.split(':')[0]!]!))
      if (standin.has(handle, name))
        Object.defineProperty(prototype, name, {
          enumerable: false,
          value(...args: unknown[]) {
            const answer = give(standin.call(handle, name, args.map(take)));
            return promises ? Promise.resolve(answer) : answer;
          },
        });
    return Object.create(prototype, { [HANDLE]: { value: handle, enumerable: false } }) as object;
  };
  const root = make('Resolve:');
  for (const name of ['EXPORT_EDL', 'EXPORT_NONE', 'EXPORT_OTIO'])
    Object.defineProperty(root, name, { value: standin.constant(name) });
  return root;
}

function workflow(root: object, promises: boolean, log: string[]): WorkflowIntegration {
  const said = (what: string, answer: unknown) => (log.push(what), answer);
  return {
    Initialize: (id) => said(`Initialize ${id}`, true),
    GetResolve: () => said('GetResolve', root),
    SetAPITimeout: (seconds) => said(`SetAPITimeout ${seconds > 0}`, true),
    ...(promises
      ? {
          InitializePromise: (id: string) => Promise.resolve(said(`InitializePromise ${id}`, true)),
          GetResolvePromise: () => Promise.resolve(said('GetResolvePromise', root)),
        }
      : {}),
  };
}

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
