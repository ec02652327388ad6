/** Every xmeml file of the corpus is read, and holds what its table says: counted from the XML by another program. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { xmeml as writer } from '../../manifest/exports/xmeml.ts';
import { xmeml as reader } from '../../manifest/readers/xmeml.ts';
import { corpus } from '../corpus/folder.ts';
import { validXmeml } from './xmeml-dtd.ts';

const folder = join(corpus, 'xmeml');
const here = existsSync(folder);
if (!here) console.log(`skipped: the xmeml corpus (no ${folder}; set BATON_CORPUS)`);

const [head, ...rows] = readFileSync(fileURLToPath(new URL('../corpus/xmeml.tsv', import.meta.url)), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));
const facts = rows.map((row) => Object.fromEntries(head!.map((name, at) => [name, row[at] ?? ''])));

const read = (file: string) => reader.read(readFileSync(join(folder, file), 'utf8'), { name: file });
const eventsOf = (cuts: CutList[]): CutEvent[] =>
  cuts.flatMap((cut) => cut.tracks.flatMap((track) => track.events));
const find = (cut: CutList, id: string) => eventsOf([cut]).find((event) => event.id === id)!;

/** Events that ask for frames their media does not have. */
const CUT_TO_FIT: Record<string, number> = {
  'anima__test_v003.xml': 1,
  'otio-fcp-adapter__hiero_xml_export.xml': 1,
};

describe.skipIf(!here)('the corpus', () => {
  it('has no file that the table does not know', () => {
    expect(readdirSync(folder).sort()).toEqual(facts.map((fact) => fact['file']).sort());
  });

  it.each(facts)('$file holds what the table says', (fact) => {
    const { value, issues } = read(fact['file']!);
    const events = eventsOf(value);
    const tracks = value.flatMap((cut) => cut.tracks);
    const markers = [...value, ...events].flatMap((each) => each.markers ?? []);
    const found = {
      sequences: value.length,
      tracks: tracks.length,
      events: events.length,
      transitions: tracks.flatMap((track) => track.transitions).length,
      markers: markers.length,
      retimes: events.filter(({ speed }) => !speed || speed.num !== speed.den).length,
      disabled: events.filter((event) => !event.enabled).length,
      issues: [...new Set(issues.map((issue) => issue.code))].sort().join(' '),
    };
    const { file: _, ...said } = fact;
    expect(Object.fromEntries(Object.entries(found).map(([name, value_]) => [name, String(value_)]))).toEqual(
      said,
    );
    expect(issues.filter((issue) => issue.severity === 'error')).toEqual([]);
  });

  it.each(facts)('$file, written again, is valid and reads the same', (fact) => {
    for (const cut of read(fact['file']!).value) {
      const made = writer.write(cut);
      if ('refused' in made) throw new Error(made.refused);
      validXmeml(made.files[0]!.text);
      const again = reader.read(made.files[0]!.text, { name: 'again.xml' });
      // What asks for more than its media holds is cut to fit, and said.
      const cutToFit = new Set(
        made.losses
          .filter(({ what }) => what === 'source-range' || what === 'event')
          .map(({ where }) => where.split(' ')[0]),
      );
      const kept = eventsOf([cut]).filter(
        ({ kind, id }) => (kind === 'clip' || kind === 'title') && !cutToFit.has(id),
      );
      const places = (events: CutEvent[]) =>
        events.map(({ recordIn, recordOut, sourceIn, sourceOut, name }) => [
          name,
          recordIn,
          recordOut,
          sourceIn,
          sourceOut,
        ]);
      expect(places(eventsOf(again.value))).toEqual(expect.arrayContaining(places(kept)));
      expect(cutToFit.size).toBe(CUT_TO_FIT[fact['file']!] ?? 0);
      expect(again.value[0]).toMatchObject({ name: cut.name, rate: cut.rate, start: cut.start });
    }
  });

  it('a Premiere dissolve: the edges of −1 meet at the cut, the sources lose their handles', () => {
    const [cut] = read('otio-fcp-adapter__premiere_example.xml').value;
    const [left, right] = [find(cut!, 'V4-001'), find(cut!, 'V4-002')];
    expect([left.recordIn, left.recordOut, left.sourceIn, left.sourceOut]).toEqual([956, 1164, 34, 242]);
    expect([right.recordIn, right.recordOut, right.sourceIn, right.sourceOut]).toEqual([1164, 1246, 18, 100]);
    expect(cut!.tracks[3]!.transitions).toEqual([
      { in: 1152, out: 1177, kind: 'dissolve', name: 'Cross Dissolve' },
    ]);
    // At the end of a clip with nothing after it, it is a fade.
    expect(cut!.tracks[1]!.transitions[0]).toMatchObject({ in: 538, out: 557, kind: 'fade' });
    expect(find(cut!, 'V2-003').recordOut).toBe(557);
  });

  it('the first channel of a Premiere crossfade is as long as its second', () => {
    const [cut] = read('otio-fcp-adapter__premiere_example.xml').value;
    // The file's seventh and eighth track, which are one in Premiere.
    const [a, b] = [find(cut!, 'A4-001'), find(cut!, 'A4-002')];
    expect([a.recordIn, a.recordOut, a.sourceIn, a.sourceOut]).toEqual([956, 1164, 34, 242]);
    expect([b.recordIn, b.recordOut, b.sourceIn, b.sourceOut]).toEqual([1164, 1246, 18, 100]);
  });

  it('an item with a rate of its own is counted at it', () => {
    const [cut] = read('otio-fcp-adapter__premiere_example.xml').value;
    // 50 frames at 15 are the 100 at 30 that the ticks say and the track holds.
    expect(find(cut!, 'V1-001')).toMatchObject({
      recordIn: 536,
      recordOut: 636,
      sourceIn: 0,
      sourceOut: 100,
    });
  });

  it('a nested sequence is an event, and a cut list of its own', () => {
    const { value } = read('otio-fcp-adapter__premiere_example.xml');
    expect(find(value[0]!, 'V2-004')).toMatchObject({
      kind: 'nested',
      name: 'sc01_sh010_anim',
      sourceOut: 320,
    });
    expect(value[1]!.name).toBe('sc01_sh010_anim');
    expect(eventsOf([value[1]!])).toHaveLength(3);
  });

  it('Windows paths, reused files, sound in samples, links and titles', () => {
    const [cut] = read('otio-fcp-adapter__premiere_example.xml').value;
    const picture = find(cut!, 'V2-001');
    expect(picture.source).toMatchObject({
      file: 'D:\\media\\sc01_sh010_anim.mov',
      duration: 100,
      channels: 2,
    });
    expect(find(cut!, 'A1-001').link).toBe(picture.link);
    const sound = find(cut!, 'A2-001');
    expect(sound.source).toMatchObject({
      rate: { num: 48000, den: 1 },
      start: 8497 * 1600,
      sampleRate: 48000,
    });
    expect([sound.sourceIn, sound.sourceOut, sound.channels]).toEqual([0, 170 * 1600, undefined]);
    expect(find(cut!, 'V3-001')).toMatchObject({ kind: 'title', name: 'test_title', source: null });
  });
});
