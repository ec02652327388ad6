/**
 * FINAL_RAW from the drive to a plan: makes the drive of 1,200 files (in the folder named, else in one that is gone afterwards), and runs the built
 * `baton` over it as a person would. Needs `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FAULTS, writeFinalRaw } from '../test/fixtures/final-raw.ts';
import { FOLDER } from '../test/bridge/probe-files.ts';
import { table } from './table.ts';

const BATON = join(process.env['BATON_DIST'] ?? resolve('dist'), 'cli', 'main.js');
const given = process.argv[2];
const top = given === undefined ? mkdtempSync(join(tmpdir(), 'baton-final-raw-')) : resolve(given);
const folder = given === undefined ? join(top, 'FINAL_RAW') : top;
mkdirSync(folder, { recursive: true });
if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);

const began = performance.now();
const drive = writeFinalRaw(folder);
const rows: [string, number][] = [['make the drive', performance.now() - began]];
const manifest = join(folder, 'handoff.json');
const run = (name: string, ...args: string[]) => {
  const start = performance.now();
  try {
    execFileSync(process.execPath, [BATON, ...args], { stdio: 'ignore' });
  } catch (error) {
    // 1: done, and something needs a person.
    if ((error as { status?: number }).status !== 1) throw error;
  }
  rows.push([name, performance.now() - start]);
};
run('baton scan', 'scan', folder);
run('baton check', 'check', manifest);
run('baton sync', 'sync', manifest);
run('baton plan', 'plan', manifest);
run('baton scan again', 'scan', folder);
run('baton scan --duplicates', 'scan', folder, '--duplicates');

const all = rows.slice(1, 5).reduce((sum, [, each]) => sum + each, 0);
table(
  `FINAL_RAW: ${drive.files} files, ${drive.copies} of them copies, ${drive.withoutTimecode} of ${drive.recordings} recordings without timecode`,
  ['step', 'ms'],
  [...rows, ['scan, check, sync and plan (to be under 60,000)', all]],
);
const planted = new Map<string, number>();
for (const { fault } of drive.ledger) planted.set(fault, (planted.get(fault) ?? 0) + 1);
table(
  `${drive.ledger.length} faults planted; test/cli/final-raw.test.ts finds each and nothing else`,
  ['fault', 'code', 'times'],
  [...planted].map(([fault, count]) => [fault, FAULTS[fault as keyof typeof FAULTS], String(count)]),
);
if (given === undefined) rmSync(top, { recursive: true, force: true });
rmSync(FOLDER, { recursive: true, force: true });
