import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { StandinResolve } from '../../host/standin/resolve/standin.ts';
import {
  readState,
  type ClipState,
  type FolderState,
  type ResolveState,
} from '../../host/standin/resolve/state.ts';
import { jobText } from '../../manifest/job.ts';
import {
  EDITIONS,
  SHOTS,
  clipsIn,
  handoffOf,
  media,
  planOf,
  runScript,
  standinOf,
  wholePlan,
} from './stage.ts';

const handoff = handoffOf(SHOTS);
const plan = wholePlan();
const job = jobText(plan, { handoff });

/**
 * Everything but the ids that Resolve gave, the order that things came in, and the mark that Baton leaves on what it brought in:
 * a run that dies before the mark says so in its receipt instead.
 */
function seen(folder: FolderState): string {
  return canonicalize({
    name: folder.name,
    clips: folder.clips.map(({ id: _id, ...clip }) => canonicalize(unmarked(clip))).sort(),
    folders: folder.folders.map(seen).sort(),
  })!;
}

function unmarked(clip: Omit<ClipState, 'id'>): Omit<ClipState, 'id'> {
  const { 'baton.wrote': wrote, ...others } = clip.thirdParty;
  const kept = wrote?.split(' ').filter((each) => each !== 'imported=1');
  return {
    ...clip,
    thirdParty: { ...others, ...(kept && kept.length > 0 ? { 'baton.wrote': kept.join(' ') } : {}) },
  };
}

async function atOnce(edition: (typeof EDITIONS)[0]): Promise<ResolveState> {
  const standin = standinOf(edition);
  await runScript(standin, job, edition.sandboxed);
  return standin.state;
}

test('a job cut short and then run whole ends where one run ends, with nothing twice', async () => {
  const whole = await atOnce(EDITIONS[3]!);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: plan.steps.length }), async (k) => {
      const standin = standinOf(EDITIONS[3]!);
      await runScript(standin, jobText(planOf(plan.steps.slice(0, k)), { handoff }), false);
      await runScript(standin, job, false);
      expect(seen(standin.state.root)).toEqual(seen(whole.root));
      expect(clipsIn(standin.state)).toHaveLength(SHOTS.length);
    }),
    { numRuns: 30 },
  );
});

test('a run killed after any write and run again ends where one run ends, with nothing twice', async () => {
  const edition = EDITIONS[2]!;
  const whole = await atOnce(edition);
  const killed = async (k: number) => {
    const dying = standinOf(edition, { stopAfterWrites: k });
    await runScript(dying, job, edition.sandboxed);
    expect(dying.writeCount).toBe(k);
    const state = readState(dying.save());
    if (typeof state === 'string') throw new Error(state);
    const standin = new StandinResolve({ media, state });
    const run = await runScript(standin, job, edition.sandboxed);
    expect(seen(state.root)).toEqual(seen(whole.root));
    expect(run.receipt!.steps.filter((step) => step.result !== 'verified')).toEqual([]);
  };
  const counting = standinOf(edition);
  await runScript(counting, job, edition.sandboxed);
  for (let k = 0; k < counting.writeCount; k++) await killed(k);
});
