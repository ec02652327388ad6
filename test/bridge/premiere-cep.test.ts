/** Inside a CEP panel Baton finds Premiere, loads its code by a path of any shape, and speaks through it. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HOSTS } from '../../bridge/hosts/index.ts';
import { extensionRoot, loadingCode, premiereCep } from '../../bridge/hosts/premiere-cep.ts';
import { mkdtempSync, mkdirSync, copyFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StandinPremiere } from '../../host/standin/premiere/premiere.ts';
import { BUNDLE } from './premiere-stage.ts';

afterEach(() => vi.unstubAllGlobals());

function cep(root: string, premiere = new StandinPremiere({ media: () => null })) {
  vi.stubGlobal('__adobe_cep__', {
    getSystemPath: () => root,
    evalScript: (code: string, answer: (text: string) => void) => void premiere.evalScript(code).then(answer),
  });
}

describe('the panel in Premiere', () => {
  test('is in the list, and is here only where CEP is', () => {
    expect(HOSTS.map(({ id }) => id)).toContain('premiere-cep');
    expect(premiereCep.isHere()).toBe(false);
    cep('/x');
    expect(premiereCep.isHere()).toBe(true);
  });

  test('loads its code from a folder with spaces, accents and per cent signs, and connects', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baton-cep-'));
    const root = join(folder, "Bâton 100% %41 'x'");
    mkdirSync(join(root, 'host'), { recursive: true });
    copyFileSync(BUNDLE, join(root, 'host', 'premiere.jsx'));
    cep(decodeURI(pathToFileURL(root).href).replace(/%/g, '%25'));
    const about = await (await premiereCep.connect()).about();
    expect(about).toMatchObject({ editor: 'premiere', adapter: 'cep' });
    rmSync(folder, { recursive: true });
  });

  test('says so where its code is missing, and where there is no Premiere', async () => {
    await expect(premiereCep.connect()).rejects.toMatchObject({ code: 'not-open' });
    cep('/nowhere');
    await expect(premiereCep.connect()).rejects.toMatchObject({
      code: 'unknown-method',
      message: expect.stringContaining('/nowhere/host/premiere.jsx'),
    });
  });

  test.each([
    ['file:///C:/Program%20Files/Baton', 'C:/Program Files/Baton'],
    ['file:///Users/me/Baton', '/Users/me/Baton'],
    ['file://server/share/Baton', '//server/share/Baton'],
    ['C:/Baton 100%', 'C:/Baton 100%'],
    ['/Users/me/B', '/Users/me/B'],
  ])('%s is the folder %s', (url, root) => {
    expect(extensionRoot(url)).toBe(root);
  });

  test('the loading code is a literal of any path', () => {
    expect(loadingCode('/a "b" 50%')).toBe(
      '$.evalFile(new File("/a \\"b\\" 50%25/host/premiere.jsx")); typeof $.baton',
    );
  });
});
