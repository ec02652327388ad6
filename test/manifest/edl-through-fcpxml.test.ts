/** Every real EDL of the corpus, through FCPXML and back: the same events on the same timecode, or said to be lost. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decode } from '../../bridge/local/cut-files.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { edl as write } from '../../manifest/exports/edl.ts';
import { fcpxml as writeFcpxml } from '../../manifest/exports/fcpxml.ts';
import { edlReader as read } from '../../manifest/readers/edl.ts';
import { fcpxmlReader as readFcpxml } from '../../manifest/readers/fcpxml.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { validate } from './fcpxml-dtd.ts';

const folder = join(
  process.env['BATON_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url)),
  'edl',
);
let files: string[] = [];
try {
  files = readdirSync(folder).filter((name) => /\.edl|\.txt$/i.test(name));
} catch {
  console.log(`skipped: no corpus of EDLs at ${folder}; BATON_CORPUS names another place`);
}

/** A rate at which this list can count: the highest frame number bounds it. */
function readAtSomeRate(text: string, name: string): CutList | null {
  for (const rate of ['23.976', '25', '29.97', '59.94'] as const) {
    const { value, issues } = read.read(text, { name, rate: RATES[rate] });
    const bad = issues.filter((issue) => issue.severity === 'error').length;
    if (
      value[0] &&
      value[0].tracks.some((track) => track.events.length > 0) &&
      (bad === 0 || rate === '59.94')
    )
      return value[0];
  }
  return null;
}

const places = (list: CutList) =>
  list.tracks
    .flatMap((track) =>
      track.events.map(
        ({ recordIn, recordOut }) => `${track.type} ${list.start + recordIn}–${list.start + recordOut}`,
      ),
    )
    .sort();

describe.skipIf(files.length === 0)('the EDLs of the corpus', () => {
  it.each(files)('%s through FCPXML that validates, and back', (name) => {
    const { text } = decode(readFileSync(join(folder, name)), name);
    const list = readAtSomeRate(text, name);
    if (!list) return;
    const made = writeFcpxml.write(list, DEFAULT_OPTIONS);
    if ('refused' in made) throw new Error(made.refused);
    for (const file of made.files) validate(file.text, '1.10');
    const [through] = readFcpxml.read(made.files[0]!.text, { name }).value;
    const before = places(list);
    const after = new Set(through ? places(through) : []);
    const missing = before.filter((place) => !after.has(place)).length;
    const lost = made.losses.reduce((sum, loss) => sum + loss.count, 0);
    expect(missing).toBeLessThanOrEqual(lost);
    if (!through) return;
    const back = write.write(through, { ...DEFAULT_OPTIONS, target: 'avid', reels: 129, split: false });
    if ('refused' in back) throw new Error(back.refused);
    const again = back.files
      .filter((file) => file.suffix.endsWith('.edl'))
      .flatMap((file) => read.read(file.text, { name, rate: through.rate }).value);
    const readBack = again.reduce(
      (sum, each) => sum + each.tracks.reduce((all, track) => all + track.events.length, 0),
      0,
    );
    const events = through.tracks.reduce((sum, track) => sum + track.events.length, 0);
    const said = back.losses
      .filter((loss) => /event|track|title|gap/.test(loss.what))
      .reduce((sum, loss) => sum + loss.count, 0);
    expect(readBack + said).toBeGreaterThanOrEqual(events);
  });
});
