/** Every real EDL of the corpus, through FCPXML and back: the same events on the same timecode, or said to be lost. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode } from '../../bridge/local/cut-files.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { edl as write } from '../../manifest/exports/edl.ts';
import { fcpxml as writeFcpxml } from '../../manifest/exports/fcpxml.ts';
import { edlReader as read } from '../../manifest/readers/edl.ts';
import { fcpxmlReader as readFcpxml } from '../../manifest/readers/fcpxml.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { corpus } from '../corpus/folder.ts';
import { validate } from './fcpxml-dtd.ts';

const folder = join(corpus, 'edl');
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

const crossings = (list: CutList) =>
  list.tracks.reduce((sum, { transitions }) => sum + transitions.length, 0);

/** Lists whose transitions all have their handles, with the rate and the number of transitions of each. */
const WHOLE = [
  ['otio-cmx3600-adapter__dissolve_test.edl', '24', 1],
  ['otio-cmx3600-adapter__dissolve_test_2.edl', '24', 1],
  ['otio-cmx3600-adapter__dissolve_test_3.edl', '24', 1],
  ['otio-cmx3600-adapter__dissolve_test_4.edl', '24', 2],
  ['otio-cmx3600-adapter__dissolve_test_fail.edl', '24', 1],
  ['otio-cmx3600-adapter__transition_duration.edl', '24', 1],
  ['otio-cmx3600-adapter__wipe_test.edl', '24', 1],
  ['sg-otio__raphe_temp1_rfe_R01_v01_TRANSITIONS.edl', '24', 3],
  ['pycmx__test_25.edl', '25', 3],
] as const;

/** Source and record timecodes of the edits that have a length, apart from the reader. */
function timecodes(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = /^\s*\d+\s.*?((?:\s+\d\d:\d\d:\d\d[:;]\d\d){4})\s*$/.exec(line);
    const [from, to, ...record] = found ? found[1]!.trim().split(/\s+/) : [];
    return found && record[0] !== record[1] ? [[from, to, ...record].join(' ')] : [];
  });
}

describe.skipIf(files.length === 0)('transitions of EDLs, which begin at their cuts', () => {
  it.each(WHOLE)('%s at %s through FCPXML and back: all %i of them', (name, rate, count) => {
    const { text } = decode(readFileSync(join(folder, name)), name);
    const list = read.read(text, { name, rate: RATES[rate] }).value[0]!;
    expect(crossings(list)).toBe(count);
    const made = writeFcpxml.write(list, DEFAULT_OPTIONS);
    if ('refused' in made) throw new Error(made.refused);
    validate(made.files[0]!.text, '1.10');
    expect(made.losses.map(({ what }) => what)).not.toContain('transition-length');
    const through = readFcpxml.read(made.files[0]!.text, { name }).value[0]!;
    expect(crossings(through)).toBe(count);
    const back = write.write(through, { ...DEFAULT_OPTIONS, target: 'avid', reels: 129, split: false });
    if ('refused' in back) throw new Error(back.refused);
    const again = read.read(back.files[0]!.text, { name, rate: RATES[rate] }).value[0]!;
    expect(crossings(again)).toBe(count);
    // The other list has sound, which comes back channel by channel.
    if (rate === '24') expect(timecodes(back.files[0]!.text)).toEqual(timecodes(text));
  });
});

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
    const straight = made.losses.filter(({ what }) => what === 'transition').length;
    expect(crossings(through) + straight).toBe(crossings(list));
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
    expect(readBack + said).toBe(events);
    const cutInstead = back.losses
      .filter((loss) => loss.message.endsWith('straight cut'))
      .reduce((sum, loss) => sum + loss.count, 0);
    const crossed = again.reduce((sum, each) => sum + crossings(each), 0);
    expect(crossed + cutInstead).toBe(crossings(through));
  });
});
