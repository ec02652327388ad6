/** What is written as ALE: every source once, at one rate a file. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutSource } from '../../manifest/documents/cutlist.ts';
import { ale as aleExport, handoffAle } from '../../manifest/exports/ale.ts';
import { readTable } from '../../manifest/readers/ale/table.ts';
import { RATES, type RateName } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { goldenCuts, lossText } from './goldens.ts';
import { clip, event, filmCut, handoff, list, pictureSource, track } from './cutlist-samples.ts';
import { written, sheet, cut } from './ale-stage.ts';

/** Rates whose frames have two digits, which is all an ALE holds. */
const COUNTED = (Object.keys(RATES) as RateName[]).filter((name) => !/^1[12]/.test(name));

describe('what is written', () => {
  for (const [name, sample] of goldenCuts)
    test(`the sources of the ${name} cut read as their golden`, async () => {
      const { files, losses } = written(sample);
      for (const file of files)
        await expect(file.text.replaceAll('\r\n', '\n')).toMatchFileSnapshot(
          `exports/goldens/${name}${file.suffix}`,
        );
      await expect(lossText(losses)).toMatchFileSnapshot(`exports/goldens/${name}.ale-losses.txt`);
    });

  test('every source is one row, and its names and timecode read back, at every rate with two digits for frames', () => {
    fc.assert(
      fc.property(anyCutList({ rates: COUNTED, mixed: true, retimes: true, made: true }), (given) => {
        const used = new Map<string, CutSource>();
        for (const each of given.tracks.flatMap((one) => one.events))
          if (each.source) used.set(each.source.clip ?? each.source.file!, each.source);
        const made = aleExport.write(given);
        if ('refused' in made) {
          expect(used.size).toBe(0);
          return;
        }
        const rows = made.files.flatMap((file) => {
          const back = cut(file.text);
          expect(back.issues).toEqual([]);
          return back.value.flatMap((each) =>
            each.tracks.filter((one) => one.index === 1).flatMap((one) => one.events),
          );
        });
        const identity = ({ source }: { source: CutSource | null }) => {
          const { clip: id, file, name, reel, scene, take, camera, rate, start, duration } = source!;
          // Sound counts samples in the cut and frames in an ALE: its names are compared, its time elsewhere.
          const time = source!.hasPicture ? [rate, start, duration] : [];
          return JSON.stringify([id, file, name, reel, scene, take, camera, ...time]);
        };
        expect(new Set(rows.map(identity))).toEqual(
          new Set([...used.values()].map((source) => identity({ source }))),
        );
        expect(rows.length).toBe(used.size);
      }),
    );
  });

  test('each file holds one rate and says so in its heading and its name', () => {
    const [a, b] = [
      pictureSource('A', RATES['25'], '10:00:00:00'),
      pictureSource('B', RATES['23.976'], '11:00:00:00'),
    ];
    const given = list(RATES['25'], '01:00:00:00', [
      track('V1', [event(a, 0, 50, 0, RATES['25']), event(b, 50, 50, 0, RATES['25'])]),
    ]);
    const { files, losses } = written(given);
    expect(files.map((file) => [file.suffix, readTable(file.text, 'x').table.heading.get('FPS')])).toEqual([
      ['_25.ale', '25'],
      ['_23.976.ale', '23.976'],
    ]);
    expect(losses.map((loss) => [loss.what, loss.count])).toContainEqual(['mixed-rate', 2]);
    expect(files.every((file) => readTable(file.text, 'x').table.rows.length === 1)).toBe(true);
  });

  test("Avid's required headings are there, at most 64 of at most 32 characters", () => {
    const { columns } = readTable(written(filmCut()).files[0]!.text, 'x').table;
    for (const heading of ['Name', 'Tracks', 'Start', 'End', 'Tape']) expect(columns).toContain(heading);
    expect(columns.length).toBeLessThanOrEqual(64);
    for (const heading of columns) expect(heading.length).toBeLessThanOrEqual(32);
  });

  test('drop-frame timecode has its semicolon; End is the frame after the last', () => {
    const rate = RATES['29.97df'];
    const source = pictureSource('A', rate, '00:00:59;20', { duration: 12 });
    const { files } = written(list(rate, '01:00:00;00', [track('V1', [event(source, 0, 5, 0, rate)])]));
    expect(files[0]!.text).toContain('\t00:00:59;20\t00:01:00;04\t00:00:00;12\t');
    expect(files[0]!.text).toContain('FPS\t29.97\r\n');
  });

  test('tabs and line breaks in a name part no cells, and are said', () => {
    const rate = RATES['25'];
    const source = pictureSource('A', rate, '10:00:00:00', { scene: '7\tA\n', take: '2' });
    const { files, losses } = written(
      list(rate, '01:00:00:00', [track('V1', [event(source, 0, 5, 0, rate)])]),
    );
    expect(sheet(files[0]!.text).value.rows[0]).toMatchObject({ scene: '7 A', take: '2' });
    expect(losses.filter((loss) => loss.what === 'character').map((loss) => loss.message)).toEqual([
      'A.mov: Scene holds tabs or line breaks, which part the cells of an ALE; they are spaces there',
    ]);
  });

  test('media without timecode, of unknown length, or of a rate no ALE counts is said', () => {
    const rate = RATES['25'];
    const fast = RATES['120'];
    const given = list(rate, '01:00:00:00', [
      track('V1', [
        event(pictureSource('none', rate, null), 0, 10, 0, rate),
        event(pictureSource('endless', rate, '10:00:00:00', { duration: null }), 10, 10, 90, rate),
        event(pictureSource('fast', fast, '10:00:00:000'), 20, 10, 0, rate),
      ]),
    ]);
    const { files, losses } = written(given);
    expect(losses.map((loss) => [loss.what, loss.where])).toEqual([
      ['media-length', 'endless.mov'],
      ['flattened', 'sequence'],
      ['source', 'fast.mov'],
      ['no-source-timecode', 'none.mov'],
    ]);
    const rows = sheet(files[0]!.text).value.rows;
    expect(rows.map((row) => [row.file, row.startTc, row.endTc])).toEqual([
      ['none.mov', '00:00:00:00', '00:00:40:00'],
      ['endless.mov', '10:00:00:00', '10:00:04:00'],
    ]);
  });

  test('a cut without media is refused', () => {
    const rate = RATES['25'];
    const title = event(null, 0, 10, 0, rate, { kind: 'title', name: 'END' });
    expect(aleExport.write(list(rate, '01:00:00:00', [track('V1', [title])]))).toHaveProperty('refused');
  });

  test('a whole handoff is one row a clip, with rolls, days, picks and notes', () => {
    const rate = RATES['23.976'];
    const paper = handoff([
      clip(
        'CAM/A001C001.mov',
        { rate, startTc: '10:00:00:00', durationFrames: 48, channels: 2, recordedOn: '2026-11-20' },
        {
          identity: { scene: '7', take: '2', camera: 'A', reel: 'A001' },
          pick: 'circled',
        },
      ),
      clip(
        'SOUND/S1.wav',
        { sampleRate: 48000, startSamples: 1_729_728_000, durationSamples: 96_096, channels: 3 },
        {
          kind: 'sound',
          identity: { soundRoll: 'SR1', scene: '7', take: '2' },
        },
      ),
      clip('notes.pdf', {}, { kind: 'document' }),
    ]);
    paper.rate = rate;
    paper.log.entries.push({
      id: 'e',
      sheet: 'log.csv',
      row: 2,
      notes: [{ id: 'n', kind: 'note', text: 'Hold the end', timecode: '10:00:01:00' }],
      clips: ['id of CAM/A001C001.mov'],
    });
    const { files, losses } = handoffAle(paper, { main: '/Volumes/Shoot' });
    expect(files.map((file) => file.suffix)).toEqual(['.ale']);
    const { rows } = sheet(files[0]!.text).value;
    expect(rows).toMatchObject([
      {
        file: 'A001C001.mov',
        scene: '7',
        take: '2',
        camera: 'A',
        reel: 'A001',
        pick: 'circled',
        startTc: '10:00:00:00',
        endTc: '10:00:02:00',
        notes: [{ text: 'Hold the end', timecode: '10:00:01:00' }],
        other: { 'Shoot date': '20261120', 'Source File Path': '/Volumes/Shoot/CAM/A001C001.mov' },
      },
      { file: 'S1.wav', soundRoll: 'SR1', startTc: '10:00:00:00', endTc: '10:00:02:00' },
    ]);
    expect(losses.map((loss) => [loss.what, loss.where])).toEqual([['source', 'notes.pdf']]);
  });
});
