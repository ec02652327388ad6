/** Installs Baton into DaVinci Resolve: menu scripts for the user (Free and Studio), or the plugin for the machine (Studio). */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RESOLVE_PLUGIN } from '../../product.ts';
import { writeAtomic } from '../atomic.ts';
import { explained, placing, removing, type OwnFolder } from './folder.ts';
import { InstallRefused, type Action, type Installation, type Machine } from './machine.ts';
import { readPackage } from './packages.ts';
import { pluginFolder, scriptFolders, workflowModule } from './places.ts';

/** How every script of Baton's begins. */
const SCRIPT_MARK = /^\uFEFF?-- Baton /;

export const resolvePlugin = (machine: Machine): OwnFolder => ({
  path: pluginFolder(machine),
  manifest: 'manifest.xml',
  mark: new RegExp(`<Id>\\s*${RESOLVE_PLUGIN.replace(/\./g, '\\.')}\\s*</Id>`),
  version: /<Version>\s*([^<]*?)\s*<\/Version>/,
});

const scriptsIn = async (from: string) =>
  Object.entries(await readPackage(from, 'scripts')).filter(([name]) => name.endsWith('.lua'));

export async function installScripts(machine: Machine, from: string): Promise<Installation> {
  const scripts = await scriptsIn(from);
  const actions: Action[] = [];
  for (const folder of scriptFolders(machine))
    for (const [name, bytes] of scripts) actions.push(await writing(join(folder, name), bytes));
  return { actions, needs: ['In Resolve, open a project, then Workspace > Scripts > Baton Apply.'] };
}

async function writing(path: string, bytes: Uint8Array): Promise<Action> {
  const there = await readFile(path, 'utf8').catch(() => null);
  if (there !== null && !SCRIPT_MARK.test(there))
    throw new InstallRefused(`${path} is there and is not Baton's: move it away first.`);
  return {
    does: 'write',
    what: there === null ? path : `${path}, over the one that is there`,
    path,
    run: () =>
      explained(path, async () => {
        await mkdir(dirname(path), { recursive: true });
        await writeAtomic(path, bytes);
      }),
  };
}

export async function uninstallScripts(machine: Machine, from: string): Promise<Installation> {
  const actions: Action[] = [];
  for (const folder of scriptFolders(machine))
    for (const [name] of await scriptsIn(from)) {
      const path = join(folder, name);
      const there = await readFile(path, 'utf8').catch(() => null);
      if (there === null || !SCRIPT_MARK.test(there)) continue;
      actions.push({ does: 'remove', what: path, path, run: () => explained(path, () => rm(path)) });
    }
  return { actions, needs: actions.length > 0 ? [] : ['Nothing of Baton is installed there.'] };
}

export async function installPlugin(machine: Machine, from: string): Promise<Installation> {
  const folder = resolvePlugin(machine);
  const source = workflowModule(machine);
  const module = await readFile(source).catch(() => null);
  if (!module)
    throw new InstallRefused(
      `${source} is not there. It comes with DaVinci Resolve Studio; the free edition shows no plugins: install the scripts instead (--scripts).`,
    );
  const files = await readPackage(from, 'plugin');
  const place = await placing(folder, { ...files, 'WorkflowIntegration.node': module });
  return {
    actions: [{ ...place, what: `${place.what}, with Resolve's own ${source}` }],
    needs: ['Start Resolve Studio again, then open Workspace > Workflow Integrations > Baton.'],
  };
}

export async function uninstallPlugin(machine: Machine): Promise<Installation> {
  const remove = await removing(resolvePlugin(machine));
  return { actions: remove ? [remove] : [], needs: remove ? [] : ['Nothing of Baton is installed there.'] };
}
