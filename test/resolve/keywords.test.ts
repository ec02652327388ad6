/** Keywords in Resolve: by the script and by the panel's adapter alike, beside a person's own, and taken back. */
import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../bridge/apply.ts';
import { openStandinResolve } from '../../bridge/hosts/standin-resolve.ts';
import { receiptRecord } from '../../bridge/local/take-up.ts';
import { emptyState, type ResolveState } from '../../host/standin/resolve/state.ts';
import { StandinResolve } from '../../host/standin/resolve/standin.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { jobText } from '../../manifest/job.ts';
import { openInResolve, revertJob } from '../../manifest/job/revert.ts';
import { plan } from '../../manifest/plan.ts';
import { revertable, revertPlan } from '../../manifest/revert.ts';
import { clipOf, EDITIONS, handoffOf, media, runScript, SHOTS, type Edition } from './stage.ts';

const roots = { main: '/media' };
const PICTURE = SHOTS[0]!;
const PERSONS = 'night, Anna';

/** Tags in the log of the first picture, which is a good take of scene 07. */
function tagged(...tags: string[]): Handoff {
  const handoff = handoffOf(SHOTS);
  handoff.clips[0] = { ...handoff.clips[0]!, identity: { scene: '07' }, pick: 'good', soundKind: 'mos' };
  handoff.log.entries = [{ id: 'e', sheet: 'log.csv', row: 2, notes: [], clips: ['c1'], tags }];
  return handoff;
}

/** One way in: a state and a handoff in, the state and the handoff with its history out. */
interface Way {
  bring(project: Project, handoff: Handoff): Promise<Receipt>;
  takeBack(project: Project, handoff: Handoff): Promise<Receipt>;
}
class Project {
  state: ResolveState;
  constructor({ version, studio }: Pick<Edition, 'version' | 'studio'>) {
    this.state = emptyState(version, studio);
  }
  get clip() {
    return clipOf(this.state, PICTURE.name);
  }
  get words() {
    return (this.clip.metadata['Keywords'] ?? '').split(',').map((word) => word.trim());
  }
}

function byScript(edition: Edition): Way {
  const run = async (project: Project, job: string, script: 'Baton Apply' | 'Baton Revert') => {
    const standin = new StandinResolve({ media, state: project.state });
    const { error, receipt } = await runScript(standin, job, edition.sandboxed, script);
    expect({ error, crashes: standin.crashes }).toEqual({ error: null, crashes: [] });
    return receipt!;
  };
  return {
    bring: (project, handoff) =>
      run(project, jobText(plan(handoff, null, { roots, keywords: true }), { handoff }), 'Baton Apply'),
    takeBack(project, handoff) {
      const back = revertJob(openInResolve(handoff), { which: 'all', imported: 'keep', snapshot: null })!;
      return run(project, jobText(back.plan, { handoff, project: back.project }), 'Baton Revert');
    },
  };
}

const byPanel: Way = {
  bring: (project, handoff) =>
    inPanel(project, async (editor) => plan(handoff, await editor.snapshot(), { roots })),
  takeBack: (project, handoff) =>
    inPanel(project, async (editor) => {
      const snapshot = await editor.snapshot();
      return revertPlan(revertable(handoff, snapshot.project.id), snapshot, { imported: 'keep' });
    }),
};
async function inPanel(
  project: Project,
  made: (editor: ReturnType<typeof openStandinResolve>['editor']) => Promise<Plan>,
): Promise<Receipt> {
  const opened = openStandinResolve({ media, state: project.state });
  const receipt = await applyPlan(await made(opened.editor), opened.editor, { patience: [] });
  project.state = opened.state();
  return receipt;
}

const [oldest, , free, studio] = EDITIONS as [Edition, Edition, Edition, Edition];
const WAYS: [string, Edition, Way][] = [
  ...EDITIONS.map((edition): [string, Edition, Way] => [
    `the script in ${edition.name}`,
    edition,
    byScript(edition),
  ]),
  ['the panel', studio, byPanel],
];

const bad = (receipt: Receipt) => receipt.steps.filter(({ result }) => result !== 'verified');
/** The project with a clip that was there before and has a person's keywords. */
async function withPersons(edition: Edition, way: Way): Promise<Project> {
  const project = new Project(edition);
  await way.bring(project, handoffOf(SHOTS));
  project.clip.thirdParty = {};
  project.clip.metadata = { Keywords: PERSONS };
  return project;
}
const recorded = (handoff: Handoff, ...receipts: Receipt[]): Handoff => ({
  ...handoff,
  history: receipts.map(receiptRecord),
});

describe.each(WAYS)('%s', (_, edition, way) => {
  test('brings in scene and tags, beside the sign of a good take, and nothing the second time', async () => {
    const project = new Project(edition);
    expect(bad(await way.bring(project, tagged('Anna', 'angry, loud')))).toEqual([]);
    expect(project.words).toEqual(['Good Take', 'Scene 07', 'Anna', 'angry loud']);
    const before = JSON.stringify(project.state);
    await way.bring(project, tagged('Anna', 'angry, loud'));
    expect(JSON.stringify(project.state)).toBe(before);
  });

  test("puts them beside a person's, and takes back its own alone", async () => {
    const project = await withPersons(edition, way);
    const handoff = tagged('Anna', 'angry');
    const receipt = await way.bring(project, handoff);
    expect(project.words.sort()).toEqual(['Anna', 'Good Take', 'Scene 07', 'angry', 'night']);
    await way.takeBack(project, recorded(handoff, receipt));
    expect(project.words.sort()).toEqual(['Anna', 'night']);
  });

  test('leaves what a person added since, also when it is all taken back', async () => {
    const project = new Project(edition);
    const receipt = await way.bring(project, tagged('Anna'));
    project.clip.metadata['Keywords'] += ', mine';
    await way.takeBack(project, recorded(tagged('Anna'), receipt));
    expect(project.words).toEqual(['mine']);
  });
});

describe.each(WAYS.filter(([, edition]) => edition !== oldest))(
  '%s, with a later log,',
  (_, edition, way) => {
    test('takes its own old tags out and puts the new ones in', async () => {
      const project = await withPersons(edition, way);
      const first = await way.bring(project, tagged('angry', 'rain'));
      const second = await way.bring(project, recorded(tagged('calm', 'rain'), first));
      expect(project.words.sort()).toEqual(['Anna', 'Good Take', 'Scene 07', 'calm', 'night', 'rain']);
      await way.takeBack(project, recorded(tagged('calm', 'rain'), first, second));
      expect(project.words.sort()).toEqual(['Anna', 'night']);
    });

    test('leaves out what a person took off', async () => {
      const project = new Project(edition);
      const first = await way.bring(project, tagged('angry', 'rain'));
      project.clip.metadata['Keywords'] = 'Good Take,Scene 07,rain';
      for (const tags of [
        ['angry', 'rain'],
        ['angry', 'rain', 'late'],
      ])
        await way.bring(project, recorded(tagged(...tags), first));
      expect(project.words).toEqual(['Good Take', 'Scene 07', 'rain', 'late']);
    });
  },
);

test.each([
  ['script', 'panel'],
  ['panel', 'script'],
] as const)("the tags of the %s are no person's to the %s", async (one, other) => {
  const ways = { script: byScript(studio), panel: byPanel };
  const project = new Project(studio);
  const first = await ways[one].bring(project, tagged('angry', 'rain'));
  const second = await ways[other].bring(project, recorded(tagged('rain', 'calm'), first));
  expect(project.words).toEqual(['Good Take', 'Scene 07', 'rain', 'calm']);
  project.clip.metadata['Keywords'] = 'mine,Good Take,Scene 07,calm';
  await ways[one].bring(project, recorded(tagged('rain', 'late'), first, second));
  expect(project.words).toEqual(['mine', 'Good Take', 'Scene 07', 'late']);
});

test('keywords that Resolve does not keep are not told for written', async () => {
  const lies = new Set(['MediaPoolItem.SetMetadata']);
  const job = jobText(plan(tagged('Anna'), null, { roots, keywords: true }), { handoff: tagged('Anna') });
  const standin = new StandinResolve({ media, state: emptyState('21.1', false), lies });
  const { receipt } = await runScript(standin, job, free.sandboxed);
  const said = receipt!.steps.find(
    ({ kind, target }) => kind === 'set-metadata' && 'clip' in target && target.clip === 'c1',
  );
  expect(said).toMatchObject({
    result: 'unverified',
    reason: expect.stringContaining('the keywords were not kept'),
  });
  const opened = openStandinResolve({ media, state: emptyState('21.1', true), more: { lies } });
  const told = await applyPlan(
    plan(tagged('Anna'), await opened.editor.snapshot(), { roots }),
    opened.editor,
    { patience: [] },
  );
  expect(told.steps.find(({ id }) => id === said!.id)).toMatchObject({
    result: 'unverified',
    reason: expect.stringContaining('keywords'),
  });
});
