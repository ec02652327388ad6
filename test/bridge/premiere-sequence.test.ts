/** A Premiere sequence is read to the frame: start timecode, record and source times, pages. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutSequence } from '../../host/standin/premiere/edit.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { cutStage, importTo, makeBin, metadata, picture, SIZE, stage, words } from './premiere-stage.ts';

describe('the sequence itself', () => {
  test('without any there is none, and no names', async () => {
    const open = stage();
    expect(await open.editor.sequence()).toBeNull();
    expect(await open.editor.sequences()).toEqual([]);
    expect(await open.editor.sequence('nonsense')).toBeNull();
  });

  test('29.97 DF starts at 01:00:00;00, which is frame 107892', async () => {
    const open = await cutStage({ rate: RATES['29.97df'], start: 107892, items: [] });
    expect(await open.editor.sequence()).toMatchObject({
      kind: 'sequence',
      editor: 'premiere',
      name: 'Cut 1',
      rate: RATES['29.97df'],
      start: 107892,
      size: SIZE,
    });
  });

  test.each(['23.976', '24', '25', '29.97', '30', '48', '50', '59.94', '59.94df', '60'] as const)(
    'rate %s is exact, and a start past 9 h 51 min too',
    async (name) => {
      const rate = RATES[name];
      const start = Math.round(rate.num / rate.den) * 3600 * 23 + 1;
      const open = await cutStage({ rate, start, items: [] });
      expect(await open.editor.sequence()).toMatchObject({ rate, start });
    },
  );

  test('the active one is marked, and one that Premiere still names from another project is not taken', async () => {
    const open = await cutStage({ rate: RATES['25'], start: 0, items: [] });
    expect(await open.editor.sequences()).toEqual([{ id: open.id, name: 'Cut 1', active: true }]);
    const stale = stage({ state: open.state(), misbehaviour: { staleActiveSequence: true } });
    expect(await stale.editor.sequences()).toEqual([{ id: open.id, name: 'Cut 1', active: false }]);
    expect(await stale.editor.sequence()).toBeNull();
    expect((await stale.editor.sequence(open.id))!.name).toBe('Cut 1');
  });
});

describe('its items', () => {
  test('carry record and source times from the first frame, the media start, length and the clip id', async () => {
    const rate = RATES['23.976'];
    const open = stage();
    await words(open, [
      makeBin('A'),
      importTo('/Shoot/A001.mov', 'A'),
      metadata('/Shoot/A001.mov', { batonId: 'clip-1', reel: 'A001' }),
    ]);
    const state = open.state();
    cutSequence(state, {
      name: 'Cut',
      rate,
      start: 86400,
      size: SIZE,
      items: [
        { file: '/Shoot/A001.mov', track: 'V1', recordIn: 24, sourceIn: 100, duration: 48 },
        { file: '/Shoot/A001.mov', track: 'A1', recordIn: 24, sourceIn: 100, duration: 48 },
        { file: '/Shoot/A001.mov', track: 'V1', recordIn: 0, sourceIn: 2000, duration: 24, enabled: false },
      ],
      transitions: [{ track: 'V1', in: 18, out: 30 }],
      markers: [{ frame: 30, duration: 10, name: 'Ask', comment: 'music?', colour: 1 }],
      muted: ['A1'],
    });
    const snapshot = (await stage({ state }).editor.sequence())!;
    const source = {
      file: '/Shoot/A001.mov',
      name: 'A001.mov',
      rate,
      start: 86400,
      duration: 2400,
      clip: 'clip-1',
      reel: 'A001',
    };
    const plain = { name: 'A001.mov', kind: 'clip', speed: { num: 1, den: 1 }, id: expect.any(String) };
    expect(snapshot.tracks).toEqual([
      {
        type: 'video',
        index: 1,
        name: 'Video 1',
        enabled: true,
        items: [
          { ...plain, in: 0, out: 24, source: { ...source, in: 2000, out: 2024 }, enabled: false },
          { ...plain, in: 24, out: 72, source: { ...source, in: 100, out: 148 }, enabled: true, link: 1 },
        ],
        transitions: [{ in: 18, out: 30, name: 'Cross Dissolve' }],
      },
      {
        type: 'audio',
        index: 1,
        name: 'Audio 1',
        enabled: false,
        items: [
          { ...plain, in: 24, out: 72, source: { ...source, in: 100, out: 148 }, enabled: true, link: 1 },
        ],
        transitions: [],
      },
    ]);
    expect(snapshot.markers).toEqual([
      { frame: 30, duration: 10, name: 'Ask', comment: 'music?', colour: 'red' },
    ]);
  });

  test('count source frames at the media rate: 25 fps and 59.94 media past 11 h in a 23.976 cut', async () => {
    const open = await cutStage({
      rate: RATES['23.976'],
      start: 0,
      items: [
        { file: '/Shoot/A003.mov', track: 'V1', recordIn: 0, sourceIn: 500, duration: 24 },
        { file: '/Shoot/HFR.mov', track: 'V1', recordIn: 24, sourceIn: 61, duration: 24 },
      ],
    });
    const [first, second] = (await open.editor.sequence())!.tracks[0]!.items;
    // 24 frames of 23.976 last 1.001 s: 25.025 frames at 25, 60 at 59.94.
    expect(first!.source).toMatchObject({
      rate: RATES['25'],
      in: 500,
      out: 525,
      start: 990_000,
      duration: 2500,
    });
    expect(second!.source).toMatchObject({
      rate: RATES['59.94'],
      in: 61,
      out: 121,
      start: 2_592_000,
      duration: 6000,
    });
  });

  test('media with drop-frame timecode keeps it', async () => {
    const open = await cutStage({
      rate: RATES['29.97df'],
      start: 0,
      items: [{ file: '/Shoot/DF.mov', track: 'V1', recordIn: 0, sourceIn: 10, duration: 20 }],
    });
    expect((await open.editor.sequence())!.tracks[0]!.items[0]!.source).toMatchObject({
      rate: RATES['29.97df'],
      start: 107892,
      duration: 3600,
      in: 10,
      out: 30,
    });
  });

  test('sound counts in frames of the sequence', async () => {
    const open = await cutStage({
      rate: RATES['25'],
      start: 0,
      items: [{ file: '/Shoot/S001.wav', track: 'A2', recordIn: 0, sourceIn: 50, duration: 25 }],
    });
    const snapshot = (await open.editor.sequence())!;
    expect(snapshot.tracks.map(({ type, index, items }) => [type, index, items.length])).toEqual([
      ['audio', 1, 0],
      ['audio', 2, 1],
    ]);
    expect(snapshot.tracks[1]!.items[0]!.source).toMatchObject({
      rate: RATES['25'],
      in: 50,
      out: 75,
      start: 90_000,
      duration: 2500,
    });
  });

  test('a thousand of them come in pages and none is lost', async () => {
    const items = Array.from({ length: 1000 }, (_, i) => ({
      file: '/Shoot/A001.mov',
      track: (i % 2 ? 'A1' : 'V1') as 'A1' | 'V1',
      recordIn: Math.floor(i / 2) * 4,
      sourceIn: i,
      duration: 4,
    }));
    const open = await cutStage({ rate: RATES['23.976'], start: 0, items });
    const tracks = (await open.editor.sequence())!.tracks;
    expect(tracks.map((track) => track.items.length)).toEqual([500, 500]);
    expect(new Set(tracks.flatMap((track) => track.items.map(({ link }) => link))).size).toBe(500);
    expect(tracks[1]!.items[499]).toMatchObject({ in: 1996, out: 2000, source: { in: 999, out: 1003 } });
  });

  test('come from one sequence, even where another becomes active between two pages', async () => {
    const at = (recordIn: number) => ({
      file: '/Shoot/A001.mov',
      track: 'V1' as const,
      recordIn,
      duration: 1,
    });
    const items = Array.from({ length: 401 }, (_, i) => at(i));
    const first = await cutStage({ rate: RATES['25'], start: 0, items });
    const state = first.state();
    cutSequence(state, { name: 'Other', rate: RATES['25'], start: 0, size: SIZE, items });
    state.activeSequence = first.id;
    const open = stage({ state });
    const evalScript = open.premiere.evalScript.bind(open.premiere);
    let pages = 0;
    open.premiere.evalScript = async (code) => {
      if (++pages === 2) await evalScript('app.project.openSequence(app.project.sequences[1].sequenceID)');
      return evalScript(code);
    };
    const read = (await open.editor.sequence())!;
    expect([read.id, read.tracks[0]!.items.length, pages]).toEqual([first.id, 401, 2]);
    expect((await open.editor.sequences()).find(({ active }) => active)!.name).toBe('Other');
    const ids = state.sequences[0]!.videoTracks[0]!.items.map(({ id }) => id);
    expect(read.tracks[0]!.items.map(({ id }) => id)).toEqual(ids);
  });

  test('any cut is read as it was made', async () => {
    const one = fc.record({
      sourceIn: fc.integer({ min: 0, max: 2000 }),
      duration: fc.integer({ min: 1, max: 200 }),
      gap: fc.integer({ min: 0, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(one, { maxLength: 12 }),
        fc.constantFrom(RATES['23.976'], RATES['25'], RATES['59.94df']),
        async (parts, rate) => {
          let at = 0;
          const items = parts.map(({ sourceIn, duration, gap }) => {
            const recordIn = at + gap;
            at = recordIn + duration;
            return { file: '/Shoot/x.mov', track: 'V1' as const, recordIn, sourceIn, duration };
          });
          const open = await cutStage(
            { rate, start: 0, items },
            { media: { '/Shoot/x.mov': picture(rate, 0, 9999) } },
          );
          const read = (await open.editor.sequence())!.tracks.flatMap((track) => track.items);
          expect(read.map((item) => [item.in, item.out, item.source!.in, item.source!.out])).toEqual(
            items.map(({ recordIn, duration, sourceIn }) => [
              recordIn,
              recordIn + duration,
              sourceIn,
              sourceIn + duration,
            ]),
          );
        },
      ),
      { numRuns: 15 },
    );
  });
});
