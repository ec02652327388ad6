/**
 * Real FCPXML files against facts counted apart from the reader (test/corpus/fcpxml.tsv): lists, events, places of transitions,
 * markers, events that do not run at 100 %, fades of opacity, and the kinds of issues.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { fcpxml } from '../../manifest/exports/fcpxml.ts';
import { fcpxmlReader } from '../../manifest/readers/fcpxml.ts';
import { corpus } from '../corpus/folder.ts';
import { validate } from './fcpxml-dtd.ts';

const [head, ...rows] = readFileSync(new URL('../corpus/fcpxml.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));
const here = existsSync(join(corpus, 'fcpxml'));
if (!here) console.log(`skipped: FCPXML files of others (no ${corpus}/fcpxml; set BATON_CORPUS)`);

function read(path: string) {
  return fcpxmlReader.read(readFileSync(join(corpus, path), 'utf8'), { name: path });
}

function facts(value: CutList[]): Record<string, number> {
  const tracks = value.flatMap((list) => list.tracks);
  const events = tracks.flatMap((track) => track.events);
  const isFade = (name: string) => name === 'Fade In' || name === 'Fade Out';
  // A transition of a clip with picture and sound lies on a track of each; it is one place.
  const places = value.map(
    (list) =>
      new Set(
        list.tracks.flatMap(({ transitions }) =>
          transitions.filter(({ name }) => !isFade(name)).map((each) => `${each.in}-${each.out}`),
        ),
      ).size,
  );
  const marked = [...events, ...value].reduce((sum, { markers }) => sum + (markers?.length ?? 0), 0);
  return {
    lists: value.length,
    events: events.length,
    transitions: places.reduce((a, b) => a + b, 0),
    markers: marked,
    retimes: events.filter(({ speed }) => !speed || speed.num !== speed.den).length,
    fades: tracks.flatMap(({ transitions }) => transitions).filter(({ name }) => isFade(name)).length,
  };
}

describe.skipIf(!here)('files of other programs', () => {
  test('every one of the corpus has a row', () => {
    const files = here ? readdirSync(join(corpus, 'fcpxml')).map((name) => `fcpxml/${name}`) : [];
    expect(rows.map(([path]) => path).sort()).toEqual(files.sort());
  });

  test.each(rows.map((row) => [row[0]!, row] as const))('%s', (path, row) => {
    const { value, issues } = read(path);
    const wanted = Object.fromEntries(head!.slice(1, -1).map((name, at) => [name, Number(row[at + 1])]));
    expect(facts(value)).toEqual(wanted);
    const codes = [...new Set(issues.map(({ code }) => code.replace('fcpxml-', '')))].sort();
    expect(codes.join(' ') || '-').toBe(row.at(-1));
    for (const { message, at } of issues) expect(message).toContain(`${at}: `);
    for (const list of value)
      for (const track of list.tracks) {
        let end = -Infinity;
        for (const event of track.events) {
          expect(event.recordIn).toBeGreaterThanOrEqual(end);
          expect(event.recordOut).toBeGreaterThan(event.recordIn);
          expect(event.sourceOut).toBeGreaterThan(event.sourceIn);
          end = event.recordOut;
        }
      }
  });

  test.each(rows.map((row) => row[0]!))(
    '%s, written again, is valid and reads as many events of media',
    (path) => {
      for (const list of read(path).value) {
        const made = fcpxml.write(list, { ...DEFAULT_OPTIONS, fcpxml: '1.11' });
        if ('refused' in made) throw new Error(made.refused);
        validate(made.files[0]!.text, '1.11');
        const again = fcpxmlReader.read(made.files[0]!.text, { name: path });
        expect(again.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        const events = (cut: CutList) => cut.tracks.reduce((sum, track) => sum + track.events.length, 0);
        const lost = made.losses.filter(({ what }) =>
          ['title', 'nested', 'multicam', 'adjustment', 'unknown', 'event'].includes(what),
        );
        expect(again.value.reduce((sum, cut) => sum + events(cut), 0) + lost.length).toBe(events(list));
      }
    },
  );
});
