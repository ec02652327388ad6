/**
 * A manifest of 50,000 clips: opened and validated, edited, checked, planned, hashed, scanned again and saved; time and peak memory of each in
 * a process of its own, beside what JSON alone takes.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHandoff, readHandoff, updateHandoff } from '../bridge/local/store.ts';
import { handoffHash } from '../manifest/canonical.ts';
import { check } from '../manifest/check.ts';
import type { Edit } from '../manifest/documents/edit.ts';
import type { Handoff } from '../manifest/documents/handoff.ts';
import { applyEdits } from '../manifest/edits.ts';
import { plan } from '../manifest/plan.ts';
import { csvLog } from '../manifest/readers/csv-log.ts';
import { parseHandoff } from '../manifest/readers/handoff.ts';
import { received } from '../manifest/received.ts';
import { mergeScan, type FoundFile } from '../manifest/scan.ts';
import { sync } from '../manifest/sync.ts';
import { frameToTimecode } from '../manifest/time/timecode.ts';
import { framesToSamples } from '../manifest/time/samples.ts';
import { RATES } from '../manifest/time/rate.ts';
import { table } from './table.ts';

const CLIPS = 50_000;
const RATE = RATES['23.976'];

/** Pictures and sounds of takes in pairs, every tenth file a copy, and a log of as many rows as there are takes. */
function findings(): Parameters<typeof mergeScan>[1] {
  const files = Array.from({ length: CLIPS }, (_, at): FoundFile => {
    const take = Math.floor(at / 2);
    const [scene, number] = [1 + Math.floor(take / 10), 1 + (take % 10)];
    const start = (take * 300) % 2_000_000;
    const label = `SCENE_${scene}_TAKE_${number}`;
    const copy = at % 10 > 7 ? { content: { ends: `copy${Math.floor(at / 20)}${at % 2}` } } : {};
    const common = { root: 'media', size: at % 10 > 7 ? 5000 : 1_000_000 + at, media: {}, ...copy };
    if (at % 2 === 0)
      return {
        ...common,
        path: `CAMERA_A/A${scene}/${label}_A_${at}.mov`,
        kind: 'picture',
        tech: {
          rate: RATE,
          startTc: frameToTimecode(start, RATE),
          durationFrames: 240,
          picture: { width: 1920, height: 1080 },
          channels: 0,
          codec: 'apch',
        },
      };
    return {
      ...common,
      path: `SOUND/SR${scene}/${label}_AUDIO_MAIN_${at}.wav`,
      kind: 'sound',
      tech: {
        rate: RATE,
        sampleRate: 48_000,
        startSamples: framesToSamples(start, RATE, 48_000),
        durationSamples: framesToSamples(240, RATE, 48_000),
        channels: 1,
        tracks: ['MIX'],
        recorder: 'MixPre-6',
      },
    };
  });
  const rows = Array.from(
    { length: CLIPS / 4 },
    (_, at) => `${1 + Math.floor(at / 10)},${1 + (at % 10)},boom in shot`,
  );
  const log = csvLog.read(`Scene,Take,Notes\n${rows.join('\n')}\n`, { name: 'log.csv' }).value;
  return { title: 'Bench', roots: ['media'], files, transcripts: [], taken: [], sheets: [log] };
}

let given = 0;
const choices = { newId: () => `clip-${++given}`, at: '2026-03-14T00:00:00.000Z' };
const open = (file: string): Handoff => parseHandoff(readFileSync(file, 'utf8')).value!;
/** A thousand takes from all over the manifest. */
const circling = ({ clips }: Handoff): Edit[] =>
  Array.from({ length: 1000 }, (_, at) => ({
    edit: 'pick',
    clip: clips[(at * 7919) % CLIPS]!.id,
    to: 'circled',
  }));
/** Gives what is prepared and not measured, then what is. */
type Job = (file: string) => () => unknown;
const JOBS: Record<string, Job> = {
  'JSON.parse (the floor)': (file) => () => JSON.parse(readFileSync(file, 'utf8')) as unknown,
  'open and validate': (file) => () => readHandoff(file),
  'JSON.stringify, indented (the floor)': (file) => {
    const handoff = open(file);
    return () => JSON.stringify(handoff, null, 2);
  },
  'save (lock, read, write, fsync, rename)': (file) => () =>
    updateHandoff(file, (handoff) => ({ ...handoff, rate: { ...RATE } })),
  'write, fsync, rename': (file) => {
    const handoff = open(file);
    return () => createHandoff(`${file}.new`, handoff);
  },
  'one edit, of a thousand at once': (file) => {
    const handoff = open(file);
    const edits = circling(handoff);
    return () => applyEdits(handoff, edits, choices.at);
  },
  'one edit, each alone': (file) => {
    let handoff = open(file);
    const edits = circling(handoff);
    return () => {
      for (const edit of edits) {
        const edited = applyEdits(handoff, [edit], choices.at);
        if ('handoff' in edited) handoff = edited.handoff;
      }
      return handoff;
    };
  },
  hash: (file) => {
    const handoff = open(file);
    return () => handoffHash(handoff);
  },
  check: (file) => {
    const handoff = open(file);
    return () => check(handoff, {});
  },
  received: (file) => {
    const handoff = open(file);
    return () => received(handoff, {});
  },
  sync: (file) => {
    const handoff = open(file);
    return () => sync(handoff);
  },
  'plan (nothing imported yet)': (file) => {
    const handoff = open(file);
    return () => plan(handoff, null, { roots: { media: '/drive' } });
  },
  'scan again: merge, nothing new': (file) => {
    const [handoff, found] = [open(file), findings()];
    return () => mergeScan(handoff, found, choices);
  },
};
/** Milliseconds; performance.md 8. */
const TARGETS: Record<string, number> = {
  'open and validate': 500,
  'write, fsync, rename': 500,
  'one edit, of a thousand at once': 0.1,
};

interface Measured {
  ms: number;
  /** Of the processor, garbage collection in other threads included: what other programs do to the machine shows less in it. */
  cpu: number;
  peak: number;
}

async function measure(name: string, file: string): Promise<Measured> {
  const run = JOBS[name]!(file);
  globalThis.gc?.();
  const [start, before] = [performance.now(), process.cpuUsage()];
  await run();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const times = name.startsWith('one edit') ? 1000 : 1;
  // Microseconds, and KiB of the whole process.
  return { ms: ms / times, cpu: (user + system) / 1000 / times, peak: process.resourceUsage().maxRSS / 1024 };
}

/** The best of three processes: what the job takes when nothing else takes the machine. */
function best(name: string, file: string): Measured {
  const runs = Array.from({ length: 3 }, () => {
    rmSync(`${file}.new`, { force: true });
    const said = execFileSync(process.execPath, ['--expose-gc', process.argv[1]!, name, file], {
      encoding: 'utf8',
    });
    return JSON.parse(said) as Measured;
  });
  return runs.reduce((one, other) => (other.ms < one.ms ? other : one));
}

const [name, file] = process.argv.slice(2);
if (name !== undefined && file !== undefined) console.log(JSON.stringify(await measure(name, file)));
else {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const manifest = join(folder, 'handoff.json');
  const text = `${JSON.stringify({ ...mergeScan(null, findings(), choices), revision: 1 }, null, 2)}\n`;
  writeFileSync(manifest, text);
  // One job alone where its name is given: `bench/manifest.ts "open and validate"`.
  const rows = (name === undefined ? Object.keys(JOBS) : [name]).map((job) => {
    const { ms, cpu, peak } = best(job, manifest);
    const target = TARGETS[job];
    const short = (value: number) => value.toFixed(value < 10 ? 3 : 0);
    return [job, short(ms), short(cpu), target === undefined ? '' : `<= ${target}`, peak.toFixed(0)];
  });
  table(
    `A manifest of ${CLIPS} clips and ${CLIPS / 4} log rows (${(text.length / 1e6).toFixed(1)} MB)`,
    ['job', 'ms', 'cpu ms', 'target', 'peak MiB'],
    rows,
  );
  rmSync(folder, { recursive: true, force: true });
}
