/**
 * Sets the stage for the Lua tests: a handoff, a plan written by hand, media facts, and real Lua 5.1 with the stand-in
 * Resolve behind it.
 */
import { readFileSync } from 'node:fs';
import { Lua } from 'wasmoon-lua5.1';
import { LUA_SCENE, luaDoor } from '../../host/standin/resolve/lua.ts';
import { StandinResolve, type MediaFacts, type StandinOptions } from '../../host/standin/resolve/standin.ts';
import { emptyState, folders, type ClipState, type ResolveState } from '../../host/standin/resolve/state.ts';
import { HandoffSchema, type Handoff } from '../../manifest/documents/handoff.ts';
import type { ClipTarget, Marker, Plan, Step } from '../../manifest/documents/plan.ts';
import { jobText } from '../../manifest/job.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';

export type ScriptName = 'Baton Apply' | 'Baton Revert' | 'Baton Read Timeline' | 'Baton Read All Timelines';
export const scriptText = (name: ScriptName) =>
  readFileSync(new URL(`../../resolve-scripts/${name}.lua`, import.meta.url), 'utf8');
export const SCRIPT = scriptText('Baton Apply');
const BATON = '/home/cutter/.baton';
/** The job that each script looks for, and the stem of what it leaves. */
const JOBS: Record<ScriptName, { job: string; left: string }> = {
  'Baton Apply': { job: `${BATON}/job.lua`, left: `${BATON}/job.receipt` },
  'Baton Revert': { job: `${BATON}/revert.lua`, left: `${BATON}/revert.receipt` },
  'Baton Read Timeline': { job: '', left: `${BATON}/timeline-Reel_1` },
  'Baton Read All Timelines': { job: '', left: `${BATON}/timeline-Reel_1` },
};

/** Quotes, escapes, both slashes' neighbours, accents in both normal forms, right-to-left, astral, pattern magic. */
export const ODD_NAME =
  'A "quoted" \\back %d%s [[x]] --c Caf\u00e9 Cafe\u0301 \u65e5\u672c \u05d0\u05d1 \u{1F3AC} \'it\'\t.mov';

export const TITLE = 'Night "Train" \u2013 \u65e5\u672c';
const RATE = { num: 24000, den: 1001, drop: false };

export interface Shot {
  clip: string;
  name: string;
  kind: 'picture' | 'sound';
}
export const SHOTS: Shot[] = [
  { clip: 'c1', name: 'A001C001.mov', kind: 'picture' },
  { clip: 'c2', name: ODD_NAME, kind: 'picture' },
  { clip: 'c3', name: 'A001C003.mov', kind: 'picture' },
  { clip: 's1', name: '07-03.wav', kind: 'sound' },
  { clip: 's2', name: 'wild.wav', kind: 'sound' },
];

export function handoffOf(shots: readonly Shot[]): Handoff {
  return HandoffSchema.parse({
    kind: 'handoff',
    version: 1,
    revision: 3,
    production: { title: TITLE },
    rate: RATE,
    shootDays: [],
    roots: [{ name: 'main' }],
    clips: shots.map((shot) => ({
      id: shot.clip,
      kind: shot.kind,
      root: 'main',
      path: `day1/${shot.name}`,
      size: 1,
      identity: {},
      tech: {},
      pick: 'unknown',
      soundKind: 'unknown',
    })),
    log: { sheets: [], entries: [] },
    transcripts: [],
    history: [],
  });
}

export function target(shot: Shot): ClipTarget {
  return { clip: shot.clip, path: `day1/${shot.name}`, file: `/media/day1/${shot.name}` };
}

export function marker(id: string, frame: number, name: string, comment: string): Marker {
  return { id, frame, duration: 1, rate: RATE, name, comment, colour: 'orange' };
}

export function planOf(steps: Step[]): Plan {
  return {
    kind: 'plan',
    version: 1,
    manifest: 'f00d',
    steps,
    blocked: [],
    kept: [],
    counts: {},
  };
}

type Bare<S> = S extends Step ? Omit<S, 'id' | 'why' | 'undoable'> : never;

export function step(id: string, bare: Bare<Step>): Step {
  return { id, why: 'because', undoable: false, ...bare } as Step;
}

/** Twenty-odd steps, every kind: bins, pictures and sound, labels, metadata, markers three of which share a frame. */
export function wholePlan(): Plan {
  const [c1, c2, c3, s1, s2] = SHOTS.map(target) as [
    ClipTarget,
    ClipTarget,
    ClipTarget,
    ClipTarget,
    ClipTarget,
  ];
  const take = { bin: ['Scenes', '07', 'Take 03'] };
  const odd = { bin: ['B-roll', 'Caf\u00e9 "x" %s \u65e5'] };
  const wild = { bin: ['Sound', 'Wild'] };
  const bins = [['Scenes'], ['Scenes', '07'], take.bin, ['B-roll'], odd.bin, ['Sound'], wild.bin];
  return planOf([
    ...bins.map((bin) => step(`bin ${bin.join('/')}`, { kind: 'make-bin', target: { bin }, after: { bin } })),
    // Sound first on purpose: the script must still take pictures first.
    step('in s1', { kind: 'import', target: s1, after: take }),
    step('in c1', { kind: 'import', target: c1, after: take }),
    step('in c2', { kind: 'import', target: c2, after: odd }),
    step('in c3', { kind: 'import', target: c3, after: odd }),
    step('in s2', { kind: 'import', target: s2, after: wild }),
    step('label c1', { kind: 'set-label', target: c1, after: { label: 'circled' } }),
    step('label c2', { kind: 'set-label', target: c2, after: { label: 'broll' } }),
    step('label s2', { kind: 'set-label', target: s2, after: { label: 'wild' } }),
    step('meta c1', {
      kind: 'set-metadata',
      target: c1,
      after: {
        metadata: {
          scene: '07',
          take: '03',
          note: 'line one\nline "two"',
          good: 'true',
          keywords: 'Scene 07,%s Zo\u00eb',
          batonId: 'c1',
        },
      },
    }),
    step('meta c2', {
      kind: 'set-metadata',
      target: c2,
      after: { metadata: { description: ODD_NAME, reel: 'A001' } },
    }),
    step('mark a', {
      kind: 'add-marker',
      target: c1,
      after: { marker: marker('n|1', 12, 'Script', 'best take %s') },
    }),
    step('mark b', {
      kind: 'add-marker',
      target: c1,
      after: { marker: marker('n 2', 12, 'Director', 'a | b\n"c"') },
    }),
    step('mark c', {
      kind: 'add-marker',
      target: c1,
      after: { marker: marker('n\u65e53', 12, 'Sound', '') },
    }),
    step('mark d', {
      kind: 'add-marker',
      target: c1,
      after: { marker: marker('n4', 40, 'Camera', 'flare') },
    }),
    step('mark e', { kind: 'add-marker', target: s1, after: { marker: marker('n5', 24, 'Mixer', 'hum') } }),
  ]);
}

/** Every file under /media is there: pictures of 240 frames, sound of ten seconds. */
export function media(file: string): MediaFacts | null {
  if (!file.startsWith('/media/')) return null;
  if (file.endsWith('.wav')) return { type: 'Audio', seconds: 10, startSeconds: 36000 };
  return { type: 'Video + Audio', fps: 23.976, frames: 240, start: 864000 };
}

export interface Edition {
  name: string;
  version: string;
  studio: boolean;
  sandboxed: boolean;
}
export const EDITIONS: Edition[] = [
  { name: '18.5', version: '18.5', studio: false, sandboxed: false },
  { name: '19.0.2', version: '19.0.2', studio: true, sandboxed: false },
  { name: '21.1 Free, sandboxed', version: '21.1', studio: false, sandboxed: true },
  { name: '21.1 Studio', version: '21.1', studio: true, sandboxed: false },
];
/** Every version at which something of Resolve's came or went; whether 21.1 Studio has the sandbox too is not known. */
export const GATED: Edition[] = [
  ...EDITIONS,
  { name: '19.0 Free', version: '19.0', studio: false, sandboxed: false },
  { name: '19.1 Free', version: '19.1', studio: false, sandboxed: false },
  { name: '20.1 Studio', version: '20.1', studio: true, sandboxed: false },
  { name: '20.2 Free', version: '20.2', studio: false, sandboxed: false },
  { name: '21.0 Free', version: '21.0', studio: false, sandboxed: false },
  { name: '21.1 Studio, sandboxed', version: '21.1', studio: true, sandboxed: true },
];

export function standinOf(edition: Edition, more: Partial<StandinOptions> = {}): StandinResolve {
  return new StandinResolve({ media, state: emptyState(edition.version, edition.studio), ...more });
}

export interface Run {
  error: string | null;
  printed: string[];
  /** The receipt, from wherever this edition can leave it; null where there is none. */
  receipt: Receipt | null;
  /** What the script left, as the file that a person brings home. */
  left: { name: string; text: string } | null;
  calls: number;
}

/** Runs a script once in a fresh Lua on an empty disk. `job` null = no job file. */
export async function runScript(
  standin: StandinResolve,
  job: string | null,
  sandboxed: boolean,
  script: ScriptName = 'Baton Apply',
): Promise<Run> {
  const place = JOBS[script];
  const before = standin.calls;
  const lua = await Lua.create();
  try {
    if (job !== null) lua.mountFile(place.job, job);
    else lua.mountFile(`${BATON}/notes.txt`, '');
    lua.ctx['__call'] = luaDoor(standin);
    lua.ctx['__env'] = { HOME: '/home/cutter' };
    lua.doStringSync(LUA_SCENE);
    lua.ctx['__source'] = scriptText(script);
    const error: unknown = lua.doStringSync(`return __run(__source, "@${script}.lua", ${sandboxed})`);
    const printed = String(lua.doStringSync('return table.concat(__printed, "\\n")'));
    const json = readText(lua, `${place.left}.json`);
    const left = json === null ? fromPrefs(standin, place.left) : { name: 'left.json', text: json };
    return {
      error: typeof error === 'string' ? error : null,
      printed: printed === '' ? [] : printed.split('\n'),
      left,
      receipt: left && receiptOf(left),
      calls: standin.calls - before,
    };
  } finally {
    lua.global.close();
  }
}

/** One run outside the sandbox that must get to its end; its receipt. */
export async function apply(standin: StandinResolve, plan: Plan): Promise<Receipt> {
  const { error, receipt } = await runScript(standin, jobText(plan, { handoff: handoffOf(SHOTS) }), false);
  if (error !== null || standin.crashes.length > 0) throw new Error(error ?? standin.crashes.join('\n'));
  if (!receipt) throw new Error('the script left no receipt');
  return receipt;
}

/** Through hex, so that no byte is lost on the way out of Lua. */
export function readText(lua: Lua, path: string): string | null {
  const hex: unknown = lua.doStringSync(`
    local file = io.open(${JSON.stringify(path)}, "rb")
    if not file then return nil end
    local text = file:read("*a")
    file:close()
    return (text:gsub(".", function(c) return string.format("%02x", c:byte()) end))`);
  return typeof hex === 'string' ? Buffer.from(hex, 'hex').toString('utf8') : null;
}

/** The newest: a run leaves its own file beside those of earlier ones. */
function fromPrefs(standin: StandinResolve, stem: string): Run['left'] {
  const last = [...standin.files].findLast(([path]) => path.startsWith(stem));
  return last ? { name: 'left.prefs', text: last[1] } : null;
}

function receiptOf({ name, text }: { name: string; text: string }): Receipt {
  const hex = name.endsWith('.prefs') ? /= "([0-9a-f]+)"/.exec(text)![1]! : null;
  return JSON.parse(hex === null ? text : Buffer.from(hex, 'hex').toString('utf8')) as Receipt;
}

/** Each clip with the names of the bins it lies in. */
export function clipsIn(state: ResolveState): { clip: ClipState; bin: string[] }[] {
  const path = (id: string): string[] => {
    for (const { folder, parent } of folders(state.root))
      if (folder.id === id) return parent ? [...path(parent.id), folder.name] : [];
    return [];
  };
  const all: { clip: ClipState; bin: string[] }[] = [];
  for (const { folder } of folders(state.root))
    for (const clip of folder.clips) all.push({ clip, bin: path(folder.id) });
  return all;
}

export function clipOf(state: ResolveState, name: string): ClipState {
  const found = clipsIn(state).find(({ clip }) => clip.file === `/media/day1/${name}`);
  if (!found) throw new Error(`${name} is not in the stand-in`);
  return found.clip;
}

/** The bins the script made to say its result, and the lines inside. */
export function shown(state: ResolveState): string[] {
  return state.root.folders
    .filter((folder) => folder.name.startsWith('Baton: '))
    .flatMap((folder) => [folder.name, ...folder.folders.map((line) => line.name)]);
}
