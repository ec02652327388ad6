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
import type { CutList } from '../../manifest/documents/cutlist.ts';
import type { ExportOptions } from '../../manifest/exports/export.ts';
import { nominal, RATES, type RateName } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { dressed } from './changes-dressed.ts';
import { FORMATS, through, type FormatId } from './changes-through.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';
import { base, edited, rate } from './changes-formats-stage.ts';

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
