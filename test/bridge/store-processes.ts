/** Starts store-child.ts in real processes: bundled once per test file, because Node 20 does not read TypeScript. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll } from 'vitest';

const home = mkdtempSync(join(tmpdir(), 'baton-store-'));
const running = new Set<ChildProcessWithoutNullStreams>();

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

/** A fresh folder, removed after the test file. */
export function folder(): string {
  const made = join(home, Math.random().toString(36).slice(2));
  mkdirSync(made);
  return made;
}

let script: Promise<string> | undefined;

function childScript(): Promise<string> {
  script ??= build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('store-child.ts', import.meta.url)),
      outDir: join(home, 'bin'),
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'store-child.mjs' } },
    },
  }).then(() => join(home, 'bin', 'store-child.mjs'));
  return script;
}

export interface Child {
  pid: number;
  /** Everything said so far. */
  lines: string[];
  /** The first line that begins so; fails with all that was said if the child ends without it. */
  line(start: string): Promise<string>;
  kill(): void;
  /** Resolves when the process is gone; its exit code, null if it was killed. */
  gone: Promise<number | null>;
}

export async function start(words: string[], as: { uid?: number; gid?: number } = {}): Promise<Child> {
  const path = await childScript();
  const child = spawn(process.execPath, [path, ...words], { ...as, cwd: home });
  running.add(child);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => waiting.forEach((look) => look());
  let rest = '';
  const hear = (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop()!;
    lines.push(...parts);
    wake();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  let ended = false;
  const gone = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      running.delete(child);
      ended = true;
      resolve(code);
      wake();
    });
  });
  const line = (begin: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = lines.find((said) => said.startsWith(begin));
        if (found === undefined && !ended) return;
        waiting.delete(look);
        if (found === undefined)
          reject(new Error(`"${begin}" was never said, but:\n${lines.join('\n')}\n${rest}`));
        else resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { pid: child.pid!, lines, line, kill: () => void child.kill('SIGKILL'), gone };
}

/** Starts every racer, lets them go at once, and waits for all. */
export async function race(path: string, racers: string[][]): Promise<Child[]> {
  const children = await Promise.all(racers.map((words) => start(words)));
  await Promise.all(children.map((child) => child.line('ready')));
  writeFileSync(`${path}.go`, '');
  await Promise.all(children.map((child) => child.gone));
  return children;
}
