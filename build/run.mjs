/**
 * Bundles one TypeScript file and runs it in a fresh Node: `node build/run.mjs bench/interchange.ts [arguments]`.
 * What a benchmark needs, since Node 20 runs no TypeScript.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  process.stderr.write('node build/run.mjs FILE.ts [arguments]\n');
  process.exit(2);
}
// Inside the project, so that packages are found from there.
const out = mkdtempSync(join(resolve('node_modules'), '.run-'));
let status = 1;
try {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve(entry),
      outDir: out,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'run.js' } },
    },
  });
  ({ status } = spawnSync(
    process.execPath,
    [
      '--expose-gc',
      ...(process.env.BATON_NODE_FLAGS ?? '').split(' ').filter(Boolean),
      join(out, 'run.js'),
      ...args,
    ],
    { stdio: 'inherit' },
  ));
} finally {
  rmSync(out, { recursive: true, force: true });
}
process.exit(status ?? 1);
