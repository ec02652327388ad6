/**
 * `npm run package`: puts the built bundles into the packages each editor installs, in dist/. A package whose bundle was not
 * built is left out, and that is said.
 */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { PACKAGES } from '../bridge/product.ts';
import { iconPng } from './icon.ts';
import { cepDebug, cepManifest, resolveManifest, uxpManifest } from './manifests.ts';
import { notices } from './notices.ts';
import { zip, type Files } from './zip.ts';

const root = process.cwd();
/** The built bundles, and where the packages go. */
const [dist = join(root, 'dist'), out = dist] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

const bytes = (text: string) => new TextEncoder().encode(text);

/** Every file below a folder, under `prefix`; null where the bundle is not built. */
function built(folder: string, prefix: string): Files | null {
  if (!existsSync(folder)) return null;
  const files: Files = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue;
    const path = join(entry.parentPath, entry.name);
    files[prefix + relative(folder, path).split(sep).join('/')] = readFileSync(path);
  }
  return files;
}

/** Grey of the mark on a dark and on a light panel. */
const [ON_DARK, ON_LIGHT] = [0xc8, 0x46];
const icons = (): Files => ({
  'icons/baton-dark.png': iconPng(23, ON_DARK),
  'icons/baton-dark@2x.png': iconPng(46, ON_DARK),
  'icons/baton-light.png': iconPng(23, ON_LIGHT),
  'icons/baton-light@2x.png': iconPng(46, ON_LIGHT),
});

const papers = (): Files => ({
  'LICENSE.txt': readFileSync(join(root, 'LICENSE')),
  'THIRD-PARTY.txt': bytes(notices(root)),
});

function cep(): Files | null {
  const panel = built(join(dist, 'panel'), 'panel/');
  const host = built(join(dist, 'host'), 'host/');
  const desk = built(join(dist, 'desk'), 'desk/');
  if (!panel || !host || !desk) return null;
  const manifests = { 'CSXS/manifest.xml': bytes(cepManifest(version)), '.debug': bytes(cepDebug()) };
  return { ...manifests, ...panel, ...host, ...desk, ...icons(), ...papers() };
}

function uxp(): Files | null {
  const files = built(join(dist, 'uxp'), '');
  const main = files && ['index.html', 'main.js', 'index.js'].find((name) => name in files);
  if (!files || !main) return null;
  return { ...files, 'manifest.json': bytes(uxpManifest(version, main)), ...icons(), ...papers() };
}

/** Resolve lists a plugin by its folder, so the package holds the files alone and the installer makes the folder. */
function plugin(): Files | null {
  const files = built(join(dist, 'resolve'), '');
  if (!files || !('main.js' in files)) return null;
  const named = { name: 'baton', version, main: 'main.js', private: true };
  return {
    ...files,
    'manifest.xml': bytes(resolveManifest(version)),
    'package.json': bytes(`${JSON.stringify(named, null, 2)}\n`),
    ...papers(),
  };
}

function scripts(): Files {
  const from = join(root, 'resolve-scripts');
  const lua = readdirSync(from).filter((name) => name.endsWith('.lua'));
  const files = Object.fromEntries(lua.map((name) => [name, readFileSync(join(from, name))]));
  return { ...files, 'LICENSE.txt': readFileSync(join(root, 'LICENSE')) };
}

for (const [kind, files] of Object.entries({ cep, uxp, plugin, scripts })) {
  const name = PACKAGES[kind as keyof typeof PACKAGES];
  const made = files();
  if (!made) {
    process.stdout.write(`${name}: left out, its bundle is not built\n`);
    continue;
  }
  const whole = zip(made);
  writeFileSync(join(out, `.${name}.new`), whole);
  renameSync(join(out, `.${name}.new`), join(out, name));
  process.stdout.write(`${name}: ${Object.keys(made).length} files, ${Math.ceil(whole.length / 1024)} KB\n`);
}
