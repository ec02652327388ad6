/** One cut from the lists it was written as: upper tracks and parts, by name, title and timecode. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { edl } from '../../manifest/exports/edl.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { belongs, joinLists, siblingOf, titleOf } from '../../manifest/readers/edl/siblings.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { event, list, pictureSource, track } from './cutlist-samples.ts';

const rate = RATES['25'];

/** What a cut is written as and read again, by file suffix. */
function lists(cut: CutList): { suffix: string; cut: CutList }[] {
  const made = edl.write(cut, DEFAULT_OPTIONS);
  if ('refused' in made) throw new Error(made.refused);
  return made.files
    .filter(({ suffix }) => suffix.endsWith('.edl'))
    .map(({ suffix, text }) => ({
      suffix,
      cut: edlReader.read(text, { name: suffix, rate: cut.rate }).value[0]!,
    }));
}

function joined(cut: CutList): CutList {
  const [main, ...rest] = lists(cut);
  const siblings = rest.map(({ suffix, cut: each }) => {
    const place = siblingOf('x.edl', `x${suffix}`)!;
    expect(belongs(main!.cut, { cut: each, track: place.track }), suffix).toBe(true);
    return { cut: each, track: place.track };
  });
  return joinLists(main!.cut, siblings);
}

describe('lists beside a list', () => {
  it.each([
    ['Reel_V2.edl', { track: 2, part: 1 }],
    ['reel_v12.EDL', { track: 12, part: 1 }],
    ['Reel_PART2.edl', { track: 1, part: 2 }],
    ['Reel_V3_PART10.edl', { track: 3, part: 10 }],
    ['Reel.edl', null],
    ['Reel_V0.edl', null],
    ['Reel_V2.fcpxml', null],
    ['Reel_V2_final.edl', null],
    ['Reel 2_V2.edl', null],
    ['Reel_SEQ2.edl', null],
  ])('%s beside Reel.edl', (name, place) => {
    expect(siblingOf('Reel.edl', name)).toEqual(place);
  });

  it('beside a name that is no EDL there are none', () => {
    expect(siblingOf('Reel.xml', 'Reel_V2.edl')).toBeNull();
  });

  it('every event comes back on its track at its timecode, whatever hour and however late a track begins', () => {
    const cuts = anyCutList({ rates: ['25', '29.97df'], videoTracks: 4, transitions: true });
    fc.assert(
      fc.property(cuts, (cut) => {
        const places = ({ start, tracks }: CutList) =>
          tracks.flatMap(({ type, index, events }) =>
            events.map(
              ({ recordIn, recordOut, source, sourceIn }) =>
                `${type} ${index} ${start + recordIn} ${start + recordOut} ${source!.name} ${type === 'audio' ? '' : source!.start! + sourceIn}`,
            ),
          );
        const back = joined(cut);
        const upto = {
          ...cut,
          tracks: cut.tracks.filter(({ type, index }) => type === 'video' || index <= 4),
        };
        expect(places(back)).toEqual(places(upto));
      }),
      { numRuns: 200 },
    );
  });

  it('parts of more than 999 events are one track again', () => {
    const source = pictureSource('A001', rate, '10:00:00:00', { duration: 100_000 });
    const events = Array.from({ length: 2100 }, (_, nth) => event(source, nth * 10, 10, nth * 10, rate));
    const cut = list(rate, '01:00:00:00', [track('V1', events)]);
    expect(lists(cut).map(({ suffix }) => suffix)).toEqual(['.edl', '_PART2.edl', '_PART3.edl']);
    const back = joined(cut);
    expect(back.tracks.map((each) => each.events.length)).toEqual([2100]);
    expect(back.name).toBe(cut.name);
    expect(new Set(back.tracks[0]!.events.map((each) => each.source)).size).toBe(1);
  });

  it('another title, another rate or sound makes a list a cut of its own', () => {
    const [main, upper] = lists(
      list(rate, '01:00:00:00', [
        track('V1', [event(pictureSource('A', rate, '10:00:00:00'), 0, 10, 0, rate)]),
        track('V2', [event(pictureSource('B', rate, '10:00:00:00'), 0, 10, 0, rate)]),
      ]),
    );
    const own = { cut: upper!.cut, track: 2 };
    expect(belongs(main!.cut, own)).toBe(true);
    expect(belongs(main!.cut, { ...own, track: 3 })).toBe(false);
    expect(belongs(main!.cut, { track: 2, cut: { ...own.cut, name: `${main!.cut.name}_V2` } })).toBe(false);
    expect(belongs(main!.cut, { track: 2, cut: { ...own.cut, rate: RATES['24'] } })).toBe(false);
    const [picture] = own.cut.tracks;
    const sound = { ...picture!, type: 'audio' as const };
    expect(belongs(main!.cut, { track: 2, cut: { ...own.cut, tracks: [picture!, sound] } })).toBe(false);
  });

  it('what a title says of parts is not its name', () => {
    expect(titleOf('Reel 1 PART 2 OF 3')).toBe('Reel 1');
    expect(titleOf('PART 2')).toBe('PART 2');
  });
});
