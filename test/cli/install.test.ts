/** Installing, on fake machines of all three systems: the right folders, the right flags, whole or not at all, and nobody else’s files touched. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execFile } from 'node:child_process';
import type { Machine } from '../../bridge/local/install/machine.ts';
import { installCep, installUxp, uninstallCep, uninstallUxp } from '../../bridge/local/install/premiere.ts';
import { installPlugin } from '../../bridge/local/install/resolve.ts';
import { PACKAGES } from '../../bridge/product.ts';
import { cepManifest } from '../../build/manifests.ts';
import { zip } from '../../build/zip.ts';
import { BATON, tempFolder } from './baton.ts';
import { bytes, packages, fake, carryOut } from './install-stage.ts';

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
