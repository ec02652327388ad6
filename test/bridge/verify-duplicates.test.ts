import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifyCopies } from '../../bridge/local/verify.ts';
import { handoff } from '../fixtures/handoff.ts';
import { batonJson, tempFolder } from '../cli/baton.ts';

it('a proof names the files that turned out to be the same; links and empty files are none', async () => {
  const folder = tempFolder();
  const files = { 'a.mov': 'take', 'b.mov': 'take', 'c.mov': 'kate', 'd.mov': '', 'e.mov': '' };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  linkSync(join(folder, 'c.mov'), join(folder, 'f.mov'));
  const manifest = join(folder, 'handoff.json');
  writeFileSync(manifest, JSON.stringify(handoff([])));
  const copy = join(tempFolder(), 'COPY');
  mkdirSync(copy);
  for (const [name, text] of Object.entries({ ...files, 'f.mov': 'kate' }))
    writeFileSync(join(copy, name), text);
  const { duplicates } = await verifyCopies({
    manifest,
    handoff: handoff([]),
    roots: { media: folder },
    copies: [{ name: 'COPY', root: 'media', folder: copy }],
    algorithm: 'xxh64',
    write: false,
    fresh: true,
    tool: { name: 'Baton', version: '0' },
  });
  expect(duplicates.map(({ place, paths, algorithm }) => [place, algorithm, ...paths])).toEqual([
    ['media', 'xxh64', 'a.mov', 'b.mov'],
    ['COPY', 'xxh64', 'a.mov', 'b.mov'],
    ['COPY', 'xxh64', 'c.mov', 'f.mov'],
  ]);
});

it('baton check tells what came against what a list expects, and a later file', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'A001'));
  writeFileSync(join(folder, 'A001', 'a.mov'), 'x');
  const entry = (name: string) => `<hash><file>A001/${name}</file><size>1</size></hash>`;
  writeFileSync(
    join(folder, 'A001.mhl'),
    `<hashlist version="1.1">${entry('a.mov')}${entry('b.mov')}</hashlist>`,
  );
  await batonJson('scan', folder);
  writeFileSync(join(folder, 'A001', 'later.mov'), 'y');
  const { code, document } = await batonJson<{
    issues: { code: string; clips: string[] }[];
    received: Record<string, unknown>;
  }>('check', join(folder, 'handoff.json'));
  const told = document.issues.filter((issue) => issue.code.startsWith('received'));
  expect(told.map((issue) => [issue.code, ...issue.clips])).toEqual([
    ['received-missing', 'A001/b.mov'],
    ['received-new', 'A001/later.mov'],
  ]);
  expect(code).toBe(1);
  expect(document.received).toMatchObject({ present: 1, missing: 1, extra: 1, duplicate: 0, substituted: 0 });
});
