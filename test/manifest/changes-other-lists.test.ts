/** Lists and media as other programs name and count them: the same cut is found to be the same. */
import { describe, expect, it } from 'vitest';
import { compareCuts } from '../../manifest/changes.ts';
import type { Comparable } from '../../manifest/changes.ts';
import type { CutEvent } from '../../manifest/documents/cutlist.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { through } from './changes-through.ts';
import { event, list, pictureSource, track } from './cutlist-samples.ts';
import { base, edited, rate } from './changes-formats-stage.ts';

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
