/** Resolve runs LuaJIT, not Lua 5.1: the same script and job under a `luajit` of this machine, where there is one. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { luaJitVersion, runLuaJit } from '../../bench/luajit.ts';
import { documentsIn } from '../../bridge/local/resolve-answers.ts';
import { receiptRecord } from '../../bridge/local/take-up.ts';
import { cutTimeline } from '../../host/standin/resolve/edit.ts';
import type { StandinResolve } from '../../host/standin/resolve/standin.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { readReceipt } from '../../manifest/documents/schemas.ts';
import { jobText } from '../../manifest/job.ts';
import { openInResolve, revertJob } from '../../manifest/job/revert.ts';
import {
  EDITIONS,
  ODD_NAME,
  SCRIPT,
  scriptText,
  SHOTS,
  clipsIn,
  handoffOf,
  planOf,
  shown,
  standinOf,
  step,
  wholePlan,
} from './stage.ts';

const there = luaJitVersion() !== null;
if (!there) console.log('skipped: no luajit on this machine, so the script ran under Lua 5.1 only');

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'baton-luajit-'));
  mkdirSync(join(home, '.baton'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function play(
  standin: StandinResolve,
  job: string,
  sandboxed: boolean,
  source = SCRIPT,
  name = 'job.lua',
): Promise<void> {
  writeFileSync(join(home, '.baton', name), job);
  expect(await runLuaJit(source, { home, standin, sandboxed })).toMatchObject({ problem: null });
  expect(standin.crashes).toEqual([]);
}

test.skipIf(!there).each(EDITIONS)(
  'under LuaJIT, Resolve $name ends as under Lua 5.1, twice',
  async (edition) => {
    const standin = standinOf(edition);
    const job = jobText(wholePlan(), { handoff: handoffOf(SHOTS) });
    await play(standin, job, edition.sandboxed);
    const written = standin.writeCount;
    await play(standin, job, edition.sandboxed);
    expect(standin.writeCount).toBe(written);
    expect(clipsIn(standin.state)).toHaveLength(SHOTS.length);
    expect(shown(standin.state)[0]).toContain('22 of 22 steps done');
    if (edition.sandboxed) return;
    const receipt = JSON.parse(readFileSync(join(home, '.baton', 'job.receipt.json'), 'utf8')) as Receipt;
    expect(receipt.steps.map((each) => each.result)).toEqual(receipt.steps.map(() => 'verified'));
  },
);

test.skipIf(!there)('under LuaJIT, 20,000 steps load and are told one by one', async () => {
  const steps = Array.from({ length: 20_000 }, (_, n) =>
    step(`s${n}`, {
      kind: 'set-metadata',
      target: { clip: `c${n}`, path: `day/${n}.mov`, file: `/media/day/${n}.mov` },
      after: { metadata: { scene: `${n}`, take: `t${n}`, note: `note ${n} ${ODD_NAME}` } },
    }),
  );
  const standin = standinOf(EDITIONS[3]!);
  await play(standin, jobText(planOf(steps), { handoff: handoffOf(SHOTS) }), false);
  expect(shown(standin.state)[0]).toContain('0 of 20000 steps done, 20000 skipped');
});

test.skipIf(!there).each(EDITIONS)('under LuaJIT, Resolve $name reads its timeline', async (edition) => {
  const standin = standinOf(edition);
  await play(standin, jobText(wholePlan(), { handoff: handoffOf(SHOTS) }), edition.sandboxed);
  cutTimeline(standin.state, 'Reel 1', [
    { file: '/media/day1/A001C001.mov', track: 'V1', at: 0, duration: 24 },
  ]);
  await play(standin, '', edition.sandboxed, scriptText('Baton Read Timeline'));
  expect(shown(standin.state)[0]).toBe('Baton: 1 of 1 timelines read');
});

test.skipIf(!there)('under LuaJIT, what was brought in is taken back', async () => {
  const edition = EDITIONS.find(({ sandboxed }) => sandboxed)!;
  const standin = standinOf(edition);
  const handoff = handoffOf(SHOTS);
  await play(standin, jobText(wholePlan(), { handoff }), true);
  const receipt = readReceipt(documentsIn([...standin.files.values()].at(-1)!)[0])!;
  const known = { ...handoff, history: [receiptRecord(receipt)] };
  const back = revertJob(openInResolve(known), { which: 'last', imported: 'remove', snapshot: null })!;
  const job = jobText(back.plan, { handoff: known, project: back.project });
  await play(standin, job, true, scriptText('Baton Revert'), 'revert.lua');
  expect(clipsIn(standin.state)).toEqual([]);
  expect(shown(standin.state)[0]).toMatch(/taken back: (\d+) of \1 steps done$/);
});

test.skipIf(!there)('under LuaJIT, a script that dies says what of', async () => {
  const run = await runLuaJit('error("on purpose")', {
    home,
    standin: standinOf(EDITIONS[3]!),
    sandboxed: true,
  });
  expect(run.problem).toContain('on purpose');
});
