/** The same cut in two formats: a change list says nothing false of it, whichever two they are, and still finds what was cut otherwise. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyChanges,
  canonicalCut,
  changesCsv,
  changesHtml,
  changesText,
  compareCuts,
} from '../../manifest/changes.ts';
import type { Comparable } from '../../manifest/changes.ts';
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import type { ExportOptions } from '../../manifest/exports/export.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { nominal, RATES, type RateName } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { dressed } from './changes-dressed.ts';
import { FORMATS, through, type FormatId } from './changes-through.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';

/** Rates that every one of the formats can carry. */
const SHARED = (Object.keys(RATES) as RateName[]).filter((name) => nominal(RATES[name]) <= 100);

const words = {
  rates: SHARED,
  mixed: true,
  transitions: true,
  retimes: true,
  made: true,
  markers: true,
  audioTracks: 5,
};
const anyCut = fc.oneof(anyCutList(words), dressed(anyCutList(words)));
// Resolve's FCP7 XML is written without speeds, because its importer reads them wrongly: that is another cut.
const anyOptions: fc.Arbitrary<Partial<ExportOptions>> = fc.record({
  target: fc.constantFrom('premiere' as const, 'avid' as const),
  reels: fc.constantFrom(8 as const, 32 as const, 129 as const),
  split: fc.boolean(),
});
const PAIRS = FORMATS.flatMap((old) => FORMATS.map((now): [FormatId, FormatId] => [old, now]));

describe('a cut in two formats has not changed', () => {
  it.each(PAIRS)('%s against %s', (old, now) => {
    fc.assert(
      fc.property(anyCut, anyOptions, (cut, options) => {
        const { list: said } = compareCuts(through(cut, old, options), through(cut, now, options));
        expect(said.changes, changesText(said)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('a list between any two leads from the one to the other, both on common ground', () => {
    const anyFormat = fc.constantFrom(...FORMATS);
    fc.assert(
      fc.property(anyCut, anyCut, anyFormat, anyFormat, (one, two, old, now) => {
        const { list: said, before, after } = compareCuts(through(one, old), through(two, now));
        expect(applyChanges(before, said)).toEqual(canonicalCut(after));
      }),
      { numRuns: 150 },
    );
  });
});

const rate = RATES['25'];

/** Six shots of 50 frames of as many sources, with sound under them and a shot above. */
function base(): CutList {
  const row = (name: string, count: number) =>
    track(
      name,
      Array.from({ length: count }, (_, nth) => {
        const source =
          name[0] === 'V'
            ? pictureSource(`A00${nth}`, rate, '10:00:00:00', { duration: 10_000 })
            : soundSource(`S${nth}`, rate, '10:00:00:00', { duration: 48000 * 400, channels: 1 });
        return event(source, nth * 50, 50, 500, rate);
      }),
    );
  return list(rate, '01:00:00:00', [row('V1', 6), row('V2', 1), row('A1', 6)]);
}

function edited(edit: (events: CutEvent[]) => void): CutList {
  const cut = base();
  edit(cut.tracks[0]!.events);
  return cut;
}

const EDITS: [string, CutList, object][] = [
  [
    'a tail trimmed',
    edited(([, each]) => Object.assign(each!, { recordOut: 95, sourceOut: each!.sourceOut - 5 })),
    { what: 'trimmed', head: 0, tail: -5, was: { id: 'V1-002' } },
  ],
  [
    'a shot slipped by one frame',
    edited(([, each]) =>
      Object.assign(each!, { sourceIn: each!.sourceIn + 1, sourceOut: each!.sourceOut + 1 }),
    ),
    { what: 'slipped', by: 1, was: { id: 'V1-002' } },
  ],
  ['a shot gone', edited((events) => events.splice(2, 1)), { what: 'removed', was: { id: 'V1-003' } }],
  [
    'a shot replaced',
    edited(([, , each]) => (each!.source = pictureSource('B777', rate, '11:00:00:00', { duration: 10_000 }))),
    { what: 'replaced', was: { id: 'V1-003' } },
  ],
  [
    'the last shot moved',
    edited((events) => Object.assign(events[5]!, { recordIn: 260, recordOut: 310 })),
    { what: 'moved', by: 10, was: { id: 'V1-006' } },
  ],
  [
    'a shot at half speed',
    edited(([, each]) => Object.assign(each!, { speed: { num: 1, den: 2 }, sourceOut: each!.sourceIn + 25 })),
    { what: 'retimed', after: { num: 1, den: 2 }, was: { id: 'V1-002' } },
  ],
];

describe('one edit is one line between any two formats', () => {
  it.each(EDITS)('%s', (_, cut, line) => {
    for (const [old, now] of PAIRS) {
      const { list: said } = compareCuts(through(base(), old), through(cut, now));
      expect(said.changes, `${old} → ${now}: ${changesText(said)}`).toMatchObject([line]);
    }
  });

  it('sound slipped by three frames, counted in frames on one side', () => {
    const cut = base();
    const [each] = cut.tracks[2]!.events;
    Object.assign(each!, { sourceIn: each!.sourceIn + 5760, sourceOut: each!.sourceOut + 5760 });
    const { list: said } = compareCuts(through(base(), 'fcpxml'), through(cut, 'edl'));
    expect(said.changes).toMatchObject([{ what: 'slipped', by: 3, was: { id: 'A1-001' } }]);
  });
});

const edl = (text: string): Comparable => ({
  cut: edlReader.read(text, { name: 'list.edl', rate }).value[0]!,
  format: 'edl',
  silent: edlReader.silent,
});

describe("lists of other programs' making", () => {
  it('a reel without clip names is the files of its card, by timecode', () => {
    const card = (name: string, start: string) =>
      pictureSource(name, rate, start, { reel: 'A001_0815', duration: 1000 });
    const cut = list(rate, '01:00:00:00', [
      track('V1', [
        event(card('A001C001', '10:00:00:00'), 0, 50, 25, rate),
        event(card('A001C002', '10:05:00:00'), 50, 50, 25, rate),
      ]),
    ]);
    const text = `TITLE: X
001  A0010815 V     C        10:00:01:00 10:00:03:00 01:00:00:00 01:00:02:00
002  A0010815 V     C        10:05:01:00 10:05:03:00 01:00:02:00 01:00:04:00
`;
    for (const [before, after] of [
      [through(cut, 'fcpxml'), edl(text)],
      [edl(text), through(cut, 'fcpxml')],
    ] as const) {
      const { changes } = compareCuts(before, after).list;
      expect(changes.filter(({ what }) => what !== 'sequence')).toEqual([]);
    }
  });

  it('a dissolve begins at its cut in a list and is centred on it in FCPXML: the same frames play', () => {
    const cut = list(rate, '01:00:00:00', [
      track(
        'V1',
        [
          event(pictureSource('A001', rate, '10:00:00:00'), 0, 50, 100, rate),
          event(pictureSource('B001', rate, '11:00:00:00', { reel: 'B001' }), 50, 50, 100, rate),
        ],
        { transitions: [{ in: 40, out: 60, kind: 'dissolve', name: 'Cross Dissolve' }] },
      ),
    ]);
    const text = `TITLE: Reel
001  A001     V     C        10:00:04:00 10:00:05:15 01:00:00:00 01:00:01:15
002  A001     V     C        10:00:05:15 10:00:05:15 01:00:01:15 01:00:01:15
002  B001     V     D    020 11:00:03:15 11:00:06:00 01:00:01:15 01:00:04:00
* FROM CLIP NAME: A001.mov
* TO CLIP NAME: B001.mov
`;
    const listed = edl(text);
    expect(listed.cut.tracks[0]!.events[0]!.recordOut).toBe(40);
    for (const format of ['fcpxml', 'xmeml', 'otio', 'sequence'] as const) {
      const { changes } = compareCuts(listed, through(cut, format)).list;
      expect(
        changes.filter(({ what }) => what !== 'sequence'),
        format,
      ).toEqual([]);
    }
  });

  it('a list that begins at its first event is compared by timecode, and one at another hour by place', () => {
    const late = edited((events) => events.splice(0, 1));
    late.tracks.splice(1);
    const early = base();
    early.tracks.splice(1);
    const { list: said } = compareCuts(through(early, 'fcpxml'), through(late, 'edl'));
    expect(said.changes).toMatchObject([{ what: 'removed', was: { id: 'V1-001' } }]);
    const moved = { ...early, start: early.start * 10 };
    expect(compareCuts(through(early, 'fcpxml'), through(moved, 'edl')).list.changes).toMatchObject([
      { what: 'sequence', field: 'start' },
    ]);
  });
});

describe('what one side cannot say', () => {
  it('is named with its count, and is no change', () => {
    const cut = base();
    cut.markers = [{ frame: 10, duration: 1, name: 'x', comment: '', colour: 'red' }];
    cut.tracks[0]!.events[0]!.link = 1;
    cut.tracks[2]!.events[0]!.link = 1;
    const { list: said, before, after } = compareCuts(through(cut, 'otio'), through(cut, 'edl'));
    expect(said.changes).toEqual([]);
    expect(said.notCompared).toEqual([
      { what: 'linked events', count: 2, silent: 'after' },
      { what: 'markers', count: 1, silent: 'after' },
      { what: 'picture size', count: 1, silent: 'after' },
    ]);
    const line = '2 linked events, 1 marker, picture size (the new cut says nothing of them)';
    expect(changesText(said)).toContain(`Nothing changed.\nNot compared: ${line}\n`);
    expect(changesHtml(said, before, after)).toContain(`<p class="quiet">Not compared: ${line}.</p>`);
    expect(changesCsv(said)).toContain(`\r\nnot compared,,,,,,,,,,"Not compared: ${line}"\r\n`);
  });

  it('a list of one picture track says nothing of the tracks above it', () => {
    const whole = base();
    const alone = { ...whole, tracks: whole.tracks.filter(({ index }) => index === 1) };
    const { list: said } = compareCuts(through(whole, 'fcpxml'), through(alone, 'edl'));
    expect(said.changes).toEqual([]);
    expect(said.notCompared).toContainEqual({ what: 'events above V1', count: 1, silent: 'after' });
  });

  it('stereo on two tracks of FCP7 XML without a word for it is the one track of the other cut', () => {
    const cut = list(rate, '01:00:00:00', [
      track('V1', [event(pictureSource('A001', rate, '10:00:00:00'), 0, 50, 100, rate)]),
      track('A1', [event(soundSource('S1', rate, '10:00:00:00', { channels: 2 }), 0, 50, 100, rate)]),
    ]);
    const apart = through(cut, 'xmeml');
    const [sound] = apart.cut.tracks.filter(({ type }) => type === 'audio');
    apart.cut.tracks.push({
      ...sound!,
      index: 2,
      name: 'A2',
      events: sound!.events.map((each) => ({ ...each })),
    });
    const { list: said } = compareCuts(apart, through(cut, 'fcpxml'));
    expect(said.changes).toEqual([]);
    expect(said.notCompared).toContainEqual({
      what: 'tracks of further channels',
      count: 1,
      silent: 'after',
    });
  });
});

describe('media under other names', () => {
  const one = (source: Partial<NonNullable<CutEvent['source']>>): Comparable => {
    const cut = list(rate, '01:00:00:00', [
      track('V1', [event(pictureSource('A001C001', rate, '10:00:00:00'), 0, 50, 100, rate)]),
    ]);
    const [each] = cut.tracks[0]!.events;
    const { name, rate: own, duration, channels } = each!.source!;
    each!.source = {
      file: null,
      name,
      rate: own,
      start: null,
      duration,
      hasPicture: true,
      channels,
      ...source,
    };
    return { cut, format: 'sequence' };
  };
  const known = { file: '/Volumes/SHOW/CAM_A/A001/A001C001.mov', reel: 'A001', start: 900_000 };

  it.each([
    ['a path relative to some root', { path: 'CAM_A/A001/A001C001.mov', name: 'Clip 1' }],
    ['name and start', { name: 'A001C001.mov', start: 900_000 }],
    ['reel and name', { name: 'A001C001.mov', reel: 'A001' }],
    ['folder and file name, on another drive', { file: '/mnt/raid/A001/A001C001.mov', name: 'x' }],
    ['the name alone', { name: 'A001C001.mov' }],
    ['the name of its file, whatever the clip is called', { path: 'A001C001.mov', name: 'Clip 1' }],
    ['the name without its suffix', { name: 'a001c001' }],
  ])('%s', (_, source) => {
    const { changes } = compareCuts(one(source), { ...one(known), format: 'fcpxml' }).list;
    expect(changes.map(({ what }) => what).filter((what) => what !== 'source')).toEqual([]);
  });

  it.each([
    ['another reel', { name: 'A001C001.mov', reel: 'B001' }],
    ['another file of that name in another folder', { file: '/Volumes/SHOW/CAM_B/B001/A001C001.mov' }],
    ['that name at another timecode', { name: 'A001C001.mov', start: 1_800_000 }],
  ])('not %s', (_, source) => {
    const { changes } = compareCuts(one(source), { ...one(known), format: 'fcpxml' }).list;
    expect(changes).toMatchObject([{ what: 'replaced' }]);
  });
});
