/**
 * Listening: an hour against an hour (time, memory, error, drift) beside a plain correlation and the floor; and what is accepted
 * and refused on three simulated sets: 1, on which the rule was set, and 2 and 3, which it had not seen.
 * `npm run -s bench bench/listen.ts [hour | sets] [TRIALS OF EACH KIND] [SECONDS OF A LONG RECORDING]`: both, 64 and 1800.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFft } from '../bridge/local/listen/fft.ts';
import { judgeSet, type Outcome } from './listen/judge-set.ts';
import {
  CASES,
  makeCase,
  measure,
  plainCorrelation,
  readAlone,
  transformsAlone,
  type Case,
  type Measured,
} from './listen/hour.ts';
import { table } from './table.ts';

const [what = 'all', ...rest] = process.argv.slice(2);
const SETS = [
  { seed: 1, name: 'set 1 (the rule was set on it)' },
  { seed: 2, name: 'set 2 (held out)' },
  { seed: 3, name: 'set 3 (held out)' },
];

/** Runs one job in a process of its own and gives what it printed. */
function child<T>(...args: string[]): T {
  return JSON.parse(
    execFileSync(process.execPath, [process.argv[1]!, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 }),
  ) as T;
}

const percentile = (values: number[], part: number) =>
  values.length === 0
    ? Number.NaN
    : values.slice().sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(part * values.length))]!;

async function hours(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const files = { picture: join(folder, 'picture.raw'), sound: join(folder, 'sound.raw') };
  const rows: string[][] = [];
  let floor = '';
  try {
    for (const each of CASES) {
      makeCase(await loadFft(), each, files);
      const ours = child<Measured>('measure', files.picture, files.sound);
      const plain = child<Awaited<ReturnType<typeof plainCorrelation>>>('plain', files.picture, files.sound);
      rows.push(hourRow(each, ours, plain));
      floor = `${readAlone([files.picture, files.sound]).toFixed(2)} s to read both files (page cache), ${(await transformsAlone()).toFixed(2)} s for the features' transforms alone`;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  table(
    `1 h against 1 h, 48 kHz, medians of 3. Floor: ${floor}. Plain: both at 8 kHz, one correlation of everything. BBC audio-offset-finder (Python, librosa) cannot be installed here`,
    [
      '',
      'error at start / end, ms',
      'drift',
      'features s',
      'compare s',
      'x realtime',
      'MB',
      'windows MB',
      'unpack s',
      'plain s',
      'plain ms',
      'plain MB',
    ],
    rows,
  );
}

function hourRow(
  each: Case,
  ours: Measured,
  plain: { seconds: number; offset: number; memory: number },
): string[] {
  const { heard } = ours;
  if (heard.heard !== 'match') return [each.name, heard.heard, ...Array.from({ length: 10 }, () => '')];
  // By the picture's clock, which runs slow by ppm: the offset at a moment of it.
  const stretch = 1 + each.ppm / 1e6;
  const from = Math.max(0, each.offset / stretch);
  const to = Math.min(3600, (3600 + each.offset) / stretch);
  const truth = (moment: number) => moment - (moment * stretch - each.offset);
  const ms = (found: number, moment: number) => (1000 * (found - truth(moment))).toFixed(3);
  return [
    each.name,
    `${ms(heard.offsetSamples / 48000, from)} / ${ms(heard.offsetAtEndSamples / 48000, to)}`,
    heard.driftPpm.toFixed(2),
    ours.features.toFixed(2),
    ours.compare.toFixed(2),
    String(Math.round(7200 / (ours.features + ours.compare))),
    String(Math.round(ours.memory)),
    (ours.windows / 1e6).toFixed(0),
    ours.unpack.toFixed(2),
    plain.seconds.toFixed(1),
    ms(plain.offset, from),
    String(Math.round(plain.memory)),
  ];
}

async function sets(each: number, long: number): Promise<void> {
  const totals: string[][] = [];
  for (const { seed, name } of SETS) {
    const outcomes = await judgeSet(await loadFft(), seed, { each, long });
    const kinds = [...new Set(outcomes.map(({ kind }) => kind))];
    table(
      `${name}: ${outcomes.length} pairs, long recordings up to ${long} s`,
      [
        '',
        'pairs',
        'match',
        'ambiguous',
        'none',
        'quiet',
        'WRONG',
        'ms p50',
        'p99',
        'most',
        'ppm p90',
        's each',
      ],
      kinds.map((kind) =>
        kindRow(
          kind,
          outcomes.filter((outcome) => outcome.kind === kind),
        ),
      ),
    );
    totals.push(total(name, outcomes));
  }
  table(
    'In all. A song of another take is counted apart: it truly is the same sound, and only the other recordings can tell',
    [
      '',
      'that lie there',
      'matched',
      'that do not',
      'WRONG',
      'ms p50',
      'p99',
      'most',
      'outside its bound',
      'songs',
      'matched',
    ],
    totals,
  );
}

const isSong = ({ kind }: Outcome) => kind.startsWith('SONG');
const offs = (outcomes: Outcome[]) =>
  outcomes.flatMap(({ off }) => (off ? [Math.max(Math.abs(off.start), Math.abs(off.end))] : []));

function kindRow(kind: string, outcomes: Outcome[]): string[] {
  const count = (...heards: string[]) =>
    String(outcomes.filter(({ heard }) => heards.includes(heard.heard)).length);
  const off = offs(outcomes);
  const ms = (part: number) => (off.length ? percentile(off, part).toFixed(3) : '');
  // A minute at least both ran, or a drift says nothing.
  const long = outcomes.flatMap(({ heard, off: one, note }) =>
    one && heard.heard === 'match' && heard.evidence.coverage * parseInt(note, 10) >= 60
      ? [Math.abs(one.drift)]
      : [],
  );
  return [
    kind,
    String(outcomes.length),
    count('match'),
    count('ambiguous'),
    count('none'),
    count('silence', 'too-little'),
    String(outcomes.filter(({ wrong }) => wrong).length),
    ms(0.5),
    ms(0.99),
    ms(1),
    long.length ? percentile(long, 0.9).toFixed(2) : '',
    (outcomes.reduce((sum, { seconds }) => sum + seconds, 0) / outcomes.length).toFixed(2),
  ];
}

function total(name: string, outcomes: Outcome[]): string[] {
  const plain = outcomes.filter((outcome) => !isSong(outcome));
  const there = plain.filter((outcome) => outcome.there);
  const songs = outcomes.filter(isSong);
  const off = offs(there);
  const matched = (some: Outcome[]) => some.filter(({ heard }) => heard.heard === 'match').length;
  const outside = there.filter(
    ({ heard, off: one }) =>
      one &&
      heard.heard === 'match' &&
      Math.max(Math.abs(one.start), Math.abs(one.end)) * 48 > heard.errorSamples,
  );
  return [
    name,
    String(there.length),
    String(matched(there)),
    String(plain.length - there.length),
    String(plain.filter(({ wrong }) => wrong).length),
    percentile(off, 0.5).toFixed(3),
    percentile(off, 0.99).toFixed(3),
    percentile(off, 1).toFixed(3),
    String(outside.length),
    String(songs.length),
    String(matched(songs)),
  ];
}

if (what === 'measure') console.log(JSON.stringify(await measure(rest[0]!, rest[1]!)));
else if (what === 'plain') console.log(JSON.stringify(await plainCorrelation(rest[0]!, rest[1]!)));
else {
  if (what !== 'sets') await hours();
  if (what !== 'hour') await sets(Number(rest[0] ?? 64), Number(rest[1] ?? 1800));
}
