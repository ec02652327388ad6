/** baton convert of a handoff: bins and logs that an editor takes in with no panel at all. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baton, batonJson, tempFolder } from './baton.ts';
import type { Converted } from './convert-stage.ts';

describe('a handoff on its own', () => {
  const manifestIn = (folder: string) => {
    const path = join(folder, 'handoff.json');
    writeFileSync(path, readFileSync('examples/handoff.json'));
    return path;
  };

  it('becomes bins by scene and take that an editor imports with no panel at all', async () => {
    const folder = tempFolder();
    const { code, document } = await batonJson<Converted>(
      'convert',
      manifestIn(folder),
      '--to',
      'xmeml',
      '-o',
      join(folder, 'bins.xml'),
    );
    expect([code, document.files.length]).toEqual([0, 1]);
    const xml = readFileSync(join(folder, 'bins.xml'), 'utf8');
    expect([...xml.matchAll(/<bin>\s*<name>([^<]+)/g)].map((match) => match[1])).toEqual(
      expect.arrayContaining(['Scenes', '07', 'Take 02', '_Rejected']),
    );
  });

  it('or an Avid log; and a format that carries cuts says so', async () => {
    const folder = tempFolder();
    const ale = await batonJson<Converted>('convert', manifestIn(folder), '--to', 'ale');
    expect(ale.document.files.length).toBeGreaterThan(0);
    const { code, stderr } = await baton('convert', manifestIn(folder), '--to', 'edl');
    expect([code, stderr]).toEqual([2, expect.stringContaining('can become')]);
  });
});
