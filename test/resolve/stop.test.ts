import { describe, expect, test } from 'vitest';
import { jobText } from '../../manifest/job.ts';
import {
  EDITIONS,
  SHOTS,
  TITLE,
  clipsIn,
  handoffOf,
  planOf,
  runScript,
  shown,
  standinOf,
  step,
  target,
  wholePlan,
} from './stage.ts';

const job = jobText(wholePlan(), { handoff: handoffOf(SHOTS) });
const [, , FREE, STUDIO] = EDITIONS as [unknown, unknown, (typeof EDITIONS)[0], (typeof EDITIONS)[0]];

describe('the result', () => {
  test('is replaced by the next one, unless a person put clips into it', async () => {
    const standin = standinOf(STUDIO);
    const bin = (id: string, name: string) => ({ id, name, clips: [], folders: [] });
    const mine = { ...bin('folder-60', 'Baton: my picks'), folders: [bin('folder-61', 'best')] };
    standin.state.root.folders.push(bin('folder-62', 'Baton: old: 1 of 2 steps done'), mine);
    standin.state.current = 'folder-61';
    standin.call('MediaPool:', 'ImportMedia', [['/media/mine.mov']]);
    await runScript(standin, job, false);
    expect(shown(standin.state)).toEqual(['Baton: my picks', 'best', `Baton: ${TITLE}: 22 of 22 steps done`]);
    expect(standin.folder('folder-61')!.clips).toHaveLength(1);
  });

  test('of many problems names twelve, each short enough for a bin and whole in UTF-8', async () => {
    const shots = Array.from({ length: 20 }, (_, n) => ({
      clip: `x${n}`,
      name: `${n}${'\u65e5'.repeat(100)}.mov`,
      kind: 'picture' as const,
    }));
    const steps = shots.map((shot) =>
      step(shot.clip, { kind: 'import', target: target(shot), after: { bin: ['Day'] } }),
    );
    const standin = standinOf(FREE, { media: () => null });
    await runScript(standin, jobText(planOf(steps), { handoff: handoffOf(SHOTS) }), true);
    const [headline, ...lines] = shown(standin.state);
    expect(headline).toContain('0 of 20 steps done, 20 failed');
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toBe('8 more: see the receipt');
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(240);
      expect(line).not.toContain('\uFFFD');
    }
  });
});

describe('a run that may not go on', () => {
  test('says that a dialog is open', async () => {
    const standin = standinOf(STUDIO);
    standin.state.modal = 'Cache disk not found';
    const run = await runScript(standin, job, false);
    expect(run.printed[0]).toContain('a dialog or the Project Manager is open');
    expect(run.receipt!.stopped).toContain('a dialog');
    expect(run.receipt!.steps.every((each) => each.result === 'skipped')).toBe(true);
  });

  test('says what was done before a dialog opened half-way, and finishes once it is closed', async () => {
    const standin = standinOf(FREE, {
      afterWrite: (count, { state }) => {
        if (count === 9) state.modal = 'Studio only';
      },
    });
    const half = await runScript(standin, job, true);
    const results = new Set(half.receipt!.steps.map((each) => each.result));
    expect(results).toEqual(new Set(['verified', 'failed', 'skipped']));
    standin.state.modal = null;
    const whole = await runScript(standin, job, true);
    expect(whole.receipt!.steps.every((each) => each.result === 'verified')).toBe(true);
  });

  test('refuses a project whose rate froze at another, and writes nothing but that', async () => {
    const standin = standinOf(STUDIO);
    standin.call('MediaPool:', 'CreateEmptyTimeline', ['Reel 1']);
    const run = await runScript(standin, job, false);
    expect(run.receipt!.stopped).toBe(
      "this project runs at 24 and the handoff at 23.976; Resolve fixes a project's rate once it is in use. Open a new project and run Baton Apply there",
    );
    expect(clipsIn(standin.state)).toEqual([]);
    expect(shown(standin.state)).toHaveLength(1);
  });

  test('refuses another project than the plan was made for', async () => {
    const other = jobText(wholePlan(), { handoff: handoffOf(SHOTS), project: { id: 'p9', name: 'Reel 9' } });
    const run = await runScript(standinOf(STUDIO), other, false);
    expect(run.receipt!.stopped).toBe('the job was made for the project Reel 9 and Stand-in is open');
  });

  test('stops where another project is opened half-way', async () => {
    const standin = standinOf(STUDIO, {
      afterWrite: (count, { state }) => {
        if (count === 8) state.project.id = 'another';
      },
    });
    const { receipt } = await runScript(standin, job, false);
    expect(receipt!.stopped).toContain('another project was opened');
    expect(clipsIn(standin.state)).toEqual([]);
  });

  test('says where it looked for a job that is not there', async () => {
    const standin = standinOf(FREE);
    const run = await runScript(standin, null, true);
    expect(run.error).toBeNull();
    expect(shown(standin.state)).toEqual([
      'Baton: no job: STOPPED: no job at /home/cutter/.baton/job.lua. Make one with: baton job MANIFEST',
    ]);
  });

  test.each([
    [
      'Lua that reaches for the editor',
      'resolve:GetProjectManager() return { kind = "baton-job", version = 2 }',
    ],
    ['a job of a later version', 'return { kind = "baton-job", version = 3 }'],
    ['a job of an earlier version', 'return { kind = "baton-job", version = 1 }'],
    ['a broken file', 'return {'],
    ['an empty file', ''],
    ['a job without steps', 'return { kind = "baton-job", version = 2 }'],
  ])('refuses %s', async (_, text) => {
    const standin = standinOf(FREE);
    const run = await runScript(standin, text, true);
    expect(run.error).toBeNull();
    expect(shown(standin.state)[0]).toMatch(/STOPPED: .*job|Baton: failed/);
    expect(standin.writes).toEqual({ 'MediaPool.AddSubFolder': 1 });
  });
});
