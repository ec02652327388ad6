/**
 * 5,000 clips with 15,000 notes through Baton's scripts in real Lua 5.1, and in LuaJIT where this machine has one, with the stand-in
 * Resolve behind them: calls a clip, seconds and Lua's memory, brought in, run again, taken back. What grows is said beside a tenth.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
import { luaJitVersion, runLuaJit } from './luajit.ts';
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

/** Plays a script to its end in one kind of Lua; seconds and megabytes. Throws where it does not get there. */
type Play = (
  source: string,
  job: { name: string; text: string },
  standin: StandinResolve,
) => Promise<{ seconds: number; memory: number }>;

/** Seconds with the stand-in behind it, which is in one process with it. */
const inLua51: Play = async (source, job, standin) => {
  const lua = await Lua.create();
  try {
    lua.mountFile(`${HOME}/.baton/${job.name}`, job.text);
    lua.ctx['__call'] = luaDoor(standin);
    lua.ctx['__env'] = { HOME };
    lua.doStringSync(LUA_SCENE);
    lua.ctx['__source'] = source;
    const begun = performance.now();
    const problem: unknown = lua.doStringSync('return __run(__source, "@script", true)');
    if (typeof problem === 'string') throw new Error(problem);
    const seconds = (performance.now() - begun) / 1000;
    return { seconds, memory: Number(lua.doStringSync('return collectgarbage("count")')) / 1024 };
  } finally {
    lua.global.close();
  }
};

/** Seconds of LuaJIT's own. */
const inLuaJit: Play = async (source, job, standin) => {
  const home = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  try {
    mkdirSync(join(home, '.baton'));
    writeFileSync(join(home, '.baton', job.name), job.text);
    const played = await runLuaJit(source, { home, standin, sandboxed: true });
    if (played.problem !== null) throw new Error(played.problem);
    return played;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

async function phaseOf(
  phase: string,
  play: Play,
  script: string,
  text: string,
  standin: StandinResolve,
): Promise<Phase> {
  const name = script === 'Baton Revert' ? 'revert.lua' : 'job.lua';
  const source = readFileSync(join('resolve-scripts', `${script}.lua`), 'utf8');
  const calls = standin.calls;
  const took = await play(source, { name, text }, standin);
  if (standin.crashes.length > 0) throw new Error(standin.crashes[0]);
  const left = [...standin.files.values()].at(-1) ?? '';
  return { phase, calls: standin.calls - calls, ...took, left };
}

async function run(play: Play, clips: number): Promise<Phase[]> {
  const handoff = shoot(clips);
  const standin = new StandinResolve({
    state: emptyState('21.1', false),
    media: () => ({ type: 'Video + Audio', fps: 23.976, frames: 240, start: 0 }),
  });
  const job = jobText(plan(handoff, null, { roots: ROOTS, keywords: true }), { handoff });
  const first = await phaseOf('bring in', play, 'Baton Apply', job, standin);
  const again = await phaseOf('bring in again', play, 'Baton Apply', job, standin);
  const receipt = readReceipt(documentsIn(first.left)[0])!;
  const wrong = receipt.steps.filter(({ result }) => result !== 'verified').length;
  if (wrong > 0) throw new Error(`${wrong} steps were not verified`);
  const home = { ...handoff, history: [receiptRecord(receipt)] };
  const back = revertJob(openInResolve(home), { which: 'last', imported: 'remove', snapshot: null })!;
  const text = jobText(back.plan, { handoff: home, project: back.project });
  return [first, again, await phaseOf('take back', play, 'Baton Revert', text, standin)];
}

async function show(title: string, seconds: string, play: Play): Promise<void> {
  const small = await run(play, SIZES[0]!);
  const large = await run(play, SIZES[1]!);
  table(
    `${SIZES[1]} clips, ${title} in the sandbox of Free 21.1, the stand-in Resolve behind it`,
    ['', 'calls', 'a clip', `a clip of ${SIZES[0]}`, seconds, 'MB'],
    large.map((phase, at) => [
      phase.phase,
      String(phase.calls),
      (phase.calls / SIZES[1]!).toFixed(1),
      (small[at]!.calls / SIZES[0]!).toFixed(1),
      phase.seconds.toFixed(1),
      phase.memory.toFixed(0),
    ]),
  );
}

await show('Lua 5.1', 'seconds', inLua51);
const version = luaJitVersion();
if (version) await show(version, 'its own seconds', inLuaJit);
else console.log('\nskipped: Lua apply of the same plan under LuaJIT, because this machine has no luajit');
