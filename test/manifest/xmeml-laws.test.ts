/** What is written as FCP7 XML reads back as the same cut, minus exactly what was said to be lost. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CutEvent } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { xmeml as reader } from '../../manifest/readers/xmeml.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import {
  event as anEvent,
  list as aList,
  midnightCut,
  pictureSource,
  track as aTrack,
} from './cutlist-samples.ts';
import { validXmeml } from './xmeml-dtd.ts';
import {
  ROUND,
  NTSC,
  written,
  back,
  expected,
  movedIns,
  bare,
  EVERYTHING,
  law,
  nameless,
  grouped,
  counted,
} from './xmeml-law.ts';

describe('write, read: the same cut', () => {
  it('at whole rates nothing is lost but channels’ tracks, titles and colours', () => {
    law({ ...EVERYTHING, rates: ROUND }, 150, (list) => {
      const read = back(list);
      expect(nameless(bare(read.list))).toEqual(expected(list));
      expect(['channels', 'marker-colour', 'title']).toEqual(expect.arrayContaining(read.what));
    });
  });

  it('at NTSC rates sound between two frames is said, and the rest is the same', () => {
    law({ ...EVERYTHING, rates: NTSC }, 150, (list) => {
      const read = back(list);
      expect(nameless(bare(read.list))).toEqual(expected(list));
      expect(['channels', 'marker-colour', 'subframe', 'title']).toEqual(expect.arrayContaining(read.what));
      expect(counted(read.losses, 'subframe', (where) => where !== 'media')).toBe(movedIns(list, true));
    });
  });

  it('media at another rate comes back on its nearest frames, and each that moved is said', () => {
    law({ ...EVERYTHING, mixed: true }, 200, (list) => {
      const read = back(list);
      expect(nameless(bare(read.list))).toEqual(expected(list));
      expect(counted(read.losses, 'source-frame')).toBe(movedIns(list, false));
    });
  });

  it('a program that passes over the graph finds the source in and out, within a frame of the warped clip', () => {
    law({ retimes: true, transitions: true, videoTracks: 1, audioTracks: 0, rates: ROUND }, 60, (list) => {
      const { text } = written(list).files[0]!;
      const plain = text.replace(/<parameter><parameterid>graphdict.*<\/parameter>/g, '');
      const read = reader.read(plain, { name: 'cut.xml' }).value[0]!;
      read.tracks[0]!.events.forEach((each, nth) => {
        const asked = list.tracks[0]!.events[nth]!;
        expect(each.speed).toEqual(asked.speed);
        const { num, den } = asked.speed!;
        const slack = Math.max(1, Math.abs(num) / den);
        expect(Math.abs(each.sourceIn - asked.sourceIn)).toBeLessThanOrEqual(slack);
        expect(Math.abs(each.sourceOut - asked.sourceOut)).toBeLessThanOrEqual(slack);
      });
    });
  });

  it('for Resolve every speed is lost aloud and every source in stays', () => {
    law({ retimes: true, videoTracks: 1, audioTracks: 0 }, 60, (list) => {
      const retimed = list.tracks[0]!.events.filter(({ speed }) => speed!.num !== speed!.den);
      const read = back(list, { ...DEFAULT_OPTIONS, target: 'resolve' });
      expect(counted(read.losses, 'retime')).toBe(retimed.length);
      expect(written(list, { ...DEFAULT_OPTIONS, target: 'resolve' }).files[0]!.text).not.toContain(
        'timeremap',
      );
      expect(bare(read.list).tracks.flatMap((track) => track.events.map((event) => event.sourceIn))).toEqual(
        list.tracks.flatMap((track) => track.events.map((event) => event.sourceIn)),
      );
    });
  });

  it("every file is valid under Apple's DTD", () => {
    law({ ...EVERYTHING, mixed: true }, 40, (list) => validXmeml(written(list).files[0]!.text));
  });

  it('links, channels and markers on clips come back', () => {
    const channel = fc.integer({ min: 1, max: 8 });
    const extra = fc.record({
      link: fc.nat({ max: 3 }),
      marked: fc.boolean(),
      // One of them, the first, two, more; or as many as there are.
      channels: fc.option(fc.uniqueArray(channel, { minLength: 1, maxLength: 5 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        anyCutList({ retimes: true, made: true, rates: ROUND }),
        fc.array(extra, { minLength: 40, maxLength: 40 }),
        (list, extras) => {
          let nth = 0;
          const tracks = list.tracks.map((track) => ({
            ...track,
            name: '',
            events: track.events.map((event): CutEvent => {
              const { link, marked, channels } = extras[nth++ % extras.length]!;
              const changed: CutEvent = { ...event };
              if (link > 0) changed.link = link;
              if (track.type === 'audio' && channels) changed.channels = channels;
              const marker = {
                frame: event.sourceIn,
                duration: 0,
                name: 'Note',
                comment: 'softer\nhere',
                colour: '',
              };
              if (marked) changed.markers = [marker];
              return changed;
            }),
          }));
          const read = back({ ...list, tracks });
          expect(nameless(bare(read.list))).toEqual(grouped(expected({ ...list, tracks })));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('transitions anywhere', () => {
  const rate = RATES['25'];
  const cut = (before: number, after: number, kind: 'dissolve' | 'fade' | 'wipe', sides: number) => {
    const source = (name: string) => pictureSource(name, rate, '10:00:00:00');
    const events = [
      ...(sides & 1 ? [anEvent(source('a'), 0, 100, 200, rate)] : []),
      ...(sides & 2 ? [anEvent(source('b'), 100, 100, 300, rate)] : []),
    ];
    return aList(rate, '01:00:00:00', [
      aTrack('V1', events, {
        transitions: [{ in: 100 - before, out: 100 + after, kind, name: 'Cross Dissolve' }],
      }),
    ]);
  };

  it('the events and what plays at every frame stay, wherever the cut lies under the transition', () => {
    const side = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 2, 3), (before, after, sides) => {
        fc.pre(before + after > 0);
        const given = cut(before, after, sides === 3 ? 'dissolve' : 'fade', sides);
        const { list: read, losses } = back(given);
        const [asked, got] = [given.tracks[0]!, read.tracks[0]!];
        // The frame of the media at the transition's edges and inside the clips: the cut may move under the transition.
        const offset = (each: CutEvent) => each.sourceIn - each.recordIn;
        expect(got.events.map(offset)).toEqual(asked.events.map(offset));
        const said = losses.map((loss) => loss.what);
        if (said.length === 0) expect(bare(read).tracks).toEqual(expected(given).tracks);
        else expect(['transition-cut', 'transition']).toContain(said[0]);
      }),
    );
  });

  it('without handles the edge is written at the cut, and said', () => {
    const given = cut(10, 10, 'dissolve', 3);
    given.tracks[0]!.events[1]!.sourceIn = 4;
    given.tracks[0]!.events[1]!.sourceOut = 104;
    const { list: read, losses } = back(given);
    expect(losses).toMatchObject([{ what: 'handle', where: 'V1-002 at 01:00:04:00' }]);
    expect(bare(read).tracks).toEqual(expected(given).tracks);
  });
});

describe('any text whatever', () => {
  const given = written(midnightCut()).files[0]!.text;

  it('a damaged file is read without a throw, and nothing is invented', () => {
    const edit = fc.record({
      at: fc.nat({ max: given.length - 1 }),
      cut: fc.nat({ max: 200 }),
      put: fc.constantFrom(
        '',
        '<',
        '>',
        '-1',
        '99999999999999999999',
        'NaN',
        '<clipitem>',
        '</track>',
        '&x;',
        '\0',
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let text = given;
        for (const { at: from, cut: length, put } of edits)
          text = text.slice(0, from) + put + text.slice(from + length);
        const { value } = reader.read(text, { name: 'x.xml' });
        for (const { tracks } of value)
          for (const { events, transitions } of tracks) {
            let end = 0;
            for (const each of events) {
              expect(each.recordIn).toBeGreaterThanOrEqual(end);
              expect(each.recordOut).toBeGreaterThan(each.recordIn);
              expect(each.sourceOut).toBeGreaterThan(each.sourceIn);
              end = each.recordOut;
            }
            for (const each of transitions) expect(each.out).toBeGreaterThan(each.in);
          }
      }),
      { numRuns: 300 },
    );
  });

  it('names keep every character that XML can hold', () => {
    const letter = fc.constantFrom(...'aé<>&"\'\n\t 🎬]');
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 12 }), (letters) => {
        // White space at the ends of a name is layout.
        const name = `a${letters.join('')}z`;
        const source = pictureSource(name, RATES['25'], '10:00:00:00', {
          reel: name,
          scene: name,
          file: `/m/${name}.mov`,
        });
        const { list: read } = back(
          aList(RATES['25'], '01:00:00:00', [aTrack('V1', [anEvent(source, 0, 10, 0, RATES['25'])])], {
            name,
          }),
        );
        expect(read.name).toBe(name);
        expect(read.tracks[0]!.events[0]!.source).toMatchObject({
          name: `${name}.mov`,
          reel: name,
          scene: name,
          file: `/m/${name}.mov`,
        });
      }),
    );
  });
});
