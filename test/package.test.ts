/** The packages hold what their manifests name, one version, nothing of this machine, and come out the same each time. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { XmlDocument } from 'libxml2-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CEP_BUNDLE, CEP_PANEL, PACKAGES, RESOLVE_PLUGIN, UXP_PLUGIN } from '../bridge/product.ts';
import { SERVE_PORTS } from '../bridge/service-file.ts';
import { resolveManifest, uxpManifest } from '../build/manifests.ts';
import { pack, unpack } from './packaged.ts';

const out = mkdtempSync(join(tmpdir(), 'baton-packages-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

type Kind = keyof typeof PACKAGES;
const KINDS = Object.keys(PACKAGES) as Kind[];
/** Largest each may be, zipped. */
const BUDGET_KB: Record<Kind, number> = { cep: 1000, uxp: 900, plugin: 1200, scripts: 80 };

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8');

let said = '';
beforeAll(() => {
  said = pack(out);
}, 60_000);

/** The text of one element or attribute of an XML file. */
function xml(bytes: Uint8Array | undefined) {
  const document = XmlDocument.fromString(text(bytes));
  return (path: string) => document.find(path).map((node) => node.content);
}

describe('the CEP package', () => {
  it('has a manifest for every Premiere from 22 on, with Node in the panel', () => {
    const files = unpack(out, 'cep')!;
    const at = xml(files['CSXS/manifest.xml']);
    expect(at('/ExtensionManifest/@ExtensionBundleId')).toEqual([CEP_BUNDLE]);
    expect(at('//Host/@Name')).toEqual(['PPRO']);
    expect(at('//Host/@Version')).toEqual(['[22.0,99.9]']);
    expect(at('//RequiredRuntime/@Version')).toEqual(['11.0']);
    expect(at('//CEFCommandLine/Parameter')).toEqual(['--enable-nodejs', '--mixed-context']);
    expect(at('//MinSize/Width').concat(at('//MinSize/Height'))).toEqual(['230', '200']);
    expect(new Set([...at('//@ExtensionBundleVersion'), ...at('//Extension/@Version')])).toEqual(
      new Set([version]),
    );
    expect(new Set(at('//Extension/@Id'))).toEqual(new Set([CEP_PANEL]));
    expect(xml(files['.debug'])('//Extension/@Id')).toEqual([CEP_PANEL]);
  });

  it('has every file that its manifest, its page and the panel name', () => {
    const files = unpack(out, 'cep')!;
    const at = xml(files['CSXS/manifest.xml']);
    const named = [...at('//MainPath'), ...at('//Icon')].map((path) => path.replace('./', ''));
    const page = text(files['panel/index.html']);
    const linked = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map((match) => `panel/${match[1]}`);
    expect(linked.length).toBeGreaterThan(1);
    for (const name of [...named, ...linked, 'host/premiere.jsx', 'desk/desk.cjs'])
      expect([name, name in files]).toEqual([name, true]);
  });

  it('its icons are pictures of 23 pixels, and of twice that', () => {
    const files = unpack(out, 'cep')!;
    for (const [name, pixels] of [
      ['icons/baton-dark.png', 23],
      ['icons/baton-light@2x.png', 46],
    ] as const) {
      const png = Buffer.from(files[name]!);
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([pixels, pixels]);
      const at = png.indexOf('IDAT');
      const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
      expect(rows.length).toBe(pixels * (1 + 2 * pixels));
      // The mark is drawn, and does not fill the square.
      const covered = rows.filter((byte, place) => (place % (1 + 2 * pixels)) % 2 === 0 && byte > 127).length;
      expect(covered / pixels ** 2).toBeGreaterThan(0.1);
      expect(covered / pixels ** 2).toBeLessThan(0.5);
    }
  });
});

describe('the UXP package', () => {
  it('its manifest is version 5, for one host, with the smallest panel 230 by 200', () => {
    const manifest = JSON.parse(uxpManifest(version, 'index.html')) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      manifestVersion: 5,
      id: UXP_PLUGIN,
      version,
      host: { app: 'premierepro', minVersion: '25.6.0' },
      entrypoints: [{ type: 'panel', minimumSize: { width: 230, height: 200 } }],
      requiredPermissions: {
        localFileSystem: 'fullAccess',
        clipboard: 'readAndWrite',
        network: { domains: ['http://127.0.0.1', ...SERVE_PORTS.map((port) => `http://127.0.0.1:${port}`)] },
        webview: { allow: 'yes', allowLocalRendering: 'yes', enableMessageBridge: 'localOnly' },
      },
    });
  });

  it('has every file that its manifest names', () => {
    const files = unpack(out, 'uxp');
    if (!files) return expect(said).toContain(`${PACKAGES.uxp}: left out`);
    const manifest = JSON.parse(text(files['manifest.json'])) as {
      main: string;
      version: string;
      entrypoints: { icons: { path: string }[] }[];
    };
    expect(manifest.version).toBe(version);
    const icons = manifest.entrypoints.flatMap((each) => each.icons.map((icon) => icon.path));
    const page = text(files[manifest.main]);
    const linked = [...page.matchAll(/\ssrc="(?:plugin:\/|\.\/)?\/?([^":]+)"/g)].map((match) => match[1]!);
    expect(linked).not.toEqual([]);
    for (const name of [manifest.main, ...icons, ...linked, 'panel/index.html'])
      expect([name, name in files]).toEqual([name, true]);
  });
});

describe('the Resolve packages', () => {
  it('the plugin’s manifest has exactly the five fields that Resolve reads', () => {
    const at = xml(Buffer.from(resolveManifest(version)));
    const fields = XmlDocument.fromString(resolveManifest(version)).find('/BlackmagicDesign/Plugin/*');
    expect(fields.map((each) => (each as unknown as { name: string }).name)).toEqual([
      'Id',
      'Name',
      'Version',
      'Description',
      'FilePath',
    ]);
    expect([at('//Id'), at('//Version'), at('//FilePath')]).toEqual([
      [RESOLVE_PLUGIN],
      [version],
      ['main.js'],
    ]);
  });

  it('the plugin has its main script, and neither Electron nor Resolve’s own module', () => {
    const files = unpack(out, 'plugin');
    if (!files) return expect(said).toContain(`${PACKAGES.plugin}: left out`);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['manifest.xml', 'main.js', 'preload.js']));
    expect(Object.keys(files).filter((name) => name.endsWith('.node'))).toEqual([]);
  });

  it('the scripts are there, as text', () => {
    const files = unpack(out, 'scripts')!;
    const scripts = Object.keys(files).filter((name) => name.endsWith('.lua'));
    expect(scripts).toContain('Baton Apply.lua');
    // baton install knows its own by this.
    for (const name of scripts) expect(text(files[name])).toMatch(/^-- Baton /);
  });
});

describe.each(KINDS)('%s', (kind) => {
  it('holds nothing of this machine: no path, no source map, no node_modules', () => {
    const files = unpack(out, kind) ?? {};
    const places = [root.replace(/\/$/, ''), homedir(), tmpdir()].filter((place) => place.length > 4);
    for (const [name, bytes] of Object.entries(files)) {
      expect(name).not.toMatch(/\.map$|node_modules|^\/|\.\./);
      if (name.endsWith('.png')) continue;
      // A home called /root is no part of roots.json.
      const found = places.filter((place) =>
        text(bytes)
          .replaceAll('\\', '/')
          .includes(`${place.replaceAll('\\', '/')}/`),
      );
      expect([name, found]).toEqual([name, []]);
      expect([name, /sourceMappingURL=/.test(text(bytes))]).toEqual([name, false]);
    }
  });

  it('stays within its size', () => {
    const path = join(out, PACKAGES[kind]);
    if (!existsSync(path)) return expect(said).toContain(`${PACKAGES[kind]}: left out`);
    expect(readFileSync(path).length / 1024).toBeLessThan(BUDGET_KB[kind]);
  });
});

it('packing again, another day and in another zone, gives the same bytes', () => {
  const again = mkdtempSync(join(tmpdir(), 'baton-packages-'));
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Pacific/Auckland';
  pack(again);
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
  for (const name of Object.values(PACKAGES))
    if (existsSync(join(out, name)))
      expect([name, readFileSync(join(again, name)).equals(readFileSync(join(out, name)))]).toEqual([
        name,
        true,
      ]);
  rmSync(again, { recursive: true, force: true });
});

it('the licence of every bundled package is in it', () => {
  const papers = text(unpack(out, 'cep')!['THIRD-PARTY.txt']);
  for (const name of ['react', 'react-dom', 'react-aria-components', 'zod', 'saxes', 'fflate'])
    expect(papers).toMatch(new RegExp(`^${name} \\d+\\.`, 'm'));
});
