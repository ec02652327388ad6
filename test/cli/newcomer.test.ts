/** What a person meets who has never used Baton: no words, wrong words, a folder instead of its manifest, one of a thing. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { COMMANDS } from '../../cli/commands/index.ts';
import { nearest } from '../../cli/words.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { handoff, picture } from '../fixtures/handoff.ts';
import { BATON, baton, tempFolder } from './baton.ts';

describe('the first words', () => {
  it('bare baton lists every command and says which is first', async () => {
    const { code, stdout } = await baton();
    expect(code).toBe(2);
    for (const { id } of COMMANDS) expect(stdout).toContain(`\n  ${id} `);
    expect(stdout).toContain('First: baton scan FOLDER');
  });

  it.skipIf(process.platform === 'win32')('the file runs by itself, as npx baton runs it', () => {
    expect(execFileSync(BATON, ['--version'], { encoding: 'utf8' })).toBe(`baton ${version}\n`);
  });

  it('--version is the package’s, and help COMMAND is COMMAND --help', async () => {
    expect(await baton('--version')).toMatchObject({ code: 0, stdout: `baton ${version}\n` });
    expect(await baton('help', 'cut')).toEqual(await baton('cut', '--help'));
  });

  it('a mistyped command or option is answered with the nearest there is', async () => {
    expect((await baton('chek', 'x')).stderr).toMatch(/"chek" is not a command; did you mean baton check\?/);
    expect((await baton('frobnicate')).stderr).toMatch(/there are init, scan/);
    const { code, stderr } = await baton('check', 'x', '--jsno');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'baton: baton check has no option --jsno; did you mean --json? (baton check --help)\n',
    );
    expect(nearest('z', ['as', 'to'])).toBeUndefined();
    expect(nearest('foo', ['root'])).toBeUndefined();
  });

  it('a folder or a file in the wrong place, and a word or a clip that is not there, are said as what they are', async () => {
    const folder = tempFolder();
    const manifest = join(folder, 'handoff.json');
    writeFileSync(manifest, JSON.stringify(handoff([picture({ path: 'A/SCENE_07_TAKE_01_A.mov' })])));
    const empty = join(folder, 'empty.json');
    writeFileSync(empty, '');
    const says = async (...args: string[]) => (await baton(...args)).stderr;
    expect(await says('log', folder)).toBe(`baton: ${folder} is a folder; name the log sheet in it\n`);
    expect(await says('cut', manifest, '--sequence', folder, '--as', 'edl')).toContain(
      `${folder} is a folder; --sequence wants the sequence snapshot in it`,
    );
    expect(await says('demo', '--dir', empty)).toContain(`${empty} is a file; name a new or empty folder`);
    expect(await says('check', empty)).toContain(`${empty}: The manifest is empty.`);
    expect(await says('mark', manifest, 'scene_07_take_01.mov', '--pick', 'good')).toContain(
      'did you mean A/SCENE_07_TAKE_01_A.mov?',
    );
    expect(await says('mark', manifest, 'A/SCENE_07_TAKE_01_A.mov', '--pick', 'best')).toContain(
      '--pick: "best" is not one of circled, good, rejected, alternate, unknown',
    );
  });

  it('cut and convert name every format in their help', async () => {
    for (const command of ['cut', 'convert']) {
      const { stdout } = await baton(command, '--help');
      for (const { id } of EXPORTS) expect(stdout).toMatch(new RegExp(`\\b${id}\\b`));
    }
  });
});

describe('a folder where a manifest is wanted', () => {
  it.each(['check', 'plan', 'sync', 'verify', 'apply'])('%s names the one in it', async (command) => {
    const folder = tempFolder();
    const named = join(folder, 'handoff.json');
    const host = command === 'apply' ? ['--host', 'standin'] : [];
    expect((await baton(command, folder, ...host)).stderr).toContain(`baton scan "${folder}"`);
    writeFileSync(named, JSON.stringify(handoff([picture({ path: 'a.mov' })])));
    const { code, stderr } = await baton(command, folder, ...host);
    expect(code).toBe(2);
    expect(stderr).toContain(`name the one in it: "${named}"`);
  });
});

it('one clip is 1 clip', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'A'));
  writeFileSync(join(folder, 'A', 'SCENE_01_TAKE_01_A.mov'), 'no picture');
  const { stdout } = await baton('scan', folder);
  expect(stdout).toContain('1 clip (1 picture), 0 log rows');
  expect((await baton('plan', join(folder, 'handoff.json'))).stdout).not.toMatch(/\b1 (clips|changes)\b/);
});
