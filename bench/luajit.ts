/**
 * The machine's own LuaJIT, which is what Resolve runs, with the stand-in Resolve at the other end of its pipes: each call to the editor
 * is three lines out and one line in.
 */
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LUA_SCENE, luaDoor } from '../host/standin/resolve/lua.ts';
import type { StandinResolve } from '../host/standin/resolve/standin.ts';

/** What it calls itself; null where this machine has none. */
export function luaJitVersion(): string | null {
  const { status, stdout } = spawnSync('luajit', ['-v'], { encoding: 'utf8' });
  return status === 0 ? (/LuaJIT \S+/.exec(stdout)?.[0] ?? 'LuaJIT') : null;
}

export interface LuaJitRun {
  /** What the script died of, or LuaJIT said; null where it came to its end. */
  problem: string | null;
  /** What Lua held at the end before collecting, in megabytes. */
  memory: number;
  /** Seconds of the processor that LuaJIT itself took, pipes included and the stand-in not. */
  seconds: number;
}

const WIRE = `
local stdin, stdout = io.stdin, io.stdout
__call = function(handle, method, args)
  stdout:write(handle, "\\n", method, "\\n", args, "\\n")
  stdout:flush()
  return stdin:read("*l")
end
`;
/** No handle is called so. */
const END = '-end';

/** Runs a script's text with `home` as the person's own folder: its `.baton` must be there, with the job in it. */
export async function runLuaJit(
  source: string,
  { home, standin, sandboxed }: { home: string; standin: StandinResolve; sandboxed: boolean },
): Promise<LuaJitRun> {
  const text = (value: string) => JSON.stringify(value);
  const [script, scene] = [join(home, 'script.lua'), join(home, 'scene.lua')];
  writeFileSync(script, source);
  writeFileSync(
    scene,
    `${WIRE}__env = { HOME = ${text(home)} }\n${LUA_SCENE}
    local problem = __run(io.open(${text(script)}, "rb"):read("*a"), "@script.lua", ${sandboxed})
    stdout:write("${END}\\n", collectgarbage("count"), "\\n", os.clock(), "\\n")
    stdout:flush()
    if problem then error(problem, 0) end`,
  );
  const child = spawn('luajit', [scene], { stdio: ['pipe', 'pipe', 'pipe'] });
  const door = luaDoor(standin);
  let [said, rest, words] = ['', '', [] as string[]];
  const run: LuaJitRun = { problem: null, memory: 0, seconds: 0 };
  child.stderr.setEncoding('utf8').on('data', (part: string) => (said += part));
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    const lines = (rest + part).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      words.push(line);
      if (words.length < 3) continue;
      const [handle, method, args] = words as [string, string, string];
      words = [];
      if (handle === END) [run.memory, run.seconds] = [Number(method) / 1024, Number(args)];
      else child.stdin.write(`${door(handle, method, args)}\n`);
    }
  });
  // A LuaJIT that died closes its end while an answer is on the way; what it died of is on stderr.
  child.stdin.on('error', () => undefined);
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', done);
  });
  if (code !== 0 || said !== '') run.problem = said.trim() || `it ended with ${code}`;
  return run;
}
