/**
 * A shoot of 10,000 clips with 30,000 notes through Premiere's UXP and the stand-in behind it: read, planned, applied, planned again.
 * Said beside a shoot a tenth as large: questions to Premiere must not grow faster than the shoot, and undo entries not at all with each clip.
 */
import { execFileSync } from 'node:child_process';
import { applyPlan, countResults } from '../bridge/apply.ts';
import { openStandinUxp } from '../bridge/hosts/standin-uxp.ts';
import { plan } from '../manifest/plan.ts';
import { FACTS, ROOTS, shoot } from './premiere-shoot.ts';
import { table } from './table.ts';

const SIZES = [1_000, 10_000];

interface Phase {
  phase: string;
  transactions: number;
  /** Questions, each a promise. */
  asked: number;
  seconds: number;
}

async function run(clips: number): Promise<{ phases: Phase[]; peak: number; done: number }> {
  const handoff = shoot(clips);
  const { editor, premiere } = openStandinUxp({ version: '26.5', media: () => FACTS });
  const phases: Phase[] = [];
  const measured = async <T>(phase: string, work: () => Promise<T>): Promise<T> => {
    const [asked, before, start] = [premiere.asked, premiere.history.length, performance.now()];
    const value = await work();
    const seconds = (performance.now() - start) / 1000;
    phases.push({
      phase,
      transactions: premiere.history.length - before,
      asked: premiere.asked - asked,
      seconds,
    });
    return value;
  };
  const planned = async () => plan(handoff, await editor.snapshot(), { roots: ROOTS });
  const first = await measured('read and plan', planned);
  let done = 0;
  for (const kind of new Set(first.steps.map((step) => step.kind))) {
    const steps = first.steps.filter((step) => step.kind === kind);
    const receipt = await measured(kind, () => applyPlan({ ...first, steps }, editor, { patience: [] }));
    done += countResults(receipt).verified;
  }
  const again = await measured('read and plan again', planned);
  if (done !== first.steps.length || again.steps.length > 0)
    throw new Error(`${done} of ${first.steps.length} steps were verified, ${again.steps.length} are left`);
  return { phases, peak: process.resourceUsage().maxRSS / 1024, done };
}

const wanted = Number(process.argv[2] ?? 0);
if (wanted > 0) console.log(JSON.stringify(await run(wanted)));
else
  for (const size of SIZES) {
    const command = [...process.execArgv, process.argv[1]!, String(size)];
    const answer = execFileSync(process.execPath, command, { maxBuffer: 1e8 }).toString();
    const { phases, peak, done } = JSON.parse(answer) as Awaited<ReturnType<typeof run>>;
    table(
      `${size} clips, ${3 * size} markers, ${done} changes; ${peak.toFixed(0)} MiB at most`,
      ['phase', 'undo entries', 'asked', 'asked per clip', 'seconds'],
      phases.map((each) => [
        each.phase,
        String(each.transactions),
        String(each.asked),
        each.asked / size,
        each.seconds,
      ]),
    );
  }
