/**
 * The bundles, from one tree: the panel (Chromium 88, classic scripts), the code inside Premiere (ES3), the CLI (Node) with its workers
 * beside it, the desk (CEP's Node), and the plugins for UXP and Resolve with the panel in them. `vite build -m
 * panel|host|cli|worker|desk|uxp|resolve|preload`: the panel before uxp and resolve, preload after resolve.
 */
import { chmodSync, cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { extendScript } from './build/extendscript.ts';
import { oldNode } from './build/old-node.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Chromium refuses module scripts, and anything marked crossorigin, from file://, which is how CEP loads the panel. */
const classicScript: Plugin = {
  name: 'baton:classic-script',
  transformIndexHtml: (html) =>
    html
      .replace(/<script type="module" crossorigin/g, '<script defer')
      .replace(/(<link[^>]*) crossorigin/g, '$1'),
};

/** UXP loads local files only, so the panel lies inside the plugin; the plugin's own page is plain HTML. */
const aroundPlugin: Plugin = {
  name: 'baton:around-plugin',
  writeBundle({ dir }) {
    cpSync(at('./bridge/uxp/index.html'), `${dir}/index.html`);
    cpSync(process.env['BATON_PANEL'] ?? at('./dist/panel'), `${dir}/panel`, { recursive: true });
  },
};

/** The panel's page and its files lie beside the plugin's main process, which loads them from disk. */
const besidePlugin: Plugin = {
  name: 'baton:beside-plugin',
  writeBundle({ dir }) {
    cpSync(process.env['BATON_PANEL'] ?? at('./dist/panel'), dir!, { recursive: true });
  },
};

/** `npx baton` runs the file itself, through a link, and whoever installed it did so before there was one to mark. */
const runnable: Plugin = {
  name: 'baton:runnable',
  writeBundle({ dir }) {
    chmodSync(`${dir}/main.js`, 0o755);
  },
};

/** Resolve brings Electron; the others are programs that npm brings for this machine only, looked for on PATH elsewhere. */
const NOT_SHIPPED = ['electron', '@ffmpeg-installer/ffmpeg', '@ffprobe-installer/ffprobe'];

const targets: Record<string, UserConfig> = {
  panel: {
    root: at('./panel'),
    base: './',
    plugins: [react(), classicScript],
    // Beside panel.js, where `baton serve` and an extension's folder have everything.
    worker: { format: 'iife', rolldownOptions: { output: { entryFileNames: 'work.js' } } },
    build: {
      outDir: at('./dist/panel'),
      emptyOutDir: true,
      target: 'chrome88',
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: {
        // These rooms do nothing when they are loaded: a schema that nobody asks here is left out.
        treeshake: { moduleSideEffects: [{ test: /\/(manifest|bridge)\//, sideEffects: false }] },
        output: { format: 'iife', entryFileNames: 'panel.js', assetFileNames: 'panel.[ext]' },
      },
    },
  },
  host: {
    plugins: [extendScript],
    build: {
      outDir: at('./dist/host'),
      emptyOutDir: true,
      target: 'es2015',
      minify: false,
      rolldownOptions: {
        input: at('./host/premiere/main.ts'),
        checks: { eval: false },
        output: { format: 'iife', entryFileNames: 'premiere.jsx' },
      },
    },
  },
  cli: {
    plugins: [runnable],
    build: {
      outDir: at('./dist/cli'),
      // The worker lies there too.
      emptyOutDir: false,
      target: 'node20',
      ssr: at('./cli/main.ts'),
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'main.js', banner: '#!/usr/bin/env node' } },
    },
  },
  desk: {
    plugins: [oldNode],
    ssr: { noExternal: true },
    build: {
      outDir: at('./dist/desk'),
      emptyOutDir: true,
      target: 'es2021',
      ssr: at('./bridge/local/cep/desk.ts'),
      minify: true,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'desk.cjs', codeSplitting: false } },
    },
  },
  worker: {
    build: {
      outDir: at('./dist/cli'),
      emptyOutDir: false,
      target: 'node20',
      ssr: true,
      minify: false,
      rolldownOptions: {
        input: {
          'probe-worker': at('./bridge/local/probe/worker.ts'),
          'listen-worker': at('./bridge/local/listen/worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'workers-[name].js' },
      },
    },
  },
  // In a folder of its own there are no packages to look in: all that is asked for at run time lies beside main.js.
  resolve: {
    plugins: [besidePlugin],
    ssr: { noExternal: true, external: NOT_SHIPPED },
    build: {
      outDir: at('./dist/resolve'),
      emptyOutDir: true,
      target: 'node22',
      ssr: true,
      minify: false,
      rolldownOptions: {
        input: {
          main: at('./host/resolve/main.ts'),
          'probe-worker': at('./bridge/local/probe/worker.ts'),
          'listen-worker': at('./bridge/local/listen/worker.ts'),
          'hash-wasm': at('./host/resolve/hash-wasm.ts'),
        },
        external: NOT_SHIPPED,
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'main-[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('./dist/resolve'),
      emptyOutDir: false,
      target: 'chrome136',
      ssr: at('./host/resolve/preload.ts'),
      minify: false,
      rolldownOptions: {
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'preload.js', codeSplitting: false },
      },
    },
  },
  uxp: {
    plugins: [aroundPlugin],
    build: {
      outDir: at('./dist/uxp'),
      emptyOutDir: true,
      target: 'es2021',
      rolldownOptions: {
        input: at('./bridge/uxp/start.ts'),
        output: { format: 'iife', entryFileNames: 'main.js' },
      },
    },
  },
};

export default defineConfig(({ command, mode }) => {
  // What ships is the same whoever builds it: a NODE_ENV of the shell, or of the test runner, would put React's development build in.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return targets[mode] ?? targets['panel']!;
});
