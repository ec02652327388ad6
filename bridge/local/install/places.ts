/**
 * Where each editor looks for what is installed, by system. The user's own folders, but for Resolve's plugins, which it looks for
 * in the machine's alone.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CEP_BUNDLE, RESOLVE_PLUGIN } from '../../product.ts';
import { InstallRefused, type Machine } from './machine.ts';

const SUPPORT = ['Library', 'Application Support'];
const RESOLVE = ['Blackmagic Design', 'DaVinci Resolve'];

/** A variable that Windows always sets; throws where it does not. */
function variable({ environment }: Machine, name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new InstallRefused(`Windows does not say where its folders are: ${name} is not set.`);
}

/** Baton's folder among CEP's extensions. */
export function cepFolder(machine: Machine): string {
  const rest = ['Adobe', 'CEP', 'extensions', CEP_BUNDLE];
  if (machine.platform === 'darwin') return join(machine.home, ...SUPPORT, ...rest);
  if (machine.platform === 'win32') return join(variable(machine, 'APPDATA'), ...rest);
  throw new InstallRefused(
    'Premiere runs on macOS and Windows only, so there is nothing to install it into.',
  );
}

/** CEP's own log of a panel's host, by CSXS version. */
export function cepLog(machine: Machine, csxs: number): string {
  const name = `CEP${csxs}-PPRO.log`;
  return machine.platform === 'darwin'
    ? join(machine.home, 'Library', 'Logs', 'CSXS', name)
    : join(machine.environment['TEMP'] ?? machine.home, name);
}

/** Resolve of the App Store runs in a box of its own and sees no script outside it. */
const BOXES = ['com.blackmagic-design.DaVinciResolveLite', 'com.blackmagic-design.DaVinciResolveAppStore'];

/** Every folder of menu scripts that a Resolve of this user reads: one, and one for each App Store edition that was started once. */
export function scriptFolders(machine: Machine): string[] {
  const { platform, home } = machine;
  const rest = ['Fusion', 'Scripts', 'Utility'];
  if (platform === 'win32') return [join(variable(machine, 'APPDATA'), ...RESOLVE, 'Support', ...rest)];
  if (platform === 'linux') return [join(home, '.local', 'share', 'DaVinciResolve', ...rest)];
  if (platform !== 'darwin') throw new InstallRefused(`Resolve does not run on ${platform}.`);
  const boxed = BOXES.map((box) => join(home, 'Library', 'Containers', box, 'Data'))
    .filter((box) => existsSync(box))
    .map((box) => join(box, ...SUPPORT, ...rest));
  return [join(home, ...SUPPORT, ...RESOLVE, ...rest), ...boxed];
}

/** Resolve's folder for all users, which holds its plugins and its developer's files. */
function resolveFolder(machine: Machine): string {
  if (machine.platform === 'darwin') return join(machine.root || '/', ...SUPPORT, ...RESOLVE);
  if (machine.platform === 'win32') return join(variable(machine, 'PROGRAMDATA'), ...RESOLVE, 'Support');
  throw new InstallRefused(
    'Resolve has plugins of this kind on macOS and Windows only: install the scripts instead (--scripts).',
  );
}

export function pluginFolder(machine: Machine): string {
  return join(resolveFolder(machine), 'Workflow Integration Plugins', RESOLVE_PLUGIN);
}

/** Resolve's own module, which every plugin needs a copy of and nobody may pass on. */
export function workflowModule(machine: Machine): string {
  const sample = ['Developer', 'Workflow Integrations', 'Examples', 'SamplePlugin'];
  return join(resolveFolder(machine), ...sample, 'WorkflowIntegration.node');
}
