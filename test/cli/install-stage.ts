/** Small packages and fake machines of three systems, for the tests of installing. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation, Machine } from '../../bridge/local/install/machine.ts';
import { PACKAGES } from '../../bridge/product.ts';
import { cepManifest, resolveManifest } from '../../build/manifests.ts';
import { zip } from '../../build/zip.ts';
import { tempFolder } from './baton.ts';

export const bytes = (text: string) => Buffer.from(text);

/** A folder of packages: small ones, with the manifests that the real ones have. */
export function packages(version = '0.1.0'): string {
  const folder = mkdtempSync(join(tempFolder(), 'packages-'));
  const put = (name: string, files: Record<string, string>) =>
    writeFileSync(
      join(folder, name),
      zip(Object.fromEntries(Object.entries(files).map(([each, text]) => [each, bytes(text)]))),
    );
  put(PACKAGES.cep, {
    'CSXS/manifest.xml': cepManifest(version),
    '.debug': '<ExtensionList />',
    'panel/index.html': version,
  });
  put(PACKAGES.uxp, { 'manifest.json': '{}' });
  put(PACKAGES.plugin, { 'manifest.xml': resolveManifest(version), 'main.js': '// main' });
  put(PACKAGES.scripts, { 'Baton Apply.lua': `-- Baton Apply: ${version}`, 'LICENSE.txt': 'MIT' });
  return folder;
}

export interface Fake extends Machine {
  ran: string[];
}

/** `flags`: CSXS versions whose debug flag is set already. */
export function fake(platform: NodeJS.Platform, flags: number[] = [], fails = false): Fake {
  const root = tempFolder();
  const ran: string[] = [];
  return {
    platform,
    root,
    home: join(root, 'Users', 'ada'),
    environment: {
      APPDATA: join(root, 'Users', 'ada', 'AppData', 'Roaming'),
      PROGRAMDATA: join(root, 'ProgramData'),
    },
    ran,
    run: async (program, args) => {
      const line = [program, ...args].join(' ');
      const asked = /CSXS\.(\d+)/.exec(line)?.[1];
      if (args[0] === 'read' || args[0] === 'query') {
        const set = flags.includes(Number(asked));
        const said = platform === 'win32' ? '    PlayerDebugMode    REG_SZ    1\r\n' : '1\n';
        return { code: set ? 0 : 1, stdout: set ? said : '' };
      }
      ran.push(line);
      return { code: fails ? 1 : 0, stdout: '' };
    },
  };
}

export async function carryOut(installation: Installation | Promise<Installation>): Promise<Installation> {
  const made = await installation;
  for (const action of made.actions) await action.run();
  return made;
}
