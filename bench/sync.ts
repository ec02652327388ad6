/**
 * Sync by timecode at scale. The search alone (which sounds overlap each picture) beside comparing every pair and beside a bare sweep over
 * numbers, which is the limit; then the whole of sync() on shoots of several cameras and recorders; then what people do to it.
 * Milliseconds of the processor, since other programs' work shows less in them than in the clock's.
 */
import type { Clip } from '../manifest/documents/handoff.ts';
import { sync } from '../manifest/sync.ts';
import { TimeIndex } from '../manifest/sync/by-time.ts';
import type { Sound } from '../manifest/sync/candidates.ts';
import { offset, overlap, pictureSpan, soundSpan, type Span } from '../manifest/sync/span.ts';
import { framesPerDay, RATES, type RateName } from '../manifest/time/rate.ts';
import { framesToSamples } from '../manifest/time/samples.ts';
import { frameToTimecode } from '../manifest/time/timecode.ts';
import { handoff, picture, sound } from '../test/fixtures/handoff.ts';
import { cpuRivals, table } from './table.ts';

const KINDS: { rate: RateName; sampleRate: number }[] = [
  { rate: '23.976', sampleRate: 48_000 },
  { rate: '23.976', sampleRate: 48_048 },
  { rate: '25', sampleRate: 48_000 },
  { rate: '29.97df', sampleRate: 48_000 },
  { rate: '29.97', sampleRate: 96_000 },
  { rate: '59.94df', sampleRate: 48_000 },
];

/** The numbers of a generator that always gives the same. */
function numbers(): (below: number) => number {
  let state = 20_261_120;
  return (below) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
}

/**
 * Half pictures, half sounds, in takes of two cameras and two recorders spread over 24 hours, midnight included. Of ten takes three know their
 * scene; one recording in four is cut in two, one covers only a part, one in twenty has no timecode.
 */
function shoot(count: number): Clip[] {
  const next = numbers();
  const clips: Clip[] = [];
  for (let take = 0; clips.length < count; take++) {
    const { rate: name, sampleRate } = KINDS[take % KINDS.length]!;
    const rate = RATES[name];
    const start = Math.floor((take / (count / 4)) * framesPerDay(rate));
    const tech = (recorder: string) => ({ sampleRate, recorder });
    const named =
      next(10) < 3 ? { scene: String(1 + Math.floor(take / 10)), take: String(1 + (take % 10)) } : {};
    for (const camera of ['A', 'B'])
      clips.push(
        picture({
          path: `${camera}/${camera}${take}.mov`,
          rate: name,
          ...(next(20) ? { tc: frameToTimecode(start + next(20), rate) } : {}),
          frames: 200 + next(40),
          ...named,
        }),
      );
    const samples = framesToSamples(start, rate, sampleRate) + next(5);
    const long = framesToSamples(next(8) ? 300 : 120, rate, sampleRate);
    const file = (path: string, recorder: string, startSamples: number, durationSamples: number) =>
      clips.push(
        sound({ path, rate: name, ...named, tech: { ...tech(recorder), startSamples, durationSamples } }),
      );
    if (take % 4 === 0) {
      file(`S/T${take}.wav`, 'one', samples, long >> 1);
      file(`S/T${take}_2.wav`, 'one', samples + (long >> 1), long - (long >> 1));
    } else {
      file(`S/T${take}.wav`, 'one', samples, long);
      file(`Z/Z${take}.wav`, 'two', samples, long);
    }
  }
  return clips.slice(0, count);
}

interface Spans {
  pictures: Span[];
  sounds: Sound[];
}

function spansOf(clips: Clip[]): Spans {
  const pictures = clips.flatMap((clip) => (clip.kind === 'picture' ? (pictureSpan(clip) ?? []) : []));
  const sounds = clips.flatMap((clip): Sound[] =>
    clip.kind === 'sound' ? [{ files: [clip], span: soundSpan(clip), take: null, recorder: null }] : [],
  );
  return { pictures, sounds };
}

function everyPair({ pictures, sounds }: Spans): number {
  let pairs = 0;
  for (const span of pictures)
    for (const each of sounds) if (overlap(span, each.span!, offset(span, each.span!)) > 0) pairs++;
  return pairs;
}

function ours({ pictures, sounds }: Spans): number {
  const index = new TimeIndex(sounds);
  return pictures.reduce((sum, span) => sum + index.overlapping(span).length, 0);
}

/** Starts and ends as bare numbers, sorted by the engine; no midnight, nothing kept: less than any answer needs. */
function sweep({ pictures, sounds }: Spans): number {
  const sorted = (values: number[]) => Float64Array.from(values).sort();
  const starts = sorted(sounds.map(({ span }) => span!.start));
  const ends = sorted(sounds.map(({ span }) => span!.start + span!.length));
  const [from, to] = [
    sorted(pictures.map((span) => span.start)),
    sorted(pictures.map((span) => span.start + span.length)),
  ];
  // Sounds begun before the picture ends, less those ended before it begins.
  let [pairs, begun, ended] = [0, 0, 0];
  for (const end of to) {
    while (begun < starts.length && starts[begun]! < end) begun++;
    pairs += begun;
  }
  for (const start of from) {
    while (ended < ends.length && ends[ended]! <= start) ended++;
    pairs -= ended;
  }
  return pairs;
}

const three = (value: number) => value.toFixed(value < 10 ? 2 : 0);

function searching(): void {
  const rows = [1000, 10_000, 100_000].map((count) => {
    const spans = spansOf(shoot(count));
    const runs: Record<string, () => unknown> = { ours: () => ours(spans), sweep: () => sweep(spans) };
    const naive = count <= 10_000;
    if (naive && ours(spans) !== everyPair(spans))
      throw new Error('the search does not find what pairs find');
    if (naive) runs['pairs'] = () => everyPair(spans);
    const times = cpuRivals(runs, naive ? 7 : 15);
    return [
      count.toLocaleString('en'),
      ours(spans).toLocaleString('en'),
      naive ? three(times['pairs']!) : 'not run',
      three(times['sweep']!),
      three(times['ours']!),
      `${(times['ours']! / times['sweep']!).toFixed(1)}x`,
      count === 100_000 ? '<= 25' : '',
    ];
  });
  table(
    'The search alone, ms: which sounds overlap each picture',
    ['clips', 'pairs found', 'every pair', 'bare sweep', 'ours', 'over the sweep', 'target'],
    rows,
  );
}

function whole(): void {
  const rows = [1000, 10_000, 20_000, 100_000].map((count) => {
    const given = handoff(shoot(count));
    const ms = cpuRivals({ sync: () => sync(given) }, 5)['sync']!;
    const verdicts = new Set(sync(given).map(({ verdict }) => verdict));
    return [
      count.toLocaleString('en'),
      three(ms),
      ((ms * 1e6) / (count * Math.log2(count))).toFixed(0),
      String(verdicts.size),
      count === 20_000 ? '<= 1000' : '',
    ];
  });
  table(
    'The whole of sync(), half pictures and half sounds',
    ['clips', 'ms', 'ns a clip and log2', 'kinds of verdict', 'target'],
    rows,
  );
}

/** Days of which every clip could belong to every other. */
const CROWDS: Record<string, (count: number) => Clip[]> = {
  'copies of one take': (count) =>
    both(count, (at, path) => ({
      path,
      scene: '1',
      take: '1',
      tc: '10:00:00:00',
      ...(at > 0
        ? { clip: { duplicateOf: { clip: 'first', proof: 'hash' as const } } }
        : { clip: { id: 'first' } }),
    })),
  'one start for all, no names': (count) =>
    both(count, (at, path) => ({ path, tc: '00:00:00:00', frames: 100 + at })),
  'one take for all, no timecode': (count) => both(count, (_, path) => ({ path, scene: '1', take: '1' })),
};

function both(count: number, words: (at: number, path: string) => Parameters<typeof picture>[0]): Clip[] {
  return Array.from({ length: count }, (_, at) => {
    const nth = at >> 1;
    return at % 2
      ? sound(words(nth, `S/${nth}.wav`) as Parameters<typeof sound>[0])
      : picture({ ...words(nth, `P/${nth}.mov`), clip: {} });
  });
}

function crowded(): void {
  const rows = Object.entries(CROWDS).flatMap(([name, make]) =>
    [2000, 20_000].map((count) => {
      const given = handoff(make(count));
      const before = process.cpuUsage();
      const named = sync(given).reduce((sum, { soundIds }) => sum + soundIds.length, 0);
      const { user, system } = process.cpuUsage(before);
      return [name, count.toLocaleString('en'), three((user + system) / 1000), named.toLocaleString('en')];
    }),
  );
  table('Crowds: every sound fits every picture; each once', ['', 'clips', 'ms', 'sounds named'], rows);
}

const part = process.argv[2];
if (part !== 'crowds') searching();
if (part !== 'crowds') whole();
if (part !== 'days') crowded();
