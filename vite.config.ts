/**
 * Three bundles from one tree: the panel (Chromium 88, one classic script), the code inside Premiere (ES3), the CLI (Node).
 * `vite build -m panel|host|cli`; build the panel first.
 */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { extendScript } from './build/extendscript.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Chromium refuses module scripts, and anything marked crossorigin, from file://, which is how CEP loads the panel. */
const classicScript: Plugin = {
  name: 'baton:classic-script',
  transformIndexHtml: (html) =>
    html
      .replace(/<script type="module" crossorigin/g, '<script defer')
      .replace(/(<link[^>]*) crossorigin/g, '$1'),
};

const targets: Record<string, UserConfig> = {
  panel: {
    root: at('./panel'),
    base: './',
    plugins: [react(), classicScript],
    build: {
      outDir: at('./dist/panel'),
      emptyOutDir: true,
      target: 'chrome88',
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: {
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
    build: {
      outDir: at('./dist/cli'),
      emptyOutDir: true,
      target: 'node20',
      ssr: at('./cli/main.ts'),
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'main.js', banner: '#!/usr/bin/env node' } },
    },
  },
};

export default defineConfig(({ mode }) => targets[mode] ?? targets['panel']!);
