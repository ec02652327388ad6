/** The whole way in Resolve, in every version and sandbox: bring in, mark, bring in again, cut, read, take back. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shoot } from '../../bench/premiere-shoot.ts';
import { documentsIn } from '../../bridge/local/resolve-answers.ts';
import { receiptRecord } from '../../bridge/local/take-up.ts';
import { cutTimeline } from '../../host/standin/resolve/edit.ts';
import { StandinResolve } from '../../host/standin/resolve/standin.ts';
import { emptyState } from '../../host/standin/resolve/state.ts';
import { cutList } from '../../manifest/cutlist.ts';
import { HandoffSchema, type Handoff } from '../../manifest/documents/handoff.ts';
import { joinRoot } from '../../manifest/documents/paths.ts';
import { readReceipt, SequenceSnapshotSchema } from '../../manifest/documents/schemas.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { jobText } from '../../manifest/job.ts';
import { openInResolve, revertJob } from '../../manifest/job/revert.ts';
import { plan } from '../../manifest/plan.ts';
import {
  GATED,
  EDITIONS,
  clipsIn,
  media,
  runScript,
  SHOTS,
  handoffOf,
  standinOf,
  wholePlan,
  type Edition,
} from './stage.ts';

const roots = { media: '/media' };
const example = HandoffSchema.parse(
  JSON.parse(readFileSync(new URL('../../examples/handoff.json', import.meta.url), 'utf8')),
);

async function wholeWay(handoff: Handoff, edition: Edition): Promise<void> {
  const standin = new StandinResolve({ media, state: emptyState(edition.version, edition.studio) });
  const made = plan(handoff, null, { roots, keywords: true });
  const job = jobText(made, { handoff });
  const first = await runScript(standin, job, edition.sandboxed);
  expect({ error: first.error, crashes: standin.crashes }).toEqual({ error: null, crashes: [] });
  const bad = first.receipt!.steps.filter(
    (step) => step.result !== 'verified' && !step.reason?.endsWith('frames'),
  );
  expect(bad).toEqual([]);
  const [written, state] = [standin.writeCount, standin.save()];
  await runScript(standin, job, edition.sandboxed);
  expect([standin.writeCount - written, standin.save() === state]).toEqual([0, true]);

  const pictures = handoff.clips.filter(({ kind }) => kind === 'picture').slice(0, 20);
  cutTimeline(
    standin.state,
    'Reel 1',
    pictures.map((clip, at) => ({
      file: joinRoot(roots.media, clip.path),
      track: 'V1',
      at: at * 24,
      duration: 24,
      in: 12,
    })),
  );
  const read = await runScript(standin, null, edition.sandboxed, 'Baton Read Timeline');
  const snapshot = SequenceSnapshotSchema.parse(documentsIn(read.left!.text)[0]);
  const cut = cutList(snapshot, handoff, roots);
  expect(cut.value.tracks[0]!.events.map(({ recordIn }) => recordIn)).toEqual(
    pictures.map((_, at) => at * 24),
  );
  for (const id of ['edl', 'fcpxml']) {
    const file = EXPORTS.find((each) => each.id === id)!.write(cut.value, DEFAULT_OPTIONS);
    expect([id, JSON.stringify(file).length > 200]).toEqual([id, true]);
  }

  standin.state.project.timelines = [];
  const receipt = readReceipt(documentsIn(first.left!.text)[0])!;
  const home = { ...handoff, history: [...handoff.history, receiptRecord(receipt)] };
  const back = revertJob(openInResolve(home), { which: 'last', imported: 'remove', snapshot: null })!;
  const text = jobText(back.plan, { handoff: home, project: back.project });
  const reverted = await runScript(standin, text, edition.sandboxed, 'Baton Revert');
  expect(reverted.receipt!.steps.filter((step) => step.result !== 'verified')).toEqual([]);
  expect(clipsIn(standin.state)).toEqual([]);
  expect(standin.state.root.folders.filter(({ name }) => !name.startsWith('Baton: '))).toEqual([]);
}

test.each(GATED)('the example goes the whole way in Resolve $name', (edition) => wholeWay(example, edition));

/** Twenty seconds each: all ten with BATON_LONG=1, else the oldest and the sandbox. */
const LARGE = process.env['BATON_LONG'] ? GATED : [EDITIONS[0]!, EDITIONS[2]!];
test.each(LARGE)(
  '1,400 clips with 4,200 notes go the whole way in Resolve $name',
  { timeout: 180_000 },
  (edition) => wholeWay(shoot(1400), edition),
);

describe('sound is linked to its picture where the job asks', () => {
  const pairs = [{ clip: 'c1', sound: ['s1'] }];
  /** Ten hours of labels at 23.976 are 36,036 seconds. */
  const overlapping = (file: string) =>
    file.endsWith('.wav') ? ({ type: 'Audio', seconds: 10, startSeconds: 36036 } as const) : media(file);
  const job = jobText(wholePlan(), { handoff: handoffOf(SHOTS), sync: pairs });

  test.each(GATED)('in Resolve $name, judged by what the picture says', async (edition) => {
    const standin = standinOf(edition, { media: overlapping });
    const run = await runScript(standin, job, edition.sandboxed);
    const { synced } = run.receipt as unknown as {
      synced: { clip: string; result: string; reason: string }[];
    };
    const can = Number(edition.version.slice(0, 4)) >= 19.1;
    expect(synced).toMatchObject([
      can
        ? { clip: 'c1', result: 'verified', reason: 'linked to 07-03.wav' }
        : {
            clip: 'c1',
            result: 'skipped',
            reason: 'this Resolve syncs no sound for a script; it can from 19.1 on',
          },
    ]);
    const { writeCount } = standin;
    await runScript(standin, job, edition.sandboxed);
    expect(standin.writes['MediaPool.AutoSyncAudio'] ?? 0).toBe(can ? 1 : 0);
    expect(standin.writeCount).toBe(writeCount);
  });

  test('and a sound that Resolve did not link, or that lies elsewhere in time, is told whatever it answered', async () => {
    const standin = standinOf(EDITIONS[3]!, { lies: new Set(['MediaPool.AutoSyncAudio']) });
    const run = await runScript(standin, job, false);
    expect(run.printed.join('\n')).toContain(
      'A001C001.mov: sync failed: Resolve linked no sound and gives no reason',
    );
  });
});
