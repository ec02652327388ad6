/** What `baton doctor` finds on a machine: programs, editors, what of Baton is installed in them, and a handoff's own state. Reads only. */
import { access, readdir, readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { DiagnosisPart, Finding } from '../../diagnosis.ts';
import { PACKAGES } from '../../product.ts';
import { findFfprobe } from '../ffprobe.ts';
import { findFfmpeg } from '../listen/ffmpeg.ts';
import { programFolders } from '../programs.ts';
import { lookAt, type OwnFolder } from './folder.ts';
import { InstallRefused, type Machine } from './machine.ts';
import { cepLog, scriptFolders, workflowModule } from './places.ts';
import { cepExtension, CSXS_VERSIONS, debugFlag } from './premiere.ts';
import { resolvePlugin } from './resolve.ts';

export interface Looked extends DiagnosisPart {
  /** What a person should do about it. */
  advice: string[];
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

export function lookAtBaton(version: string, packages: string[]): Looked {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return {
    title: `Baton ${version}`,
    findings: [
      { what: 'Node', found: process.versions.node },
      { what: 'System', found: `${process.platform} ${process.arch}, ${cpus().length} cores, ${memory}` },
      {
        what: 'Packages',
        found: packages.join(', ') || 'none beside this command (npm run package makes them)',
      },
    ],
    advice: [],
  };
}

/** Names of the packages that lie in a folder. */
export async function packagesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return Object.values(PACKAGES).filter((name) => names.includes(name));
}

export async function lookAtPrograms(machine: Machine): Promise<Looked> {
  const [ffmpeg, ffprobe] = [await findFfmpeg(machine.environment), await findFfprobe(machine.environment)];
  return {
    title: 'Programs',
    findings: [
      { what: 'ffmpeg (sync by ear)', found: await told(machine, ffmpeg) },
      { what: 'ffprobe (rarer media)', found: await told(machine, ffprobe) },
    ],
    advice: [
      ...(ffmpeg ? [] : ['Without ffmpeg, sync by ear reads WAV, AIFF and plain MOV only: install ffmpeg.']),
      ...(ffprobe
        ? []
        : ['Without ffprobe, media that Baton does not read itself stays unread: install ffmpeg.']),
    ],
  };
}

/** Where a program was found, without its path, and its version as it says it. */
async function told(machine: Machine, path: string | null): Promise<string> {
  if (path === null) return 'not found';
  const { code, stdout } = await machine.run(path, ['-version']);
  const version = /^\S+ version ([\w.+~-]{1,40})/.exec(stdout)?.[1];
  const place = programFolders(machine.environment, machine.platform).includes(dirname(path))
    ? 'of this machine'
    : path.includes('node_modules')
      ? 'from npm'
      : 'named by a variable';
  return code === 0 && version ? `${version}, ${place}` : `${place}, but it does not run`;
}

/** Versions by the folders that installers make. */
async function editors(folder: string, name: RegExp): Promise<string> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((each) => name.test(each)).join(', ') || 'not found in its usual place';
}

async function installed(folder: OwnFolder, version: string): Promise<{ found: string; newer: boolean }> {
  const found = await lookAt(folder);
  if (found.state === 'absent') return { found: 'not installed', newer: false };
  if (found.state === 'foreign')
    return { found: `something that is not Baton's: ${found.why}`, newer: false };
  return { found: `installed, ${found.version}`, newer: found.version !== version };
}

export async function lookAtPremiere(machine: Machine, version: string): Promise<Looked> {
  const title = 'Premiere';
  if (machine.platform !== 'darwin' && machine.platform !== 'win32')
    return { title, findings: [{ what: 'Editor', found: 'does not run on this system' }], advice: [] };
  const programs =
    machine.platform === 'darwin'
      ? join(machine.root || '/', 'Applications')
      : join(machine.environment['PROGRAMFILES'] ?? 'C:\\Program Files', 'Adobe');
  const panel = await installed(cepExtension(machine), version);
  const findings: Finding[] = [
    { what: 'Editor', found: await editors(programs, /^Adobe Premiere Pro/) },
    { what: 'CEP panel', found: panel.found },
  ];
  const unset: number[] = [];
  for (const csxs of CSXS_VERSIONS) {
    const set = await debugFlag(machine, csxs);
    if (!set) unset.push(csxs);
    findings.push({ what: `PlayerDebugMode of CSXS.${csxs}`, found: set ? 'set' : 'not set' });
    for (const theirs of await cepErrors(machine, csxs))
      findings.push({ what: `CEP ${csxs} log`, found: { theirs } });
  }
  const there = panel.found.startsWith('installed');
  return {
    title,
    findings,
    advice: [
      ...(there && unset.length > 0
        ? [
            `The panel may stay hidden: the debug flag of CSXS.${unset.join(' and CSXS.')} is not set. Run baton install premiere.`,
          ]
        : []),
      ...(panel.newer
        ? [`The panel is another version than this command (${version}): run baton install premiere.`]
        : []),
    ],
  };
}

/** Lines of CEP's log told at most, the last ones. */
const MOST_LINES = 5;

async function cepErrors(machine: Machine, csxs: number): Promise<string[]> {
  const text = await readFile(cepLog(machine, csxs), 'utf8').catch(() => '');
  const ours = text
    .split(/\r?\n/)
    .filter((line) => /baton/i.test(line) && /error|fail|denied|signature/i.test(line));
  return ours.slice(-MOST_LINES).map((line) => line.slice(0, 300));
}

export async function lookAtResolve(machine: Machine, version: string): Promise<Looked> {
  const title = 'DaVinci Resolve';
  try {
    const findings: Finding[] = [];
    for (const [nth, folder] of scriptFolders(machine).entries()) {
      const names = await readdir(folder).catch((): string[] => []);
      const ours = names.filter((name) => /^Baton .*\.lua$/.test(name)).sort();
      const what = nth === 0 ? 'Scripts' : 'Scripts of the App Store Resolve';
      findings.push({ what, found: ours.join(', ') || 'not installed' });
    }
    if (machine.platform === 'linux') return { title, findings, advice: [] };
    const plugin = await installed(resolvePlugin(machine), version);
    const studio = await isThere(workflowModule(machine));
    findings.push(
      { what: 'Plugin', found: plugin.found },
      {
        what: basename(workflowModule(machine)),
        found: studio ? 'there' : 'not there (Resolve Studio brings it)',
      },
    );
    const advice = plugin.newer
      ? [`The plugin is another version than this command (${version}): run baton install resolve --plugin.`]
      : [];
    return { title, findings, advice };
  } catch (error) {
    if (!(error instanceof InstallRefused)) throw error;
    return { title, findings: [{ what: 'Editor', found: error.message }], advice: [] };
  }
}
