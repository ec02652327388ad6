/** Taking an import back with the built `baton`, through the ES3 code inside the stand-in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { baton, batonJson, tempFolder } from './baton.ts';

const dir = join(tempFolder(), 'shoot');
const manifest = join(dir, 'handoff.json');
const project = join(dir, '.baton', 'standin-premiere.json');
const onProject = [manifest, '--host', 'standin', '--project', project];
const history = () => (JSON.parse(readFileSync(manifest, 'utf8')) as Handoff).history;

interface Node {
  kind: string;
  name: string;
  children?: Node[];
}
const binsOf = () => {
  const { root } = JSON.parse(readFileSync(project, 'utf8')) as { root: Node };
  return root.children!.filter((child) => child.kind === 'bin').map((child) => child.name);
};

beforeAll(async () => {
  await baton('demo', '--dir', dir);
});

describe('revert', () => {
  it('shows first and writes nothing', async () => {
    const [before, recorded] = [readFileSync(project, 'utf8'), history().length];
    const { code, document } = await batonJson<Plan>('revert', ...onProject);
    expect(code).toBe(0);
    expect(document.reverts).toHaveLength(1);
    expect(document.counts['remove-marker']).toBeGreaterThan(0);
    expect(document.counts['remove-bin']).toBeGreaterThan(0);
    expect(readFileSync(project, 'utf8')).toBe(before);
    expect(history()).toHaveLength(recorded);
  });

  it('takes everything back, reads it back, and leaves a receipt', async () => {
    const { code, document } = await batonJson<Receipt>('revert', ...onProject, '--apply');
    expect(code).toBe(0);
    expect(new Set(document.steps.map((step) => step.result))).toEqual(new Set(['verified']));
    expect(binsOf()).toEqual(['_Reverted']);
    expect(history().pop()!.kind).toBe('revert');
  });

  it('has nothing left to take back then, and says so', async () => {
    const { code, stderr } = await baton('revert', ...onProject);
    expect(code).toBe(2);
    expect(stderr).toContain('no import into this project');
  });

  it('lets the import be made again: items are found, not imported twice', async () => {
    const { document } = await batonJson<Plan>('plan', manifest, '--project', project);
    expect(document.counts['import']).toBe(0);
    const { code } = await batonJson<Receipt>('apply', ...onProject);
    expect(code).toBe(0);
    expect((await batonJson<Plan>('plan', manifest, '--project', project)).document.steps).toEqual([]);
  });

  it('removes what it imported where a person says so, and leaves the media', async () => {
    const fresh = join(dir, '.baton', 'fresh.json');
    await baton('apply', manifest, '--host', 'standin', '--project', fresh);
    const { code } = await baton(
      'revert',
      manifest,
      '--host',
      'standin',
      '--project',
      fresh,
      '--imported',
      'remove',
      '--receipt',
      'all',
      '--apply',
    );
    expect(code).toBe(0);
    const { root } = JSON.parse(readFileSync(fresh, 'utf8')) as { root: Node };
    expect(root.children).toEqual([]);
    const { document } = await batonJson<Plan>('plan', manifest);
    expect(document.blocked).toEqual([]);
  });

  it('says which receipts there are where it is asked for another', async () => {
    const { code, stderr } = await baton('revert', ...onProject, '--receipt', 'receipt-x');
    expect(code).toBe(2);
    expect(stderr).toContain('there is receipt-');
  });
});
