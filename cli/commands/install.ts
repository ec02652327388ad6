/** baton install: puts the panel into Premiere and the scripts or the plugin into DaVinci Resolve, and takes them out again. */
import { dirname, join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  InstallRefused,
  thisMachine,
  type Installation,
  type Machine,
} from '../../bridge/local/install/machine.ts';
import { installCep, installUxp, uninstallCep, uninstallUxp } from '../../bridge/local/install/premiere.ts';
import {
  installPlugin,
  installScripts,
  uninstallPlugin,
  uninstallScripts,
} from '../../bridge/local/install/resolve.ts';
import { CannotDo, type Command, type OptionValues } from '../command.ts';

interface Way {
  install(machine: Machine, from: string): Promise<Installation>;
  uninstall(machine: Machine, from: string): Installation | Promise<Installation>;
}

/** By editor, then by option; the first of each is taken where none is named. */
const WAYS: Record<string, Record<string, Way>> = {
  premiere: {
    cep: { install: installCep, uninstall: uninstallCep },
    uxp: { install: installUxp, uninstall: uninstallUxp },
  },
  resolve: {
    scripts: { install: installScripts, uninstall: uninstallScripts },
    plugin: { install: installPlugin, uninstall: uninstallPlugin },
  },
};

const DONE = { write: 'Wrote', remove: 'Removed', set: 'Set', open: 'Opened' } as const;
const WOULD = { write: 'Would write', remove: 'Would remove', set: 'Would set', open: 'Would open' } as const;

export const installCommand: Command = {
  id: 'install',
  summary: 'put Baton into Premiere or DaVinci Resolve, or take it out',
  usage:
    'premiere [--cep|--uxp] | resolve [--scripts|--plugin] [--uninstall] [--dry-run] [--from DIR] [--json]',
  needs: ['premiere or resolve'],
  options: {
    cep: { type: 'boolean', help: 'Premiere 22 and later, in your own extensions folder (default)' },
    uxp: { type: 'boolean', help: 'Premiere 25.6 and later, through Creative Cloud' },
    scripts: { type: 'boolean', help: "Resolve's Scripts menu, Free and Studio (default)" },
    plugin: {
      type: 'boolean',
      help: "Resolve Studio's Workflow Integrations, for all users of this machine",
    },
    uninstall: { type: 'boolean', help: 'take it out; only what is Baton’s own' },
    'dry-run': { type: 'boolean', help: 'say what would be done, and do nothing' },
    from: { type: 'string', value: 'DIR', help: 'where the packages lie; beside this command where absent' },
  },
  async run({ positionals, options }, output) {
    const [host, kind] = wayAsked(positionals[0]!, options);
    const way = WAYS[host]![kind]!;
    const from = options['from'] === undefined ? packageFolder() : resolve(options['from'] as string);
    const machine = thisMachine();
    const dry = options['dry-run'] === true;
    const done: { does: string; what: string; path?: string }[] = [];
    try {
      const { actions, needs } = await (options['uninstall']
        ? way.uninstall(machine, from)
        : way.install(machine, from));
      for (const { does, what, path, run } of actions) {
        if (!dry) await run();
        output.say(`${dry ? WOULD[does] : DONE[does]} ${what}`);
        done.push({ does, what, ...(path ? { path } : {}) });
      }
      for (const need of needs) output.say(need);
      output.document({ host, kind, dryRun: dry, actions: done, needs });
    } catch (error) {
      if (error instanceof InstallRefused) throw new CannotDo(error.message);
      throw error;
    }
    return 0;
  },
};

function wayAsked(host: string, options: OptionValues): [host: string, kind: string] {
  const kinds = WAYS[host];
  if (!kinds) throw new CannotDo(`Baton installs into premiere or resolve, not into "${host}"`);
  const all = Object.values(WAYS).flatMap((each) => Object.keys(each));
  const asked = all.filter((kind) => options[kind] === true);
  const [first, second] = asked;
  if (second !== undefined) throw new CannotDo(`--${first} and --${second} are two ways: name one`);
  if (first !== undefined && !(first in kinds))
    throw new CannotDo(`--${first} is not for ${host}, which takes --${Object.keys(kinds).join(' or --')}`);
  return [host, first ?? Object.keys(kinds)[0]!];
}

/** dist/: beside the built command, or in a checkout. */
function packageFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [join(here, '..'), join(here, '../../dist')];
  return places.find((place) => existsSync(join(place, 'cli'))) ?? places[0]!;
}
