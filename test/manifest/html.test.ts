/** The report of a cut as text: everything in it, counted right, and nothing in it that a name brought. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RATES } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import {
  clip,
  event,
  filmCut,
  handoff,
  list,
  midnightCut,
  pictureSource,
  soundSource,
  track,
} from './cutlist-samples.ts';
import { report, hostileCut } from './html-stage.ts';

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;
const plain = (text: string) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const everything = { mixed: true, transitions: true, retimes: true, made: true, markers: true };

describe('the report of a cut', () => {
  it('has a row for every event and marker, of any cut at any rate', () => {
    fc.assert(
      fc.property(anyCutList(everything), (cut) => {
        const text = report(cut);
        const events = cut.tracks.flatMap((each) => each.events);
        expect(count(text, /<tr( class="off")? id="/g)).toBe(events.length);
        expect(count(text, /<td>sequence/g)).toBe(cut.markers.length);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
      }),
      { numRuns: 200 },
    );
  });

  it('gives record and source as timecode, the out being the first frame after', () => {
    const text = plain(report(filmCut()));
    expect(text).toContain(
      'V1-002 SCENE_07_TAKE_02_B.mov 01:00:02:00 01:00:03:12 36 B001 10:02:02:12 10:02:04:00',
    );
    // Sound in samples is shown at the sequence's rate.
    expect(text).toContain(
      'A1-001 SCENE_07_TAKE_02_AUDIO_MAIN.wav 01:00:00:00 01:00:03:12 84 SR001 10:02:00:12 10:02:04:00',
    );
    expect(text).toContain('01:00:02:00 1 green Close-up Hold longer? sequence');
    expect(text).toContain('Running time 00:00:05:00');
  });

  it('counts past midnight, in drop-frame, and draws what is there', () => {
    const text = report(midnightCut());
    expect(plain(text)).toContain('V1-002 A004C008_0712AB.mov 00:00:00;00 00:00:04;00 120');
    for (const words of ['transition (slope)', 'titles, nests and the like', 'picture', 'sound'])
      expect(text).toContain(`</svg>${words}`);
    expect(text).not.toContain('switched off (outline)');
    expect(plain(text)).toContain('Cross Dissolve, 20 frames');
  });

  it('says what needs care elsewhere', () => {
    const text = plain(report(midnightCut()));
    for (const note of [
      '1 transition (1 dissolve)',
      '1 event is retimed (1 at another constant speed)',
      '1 title',
      '1 source has no timecode',
    ])
      expect(text).toContain(note);
    const straight = list(RATES['25'], '01:00:00:00', [
      track('V1', [event(pictureSource('A1', RATES['25'], '10:00:00:00'), 0, 50, 0, RATES['25'])]),
    ]);
    expect(report(straight)).not.toContain('Needs care elsewhere');
  });

  it('with the handoff tells circled takes left out, rejected ones used, and media not handed over', () => {
    const rate = RATES['25'];
    const cut = list(rate, '01:00:00:00', [
      track('V1', [
        event(pictureSource('A1', rate, '10:00:00:00', { clip: 'one' }), 0, 50, 0, rate),
        event(pictureSource('A2', rate, '10:00:00:00', { clip: undefined }), 50, 50, 0, rate),
        event(pictureSource('B9', rate, '10:00:00:00', { clip: undefined }), 100, 50, 0, rate),
      ]),
      track('A1', [
        event(soundSource('S1', rate, '10:00:00:00', { clip: undefined, file: null }), 0, 50, 0, rate),
      ]),
    ]);
    const known = handoff([
      clip('A1.mov', {}, { id: 'one', pick: 'rejected' }),
      clip(
        'CAMERA_A/A2.mov',
        {},
        { pick: 'circled', problem: { code: 'truncated', message: 'it ends early' } },
      ),
      clip('CAMERA_A/A3.mov', {}, { pick: 'circled', identity: { scene: '12', take: '4' } }),
      clip('CAMERA_A/A4.mov', {}, { pick: 'good' }),
      clip('CAMERA_A/A5.mov', {}, { pick: 'rejected' }),
      clip('SOUND/S1.wav', {}, { kind: 'sound' }),
      clip('notes.pdf', {}, { kind: 'document' }),
    ]);
    const text = plain(report(cut, { handoff: known, roots: { main: '/Volumes/Shoot' } }));
    const part = (title: string) => text.slice(text.indexOf(title)).split(/Clip Reel|Source Reel/, 2)[1]!;
    expect(text).toContain('Circled takes not in the cut 1 ');
    expect(part('Circled takes not in the cut')).toContain('A3.mov 12 / 4');
    expect(text).toContain('Rejected takes in the cut 1 ');
    expect(part('Rejected takes in the cut')).toContain('A1.mov');
    expect(text).toContain('Media in the cut that cannot be read 1 ');
    expect(part('Media in the cut that cannot be read')).toContain('A2.mov it ends early');
    expect(text).toContain('In the cut, not in the handoff 1 ');
    expect(part('In the cut, not in the handoff')).toContain('B9.mov');
    expect(text).toContain('In the cut, with no known file 1 ');
    expect(part('In the cut, with no known file')).toContain('S1.wav');
    expect(text).toContain('Other takes not in the cut 2 ');
    expect(part('Other takes not in the cut')).toMatch(/A4\.mov.*good.*A5\.mov.*rejected/);
    expect(text).not.toContain('notes.pdf');
  });

  it('of an empty cut says that it is empty', () => {
    expect(report(list(RATES['24'], '01:00:00:00', []))).toContain('The cut is empty.');
  });

  it('holds no markup that a name brought, and nothing that runs or loads', () => {
    const text = report(hostileCut());
    expect(text).not.toMatch(/<script|<img|<link|<iframe|@import|url\(|<\w[^>]*\son\w+=/i);
    expect(text).toContain("default-src 'none'");
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u);
  });

  // How long it takes is printed by bench/interchange.ts.
  it('of 10,000 events is under 2 MB, its picture under 150 kB', () => {
    const rate = RATES['24'];
    const big = list(
      rate,
      '01:00:00:00',
      ['V1', 'V2', 'V3', 'V4', 'A1', 'A2', 'A3', 'A4'].map((name) => {
        const sources = Array.from({ length: 90 }, (_, nth) =>
          name[0] === 'V'
            ? pictureSource(`A${nth}`, rate, '10:00:00:00')
            : soundSource(`S${nth}`, rate, '10:00:00:00'),
        );
        return track(
          name,
          Array.from({ length: 1250 }, (_, nth) => event(sources[nth % 90]!, nth * 30, 30, nth, rate)),
        );
      }),
    );
    const text = report(big);
    expect(text.length).toBeLessThan(2e6);
    expect(text.slice(text.indexOf('<svg'), text.indexOf('<ul class="legend"')).length).toBeLessThan(150_000);
  });
});

it('a line stands where one event ends and the next begins, as long as it leaves something of both', () => {
  const rate = RATES['25'];
  const source = pictureSource('A1', rate, '10:00:00:00');
  const spans = [
    [0, 500],
    [500, 500],
    // After a gap there is nothing to part.
    [1010, 490],
    [1500, 5],
    [1505, 995],
  ] as const;
  const events = spans.map(([at, length]) => event(source, at, length, 0, rate));
  const text = report(list(rate, '01:00:00:00', [track('V1', events)]));
  const lines = [...text.matchAll(/<path class="edge( on-wide)?" d="([^"]*)"/g)];
  // The first cut, and the one after the gap; the event of five frames is narrower than any line leaves room for.
  expect(lines.map(([, wide, d]) => [wide, d!.match(/M/g)!.length])).toEqual([[undefined, 1]]);
});
