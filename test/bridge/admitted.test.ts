/** The desk for manifests that are opened one after the other, on drives that come and go. */
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { admitted, noEditor } from '../../bridge/local/admitted.ts';
import { startFixture, type ServiceFixture } from './service-fixture.ts';

let fixture: ServiceFixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.end());

const opened = (known: ReturnType<typeof admitted>, path: string) =>
  known.methods().then((methods) => methods.get('desk/open')!([path]));

test('a manifest is reached once it is admitted, and nothing beside its folder', async () => {
  const known = admitted({ ...fixture.options, editor: noEditor });
  const other = join(fixture.base, 'day-2', 'handoff.json');
  mkdirSync(join(fixture.base, 'day-2'));
  known.add(fixture.manifest);
  await expect(opened(known, fixture.manifest)).resolves.toBeDefined();
  await expect(opened(known, other)).rejects.toMatchObject({ code: 'outside-folder' });
  known.add(other);
  expect([known.has(other), known.isAway(other)]).toEqual([true, false]);
  await expect(opened(known, other)).resolves.toBeDefined();
});

test('a drive that is away takes its own manifest only, and is there again when it is connected', async () => {
  const [drive, unplugged] = [join(fixture.base, 'drive'), join(fixture.base, 'unplugged')];
  const away = join(drive, 'handoff.json');
  const known = admitted({ ...fixture.options, editor: noEditor }, [fixture.manifest, away]);
  await expect(opened(known, away)).rejects.toMatchObject({ code: 'outside-folder' });
  await expect(opened(known, fixture.manifest)).resolves.toBeDefined();
  expect([known.isAway(away), known.isAway(fixture.manifest)]).toEqual([true, false]);
  mkdirSync(unplugged);
  renameSync(unplugged, drive);
  await expect(opened(known, away)).resolves.toBeDefined();
  expect(known.isAway(away)).toBe(false);
});

test('an editor that is asked elsewhere refuses whatever it is asked here', async () => {
  const known = admitted({ ...fixture.options, editor: noEditor }, [fixture.manifest]);
  await expect((await known.methods()).get('editor/snapshot')!([])).rejects.toMatchObject({
    code: 'not-open',
  });
});
