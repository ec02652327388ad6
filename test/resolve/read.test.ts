/** Reading a timeline inside Resolve: what the script leaves says what was cut, in every version and sandbox. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentsIn } from '../../bridge/local/resolve-answers.ts';
import { pluginDoor } from '../../host/standin/resolve/plugin.ts';
import { resolveEditor } from '../../bridge/resolve/editor.ts';
import { cutTimeline, type ResolveCut } from '../../host/standin/resolve/edit.ts';
import type { StandinResolve } from '../../host/standin/resolve/standin.ts';
import { cutList } from '../../manifest/cutlist.ts';
import { SequenceSnapshotSchema } from '../../manifest/documents/schemas.ts';
import type { SequenceSnapshot } from '../../manifest/documents/snapshot.ts';
import { GATED, EDITIONS, SHOTS, handoffOf, runScript, shown, standinOf, type Edition } from './stage.ts';

const STUDIO = EDITIONS[3]!;
const PICTURE = '/media/day1/A001C001.mov';
const SOUND = '/media/day1/07-03.wav';
const MIXED = '/media/day1/B25.mov';

function stageOf(edition: Edition, drop = false): StandinResolve {
  const standin = standinOf(edition, {
    media: (file) => {
      if (file.endsWith('.wav')) return { type: 'Audio', seconds: 100, startSeconds: 36000 };
      if (file === MIXED) return { type: 'Video', fps: 25, frames: 5000, start: 90000 };
      return { type: 'Video + Audio', fps: drop ? 29.97 : 23.976, frames: 2400, start: 864000 };
    },
  });
  const { settings } = standin.state.project;
  settings['timelineFrameRate'] = drop ? '29.97' : '23.976';
  settings['timelineDropFrameTimecode'] = drop ? '1' : '0';
  standin.call('MediaPool:', 'ImportMedia', [[PICTURE, SOUND, MIXED]]);
  return standin;
}

/** What the adapter of Resolve's panel reads of the same project. */
async function byPanel(standin: StandinResolve): Promise<SequenceSnapshot> {
  const editor = resolveEditor(pluginDoor(standin), { adapter: 'stand-in' });
  return (await editor.sequence())!;
}

async function read(standin: StandinResolve, edition: Edition): Promise<SequenceSnapshot> {
  const run = await runScript(standin, null, edition.sandboxed, 'Baton Read Timeline');
  expect({ error: run.error, crashes: standin.crashes }).toEqual({ error: null, crashes: [] });
  const [document] = documentsIn(run.left!.text);
  return SequenceSnapshotSchema.parse(document);
}

const knowsSpeed = ({ version }: Edition) => !/^(18|19\.0$)/.test(version);

describe.each(GATED)('Resolve $name', (edition) => {
  test('places, sources, tracks, links, transitions, titles and markers are as they were cut', async () => {
    const standin = stageOf(edition);
    const timeline = cutTimeline(standin.state, 'Reel 1', [
      { file: PICTURE, track: 'V1', at: 0, duration: 48, in: 10, offByOne: true },
      { file: PICTURE, track: 'A1', at: 0, duration: 48, in: 10 },
      { file: null, track: 'V1', at: 42, duration: 12, transition: true },
      { file: MIXED, track: 'V1', at: 48, duration: 24, in: 100 },
      { file: PICTURE, track: 'V2', at: 24, duration: 24, in: 200, enabled: false },
      { file: null, track: 'V2', at: 60, duration: 24 },
      { file: SOUND, track: 'A2', at: 0, duration: 96, in: 5 },
    ]);
    timeline.video[1]!.enabled = false;
    timeline.markers = { 7: { color: 'Sand', name: 'fix', note: 'sky\n"x"', duration: 3, customData: '' } };
    const snapshot = await read(standin, edition);
    expect(snapshot).toMatchObject({
      editor: 'resolve',
      editorVersion: edition.version,
      id: timeline.id,
      name: 'Reel 1',
      rate: { num: 24000, den: 1001, drop: false },
      start: 86400,
      size: { width: 1920, height: 1080 },
      markers: [{ frame: 7, duration: 3, name: 'fix', comment: 'sky\n"x"', colour: 'orange' }],
    });
    expect(snapshot.tracks.map(({ type, index, name, enabled }) => [type, index, name, enabled])).toEqual([
      ['video', 1, 'Video 1', true],
      ['video', 2, 'Video 2', false],
      ['audio', 1, 'Audio 1', true],
      ['audio', 2, 'Audio 2', true],
    ]);
    const said = snapshot.tracks.map(({ items }) =>
      items.map((item) => [item.kind, item.in, item.out, item.source?.in, item.source?.out, item.enabled]),
    );
    expect(said).toEqual([
      [
        ['clip', 0, 48, 10, 58, true],
        ['clip', 48, 72, 100, 125, true],
      ],
      [
        ['clip', 24, 48, 200, 224, false],
        ['title', 60, 84, undefined, undefined, true],
      ],
      [['clip', 0, 48, 10, 58, true]],
      // Five frames of the timeline are 10,010 samples at 48 kHz.
      [['clip', 0, 96, 10010, 202202, true]],
    ]);
    expect(snapshot.tracks[0]!.transitions).toEqual([{ in: 42, out: 54, name: 'Cross Dissolve' }]);
    expect(snapshot.tracks.flatMap(({ items }) => items.map(({ speed }) => speed))).toEqual(
      // Before 19.0.2 nothing tells a retime, so no speed is claimed.
      said.flat().map(([kind]) => (knowsSpeed(edition) || kind === 'title' ? { num: 1, den: 1 } : null)),
    );
    const linked = snapshot.tracks.map(({ items }) => items.map(({ link }) => link));
    const knows = edition.version !== '18.5';
    expect(linked).toEqual([
      [knows ? 1 : undefined, undefined],
      [undefined, undefined],
      [knows ? 1 : undefined],
      [undefined],
    ]);
    expect(snapshot.tracks[0]!.items[0]!.source).toMatchObject({
      file: PICTURE,
      start: 864000,
      duration: 2400,
    });
    expect(snapshot.tracks[0]!.items[1]!.source!.rate).toEqual({ num: 25, den: 1, drop: false });
    expect(shown(standin.state)[0]).toBe('Baton: 1 of 1 timelines read');
  });

  test.skipIf(!knowsSpeed(edition))(
    'speeds are what they were set to, forwards, backwards and frozen',
    async () => {
      const speeds = [
        { num: 1, den: 2 },
        { num: 2, den: 1 },
        { num: -1, den: 1 },
        { num: 3, den: 4 },
        { num: -2, den: 1 },
      ];
      const standin = stageOf(edition);
      const cuts = speeds.map((speed, n): ResolveCut => ({
        file: PICTURE,
        track: 'V1',
        at: n * 100,
        duration: 80,
        in: 100,
        speed,
      }));
      cutTimeline(standin.state, 'Reel 1', cuts);
      const { items } = (await read(standin, edition)).tracks[0]!;
      expect(items.map(({ speed }) => speed)).toEqual(speeds);
      expect(items.map(({ source }) => [source!.in, source!.out])).toEqual(
        speeds.map(({ num, den }) => [100, 100 + (80 * Math.abs(num)) / den]),
      );
    },
  );

  test('drop-frame counts from the label', async () => {
    const standin = stageOf(edition, true);
    cutTimeline(standin.state, 'Reel 1', [{ file: PICTURE, track: 'V1', at: 0, duration: 30 }]);
    expect(await read(standin, edition)).toMatchObject({
      rate: { num: 30000, den: 1001, drop: true },
      start: 107892,
    });
  });

  test('the cut list holds every clip, joined with the manifest by its path', async () => {
    const standin = stageOf(edition);
    cutTimeline(standin.state, 'Reel 1', [
      { file: PICTURE, track: 'V1', at: 0, duration: 48, in: 10 },
      { file: SOUND, track: 'A1', at: 0, duration: 48, in: 10 },
    ]);
    const { value, losses } = cutList(await read(standin, edition), handoffOf(SHOTS), { main: '/media' });
    expect(value.tracks.flatMap(({ events }) => events)).toHaveLength(2);
    expect(losses.filter(({ what }) => what === 'event')).toEqual([]);
  });
});

test('what was cut is what is read, whatever the places and sources', async () => {
  const cut = fc.record({
    file: fc.constantFrom(PICTURE, MIXED),
    gap: fc.nat(20),
    // Of one frame at the very beginning Resolve says 0 and 0, and a start that is one off makes two frames one that stands still.
    duration: fc.integer({ min: 4, max: 200 }),
    in: fc.nat(1000),
    offByOne: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(cut, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...GATED),
      async (cuts, edition) => {
        const standin = stageOf(edition);
        let at = 0;
        const placed = cuts.map(({ gap, offByOne, ...each }): ResolveCut => {
          const one: ResolveCut = {
            ...each,
            track: 'V1',
            at: at + gap,
            ...(offByOne ? { offByOne: true } : {}),
          };
          at += gap + each.duration;
          return one;
        });
        cutTimeline(standin.state, 'Reel 1', placed);
        const { items } = (await read(standin, edition)).tracks[0]!;
        expect(items.map((item) => [item.in, item.out - item.in, item.source!.in, item.speed])).toEqual(
          placed.map((one) => [
            one.at,
            one.duration,
            one.in,
            knowsSpeed(edition) ? { num: 1, den: 1 } : null,
          ]),
        );
      },
    ),
    { numRuns: 30 },
  );
});

test('the script reads what the panel reads, whatever was cut (the panel needs 19.0.2)', async () => {
  const speed = fc.constantFrom(
    ...[100, 50, 200, 75, 133, -100, -50, 0, 33].map((num) => ({ num, den: 100 })),
  );
  const cut = fc.record({
    file: fc.constantFrom(PICTURE, MIXED, SOUND, null),
    track: fc.constantFrom('V1' as const, 'V2' as const, 'A1' as const),
    at: fc.nat(400),
    duration: fc.integer({ min: 1, max: 200 }),
    in: fc.nat(1000),
    speed,
    flags: fc.subarray(['offByOne', 'imported', 'disabled'] as const),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(cut, { maxLength: 8 }),
      fc.constantFrom(...GATED.filter(knowsSpeed)),
      fc.boolean(),
      async (cuts, edition, drop) => {
        const standin = stageOf(edition, drop);
        const placed = cuts.map(({ flags, ...each }, n): ResolveCut => ({
          ...each,
          // Items of one track do not lie over one another.
          at: n * 500 + each.at,
          ...(flags.includes('offByOne') ? { offByOne: true } : {}),
          ...(flags.includes('imported') ? { imported: true } : {}),
          ...(flags.includes('disabled') ? { enabled: false } : {}),
        }));
        const timeline = cutTimeline(standin.state, 'Reel 1', placed);
        timeline.markers = { 3: { color: 'Rose', name: 'n', note: 'x', duration: 1, customData: '' } };
        const [first] = standin.state.root.clips;
        first!.markers = { 5: { color: 'Cyan', name: 'on it', note: 'y', duration: 4, customData: '' } };
        const panel = await byPanel(standin);
        expect(await read(standin, edition)).toEqual(JSON.parse(JSON.stringify(panel)));
      },
    ),
    { numRuns: 60 },
  );
});

test('a timeline whose speed Resolve does not know says so by no speed', async () => {
  const edition = EDITIONS[1]!;
  const standin = stageOf(edition);
  cutTimeline(standin.state, 'Reel 1', [
    { file: PICTURE, track: 'V1', at: 0, duration: 48, in: 10, imported: true },
  ]);
  expect((await read(standin, edition)).tracks[0]!.items[0]).toMatchObject({
    speed: null,
    source: { in: 10, out: 58 },
  });
});

test('every timeline is read by the other script, and a second run writes over none', async () => {
  const standin = stageOf(EDITIONS[2]!);
  cutTimeline(standin.state, 'Reel 1', [{ file: PICTURE, track: 'V1', at: 0, duration: 48 }]);
  cutTimeline(standin.state, 'Reel \u65e5', [{ file: PICTURE, track: 'V1', at: 0, duration: 24 }]);
  for (let run = 0; run < 2; run++) await runScript(standin, null, true, 'Baton Read All Timelines');
  expect([...standin.files.keys()].map((path) => path.split('/').at(-1))).toEqual([
    'timeline-Reel_1.prefs',
    'timeline-Reel.prefs',
    'timeline-Reel_1-2.prefs',
    'timeline-Reel-2.prefs',
  ]);
  expect(shown(standin.state)[0]).toBe('Baton: 2 of 2 timelines read');
});

test('where no timeline is open, or a dialog is, it is said', async () => {
  const standin = stageOf(STUDIO);
  await runScript(standin, null, false, 'Baton Read Timeline');
  expect(shown(standin.state)[0]).toContain('no timeline is open');
  standin.state.modal = 'Cache disk not found';
  const run = await runScript(standin, null, false, 'Baton Read Timeline');
  expect(run.printed[0]).toContain('a dialog or the Project Manager is open');
});
