/**
 * 5,000 clips with 15,000 notes through Baton's scripts in real Lua 5.1, and in LuaJIT where this machine has one, with the stand-in
 * Resolve behind them: calls a clip, seconds and Lua's memory, brought in, run again, taken back. What grows is said beside a tenth.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lua } from 'wasmoon-lua5.1';
import { documentsIn } from '../bridge/local/resolve-answers.ts';
import { receiptRecord } from '../bridge/local/take-up.ts';
import { LUA_SCENE, luaDoor } from '../host/standin/resolve/lua.ts';
import { StandinResolve } from '../host/standin/resolve/standin.ts';
import { emptyState } from '../host/standin/resolve/state.ts';
import { readReceipt } from '../manifest/documents/schemas.ts';
import { jobText } from '../manifest/job.ts';
import { openInResolve, revertJob } from '../manifest/job/revert.ts';
import { plan } from '../manifest/plan.ts';
import { ROOTS, shoot } from './premiere-shoot.ts';
import { table } from './table.ts';

const SIZES = [500, 5_000];
const HOME = '/home/bench';

interface Phase {
  phase: string;
  calls: number;
  seconds: number;
  /** What Lua held at its end before collecting, in megabytes. */
  memory: number;
  left: string;
}

async function play(phase: string, script: string, job: string, standin: StandinResolve): Promise<Phase> {
  const lua = await Lua.create();
  try {
    const name = script === 'Baton Revert' ? 'revert' : 'job';
    lua.mountFile(`${HOME}/.baton/${name}.lua`, job);
    lua.ctx['__call'] = luaDoor(standin);
    lua.ctx['__env'] = { HOME };
    lua.doStringSync(LUA_SCENE);
    lua.ctx['__source'] = readFileSync(join('resolve-scripts', `${script}.lua`), 'utf8');
    const [calls, begun] = [standin.calls, performance.now()];
    const problem: unknown = lua.doStringSync('return __run(__source, "@script", true)');
    if (typeof problem === 'string' || standin.crashes.length > 0)
      throw new Error(`${String(problem)} ${standin.crashes[0]}`);
    const seconds = (performance.now() - begun) / 1000;
    const memory = Number(lua.doStringSync('return collectgarbage("count")')) / 1024;
    const left = [...standin.files.values()].at(-1) ?? '';
    return { phase, calls: standin.calls - calls, seconds, memory, left };
  } finally {
    lua.global.close();
  }
}

async function run(clips: number): Promise<Phase[]> {
  const handoff = shoot(clips);
  const standin = new StandinResolve({
    state: emptyState('21.1', false),
    media: () => ({ type: 'Video + Audio', fps: 23.976, frames: 240, start: 0 }),
  });
  const job = jobText(plan(handoff, null, { roots: ROOTS }), { handoff });
  const first = await play('bring in', 'Baton Apply', job, standin);
  const again = await play('bring in again', 'Baton Apply', job, standin);
  const receipt = readReceipt(documentsIn(first.left)[0])!;
  const wrong = receipt.steps.filter(({ result }) => result !== 'verified').length;
  if (wrong > 0) throw new Error(`${wrong} steps were not verified`);
  const home = { ...handoff, history: [receiptRecord(receipt)] };
  const back = revertJob(openInResolve(home), { which: 'last', imported: 'remove', snapshot: null })!;
  const text = jobText(back.plan, { handoff: home, project: back.project });
  return [first, again, await play('take back', 'Baton Revert', text, standin)];
}

const small = await run(SIZES[0]!);
const large = await run(SIZES[1]!);
const rows = large.map((phase, at) => [
  phase.phase,
  String(phase.calls),
  (phase.calls / SIZES[1]!).toFixed(1),
  (small[at]!.calls / SIZES[0]!).toFixed(1),
  phase.seconds.toFixed(1),
  phase.memory.toFixed(0),
]);
table(
  `${SIZES[1]} clips, Lua 5.1 in the sandbox of Free 21.1, the stand-in Resolve behind it`,
  ['', 'calls', 'a clip', `a clip of ${SIZES[0]}`, 'seconds', 'MB'],
  rows,
);
