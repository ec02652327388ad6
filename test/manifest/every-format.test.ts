/** What every format makes of the same cuts: nothing vanishes, and the table in the docs is made from the writers themselves. */
import { describe, expect, it } from 'vitest';
import { cutList } from '../../manifest/cutlist.ts';
import { emptyHandoff } from '../../manifest/documents/handoff.ts';
import type { CutEvent, CutList, CutMarker } from '../../manifest/documents/cutlist.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { READERS } from '../../manifest/readers/index.ts';
import type { Reader } from '../../manifest/readers/reader.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { richSequence } from '../fixtures/rich-cut.ts';

const FILM = RATES['23.976'];

describe.each(['premiere', 'resolve'] as const)(
  'a cut with everything in it, as %s hands it over',
  (editor) => {
    const cut = cutList(richSequence(editor), emptyHandoff(''), {}).value;
    const events = cut.tracks.reduce((sum, track) => sum + track.events.length, 0);

    it('is 3 video and 8 audio tracks of 21 events', () => {
      expect([cut.tracks.length, events]).toEqual([11, 21]);
    });

    it.each(EXPORTS)('$id writes it, and says what it cannot carry', ({ write }) => {
      const made = write(cut, { target: editor, reels: 32, fcpxml: '1.10', split: true });
      if ('refused' in made) throw new Error(made.refused);
      expect(made.files.length).toBeGreaterThan(0);
      expect(made.files.every((file) => file.text.length > 0)).toBe(true);
      for (const loss of made.losses) {
        expect(loss.count).toBeGreaterThan(0);
        expect([loss.what, loss.where, loss.message].every((text) => text.trim().length > 0)).toBe(true);
      }
    });

    const timelines = READERS.filter((reader) => reader.reads === 'timeline') as Reader<CutList[]>[];
    it.each(timelines.filter((reader) => EXPORTS.some((each) => each.id === reader.id)))(
      '$id reads its own back: every event is there or was said to be lost',
      (reader) => {
        const made = EXPORTS.find((each) => each.id === reader.id)!.write(cut, {
          target: editor,
          reels: 32,
          fcpxml: '1.10',
          split: true,
        });
        if ('refused' in made) throw new Error(made.refused);
        const texts = made.files.filter((file) => !file.suffix.endsWith('.csv')).map((file) => file.text);
        const back = texts.flatMap((text) => reader.read(text, { name: 'cut', rate: cut.rate }).value);
        const read = back.reduce(
          (sum, list) => sum + list.tracks.reduce((all, track) => all + track.events.length, 0),
          0,
        );
        const lost = made.losses
          .filter((loss) => /event|track|title|nested|adjustment|multicam|unknown/.test(loss.what))
          .reduce((sum, loss) => sum + loss.count, 0);
        expect(read + lost).toBeGreaterThanOrEqual(events);
      },
    );
  },
);

/** A plain event of two seconds, to be changed by one feature at a time. */
function event(more: Partial<CutEvent> = {}): CutEvent {
  const source: CutEvent['source'] = {
    file: '/shoot/A001.mov',
    name: 'A001.mov',
    reel: 'A001',
    scene: '7',
    take: '3',
    camera: 'A',
    rate: FILM,
    start: 86_400,
    duration: 2000,
    hasPicture: true,
    channels: 0,
    size: { width: 1920, height: 1080 },
  };
  return {
    id: 'V1-001',
    kind: 'clip',
    name: 'A001.mov',
    recordIn: 0,
    recordOut: 48,
    sourceIn: 100,
    sourceOut: 148,
    source,
    speed: { num: 1, den: 1 },
    enabled: true,
    ...more,
  };
}
const marker: CutMarker = { frame: 110, duration: 1, name: 'M', comment: 'look', colour: 'red' };
const second = (more: Partial<CutEvent> = {}) =>
  event({ id: 'V1-002', recordIn: 48, recordOut: 96, sourceIn: 300, sourceOut: 348, ...more });

function cutOf(
  events: CutEvent[],
  more: Partial<CutList> & { transitions?: CutList['tracks'][number]['transitions'] } = {},
): CutList {
  const { transitions = [], ...rest } = more;
  return {
    kind: 'cutlist',
    version: 1,
    name: 'Reel',
    rate: FILM,
    start: 86_400,
    size: { width: 1920, height: 1080 },
    tracks: [{ type: 'video', index: 1, name: 'V1', enabled: true, events, transitions }],
    markers: [],
    ...rest,
  };
}
const sound = (index: number): CutList['tracks'][number] => {
  const samples: CutEvent['source'] = {
    file: `/shoot/S${index}.wav`,
    name: `S${index}.wav`,
    reel: 'SR001',
    rate: { num: 48000, den: 1, drop: false },
    start: 172_972_800,
    duration: 4_804_800,
    hasPicture: false,
    channels: 1,
    sampleRate: 48000,
  };
  return {
    type: 'audio',
    index,
    name: `A${index}`,
    enabled: true,
    events: [
      event({
        id: `A${index}-001`,
        name: `S${index}.wav`,
        source: samples,
        sourceIn: 200_200,
        sourceOut: 296_296,
      }),
    ],
    transitions: [],
  };
};
const withoutMedia = (kind: CutEvent['kind']) =>
  second({ kind, name: kind, source: null, sourceIn: 0, sourceOut: 48 });
const dissolve = { in: 42, out: 54, kind: 'dissolve' as const, name: 'Cross Dissolve' };

/** One feature a row; the cut holds it and nothing else that is special. */
const STRAIGHT = cutOf([event(), second()]);
const FEATURES: [string, CutList][] = [
  ['straight cuts', STRAIGHT],
  ['gaps', cutOf([event(), second({ recordIn: 60, recordOut: 108 })])],
  [
    'three video tracks',
    {
      ...cutOf([event()]),
      tracks: [1, 2, 3].map((index) => ({
        type: 'video' as const,
        index,
        name: `V${index}`,
        enabled: true,
        events: [event({ id: `V${index}-001` })],
        transitions: [],
      })),
    },
  ],
  [
    'sound on A1–A4',
    { ...cutOf([event()]), tracks: [...cutOf([event()]).tracks, ...[1, 2, 3, 4].map(sound)] },
  ],
  [
    'sound past A4',
    { ...cutOf([event()]), tracks: [...cutOf([event()]).tracks, ...[1, 2, 3, 4, 5].map(sound)] },
  ],
  [
    'drop-frame',
    {
      ...cutOf([event({ source: { ...event().source!, rate: RATES['29.97df'] } })]),
      rate: RATES['29.97df'],
      start: 107_892,
    },
  ],
  [
    'media at another rate',
    cutOf([event({ source: { ...event().source!, rate: RATES['25'], start: 90_000 }, sourceOut: 150 })]),
  ],
  ['dissolve', cutOf([event(), second()], { transitions: [dissolve] })],
  [
    'wipe',
    cutOf([event(), second()], { transitions: [{ ...dissolve, kind: 'wipe', wipe: 1, name: 'Wipe' }] }),
  ],
  ['fade in', cutOf([event()], { transitions: [{ in: 0, out: 12, kind: 'fade', name: 'Cross Dissolve' }] })],
  [
    'fade out over a whole clip',
    cutOf([event()], {
      transitions: [{ in: 0, out: 48, kind: 'fade', name: 'Cross Dissolve', cutAt: 'out' }],
    }),
  ],
  ['constant speed', cutOf([event({ sourceOut: 196, speed: { num: 2, den: 1 } })])],
  ['reverse', cutOf([event({ speed: { num: -1, den: 1 } })])],
  ['freeze', cutOf([event({ sourceOut: 101, speed: { num: 0, den: 1 } })])],
  ['speed that varies', cutOf([event({ speed: null })])],
  ['switched-off clip', cutOf([event(), second({ enabled: false })])],
  ['title', cutOf([event(), withoutMedia('title')])],
  ['nested sequence', cutOf([event(), withoutMedia('nested')])],
  ['adjustment layer', cutOf([event(), withoutMedia('adjustment')])],
  ['multicam', cutOf([event(), withoutMedia('multicam')])],
  ['ASC CDL', cutOf([event({ cdl: { sat: '0.9' } })])],
  ['sequence marker', cutOf([event()], { markers: [{ ...marker, frame: 10 }] })],
  ['clip marker', cutOf([event({ markers: [marker] })])],
  ['source without timecode', cutOf([event({ source: { ...event().source!, start: null } })])],
  ['source without a path', cutOf([event({ source: { ...event().source!, file: null } })])],
  ['long reel name', cutOf([event({ source: { ...event().source!, reel: 'A001C003_230614_R1AB' } })])],
  [
    'name outside ASCII',
    cutOf([event({ name: 'Überfahrt 夜.mov', source: { ...event().source!, name: 'Überfahrt 夜.mov' } })]),
  ],
];

/** The same cut without the feature: as many events on as many tracks, each as plain as can be. */
function plainOf(cut: CutList): CutList {
  const events = cut === STRAIGHT ? 1 : cut.tracks[0]!.events.length;
  return cutOf(events > 1 ? [event(), second()] : [event()]);
}

/** `●` carried, `◐` carried with a loss said, `·` not spoken of, `–` refused. */
function mark(cut: CutList, write: (typeof EXPORTS)[number]['write']): string {
  const plain = write(plainOf(cut));
  const done = write(cut);
  if ('refused' in done) return '–';
  if ('refused' in plain) return '●';
  // What a format loses of even the plainest cut says nothing about the feature.
  if (done.losses.length > plain.losses.length) return '◐';
  const texts = (made: typeof done) => made.files.map((file) => file.text).join();
  return texts(done) === texts(plain) ? '·' : '●';
}

it('docs/what-formats-carry.md is made from the writers', async () => {
  const head = ['', ...EXPORTS.map((each) => `\`${each.id}\``)];
  const rows = FEATURES.map(([name, cut]) => [name, ...EXPORTS.map((each) => mark(cut, each.write))]);
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const page = [
    '# What each format carries',
    '',
    'Made by `test/manifest/every-format.test.ts` from the writers themselves (`npx vitest run test/manifest/every-format.test.ts -u`), with default options.',
    '● carried · ◐ carried in part, and the loss is said · – refused, with the reason. · it holds no such thing at all: a log lists media, a marker list markers.',
    '',
    line(head),
    line(head.map((_, index) => (index === 0 ? '---' : ':-:'))),
    ...rows.map(line),
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../docs/what-formats-carry.md');
});
