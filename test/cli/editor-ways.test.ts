/** What a person does with the stand-in beyond the whole way: sync map, the editor's own file of a cut, taking back what a cut uses. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../manifest/documents/plan.ts';
import { baton, batonJson, tempFolder } from './baton.ts';

const dir = join(tempFolder(), 'shoot');
const manifest = join(dir, 'handoff.json');
const project = join(dir, '.baton', 'standin-premiere.json');

beforeAll(async () => {
  await baton('demo', '--dir', dir);
});

describe('sync --map', () => {
  it('writes a sequence for each scene, over nothing, and lists what is in none', async () => {
    const file = join(dir, 'maps', 'day.xml');
    const { document } = await batonJson<{ map: { files: { path: string }[]; leftOut: { clip: string }[] } }>(
      'sync',
      manifest,
      '--map',
      file,
    );
    const names = readdirSync(join(dir, 'maps')).sort();
    expect(document.map.files.map(({ path }) => path).sort()).toEqual(
      names.map((name) => join(dir, 'maps', name)),
    );
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) expect(readFileSync(join(dir, 'maps', name), 'utf8')).toContain('<xmeml');
    expect(document.map.leftOut.map(({ clip }) => clip)).toEqual(['SOUND/SR001/SCENE_31_WT_01.wav']);
    const again = await baton('sync', manifest, '--map', file);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('was not written')]);
  });

  it('says what --unsynced may be', async () => {
    const { code, stderr } = await baton(
      'sync',
      manifest,
      '--map',
      join(dir, 'x.xml'),
      '--unsynced',
      'perhaps',
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining('marked or left-out')]);
    expect(existsSync(join(dir, 'x.xml'))).toBe(false);
  });
});

describe('cut --witness', () => {
  it("keeps the editor's own XML beside ours and records it", async () => {
    const { document } = await batonJson<{ files: unknown[]; witness: { path: string; hash: string } }>(
      'cut',
      manifest,
      '--sequence',
      project,
      '--as',
      'edl',
      '--witness',
    );
    expect(readFileSync(document.witness.path, 'utf8')).toContain('<xmeml version="4">');
    const { history } = JSON.parse(readFileSync(manifest, 'utf8')) as { history: Record<string, unknown>[] };
    expect(history.at(-1)).toMatchObject({ kind: 'cut-witness', files: [{ hash: document.witness.hash }] });
  });
});

describe('revert --imported remove', () => {
  it('keeps what the cut uses, says why, and takes the rest out', async () => {
    const args = ['revert', manifest, '--host', 'standin', '--imported', 'remove'];
    const { document } = await batonJson<Plan>(...args);
    const used = document.kept.filter(({ what }) => what === 'remove-item');
    expect(used.length).toBeGreaterThan(0);
    for (const { why } of used) expect(why).toContain('The sequence "Harbour Lights assembly" uses it');
    const done = await baton(...args, '--apply');
    expect(done.code, done.stdout).toBe(0);
    const { document: left } = await batonJson<{ steps: { kind: string; target: { path: string } }[] }>(
      'plan',
      manifest,
      '--project',
      project,
    );
    const missing = left.steps.filter(({ kind }) => kind === 'import').map(({ target }) => target.path);
    expect(missing.some((path) => used.some((one) => one.path === path))).toBe(false);
    expect(missing.length).toBe(document.steps.filter(({ kind }) => kind === 'remove-item').length);
  });
});
