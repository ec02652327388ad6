/** Installs the panel into Premiere: as a CEP extension in the user's folder with the debug flag it needs, or as a .ccx to open. */
import { existsSync } from 'node:fs';
import { CEP_BUNDLE, PACKAGES } from '../../product.ts';
import { placing, removing, type OwnFolder } from './folder.ts';
import { InstallRefused, type Action, type Installation, type Machine } from './machine.ts';
import { packagePath, readPackage } from './packages.ts';
import { cepFolder } from './places.ts';

/** CEP 11 is Premiere 22 to 24, CEP 12 is 25 and later. The flag of the wrong number leaves a panel silently out. */
export const CSXS_VERSIONS = [11, 12] as const;

export const cepExtension = (machine: Machine): OwnFolder => ({
  path: cepFolder(machine),
  manifest: 'CSXS/manifest.xml',
  mark: new RegExp(`ExtensionBundleId="${CEP_BUNDLE.replace(/\./g, '\\.')}"`),
  version: /ExtensionBundleVersion="([^"]*)"/,
});

export async function installCep(machine: Machine, from: string): Promise<Installation> {
  const folder = cepExtension(machine);
  const place = await placing(folder, await readPackage(from, 'cep'));
  const flags: Action[] = [];
  for (const csxs of CSXS_VERSIONS)
    if (!(await debugFlag(machine, csxs))) flags.push(settingFlag(machine, csxs));
  return {
    actions: [place, ...flags],
    needs: [
      'Start Premiere again, then open Window > Extensions > Baton (in newer versions: Extensions (Legacy)).',
    ],
  };
}

export async function uninstallCep(machine: Machine): Promise<Installation> {
  const remove = await removing(cepExtension(machine));
  const needs = remove
    ? ['PlayerDebugMode is left as it is: other panels may need it.']
    : ['Nothing of Baton is installed there.'];
  return { actions: remove ? [remove] : [], needs };
}

const key = (csxs: number) => `HKCU\\Software\\Adobe\\CSXS.${csxs}`;

/** Whether unsigned panels may run under this CEP. */
export async function debugFlag(machine: Machine, csxs: number): Promise<boolean> {
  if (machine.platform === 'darwin') {
    const { code, stdout } = await machine.run('defaults', [
      'read',
      `com.adobe.CSXS.${csxs}`,
      'PlayerDebugMode',
    ]);
    return code === 0 && stdout.trim() === '1';
  }
  const { code, stdout } = await machine.run('reg', ['query', key(csxs), '/v', 'PlayerDebugMode']);
  return code === 0 && /PlayerDebugMode\s+REG_SZ\s+1\s*$/m.test(stdout);
}

function settingFlag(machine: Machine, csxs: number): Action {
  const [program, ...args] =
    machine.platform === 'darwin'
      ? ['defaults', 'write', `com.adobe.CSXS.${csxs}`, 'PlayerDebugMode', '-string', '1']
      : ['reg', 'add', key(csxs), '/v', 'PlayerDebugMode', '/t', 'REG_SZ', '/d', '1', '/f'];
  const line = [program, ...args].join(' ');
  return {
    does: 'set',
    what: `PlayerDebugMode of CSXS.${csxs}, so that an unsigned panel may run: ${line}`,
    run: async () => {
      const { code } = await machine.run(program!, args);
      if (code !== 0)
        throw new InstallRefused(`This did not work (exit code ${code}): ${line}. Run it by hand.`);
    },
  };
}

/** Creative Cloud installs a .ccx itself, and asks the person; all there is to do is to open it. */
export async function installUxp(machine: Machine, from: string): Promise<Installation> {
  if (machine.platform !== 'darwin' && machine.platform !== 'win32')
    throw new InstallRefused(
      'Premiere runs on macOS and Windows only, so there is nothing to install it into.',
    );
  const path = packagePath(from, 'uxp');
  if (!existsSync(path))
    throw new InstallRefused(
      `${path} is not there: make it with npm run package, or say with --from where the packages lie.`,
    );
  const program = machine.platform === 'darwin' ? 'open' : 'explorer';
  return {
    actions: [
      {
        does: 'open',
        what: `${path} with Creative Cloud`,
        path,
        run: async () => {
          const { code } = await machine.run(program, [path]);
          // Explorer answers 1 whether it opened the file or not.
          if (code === 0 || (code === 1 && program === 'explorer')) return;
          throw new InstallRefused(
            `${path} could not be opened: install the Creative Cloud app, then double-click it.`,
          );
        },
      },
    ],
    needs: [
      'Agree in Creative Cloud, start Premiere (25.6 or later) again, then open Window > UXP Plugins > Baton.',
    ],
  };
}

/** There is no way to take a .ccx back from outside Creative Cloud that Adobe documents. */
export function uninstallUxp(): Installation {
  return {
    actions: [],
    needs: [
      `${PACKAGES.uxp} was installed by Creative Cloud: remove Baton there, under Stock & Marketplace > Plugins > Manage plugins.`,
    ],
  };
}
