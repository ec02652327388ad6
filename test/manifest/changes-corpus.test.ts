import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCuts } from '../../bridge/local/cut-files.ts';
import { applyChanges, canonicalCut, changes } from '../../manifest/changes.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { html } from '../../manifest/exports/html.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { corpus } from '../corpus/folder.ts';

const there = statSync(corpus, { throwIfNoEntry: false })?.isDirectory() === true;
if (!there)
  console.log(`No sample files at ${corpus} (BATON_CORPUS): change lists are not tried on real cuts`);

it.skipIf(!there)(
  'between any two real cuts, a change list leads from the one to the other, and each has a report',
  async () => {
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(edl|fcpxml|xml|otio)$/i.test(name),
    );
    const cuts: { file: string; cut: CutList }[] = [];
    for (const file of files) {
      const path = join(corpus, file);
      if (statSync(path).size > 2e6) continue;
      const read = await readCuts(path, { rate: RATES['25'] }).catch(() => null);
      for (const cut of read?.cuts ?? []) cuts.push({ file, cut });
    }
    console.log(`${cuts.length} cuts of ${files.length} files`);
    expect(cuts.length).toBeGreaterThan(20);
    let before = cuts[cuts.length - 1]!;
    for (const after of cuts) {
      const between = `${before.file} → ${after.file}`;
      expect(applyChanges(before.cut, changes(before.cut, after.cut)), between).toEqual(
        canonicalCut(after.cut),
      );
      expect(changes(after.cut, after.cut).changes, after.file).toEqual([]);
      const report = html.write(after.cut);
      expect('files' in report && report.files[0]!.text, after.file).not.toMatch(/undefined|NaN|\[object/);
      before = after;
    }
  },
);
