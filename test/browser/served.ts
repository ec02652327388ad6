/** `baton serve` as a person runs it: the built command in a process of its own, until its line with the address appears. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Served {
  url: string;
  /** Ctrl-C; the exit code. */
  stop(): Promise<number | null>;
}

/** `BATON_DIST` names another build than `dist/`. */
const DIST = process.env['BATON_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
const MAIN = join(DIST, 'cli', 'main.js');

/** Rejects with what the command said where it ends before it serves. */
export function serve(args: string[], cwd: string): Promise<Served> {
  const child = spawn(process.execPath, [MAIN, 'serve', ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let [said, warned] = ['', ''];
    child.stderr.on('data', (text: Buffer) => (warned += text.toString()));
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(said)?.[0];
      if (url) resolve({ url, stop: () => stop(child) });
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`baton serve ended with ${code}: ${warned || said}`)));
  });
}

/** The example shoot, made and served in a folder of its own, which goes once it is stopped. */
export async function serveDemo(): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-served-'));
  const { url, stop: end } = await serve(['--demo', '--dir', join(folder, 'demo')], folder);
  return {
    url,
    async stop() {
      const code = await end();
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

function stop(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve(child.exitCode);
    child.once('exit', (code) => resolve(code));
    child.kill('SIGINT');
  });
}
