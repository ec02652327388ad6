/** Markers on clips stand where their moment is seen, in every list, and none goes missing unsaid. */
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutList, CutMarker } from '../../manifest/documents/cutlist.ts';
import { avidMarkers } from '../../manifest/exports/avid-markers.ts';
import type { Exported } from '../../manifest/exports/export.ts';
import { markersCsv } from '../../manifest/exports/markers-csv.ts';
import { listedMarkers } from '../../manifest/exports/markers/project.ts';
import { resolveMarkers } from '../../manifest/exports/resolve-markers.ts';
import { RATES, type Rate } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';
import { FILM, written, marker, resolveRead } from './marker-lists-stage.ts';

const source = pictureSource('A', FILM, '10:00:00:00');

/** One event on V1 with these markers on its media. */
const onClip = (markers: CutMarker[], fields: Partial<CutEvent> = {}, rate: Rate = FILM) =>
  list(rate, '01:00:00:00', [
    track('V1', [event({ ...source, rate }, 100, 48, 10, rate, { markers, ...fields })]),
  ]);

/** Where each comes to stand, and the losses' words. */
function placed(cut: CutList): [number[], string[]] {
  const losses: string[] = [];
  const found = listedMarkers(cut, (loss) =>
    losses.push(...Array.from({ length: loss.count }, () => loss.what)),
  );
  return [found.map((each) => each.frame), losses];
}

/** A cut with markers on its media, inside and outside what is shown. */
const marked = anyCutList({ retimes: true, mixed: true, markers: true, made: true }).chain((cut) =>
  fc
    .array(
      fc.record({
        track: fc.nat(5),
        event: fc.nat(5),
        at: fc.integer({ min: -60, max: 400 }),
        length: fc.nat(30),
      }),
      {
        maxLength: 12,
      },
    )
    .map((wanted): CutList => {
      const copy = JSON.parse(JSON.stringify(cut)) as CutList;
      wanted.forEach((want, nth) => {
        const on = copy.tracks[want.track]?.events[want.event];
        if (!on) return;
        const frame = on.sourceIn + want.at;
        (on.markers ??= []).push(
          marker(frame, { duration: want.length, name: `n${nth}`, comment: `c${nth}` }),
        );
      });
      return copy;
    }),
);
const count = (cut: CutList) =>
  cut.markers.length +
  cut.tracks.flatMap((each) => each.events).reduce((sum, each) => sum + (each.markers?.length ?? 0), 0);
const lost = ({ losses }: Exported) =>
  losses.filter((loss) => loss.what === 'marker').reduce((sum, loss) => sum + loss.count, 0);

describe('markers on clips stand where their moment is seen', () => {
  test('at plain speed, as far from the record in as from the source in', () => {
    expect(placed(onClip([marker(10), marker(11), marker(57)]))).toEqual([[100, 101, 147], []]);
  });

  test('what the event does not show is a loss, on both sides', () => {
    expect(placed(onClip([marker(9), marker(58), marker(30)]))).toEqual([[120], ['marker', 'marker']]);
  });

  test('speeds count exactly: twice, half, backwards, still', () => {
    const at = (num: number, den: number, sourceOut: number, ...frames: number[]) =>
      placed(
        onClip(
          frames.map((frame) => marker(frame)),
          { speed: { num, den }, sourceOut },
        ),
      )[0];
    expect(at(2, 1, 106, 10, 12, 13, 105)).toEqual([100, 101, 101, 147]);
    expect(at(1, 2, 34, 10, 11, 33)).toEqual([100, 102, 146]);
    expect(at(-1, 1, 58, 57, 56, 10)).toEqual([100, 101, 147]);
    expect(at(0, 1, 11, 10)).toEqual([100]);
    expect(at(2, 3, 42, 11)).toEqual([101]);
  });

  test('a speed that varies has no place for a marker, and says so', () => {
    expect(placed(onClip([marker(20)], { speed: null }))).toEqual([[], ['marker']]);
  });

  test('media at another rate: a second of it is a second of the sequence', () => {
    const slow = pictureSource('B', RATES['25'], '10:00:00:00');
    const cut = list(RATES['50'], '01:00:00:00', [
      track('V1', [
        {
          ...event(slow, 0, 100, 0, RATES['50']),
          sourceIn: 25,
          sourceOut: 75,
          markers: [marker(25), marker(26), marker(50)],
        },
      ]),
    ]);
    expect(placed(cut)).toEqual([[0, 2, 50], []]);
  });

  test('sound on the nearest sample of a frame is on that frame, at every rate', () => {
    for (const name of ['23.976', '25', '29.97', '59.94'] as const) {
      const rate = RATES[name];
      const sound = soundSource('S', rate, '10:00:00:00');
      const base = event(sound, 0, 100, 10, rate);
      const frames = Array.from({ length: 100 }, (_, at) => at);
      const samples = frames.map((frame) => event(sound, 0, 1, 10 + frame, rate).sourceIn);
      const cut = list(rate, '01:00:00:00', [
        track('A1', [{ ...base, markers: samples.map((sample) => marker(sample)) }]),
      ]);
      expect(placed(cut)).toEqual([frames, []]);
    }
  });

  test("picture and its sound have one take's markers; each is listed once", () => {
    const both = { markers: [marker(20), marker(30)] };
    const cut = list(FILM, '01:00:00:00', [
      track('V1', [event(source, 0, 48, 10, FILM, both)]),
      track('A1', [event(source, 0, 48, 10, FILM, both)]),
      track('A2', [event(source, 2, 46, 12, FILM, both)]),
    ]);
    expect(placed(cut)).toEqual([
      [10, 20],
      ['marker', 'marker', 'marker', 'marker'],
    ]);
  });

  test('a marker that lasts past its event ends with it, said; its length follows the speed', () => {
    const losses: string[] = [];
    const cut = onClip([marker(50, { duration: 30 }), marker(10, { duration: 20 })], {
      speed: { num: 2, den: 1 },
      sourceOut: 106,
    });
    const [first, second] = listedMarkers(cut, (loss) => losses.push(loss.what));
    expect([first!.duration, second!.duration, losses]).toEqual([10, 15, []]);
    const [late] = listedMarkers(onClip([marker(50, { duration: 30 })]), (loss) => losses.push(loss.what));
    expect([late!.duration, losses]).toEqual([8, ['marker-length']]);
  });
});

describe('markers in = markers out + losses', () => {
  const twoDigits = (cut: CutList) => cut.rate.num / cut.rate.den <= 100;
  for (const format of [resolveMarkers, avidMarkers, markersCsv])
    test(`in ${format.id}, at every rate, each at its own frame`, () => {
      fc.assert(
        fc.property(marked, (cut) => {
          const made = format.write(cut);
          if ('refused' in made) {
            expect(twoDigits(cut)).toBe(false);
            expect(made.refused).toContain('two digits');
            return;
          }
          const text = made.files[0]!.text;
          const rows =
            format === resolveMarkers
              ? resolveRead(text).map((each) => each.tc)
              : format === avidMarkers
                ? text
                    .split('\r\n')
                    .slice(0, -1)
                    .map((line) => line.split('\t')[1]!)
                : Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true })
                    .data.slice(1)
                    .map((row) => row[3]!);
          expect(rows.length + lost(made)).toBe(count(cut));
          const moved = made.losses.some((loss) => loss.what === 'marker-place');
          if (!moved)
            expect(rows).toEqual(
              listedMarkers(cut, () => {}).map((each) => frameToTimecode(cut.start + each.frame, cut.rate)),
            );
        }),
        { numRuns: 200 },
      );
    });

  test('a cut without markers is a list without markers', () => {
    const empty = list(FILM, '01:00:00:00', []);
    expect(resolveRead(written(resolveMarkers, empty).text)).toEqual([]);
    expect(written(avidMarkers, empty).text).toBe('');
    expect(written(markersCsv, empty).text.split('\r\n')).toHaveLength(2);
  });
});
