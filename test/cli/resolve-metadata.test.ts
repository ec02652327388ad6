/** baton convert MANIFEST --to resolve-metadata: beside the manifest, never over what is there, and no log to the next scan. */
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { baton, batonJson, tempFolder } from './baton.ts';

const example = fileURLToPath(new URL('../../examples/handoff.json', import.meta.url));
interface Written {
  files: { path: string; format: string }[];
  losses: { what: string; format: string }[];
}

it('writes a row for each clip, says what it cannot hold, and is not read as a log afterwards', async () => {
  const folder = tempFolder();
  const manifest = join(folder, 'handoff.json');
  copyFileSync(example, manifest);
  const read = () => JSON.parse(readFileSync(manifest, 'utf8')) as Handoff;
  const before = read();

  const formats = 'resolve-metadata,ale';
  const { code, document } = await batonJson<Written>('convert', manifest, '--to', formats);
  expect(code).toBe(0);
  expect(document.files[0]).toEqual({
    path: join(folder, 'handoff_metadata.csv'),
    format: 'resolve-metadata',
  });
  const media = before.clips.filter(({ kind }) => kind !== 'document');
  const text = readFileSync(document.files[0]!.path, 'utf8');
  expect(text.trimEnd().split('\r\n')).toHaveLength(media.length + 1);
  expect(document.losses.map(({ what }) => what)).toContain('marker-place');

  const again = await batonJson<Written>('convert', manifest, '--to', 'resolve-metadata');
  expect(again.document.files[0]!.path).toBe(join(folder, 'handoff-2_metadata.csv'));

  expect((await baton('scan', folder)).code).toBe(0);
  const after = read();
  expect(after.log.entries.length).toBe(before.log.entries.length);
  expect(after.clips.map(({ id }) => id).sort()).toEqual(before.clips.map(({ id }) => id).sort());
  expect(readdirSync(folder)).toContain('handoff_metadata.csv');
});

it('is read as a log where a person names it', async () => {
  const folder = tempFolder();
  copyFileSync(example, join(folder, 'handoff.json'));
  await baton('convert', join(folder, 'handoff.json'), '--to', 'resolve-metadata');
  const { code, document } = await batonJson<{ sheets: { reader: string; rows: number }[] }>(
    'log',
    join(folder, 'handoff_metadata.csv'),
  );
  expect(code).toBe(0);
  expect(document.sheets).toEqual([expect.objectContaining({ reader: 'resolve-csv' })]);
});
