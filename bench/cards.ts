/**
 * 50,000 files of a real drive's shape: listed, and grouped into clips; beside what listing costs Node itself. Sidecars read anew and from
 * the cache. Run: npm run -s bench bench/cards.ts
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sidecarOf } from '../bridge/local/sidecars.ts';
import { walk } from '../bridge/local/walk.ts';
import { groupFiles } from '../manifest/cards/group/group.ts';
import { tallyOf, tallyText } from '../manifest/cards/group/tally.ts';
import { sonyXml } from '../test/fixtures/cards-drive.ts';
import { table } from './table.ts';

const CARDS = 100;
const CLIPS = 100;
const ROUNDS = 5;

const drive = mkdtempSync(join(tmpdir(), 'baton-bench-'));
for (let card = 0; card < CARDS; card++) {
  const root = join(drive, `CARD_${card}`, 'PRIVATE', 'M4ROOT');
  for (const folder of ['CLIP', 'SUB', 'THMBNL']) mkdirSync(join(root, folder), { recursive: true });
  for (let clip = 1; clip <= CLIPS; clip++) {
    const name = `C${String(clip).padStart(4, '0')}`;
    for (const file of [
      `CLIP/${name}.MP4`,
      `CLIP/${name}M01.XML`,
      `SUB/${name}S03.MP4`,
      `THMBNL/${name}T01.JPG`,
    ])
      writeFileSync(join(root, file), file);
  }
  const frames = join(drive, `CARD_${card}`, 'A001C001_230614_R1AB');
  mkdirSync(frames);
  for (let frame = 0; frame < 100; frame++)
    writeFileSync(join(frames, `A001C001_230614_R1AB.${String(frame).padStart(7, '0')}.ari`), '');
}

async function median(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const began = performance.now();
    await run();
    if (round > 0) times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[ROUNDS >> 1]!;
}

function listedSync(folder: string): number {
  let files = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files += listedSync(path);
    else files += statSync(path).isFile() ? 1 : 0;
  }
  return files;
}

const { files } = await walk(drive, new Set());
const text = sonyXml();
const rows = [
  ['readdirSync + statSync, the least Node can do', await median(() => listedSync(drive))],
  ['walk', await median(() => walk(drive, new Set()))],
  ['group into clips', await median(() => groupFiles(files))],
  [
    '1,000 Sony sidecars parsed',
    await median(() => Array.from({ length: 1000 }, () => sidecarOf(text, 'xml'))),
  ],
] as const;
process.stdout.write(`${tallyText(tallyOf([groupFiles(files)], 0))}\n`);
table(
  '50,000 files',
  ['step', 'ms'],
  rows.map(([name, ms]) => [name, ms.toFixed(0)]),
);
rmSync(drive, { recursive: true, force: true });
