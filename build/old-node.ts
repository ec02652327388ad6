/**
 * For the desk's bundle, which runs in the Node of an editor's panel: built-in modules are asked for without `node:`, which
 * old Nodes do not know, and what they lack comes from bridge/local/cep/.
 */
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const ours = (name: string) => fileURLToPath(new URL(`../bridge/local/cep/${name}.ts`, import.meta.url));

const STANDINS: Record<string, string> = {
  'node:worker_threads': ours('no-threads'),
  'node:diagnostics_channel': ours('children'),
  'node:buffer': ours('plain-buffer'),
  'node:module': ours('hash-wasm'),
};

/** Programs that npm brings for this machine only; the desk looks for those on PATH. */
const LEFT_OUT = ['@ffmpeg-installer/ffmpeg', '@ffprobe-installer/ffprobe'];

export const oldNode: Plugin = {
  name: 'baton:old-node',
  enforce: 'pre',
  // Carried as a text, for a thread: there are none here.
  load: (id) => (id.endsWith('/hash/worker.cjs?raw') ? "export default ''" : null),
  resolveId(source) {
    if (source in STANDINS) return STANDINS[source];
    if (isBuiltin(source)) return { id: source.replace(/^node:/, ''), external: true };
    return LEFT_OUT.includes(source) ? { id: source, external: true } : null;
  },
};
