import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { csv } from '../../manifest/exports/csv.ts';
import type { Exported } from '../../manifest/exports/export.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { event, list, pictureSource, track } from './cutlist-samples.ts';
import { goldenCuts } from './goldens.ts';

function written(cut: CutList): Exported & { text: string } {
  const made = csv.write(cut);
  if ('refused' in made) throw new Error(made.refused);
  return { ...made, text: made.files[0]!.text };
}
const table = (text: string) =>
  Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true }).data;

describe('the cut as a table', () => {
  for (const [name, cut] of goldenCuts)
    test(`the ${name} cut reads as its golden`, async () => {
      const { text, files, losses } = written(cut);
      await expect(text.replaceAll('\r\n', '\n')).toMatchFileSnapshot(
        `exports/goldens/${name}${files[0]!.suffix}`,
      );
      expect(losses.map((loss) => [loss.what, loss.count])).toEqual(
        cut.markers.length > 0 ? [['marker', cut.markers.length]] : [],
      );
    });

  test('every event is one row with its exact place and source, at every rate', () => {
    fc.assert(
      fc.property(anyCutList({ transitions: true, retimes: true, made: true, mixed: true }), (cut) => {
        const rows = table(written(cut).text);
        const events = cut.tracks.flatMap((each) => each.events.map((one) => ({ track: each, one })));
        expect(rows.length).toBe(events.length);
        rows.forEach((row, at) => {
          const { track: on, one } = events[at]!;
          expect([row['No.'], row['Track'], row['Clip']]).toEqual([
            String(at + 1),
            `${on.type === 'video' ? 'V' : 'A'}${on.index}`,
            one.name,
          ]);
          expect([row['Record In Frame'], row['Record Frames']]).toEqual(
            [one.recordIn, one.recordOut - one.recordIn].map(String),
          );
          expect(row['Record Out']).toBe(frameToTimecode(cut.start + one.recordOut, cut.rate));
          expect(row['Enabled']).toBe(one.enabled ? 'yes' : 'no');
          if (!one.source) return;
          expect([row['Source In Frame'], row['Source Frames'], row['File'], row['Baton Clip']]).toEqual(
            [one.sourceIn, one.sourceOut - one.sourceIn, one.source.file, one.source.clip ?? ''].map(String),
          );
          if (one.source.hasPicture)
            expect([row['Source In'], row['Source Out']]).toEqual(
              [one.sourceIn, one.sourceOut].map((frame) =>
                frameToTimecode(one.source!.start! + frame, one.source!.rate),
              ),
            );
        });
      }),
    );
  });

  test('a transition is named by the events on both its sides; one over no edge is a loss', () => {
    const rate = RATES['25'];
    const source = pictureSource('A', rate, '10:00:00:00');
    const cut = list(rate, '01:00:00:00', [
      track('V1', [event(source, 0, 50, 10, rate), event(source, 50, 50, 90, rate)], {
        transitions: [
          { in: 45, out: 55, kind: 'wipe', wipe: 3, name: 'Wisch' },
          { in: 95, out: 100, kind: 'fade', name: 'Out' },
          { in: 60, out: 70, kind: 'dissolve', name: 'nowhere' },
        ],
      }),
    ]);
    const { text, losses } = written(cut);
    const [first, second] = table(text);
    expect(first!['Transition Out']).toBe('wipe 3 of 10 frames (Wisch) 01:00:01:20–01:00:02:05');
    expect(second!['Transition In']).toBe(first!['Transition Out']);
    expect(second!['Transition Out']).toBe('fade of 5 frames (Out) 01:00:03:20–01:00:04:00');
    expect(losses.map((loss) => loss.message)).toEqual([
      'nowhere: it lies over no edge of an event, so no row can name it',
    ]);
  });

  test('what has no column of its own stands in the notes', () => {
    const rate = RATES['25'];
    const source = pictureSource('A', rate, '10:00:00:00', { tags: ['circled', 'MOS'] });
    const one = event(source, 0, 20, 5, rate, {
      link: 4,
      channels: [2, 3],
      markers: [{ frame: 7, duration: 1, name: 'boom', comment: 'in shot', colour: 'red' }],
    });
    const cut = list(rate, '01:00:00:00', [track('V1', [one], { name: 'Picture', enabled: false })]);
    const [row] = table(written(cut).text);
    expect(row!['Notes']).toBe(
      'track "Picture"; V1 is switched off; link 4; channels 2 3; marker at source frame 7: boom: in shot; circled, MOS',
    );
    expect(row!['Enabled']).toBe('no');
  });

  test('speeds are exact and never begin like a formula', () => {
    const rate = RATES['25'];
    const source = pictureSource('A', rate, '10:00:00:00');
    const speeds = [{ num: 1, den: 1 }, { num: -3, den: 2 }, { num: 1, den: 3 }, { num: 0, den: 1 }, null];
    const events = speeds.map((speed, at) => event(source, at * 20, 20, 0, rate, { speed }));
    const rows = table(written(list(rate, '01:00:00:00', [track('V1', events)])).text);
    expect(rows.map((row) => row['Speed'])).toEqual([
      '100%',
      'reverse 150%',
      '1/3 (33.33%)',
      'freeze',
      'varies',
    ]);
  });

  test('cells that a spreadsheet would run are guarded and counted', () => {
    const rate = RATES['25'];
    const source = pictureSource('A', rate, null, { scene: '=HYPERLINK("x")', take: '+1', reel: undefined });
    const cut = list(rate, '01:00:00:00', [track('V1', [event(source, 0, 20, 0, rate, { name: '@cmd' })])]);
    const { text, losses } = written(cut);
    const [row] = table(text);
    expect([row!['Clip'], row!['Scene'], row!['Take']]).toEqual(["'@cmd", `'=HYPERLINK("x")`, "'+1"]);
    expect([row!['Source In'], row!['Notes']]).toEqual(['', 'the media has no timecode']);
    expect(losses).toMatchObject([{ what: 'formula', count: 3 }]);
  });

  // Whatever looked through all of them for each would not end within the time a test has.
  test('200,000 events on 8 tracks are a table', () => {
    const rate = RATES['24'];
    const source = pictureSource('A', rate, '10:00:00:00');
    const tracks = ['V1', 'V2', 'V3', 'V4', 'A1', 'A2', 'A3', 'A4'].map((name) =>
      track(
        name,
        Array.from({ length: 25_000 }, (_, at) => event(source, at * 30, 25, at % 500, rate)),
      ),
    );
    const { text } = written(list(rate, '01:00:00:00', tracks));
    // With its headings, and nothing after the last line's end.
    expect(text.split('\r\n')).toHaveLength(200_002);
  });
});
