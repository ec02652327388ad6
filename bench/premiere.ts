/**
 * A shoot of 10,000 clips with 30,000 notes through Premiere's wire and the stand-in behind it: read, planned, applied, planned again.
 * What grows is said per clip beside a shoot a tenth as large: calls must not grow faster than the shoot, nor what Premiere looks at.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { applyPlan, countResults } from '../bridge/apply.ts';
import { openStandin } from '../bridge/hosts/standin.ts';
import { plan } from '../manifest/plan.ts';
import { FACTS, ROOTS, shoot } from './premiere-shoot.ts';
import { table } from './table.ts';

const SIZES = [1_000, 10_000];

export interface Phase {
  phase: string;
  calls: number;
  /** Characters sent and answered in the largest call. */
  sent: number;
  answered: number;
  looks: number;
  seconds: number;
  /** Longest call, in milliseconds: how long Premiere's window stands still. */
  longest: number;
}

async function run(clips: number): Promise<{ phases: Phase[]; peak: number; done: number }> {
  const handoff = shoot(clips);
  const open = openStandin({ bundle: bundle(), media: () => FACTS });
  const phases: Phase[] = [];
  let now: Phase = { phase: '', calls: 0, sent: 0, answered: 0, looks: 0, seconds: 0, longest: 0 };
  const evalScript = open.premiere.evalScript.bind(open.premiere);
  open.premiere.evalScript = async (code) => {
    const start = performance.now();
    const answer = await evalScript(code);
    now.calls++;
    now.longest = Math.max(now.longest, performance.now() - start);
    now.sent = Math.max(now.sent, code.length);
    now.answered = Math.max(now.answered, answer.length);
    return answer;
  };
  const measured = async <T>(phase: string, work: () => Promise<T>): Promise<T> => {
    now = { phase, calls: 0, sent: 0, answered: 0, looks: -open.premiere.looks, seconds: 0, longest: 0 };
    const start = performance.now();
    const value = await work();
    now.seconds = (performance.now() - start) / 1000;
    now.looks += open.premiere.looks;
    phases.push(now);
    return value;
  };
  const planned = async () => plan(handoff, await open.editor.snapshot(), { roots: ROOTS });
  const first = await measured('read and plan', planned);
  let done = 0;
  for (const kind of new Set(first.steps.map((step) => step.kind))) {
    const steps = first.steps.filter((step) => step.kind === kind);
    const receipt = await measured(kind, () => applyPlan({ ...first, steps }, open.editor, { patience: [] }));
    done += countResults(receipt).verified;
  }
  const again = await measured('read and plan again', planned);
  if (done !== first.steps.length || again.steps.length > 0)
    throw new Error(`${done} of ${first.steps.length} steps were verified, ${again.steps.length} are left`);
  return { phases, peak: process.resourceUsage().maxRSS / 1024, done };
}

function bundle(): string {
  const path = join(process.env['BATON_DIST'] ?? 'dist', 'host', 'premiere.jsx');
  if (!existsSync(path)) throw new Error(`${path} is not there; build it first: npm run build`);
  return path;
}

const wanted = Number(process.argv[2] ?? 0);
if (wanted > 0) console.log(JSON.stringify(await run(wanted)));
else {
  const results = SIZES.map(
    (size) =>
      JSON.parse(
        execFileSync(process.execPath, [...process.execArgv, process.argv[1]!, String(size)], {
          maxBuffer: 1e8,
        }).toString(),
      ) as Awaited<ReturnType<typeof run>>,
  );
  for (const [at, { phases, peak, done }] of results.entries())
    table(
      `${SIZES[at]!} clips, ${3 * SIZES[at]!} markers, ${done} changes; ${peak.toFixed(0)} MiB at most`,
      ['phase', 'calls', 'looks per clip', 'KB sent', 'KB answered', 'longest ms', 'seconds'],
      phases.map((each) => [
        each.phase,
        String(each.calls),
        each.looks / SIZES[at]!,
        each.sent / 1024,
        each.answered / 1024,
        each.longest,
        each.seconds,
      ]),
    );
  const sum = (phases: Phase[], of: 'calls' | 'looks' | 'seconds') =>
    phases.reduce((total, phase) => total + phase[of], 0);
  const [small, large] = results.map(({ phases }) => phases) as [Phase[], Phase[]];
  const row = (name: string, of: 'calls' | 'looks' | 'seconds'): (string | number)[] => {
    const [a, b] = [sum(small, of) / SIZES[0]!, sum(large, of) / SIZES[1]!];
    return [name, a.toFixed(4), b.toFixed(4), `${(b / a).toFixed(2)}×`];
  };
  table(
    'per clip, in all',
    ['', String(SIZES[0]), String(SIZES[1]), 'growth'],
    [row('calls', 'calls'), row('looks', 'looks'), row('seconds', 'seconds')],
  );
}
