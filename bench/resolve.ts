/**
 * Bringing a large handoff into Resolve through its plugin, at the 15 ms that a call takes there, on a clock that only counts: calls
 * for each clip, minutes to expect, and whether any kind of step costs more a clip as the project grows. `npm run bench bench/resolve.ts`.
 */
import { applyPlan, countResults } from '../bridge/apply.ts';
import { openStandinResolve } from '../bridge/hosts/standin-resolve.ts';
import { resolveMediaOf } from '../bridge/local/standin-resolve-media.ts';
import { emptyHandoff, HandoffSchema, type Handoff } from '../manifest/documents/handoff.ts';
import { STEP_KINDS } from '../manifest/documents/plan.ts';
import { plan } from '../manifest/plan.ts';
import { table } from './table.ts';

const CALL_MS = 15;
const SIZES = [1250, 5000];
const RATE = { num: 24000, den: 1001, drop: false };

/** Pictures and sounds by halves, ten takes a scene, every other clip with a note. */
function shoot(clips: number): Handoff {
  const of = (nth: number) => ({
    scene: String(Math.floor(nth / 20) + 1),
    take: String((Math.floor(nth / 2) % 10) + 1),
  });
  const all = Array.from({ length: clips }, (_, nth) => {
    const sound = nth % 2 === 1;
    const tech = sound
      ? { sampleRate: 48000, startSamples: 172800000, durationSamples: 480000, channels: 2 }
      : { rate: RATE, startTc: '01:00:00:00', durationFrames: 240, channels: 2 };
    return {
      id: `c${nth}`,
      kind: sound ? 'sound' : 'picture',
      root: 'media',
      path: sound ? `S/${nth}.wav` : `A/${nth}.mov`,
      size: nth + 1,
      identity: of(nth),
      tech,
      pick: nth % 3 === 0 ? 'circled' : 'unknown',
      soundKind: 'sync',
    };
  });
  const entries = all
    .filter((_, nth) => nth % 2 === 0)
    .map(({ id }, nth) => ({
      id: `e${nth}`,
      sheet: 'log.csv',
      row: nth + 2,
      clips: [id],
      notes: [{ id: 'n', kind: 'director', text: `note ${nth}`, offset: 24 }],
    }));
  return HandoffSchema.parse({
    ...emptyHandoff('Bench'),
    revision: 1,
    rate: RATE,
    roots: [{ name: 'media' }],
    clips: all,
    log: { sheets: [], entries },
  });
}

async function run(clips: number): Promise<Map<string, { calls: number; steps: number }>> {
  const handoff = shoot(clips);
  const files = Object.fromEntries(handoff.clips.map(({ id, path }) => [id, `/Shoot/${path}`]));
  let calls = 0;
  const { editor } = openStandinResolve({
    media: resolveMediaOf(handoff, files),
    plugin: { onCall: () => void calls++ },
  });
  const phases = new Map<string, { calls: number; steps: number }>();
  const note = (name: string, steps: number) => {
    const phase = phases.get(name) ?? { calls: 0, steps: 0 };
    phases.set(name, { calls: phase.calls + calls, steps: phase.steps + steps });
    calls = 0;
  };
  const { importable } = await editor.about();
  const made = plan(handoff, await editor.snapshot(), { roots: { media: '/Shoot' }, importable });
  note('look at the empty project', clips);
  const counting = {
    ...editor,
    async apply(steps: Parameters<typeof editor.apply>[0]) {
      const results = await editor.apply(steps);
      note(steps[0]!.kind, steps.length);
      return results;
    },
  };
  const receipt = await applyPlan(made, counting, { patience: [] });
  const { verified } = countResults(receipt);
  if (verified !== made.steps.length)
    throw new Error(`${verified} of ${made.steps.length} steps were verified`);
  await editor.snapshot();
  note('look at the full project', clips);
  return phases;
}

const [small, large] = [await run(SIZES[0]!), await run(SIZES[1]!)];
const order = ['look at the empty project', ...STEP_KINDS, 'look at the full project'].filter((name) =>
  large.has(name),
);
const minutes = (calls: number) => ((calls * CALL_MS) / 60_000).toFixed(1);
table(
  `${SIZES[1]} clips through the plugin at ${CALL_MS} ms a call`,
  ['phase', 'steps', 'calls', 'calls a step', `calls a step, ${SIZES[0]} clips`, 'minutes'],
  order.map((name) => {
    const [one, other] = [small.get(name)!, large.get(name)!];
    return [
      name,
      other.steps,
      other.calls,
      (other.calls / other.steps).toFixed(2),
      (one.calls / one.steps).toFixed(2),
      minutes(other.calls),
    ];
  }),
);
const total = [...large.values()].reduce((sum, { calls }) => sum + calls, 0);
table(
  'in all',
  ['calls', 'calls a clip', 'minutes'],
  [[total, (total / SIZES[1]!).toFixed(1), minutes(total)]],
);
const growing = order.filter((name) => {
  const [one, other] = [small.get(name)!, large.get(name)!];
  return other.steps > 0 && other.calls / other.steps > 1.1 * (one.calls / one.steps) + 0.1;
});
if (growing.length > 0) throw new Error(`costs more a step as the project grows: ${growing.join(', ')}`);
