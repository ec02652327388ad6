/** What is written as FCPXML reads back as the same cut, minus exactly what was said to be lost. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import {
  thereAndBack,
  counted,
  withoutClip,
  plain,
  same,
  offCentre,
  centred,
  shown,
  decorated,
  linked,
} from './fcpxml-law.ts';

describe('what is written reads back', () => {
  test('straight cuts with titles and markers, at every rate', () => {
    fc.assert(
      fc.property(anyCutList({ made: true, markers: true }), (cut) => {
        same(cut);
      }),
      { numRuns: 150 },
    );
  });

  test('transitions, retimes, freezes and reverses, at every rate', () => {
    fc.assert(
      fc.property(anyCutList({ retimes: true, markers: true }), (cut) => {
        same(cut);
      }),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(anyCutList({ transitions: true }), (cut) => {
        same(cut);
      }),
      { numRuns: 150 },
    );
  });

  test('transitions off their cuts: the cut moves to their middle, and no frame shows anything else', () => {
    const draws = fc.array(fc.nat(6), { minLength: 8 });
    fc.assert(
      fc.property(anyCutList({ transitions: true, retimes: true, audioTracks: 0 }), draws, (drawn, by) => {
        const cut = offCentre(drawn, by);
        const { back } = same(cut, {}, centred(cut));
        for (const { in: from, out } of cut.tracks.flatMap(({ transitions }) => transitions))
          for (let frame = Math.max(0, from - 1); frame <= out; frame++)
            expect(shown(back, frame)).toEqual(shown(cut, frame));
      }),
      { numRuns: 300 },
    );
    // Rates whose frames are whole samples by twos, so that a cut of sound moves by whole ones.
    const rates = ['23.976', '24', '25', '30', '48', '50', '60'] as const;
    fc.assert(
      fc.property(anyCutList({ transitions: true, markers: true, rates: [...rates] }), draws, (drawn, by) => {
        const cut = offCentre(drawn, by);
        same(cut, {}, centred(cut));
      }),
      { numRuns: 150 },
    );
  });

  test('picture with its sound under a transition off its cut: only the picture is cut elsewhere', () => {
    const words = { audioTracks: 0, videoTracks: 2, transitions: true };
    fc.assert(
      fc.property(
        anyCutList({ ...words, rates: ['23.976', '24', '25', '30', '120'] }),
        fc.array(fc.nat(6), { minLength: 8 }),
        (drawn, draws) => {
          const cut = linked(offCentre(drawn, draws), draws);
          const { losses } = same(cut, {}, centred(cut));
          expect(losses.map(({ what }) => what)).not.toContain('link');
        },
      ),
      { numRuns: 150 },
    );
  });

  test('media at other rates than the sequence', () => {
    fc.assert(
      fc.property(anyCutList({ mixed: true, retimes: true }), (cut) => {
        same(cut);
      }),
      { numRuns: 150 },
    );
  });

  test('stills, roles, channels, words, markers on media and what is switched off', () => {
    fc.assert(
      fc.property(
        anyCutList({ retimes: true, videoTracks: 3 }),
        fc.array(fc.nat(9), { minLength: 8 }),
        (cut, draws) => {
          same(decorated(cut, draws));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('everything at once: each event and transition is there or said to be lost, and none asks for what its media has not', () => {
    const words = { made: true, mixed: true, transitions: true, retimes: true, markers: true };
    fc.assert(
      fc.property(anyCutList(words), fc.array(fc.nat(9), { minLength: 8 }), (drawn, draws) => {
        const cut = decorated(drawn, draws);
        const { back, losses } = thereAndBack(cut);
        const counts = counted(losses);
        const total = (list: CutList, of: 'events' | 'transitions') =>
          list.tracks.reduce((sum, track) => sum + track[of].length, 0);
        const gone = (counts['title'] ?? 0) + (counts['event'] ?? 0);
        expect(total(back, 'events') + gone).toBe(total(cut, 'events'));
        expect(total(back, 'transitions') + (counts['transition'] ?? 0)).toBe(total(cut, 'transitions'));
        for (const { sourceIn, sourceOut, source } of back.tracks.flatMap(({ events }) => events)) {
          expect(sourceIn).toBeGreaterThanOrEqual(0);
          if (!source!.still) expect(sourceOut).toBeLessThanOrEqual(source!.duration!);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('linked picture and sound: of one file, by timecode, of both', () => {
    fc.assert(
      fc.property(
        anyCutList({
          audioTracks: 0,
          videoTracks: 2,
          rates: ['23.976', '24', '25', '29.97df', '30', '59.94df', '120'],
        }),
        fc.array(fc.nat(5), { minLength: 8 }),
        (cut, draws) => {
          const { back, losses } = same(linked(cut, draws));
          expect(losses.map(({ what }) => what)).not.toContain('link');
          for (const { kind, link } of back.tracks.flatMap(({ events }) => events))
            if (kind === 'clip') expect(link === undefined || link > 0).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('for Resolve the recorder’s sound stays a clip of its own, in its place, and the link is said to be lost', () => {
    const [cut] = fc.sample(
      anyCutList({ audioTracks: 0, videoTracks: 1, rates: ['25'] }).filter(
        ({ tracks }) => tracks[0]!.events.length > 0,
      ),
      { numRuns: 1, seed: 7 },
    );
    const list = linked(cut!, [1, 1, 1, 1, 1, 1, 1, 1]);
    const { back, losses } = thereAndBack(list, { target: 'resolve' });
    const events = list.tracks.flatMap((track) => track.events);
    expect(counted(losses)).toEqual({ link: events.length });
    expect(back.tracks.flatMap((track) => track.events.map(plain))).toEqual(
      events.map((event) => {
        const copy = plain({ ...event, source: withoutClip(event.source!) });
        delete copy.link;
        return copy;
      }),
    );
  });
});
