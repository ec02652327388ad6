/** Runs the built `baton` as a person would, and reads what it said. */
import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** `BATON_DIST` names another build than `dist/`. */
const dist = process.env['BATON_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
export const BATON = join(dist, 'cli', 'main.js');

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export function baton(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [BATON, ...args], { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr });
    });
  });
}

/** With --json: the one document, which must be all there is on stdout. */
export async function batonJson<Document>(
  ...args: string[]
): Promise<{ code: number; document: Document; stderr: string }> {
  const { code, stdout, stderr } = await baton(...args, '--json');
  return { code, document: JSON.parse(stdout) as Document, stderr };
}

/** A running baton, to be watched and killed. */
export function startBaton(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [BATON, ...args]);
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the tests of this file. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-test-'));
  folders.push(folder);
  return folder;
}
