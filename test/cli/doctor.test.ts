/** The diagnosis says what is found and what to do, and names no file, no place and no person. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { diagnosis } from '../../bridge/diagnosis.ts';
import { lookAtHandoff } from '../../bridge/local/install/look-handoff.ts';
import { lookAtPremiere, lookAtPrograms, lookAtResolve } from '../../bridge/local/install/look.ts';
import type { Machine } from '../../bridge/local/install/machine.ts';
import { redact } from '../../bridge/redact.ts';
import { cepManifest } from '../../build/manifests.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { BATON, tempFolder } from './baton.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** `flags`: CSXS versions whose debug flag is set. */
function fake(platform: NodeJS.Platform, flags: number[]): Machine {
  const root = tempFolder();
  const home = join(root, 'Users', 'ada');
  return {
    platform,
    root,
    home,
    environment: {
      APPDATA: join(home, 'AppData', 'Roaming'),
      PROGRAMDATA: join(root, 'ProgramData'),
      PROGRAMFILES: join(root, 'Program Files'),
      TEMP: join(home, 'Temp'),
      PATH: '',
      FFMPEG_PATH: '/nowhere/ffmpeg',
      FFPROBE_PATH: '/nowhere/ffprobe',
    },
    run: async (_program, args) => {
      const set = flags.some((csxs) => args.join(' ').includes(`CSXS.${csxs}`));
      return { code: set ? 0 : 1, stdout: platform === 'win32' ? '  PlayerDebugMode  REG_SZ  1\n' : '1\n' };
    },
  };
}

const MAC = 'Library/Application Support';

describe('Premiere', () => {
  it('a panel without its flag, and of another version, is advised on', async () => {
    const machine = fake('darwin', [11]);
    mkdirSync(join(machine.root, 'Applications', 'Adobe Premiere Pro 2025'), { recursive: true });
    write(
      join(machine.home, MAC, 'Adobe/CEP/extensions/baton.handoff.cep/CSXS/manifest.xml'),
      cepManifest('0.0.9'),
    );
    const { findings, advice } = await lookAtPremiere(machine, '0.1.0');
    expect(Object.fromEntries(findings.map(({ what, found }) => [what, found]))).toEqual({
      Editor: 'Adobe Premiere Pro 2025',
      'CEP panel': 'installed, 0.0.9',
      'PlayerDebugMode of CSXS.11': 'set',
      'PlayerDebugMode of CSXS.12': 'not set',
    });
    expect(advice).toEqual([
      expect.stringContaining('the debug flag of CSXS.12 is not set'),
      expect.stringContaining('another version than this command (0.1.0)'),
    ]);
  });

  it('nothing installed is no fault: no advice', async () => {
    for (const platform of ['darwin', 'win32'] as const)
      expect((await lookAtPremiere(fake(platform, []), '0.1.0')).advice).toEqual([]);
  });

  it('what CEP’s log says against Baton is told, without its paths', async () => {
    const machine = fake('win32', [11, 12]);
    const line =
      'ERROR Signature verification failed for extension C:/Users/ada/CEP/extensions/baton.handoff.cep';
    write(join(machine.home, 'Temp', 'CEP12-PPRO.log'), `INFO started\n${line}\nERROR of another.panel\n`);
    const looked = await lookAtPremiere(machine, '0.1.0');
    const { text } = diagnosis([looked], [], []);
    expect(text).toContain('CEP 12 log: ERROR Signature verification failed for extension <path>');
    expect(text).not.toMatch(/ada|another\.panel/);
  });
});

describe('Resolve and programs', () => {
  it('says which scripts there are, in every place, and whether the plugin could be installed', async () => {
    const machine = fake('darwin', []);
    const scripts = 'Blackmagic Design/DaVinci Resolve/Fusion/Scripts/Utility/Baton Apply.lua';
    write(join(machine.home, MAC, scripts), '-- Baton Apply');
    mkdirSync(join(machine.home, 'Library/Containers/com.blackmagic-design.DaVinciResolveLite/Data'), {
      recursive: true,
    });
    const { findings } = await lookAtResolve(machine, '0.1.0');
    expect(findings).toEqual([
      { what: 'Scripts', found: 'Baton Apply.lua' },
      { what: 'Scripts of the App Store Resolve', found: 'not installed' },
      { what: 'Plugin', found: 'not installed' },
      { what: 'WorkflowIntegration.node', found: 'not there (Resolve Studio brings it)' },
    ]);
  });

  it('a program that a variable names and that is not there is not found, and what that costs is said', async () => {
    const { findings, advice } = await lookAtPrograms(fake('linux', []));
    expect(findings.map(({ found }) => found)).toEqual(['not found', 'not found']);
    expect(advice).toHaveLength(2);
  });
});

const AUTHOR = 'Ada Lovelace';
const REASON = 'could not import /Volumes/SHOOT/A001/A001C001.mov of “Harbour”: asked Ada Lovelace';

/** The example handoff with an import in its history that failed, in words that name everything. */
function failedHandoff(): string {
  const folder = join(tempFolder(), 'Secret Project');
  cpSync(examples, folder, { recursive: true });
  const path = join(folder, 'handoff.json');
  const handoff = JSON.parse(readFileSync(path, 'utf8')) as Handoff;
  handoff.note = { text: 'private words', author: AUTHOR };
  const clip = handoff.clips[0]!.path;
  const steps = [
    { id: '1', kind: 'import', result: 'failed', reason: REASON },
    { id: '2', kind: 'import', result: 'unverified', reason: `${clip} was not found afterwards` },
    { id: '3', kind: 'import', result: 'verified' },
  ];
  handoff.history.push({
    kind: 'import',
    at: '2026-11-20T10:00:00Z',
    receipt: { id: 'r', plan: 'p', host: 'x', at: '2026-11-20T10:00:00Z', steps },
  } as never);
  writeFileSync(path, JSON.stringify(handoff));
  return path;
}

describe('a handoff', () => {
  it('its counts, lock and last errors are told; no name in it is', async () => {
    const path = failedHandoff();
    const looked = await lookAtHandoff(path);
    const { text } = diagnosis([looked], looked.advice, looked.names);
    expect(text).toContain('Lock: never taken');
    expect(text).toContain('failed: could not import <path> of <name>: asked <name>');
    expect(text).toContain('unverified: <name> was not found afterwards');
    const { clips, production } = JSON.parse(readFileSync(path, 'utf8')) as Handoff;
    for (const name of [AUTHOR, 'private words', 'Secret Project', production.title, '/Volumes', 'A001C001'])
      expect([name, text.includes(name)]).toEqual([name, false]);
    for (const clip of clips) expect(text).not.toContain(clip.path);
  });

  it('one that cannot be read is said so, with what to do', async () => {
    const path = join(tempFolder(), 'handoff.json');
    writeFileSync(path, '{ not json');
    const { findings, advice } = await lookAtHandoff(path);
    expect(findings[0]).toEqual({ what: 'Manifest', found: 'could not be read' });
    expect(advice).toHaveLength(1);
  });
});

it('redaction takes Windows paths, shares and quoted names as well', () => {
  expect(redact('read C:\\Users\\ada\\x y', [])).toBe('read <path> y');
  expect(redact('from \\\\server\\share\\day1', [])).not.toMatch(/server|share/);
  expect(redact('the bin "Kitchen" of Ada', ['Ada'])).toBe('the bin <name> of <name>');
});

describe('baton doctor', () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
      const env = { ...process.env, HOME: tempFolder(), FFPROBE_PATH: '/nowhere', FFMPEG_PATH: '/nowhere' };
      execFile(process.execPath, [BATON, 'doctor', ...args], { env }, (error, stdout, stderr) =>
        done({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });

  it('says its version and the machine’s, and what it advises makes the exit code 1', async () => {
    const path = failedHandoff();
    const { code, stdout, stderr } = await run(path);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^Baton \d+\.\d+\.\d+\n {2}Node: \d+/);
    expect(stdout).toContain('! Without ffprobe');
    expect(stdout).not.toContain(dirname(path));
    const { stdout: json } = await run(path, '--json');
    const document = JSON.parse(json) as { text: string; advice: string[]; parts: unknown[] };
    expect(document.text).toBe(stdout);
    expect(document.advice.length).toBe(2);
  });

  it('a manifest that is not there: one line, exit code 2', async () => {
    const { code, stderr } = await run('/nowhere/handoff.json');
    expect([code, stderr]).toEqual([2, 'baton: /nowhere/handoff.json is not there\n']);
  });
});
