/** Installing for Resolve, on fake machines of all three systems: the plugin with the module of the user's own Resolve, and the scripts. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InstallRefused, type Machine } from '../../bridge/local/install/machine.ts';
import {
  installPlugin,
  installScripts,
  uninstallPlugin,
  uninstallScripts,
} from '../../bridge/local/install/resolve.ts';
import { resolveManifest } from '../../build/manifests.ts';
import { packages, fake, carryOut } from './install-stage.ts';

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
