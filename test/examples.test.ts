/** The README's example, run exactly as it says, line by line. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SequenceSnapshotSchema } from '../manifest/documents/schemas.ts';
import { csvLog } from '../manifest/readers/csv-log.ts';
import { parseHandoff } from '../manifest/readers/handoff.ts';
import { tempFolder } from './cli/baton.ts';

const top = fileURLToPath(new URL('..', import.meta.url));
const example = (name: string) => readFileSync(join(top, 'examples', name), 'utf8');
const readme = readFileSync(join(top, 'README.md'), 'utf8');

/** The shell lines under a heading of the README. */
function linesUnder(heading: string): string[] {
  const section = readme.slice(readme.indexOf(`## ${heading}`));
  return /```sh\n([^]*?)```/.exec(section)![1]!.trim().split('\n');
}

/** 0 and 1 are both answers; 2 is not. The file that npx runs is run itself: where it finds none, npx asks the network. */
function run(line: string, cwd: string): void {
  const [program, ...args] = line.replace(/^npx baton /, 'node dist/cli/main.js ').split(' ');
  try {
    execFileSync(program === 'node' ? process.execPath : program!, args, { cwd, stdio: 'pipe' });
  } catch (error) {
    expect((error as { status: number }).status, line).toBe(1);
  }
}

describe('examples/', () => {
  it('the README’s lines work in a checkout, one after the other', () => {
    const checkout = tempFolder();
    cpSync(join(top, 'examples'), join(checkout, 'examples'), { recursive: true });
    symlinkSync(join(top, 'dist'), join(checkout, 'dist'));
    const lines = linesUnder('Try it on the example');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) run(line, checkout);
    expect(readdirSync(join(checkout, 'my-handoff', 'cuts')).sort()).toEqual([
      'Harbour Lights Reel 1.edl',
      'Harbour Lights Reel 1.fcpxml',
      'Harbour Lights Reel 1_V2.edl',
    ]);
  });

  it('each is what it says it is', () => {
    const { value, issues } = parseHandoff(example('handoff.json'));
    expect(issues).toEqual([]);
    expect(value!.clips.length).toBe(26);
    expect(SequenceSnapshotSchema.safeParse(JSON.parse(example('sequence.json'))).success).toBe(true);
    const log = csvLog.read(example('day1.csv'), { name: 'day1.csv' });
    expect([log.issues, log.value.rows.length]).toEqual([[], value!.log.entries.length]);
  });

  it('every command the README names is one', () => {
    const named = [...readme.matchAll(/baton (\w+) \//g)].map((match) => match[1]);
    for (const id of named) expect(existsSync(join(top, 'cli', 'commands', `${id}.ts`))).toBe(true);
  });

  it('every page and picture the README and docs point at is there', () => {
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      ...readdirSync(join(top, 'docs'))
        .filter((name) => name.endsWith('.md'))
        .map((name) => `docs/${name}`),
    ];
    const dead = pages.flatMap((page) =>
      [...readFileSync(join(top, page), 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
        .map((match) => join(page, '..', match[1]!))
        .filter((target) => !existsSync(join(top, target)))
        .map((target) => `${page} points at ${target}`),
    );
    expect(dead).toEqual([]);
  });
});
