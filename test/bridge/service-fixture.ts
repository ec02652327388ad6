/** A running service over a recording desk and editor, in a folder of its own, for the tests of who may reach what. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostError } from '../../bridge/call.ts';
import type { Editor } from '../../bridge/contract.ts';
import type { Desk } from '../../bridge/desk.ts';
import { startService, type Service, type ServiceOptions } from '../../bridge/local/service.ts';

export interface ServiceFixture {
  /** Holds `panel/`, `shoot/handoff.json` (served), `shoot-2/`, and `secret.json`, which `shoot/link.json` leads to. */
  base: string;
  manifest: string;
  service: Service;
  options: ServiceOptions;
  /** Every question that reached the desk or the editor. */
  asked: unknown[][];
  /** How often the editor's state was saved. */
  saves(): number;
  end(): Promise<void>;
}

function recordingDesk(asked: unknown[][]): Desk {
  return {
    open: (path) => {
      asked.push(['open', path]);
      return Promise.resolve({ path, handoff: null, issues: [], roots: {}, facts: {}, files: {} });
    },
    keep: (path, receipt) => {
      asked.push(['keep', path, receipt.id]);
      return Promise.resolve();
    },
    settle: (path, receipt) => {
      asked.push(['settle', path, receipt]);
      return Promise.resolve({ revision: 7 });
    },
    record: (path, record) => {
      asked.push(['record', path, record]);
      return Promise.resolve({ revision: 7 });
    },
    edit: (path, edits) => {
      asked.push(['edit', path, edits]);
      return Promise.resolve({ revision: 2, undo: [] });
    },
    writeCut: (path, request) => {
      asked.push(['writeCut', path, request]);
      return Promise.resolve({ files: [], losses: [], refused: [] });
    },
  };
}

function recordingEditor(asked: unknown[][]): Editor {
  return {
    about: () => Promise.reject(new HostError('not-open', 'about', 'no project is open')),
    apply: (steps: { id: string }[]) =>
      Promise.resolve(steps.map(({ id }) => ({ id, result: 'verified' as const }))),
    sequences: () => Promise.reject(new TypeError('a fault of our own')),
    exportInterchange: (sequence: string, path: string) => {
      asked.push(['exportInterchange', sequence, path]);
      return Promise.resolve({ path, format: 'otio' as const });
    },
  } as unknown as Editor;
}

async function fillFolder(base: string): Promise<{ panel: string; manifest: string }> {
  const panel = join(base, 'panel');
  const folder = join(base, 'shoot');
  const manifest = join(folder, 'handoff.json');
  for (const each of [panel, folder, join(base, 'shoot-2')]) await mkdir(each);
  await writeFile(join(base, 'secret.json'), 'secret');
  await writeFile(join(panel, 'index.html'), '<!doctype html><html><head></head><body>panel</body></html>');
  await writeFile(join(panel, 'panel.js'), '/* panel */');
  await writeFile(manifest, '{}');
  await symlink(join(base, 'secret.json'), join(folder, 'link.json'));
  await symlink(join(base, 'nowhere'), join(folder, 'dangling'));
  return { panel, manifest };
}

export async function startFixture(): Promise<ServiceFixture> {
  const base = await mkdtemp(join(tmpdir(), 'baton-service-'));
  const { panel, manifest } = await fillFolder(base);
  const asked: unknown[][] = [];
  let saves = 0;
  const options: ServiceOptions = {
    panel,
    manifests: [manifest],
    desk: recordingDesk(asked),
    editor: recordingEditor(asked),
    afterApply: () => {
      saves++;
      return Promise.resolve();
    },
    mostBytes: 4096,
  };
  const service = await startService(options);
  const end = async () => {
    await service.close();
    await rm(base, { recursive: true, force: true });
  };
  return { base, manifest, service, options, asked, saves: () => saves, end };
}
