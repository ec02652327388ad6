/** Installing, on fake machines of all three systems: the right folders, the right flags, whole or not at all, and nobody else’s files touched. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execFile } from 'node:child_process';
import { InstallRefused, type Installation, type Machine } from '../../bridge/local/install/machine.ts';
import { installCep, installUxp, uninstallCep, uninstallUxp } from '../../bridge/local/install/premiere.ts';
import {
  installPlugin,
  installScripts,
  uninstallPlugin,
  uninstallScripts,
} from '../../bridge/local/install/resolve.ts';
import { PACKAGES } from '../../bridge/product.ts';
import { cepManifest, resolveManifest } from '../../build/manifests.ts';
import { zip } from '../../build/zip.ts';
import { BATON, tempFolder } from './baton.ts';

const bytes = (text: string) => Buffer.from(text);

/** A folder of packages: small ones, with the manifests that the real ones have. */
function packages(version = '0.1.0'): string {
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

interface Fake extends Machine {
  ran: string[];
}

/** `flags`: CSXS versions whose debug flag is set already. */
function fake(platform: NodeJS.Platform, flags: number[] = [], fails = false): Fake {
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

async function carryOut(installation: Installation | Promise<Installation>): Promise<Installation> {
  const made = await installation;
  for (const action of made.actions) await action.run();
  return made;
}

const CEP_AT: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Users/ada/Library/Application Support/Adobe/CEP/extensions/baton.handoff.cep',
  win32: 'Users/ada/AppData/Roaming/Adobe/CEP/extensions/baton.handoff.cep',
};

describe.each(['darwin', 'win32'] as const)('the CEP panel on %s', (platform) => {
  const folderOf = (machine: Machine) => join(machine.root, CEP_AT[platform]!);

  it('goes whole into the user’s own extensions folder, with the flag of CEP 11 and 12', async () => {
    const machine = fake(platform);
    await carryOut(installCep(machine, packages()));
    const folder = folderOf(machine);
    expect(readFileSync(join(folder, 'CSXS/manifest.xml'), 'utf8')).toBe(cepManifest('0.1.0'));
    expect(existsSync(join(folder, '.debug'))).toBe(true);
    expect(readdirSync(dirname(folder))).toEqual(['baton.handoff.cep']);
    expect(machine.ran).toEqual(
      platform === 'darwin'
        ? [11, 12].map((csxs) => `defaults write com.adobe.CSXS.${csxs} PlayerDebugMode -string 1`)
        : [11, 12].map(
            (csxs) => `reg add HKCU\\Software\\Adobe\\CSXS.${csxs} /v PlayerDebugMode /t REG_SZ /d 1 /f`,
          ),
    );
  });

  it('a flag that is set is not set again', async () => {
    const machine = fake(platform, [11, 12]);
    expect((await carryOut(installCep(machine, packages()))).actions).toHaveLength(1);
    expect(machine.ran).toEqual([]);
  });

  it('a newer one takes the place of an older, and no file of the older stays', async () => {
    const machine = fake(platform, [11, 12]);
    await carryOut(installCep(machine, packages('0.1.0')));
    writeFileSync(join(folderOf(machine), 'panel/old.js'), '');
    const again = await carryOut(installCep(machine, packages('0.2.0')));
    expect(again.actions[0]!.what).toContain('over 0.1.0');
    expect(readFileSync(join(folderOf(machine), 'panel/index.html'), 'utf8')).toBe('0.2.0');
    expect(existsSync(join(folderOf(machine), 'panel/old.js'))).toBe(false);
    expect(readdirSync(dirname(folderOf(machine)))).toEqual(['baton.handoff.cep']);
  });

  it('a folder of that name that is not Baton’s is neither replaced nor removed', async () => {
    const machine = fake(platform);
    mkdirSync(join(folderOf(machine), 'CSXS'), { recursive: true });
    const manifest = cepManifest('1.0.0').replaceAll('baton.handoff.cep', 'other.panel');
    writeFileSync(join(folderOf(machine), 'CSXS/manifest.xml'), manifest);
    await expect(installCep(machine, packages())).rejects.toThrow(/is not Baton's/);
    await expect(uninstallCep(machine)).rejects.toThrow(/left alone/);
    expect(readFileSync(join(folderOf(machine), 'CSXS/manifest.xml'), 'utf8')).toBe(manifest);
    expect(machine.ran).toEqual([]);
  });

  it('a link is left alone, and so is what it leads to', async () => {
    const machine = fake(platform);
    const elsewhere = join(machine.root, 'checkout');
    mkdirSync(join(elsewhere, 'CSXS'), { recursive: true });
    writeFileSync(join(elsewhere, 'CSXS/manifest.xml'), cepManifest('0.1.0'));
    mkdirSync(dirname(folderOf(machine)), { recursive: true });
    symlinkSync(elsewhere, folderOf(machine));
    await expect(installCep(machine, packages())).rejects.toThrow(/it is a link/);
    await expect(uninstallCep(machine)).rejects.toThrow(/it is a link/);
    expect(existsSync(join(elsewhere, 'CSXS/manifest.xml'))).toBe(true);
  });

  it('is taken out whole; the flag stays, for other panels', async () => {
    const machine = fake(platform, [11, 12]);
    const other = join(dirname(folderOf(machine)), 'other.panel');
    mkdirSync(other, { recursive: true });
    await carryOut(installCep(machine, packages()));
    const { needs } = await carryOut(uninstallCep(machine));
    expect(readdirSync(dirname(folderOf(machine)))).toEqual(['other.panel']);
    expect(needs.join()).toContain('PlayerDebugMode is left');
    expect(machine.ran).toEqual([]);
    expect((await uninstallCep(machine)).needs).toEqual(['Nothing of Baton is installed there.']);
  });

  it('planning alone writes nothing and runs nothing', async () => {
    const machine = fake(platform);
    expect((await installCep(machine, packages())).actions).toHaveLength(3);
    expect(readdirSync(machine.root)).toEqual([]);
    expect(machine.ran).toEqual([]);
  });

  it('a flag that cannot be set is said with the line to type', async () => {
    await expect(carryOut(installCep(fake(platform, [], true), packages()))).rejects.toThrow(
      /PlayerDebugMode.*Run it by hand/,
    );
  });

  it('the .ccx is opened with the system’s own opener', async () => {
    const machine = fake(platform);
    const from = packages();
    const { needs } = await carryOut(installUxp(machine, from));
    expect(machine.ran).toEqual([
      `${platform === 'darwin' ? 'open' : 'explorer'} ${join(from, PACKAGES.uxp)}`,
    ]);
    expect(needs.join()).toContain('UXP Plugins');
    expect(uninstallUxp().needs.join()).toContain('Manage plugins');
  });
});

const MODULE: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Library/Application Support/Blackmagic Design/DaVinci Resolve',
  win32: 'ProgramData/Blackmagic Design/DaVinci Resolve/Support',
};

describe.each(['darwin', 'win32'] as const)('the Resolve plugin on %s', (platform) => {
  const inResolve = (machine: Machine, ...rest: string[]) => join(machine.root, MODULE[platform]!, ...rest);
  const giveModule = (machine: Machine) => {
    const sample = inResolve(machine, 'Developer/Workflow Integrations/Examples/SamplePlugin');
    mkdirSync(sample, { recursive: true });
    writeFileSync(join(sample, 'WorkflowIntegration.node'), 'native');
  };

  it('takes WorkflowIntegration.node from the user’s own Resolve', async () => {
    const machine = fake(platform);
    giveModule(machine);
    await carryOut(installPlugin(machine, packages()));
    const folder = inResolve(machine, 'Workflow Integration Plugins/baton.handoff.resolve');
    expect(readFileSync(join(folder, 'WorkflowIntegration.node'), 'utf8')).toBe('native');
    expect(readFileSync(join(folder, 'manifest.xml'), 'utf8')).toBe(resolveManifest('0.1.0'));
    await carryOut(uninstallPlugin(machine));
    expect(existsSync(folder)).toBe(false);
  });

  it('without it nothing is written, and the scripts are named instead', async () => {
    const machine = fake(platform);
    await expect(installPlugin(machine, packages())).rejects.toThrow(
      /WorkflowIntegration\.node is not there.*--scripts/,
    );
    expect(readdirSync(machine.root)).toEqual([]);
  });
});

const SCRIPTS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Users/ada/Library/Application Support/Blackmagic Design/DaVinci Resolve/Fusion/Scripts/Utility',
  win32: 'Users/ada/AppData/Roaming/Blackmagic Design/DaVinci Resolve/Support/Fusion/Scripts/Utility',
  linux: 'Users/ada/.local/share/DaVinciResolve/Fusion/Scripts/Utility',
};

describe.each(['darwin', 'win32', 'linux'] as const)('the Resolve scripts on %s', (platform) => {
  it('go into the user’s Utility folder, alone, and come out again', async () => {
    const machine = fake(platform);
    const from = packages();
    await carryOut(installScripts(machine, from));
    const folder = join(machine.root, SCRIPTS[platform]!);
    expect(readdirSync(folder)).toEqual(['Baton Apply.lua']);
    writeFileSync(join(folder, 'Other.lua'), '-- other');
    expect((await carryOut(installScripts(machine, from))).actions[0]!.what).toContain('over the one');
    await carryOut(uninstallScripts(machine, from));
    expect(readdirSync(folder)).toEqual(['Other.lua']);
  });

  it('another’s script of that name stays as it is', async () => {
    const machine = fake(platform);
    const path = join(machine.root, SCRIPTS[platform]!, 'Baton Apply.lua');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'print("mine")');
    await expect(installScripts(machine, packages())).rejects.toBeInstanceOf(InstallRefused);
    expect((await carryOut(uninstallScripts(machine, packages()))).actions).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe('print("mine")');
  });
});

it('a Resolve from the App Store gets the scripts in its own container too', async () => {
  const machine = fake('darwin');
  const box = join(machine.home, 'Library/Containers/com.blackmagic-design.DaVinciResolveLite/Data');
  mkdirSync(box, { recursive: true });
  await carryOut(installScripts(machine, packages()));
  const boxed = join(box, 'Library/Application Support/Fusion/Scripts/Utility/Baton Apply.lua');
  expect(existsSync(boxed)).toBe(true);
  expect(existsSync(join(machine.root, SCRIPTS.darwin!, 'Baton Apply.lua'))).toBe(true);
});

describe('what is refused', () => {
  it('Premiere on Linux, and the plugin there, in one sentence', async () => {
    await expect(installCep(fake('linux'), packages())).rejects.toThrow('macOS and Windows only');
    await expect(installUxp(fake('linux'), packages())).rejects.toThrow('macOS and Windows only');
    await expect(installPlugin(fake('linux'), packages())).rejects.toThrow('--scripts');
  });

  it('a package that is not there, is cut short, or reaches out of its folder', async () => {
    const machine = fake('darwin');
    await expect(installCep(machine, tempFolder())).rejects.toThrow(/npm run package/);
    const broken = packages();
    writeFileSync(join(broken, PACKAGES.cep), readFileSync(join(broken, PACKAGES.cep)).subarray(0, 200));
    await expect(installCep(machine, broken)).rejects.toThrow(/cannot be opened/);
    writeFileSync(join(broken, PACKAGES.cep), zip({ '../evil.js': bytes('') }));
    await expect(installCep(machine, broken)).rejects.toThrow(/leaves its folder/);
    expect(readdirSync(machine.root)).toEqual([]);
  });

  it('a place where a file stands in the way: said, with nothing lost', async () => {
    const machine = fake('darwin', [11, 12]);
    mkdirSync(machine.home, { recursive: true });
    writeFileSync(join(machine.home, 'Library'), 'a file');
    await expect(carryOut(installCep(machine, packages()))).rejects.toThrow(
      /a file stands where a folder belongs/,
    );
    expect(readFileSync(join(machine.home, 'Library'), 'utf8')).toBe('a file');
  });
});

interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command with a home of its own. */
function install(home: string, ...args: string[]): Promise<Said> {
  return new Promise((done) => {
    const env = { ...process.env, HOME: home };
    execFile(process.execPath, [BATON, 'install', ...args], { env }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

describe.skipIf(process.platform !== 'linux')('baton install', () => {
  const at = (home: string) =>
    join(home, '.local/share/DaVinciResolve/Fusion/Scripts/Utility/Baton Apply.lua');

  it('shows, does, says it in JSON, and takes it back', async () => {
    const home = tempFolder();
    const from = packages();
    const dry = await install(home, 'resolve', '--dry-run', '--from', from);
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toContain(`Would write ${at(home)}`);
    expect(readdirSync(home)).toEqual([]);

    const done = await install(home, 'resolve', '--from', from, '--json');
    expect(JSON.parse(done.stdout)).toMatchObject({
      host: 'resolve',
      kind: 'scripts',
      dryRun: false,
      actions: [{ does: 'write', path: at(home) }],
    });
    expect(existsSync(at(home))).toBe(true);
    expect((await install(home, 'resolve', '--uninstall', '--from', from)).stdout).toContain(
      `Removed ${at(home)}`,
    );
    expect(existsSync(at(home))).toBe(false);
  });

  it('one clear line for an editor it does not know, two ways at once, and the wrong way', async () => {
    const home = tempFolder();
    expect(await install(home, 'avid')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not into "avid"'),
    });
    expect((await install(home, 'premiere', '--cep', '--uxp')).stderr).toContain('two ways');
    expect((await install(home, 'premiere', '--plugin')).stderr).toContain('--plugin is not for premiere');
    expect((await install(home, 'premiere', '--from', packages())).stderr.trim().split('\n')).toHaveLength(1);
  });
});
