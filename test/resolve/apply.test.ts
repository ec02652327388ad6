import { describe, expect, test } from 'vitest';
import { jobText } from '../../manifest/job.ts';
import { readReceipt } from '../../manifest/documents/schemas.ts';
import {
  EDITIONS,
  ODD_NAME,
  SHOTS,
  clipOf,
  clipsIn,
  handoffOf,
  runScript,
  shown,
  standinOf,
  wholePlan,
} from './stage.ts';

const job = jobText(wholePlan(), { handoff: handoffOf(SHOTS) });
const TITLE = 'Night "Train" \u2013 \u65e5\u672c';

describe.each(EDITIONS)('Resolve $name', (edition) => {
  test('bins, media, labels, metadata and markers land', async () => {
    const standin = standinOf(edition);
    const run = await runScript(standin, job, edition.sandboxed);
    expect(run.error).toBeNull();
    expect(standin.crashes).toEqual([]);
    expect(
      clipsIn(standin.state).map(({ clip, bin }) => [clip.file.split('/').at(-1), bin.join(' > ')]),
    ).toEqual([
      ['A001C001.mov', 'Scenes > 07 > Take 03'],
      ['07-03.wav', 'Scenes > 07 > Take 03'],
      [ODD_NAME, 'B-roll > Caf\u00e9 "x" %s \u65e5'],
      ['A001C003.mov', 'B-roll > Caf\u00e9 "x" %s \u65e5'],
      ['wild.wav', 'Sound > Wild'],
    ]);
    const first = clipOf(standin.state, 'A001C001.mov');
    expect(first.colour).toBe('Green');
    expect(first.flags).toEqual(['Green']);
    expect(first.metadata).toEqual({
      Scene: '07',
      Take: '03',
      Comments: 'line one\nline "two"',
      Keywords: 'Good Take',
    });
    const kept = {
      'baton.id': 'c1',
      'baton.wrote': 'good=true label=circled note=line%20one%0Aline%20%22two%22 scene=07 take=03',
    };
    expect(first.thirdParty).toEqual(edition.version === '18.5' ? {} : kept);
    expect(clipOf(standin.state, ODD_NAME).metadata).toEqual({
      Description: ODD_NAME,
      'Roll Card #': 'A001',
    });
    expect(clipOf(standin.state, 'wild.wav').colour).toBe('Purple');
    expect(clipOf(standin.state, '07-03.wav').markers[24]).toMatchObject({
      name: 'Mixer',
      note: 'hum',
      color: 'Sand',
    });
  });

  test('the receipt has every step, verified, in the words of the plan', async () => {
    const standin = standinOf(edition);
    const { receipt } = await runScript(standin, job, edition.sandboxed);
    const plan = wholePlan();
    expect(readReceipt(receipt)).not.toBeNull();
    expect(receipt).toMatchObject({
      kind: 'receipt',
      version: 1,
      plan: 'f00d',
      host: { editor: 'resolve', editorVersion: edition.version, adapter: 'lua' },
      project: { id: 'project-1', name: 'Stand-in' },
    });
    expect(
      receipt!.steps.map(({ id, kind, target, after, result }) => ({ id, kind, target, after, result })),
    ).toEqual(
      plan.steps.map(({ id, kind, target, after }) => ({ id, kind, target, after, result: 'verified' })),
    );
    expect(receipt!.steps.find((step) => step.id === 'in c1')!.item).toBe(
      clipOf(standin.state, 'A001C001.mov').id,
    );
  });

  test('a second run writes nothing', async () => {
    const standin = standinOf(edition);
    await runScript(standin, job, edition.sandboxed);
    const [written, state] = [standin.writeCount, standin.save()];
    const again = await runScript(standin, job, edition.sandboxed);
    expect(standin.writeCount - written).toBe(0);
    expect(standin.save()).toBe(state);
    expect(again.receipt!.steps.every((step) => step.result === 'verified')).toBe(true);
  });

  test('the current bin is what it was before', async () => {
    const standin = standinOf(edition);
    const dailies = { id: 'folder-77', name: 'Dailies', clips: [], folders: [] };
    standin.state.root.folders.push(dailies);
    standin.state.current = dailies.id;
    await runScript(standin, job, edition.sandboxed);
    expect(standin.state.current).toBe(dailies.id);
    expect(dailies.clips).toEqual([]);
  });

  test('the result stands where a person sees it', async () => {
    const standin = standinOf(edition);
    const run = await runScript(standin, job, edition.sandboxed);
    expect(shown(standin.state)).toEqual([`Baton: ${TITLE}: 22 of 22 steps done`]);
    expect(run.printed.length > 0).toBe(!edition.sandboxed);
  });
});

const [, , FREE, STUDIO] = EDITIONS as [unknown, unknown, (typeof EDITIONS)[0], (typeof EDITIONS)[0]];

describe('an import', () => {
  test('takes pictures before sound, one call a bin, at the rate of the handoff', async () => {
    const standin = standinOf(STUDIO);
    await runScript(standin, job, false);
    expect(standin.writes['MediaPool.ImportMedia']).toBe(4);
    const order = clipsIn(standin.state).map(({ clip }) => clip);
    const made = (type: string) =>
      order.filter((clip) => clip.type === type).map((clip) => Number(clip.id.slice(5)));
    expect(Math.max(...made('Video + Audio'))).toBeLessThan(Math.min(...made('Audio')));
    expect(clipOf(standin.state, 'wild.wav').fps).toBe(23.976);
  });

  test('that loses a file in silence is reported for that file, and the others keep their places', async () => {
    const standin = standinOf(FREE, {
      media: (file) =>
        file.endsWith(ODD_NAME) ? null : { type: 'Video', fps: 23.976, frames: 240, start: 0 },
    });
    const { receipt } = await runScript(standin, job, true);
    const result = (id: string) => receipt!.steps.find((step) => step.id === id)!;
    expect(result('in c2')).toMatchObject({ result: 'failed' });
    expect(result('in c2').reason).toContain('gives no reason');
    expect(result('label c2')).toMatchObject({ result: 'skipped', reason: 'its clip is not in the project' });
    expect(result('in c3')).toMatchObject({ result: 'verified' });
    expect(result('in c3').item).toBe(clipOf(standin.state, 'A001C003.mov').id);
    const lines = shown(standin.state);
    expect(lines[0]).toBe(`Baton: ${TITLE}: 19 of 22 steps done, 1 failed, 2 skipped`);
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('import failed');
  });

  test('of media that is already there makes no second clip', async () => {
    const standin = standinOf(STUDIO);
    standin.call('MediaPool:', 'ImportMedia', [['/media/day1/A001C001.mov']]);
    const { receipt } = await runScript(standin, job, false);
    expect(clipsIn(standin.state).filter(({ clip }) => clip.file.endsWith('A001C001.mov'))).toHaveLength(1);
    expect(receipt!.steps.find((step) => step.id === 'in c1')).toMatchObject({
      result: 'skipped',
      reason: 'already in the top bin; not imported twice',
    });
    expect(clipOf(standin.state, 'A001C001.mov').colour).toBe('Green');
  });

  test('finds the first of two bins of one name and makes no third', async () => {
    const standin = standinOf(STUDIO);
    for (const id of ['folder-50', 'folder-51'])
      standin.state.root.folders.push({ id, name: 'Sound', clips: [], folders: [] });
    await runScript(standin, job, false);
    expect(standin.state.root.folders.filter((folder) => folder.name === 'Sound')).toHaveLength(2);
    expect(standin.folder('folder-50')!.folders.map((folder) => folder.name)).toEqual(['Wild']);
  });
});

describe('what Resolve answers is not believed', () => {
  test('a colour that it says it took and did not is failed', async () => {
    const standin = standinOf(STUDIO, { lies: new Set(['MediaPoolItem.SetClipColor']) });
    const { receipt } = await runScript(standin, job, false);
    expect(receipt!.steps.filter((step) => step.result === 'failed').map((step) => step.id)).toEqual([
      'label c1',
      'label c2',
      'label s2',
    ]);
  });

  test('metadata that it dropped is unverified, and named', async () => {
    const standin = standinOf(STUDIO, { lies: new Set(['MediaPoolItem.SetMetadata']) });
    const { receipt } = await runScript(standin, job, false);
    const meta = receipt!.steps.find((step) => step.id === 'meta c1')!;
    expect(meta.result).toBe('unverified');
    expect(meta.reason).toContain('Scene was not kept by Resolve');
    expect(meta.reason).toContain('keyword Good Take was not kept');
  });

  test('Resolve 18.5 keeps no id of ours, and the receipt says so', async () => {
    const { receipt } = await runScript(standinOf(EDITIONS[0]!), job, false);
    expect(receipt!.steps.find((step) => step.id === 'meta c1')).toMatchObject({
      result: 'verified',
      reason: 'this Resolve keeps no id for other programs',
    });
  });
});

describe('a run that may not go on', () => {
  test('says that a dialog is open', async () => {
    const standin = standinOf(STUDIO);
    standin.state.modal = 'Cache disk not found';
    const run = await runScript(standin, job, false);
    expect(run.printed[0]).toContain('a dialog or the Project Manager is open');
    expect(run.receipt!.stopped).toContain('a dialog');
    expect(run.receipt!.steps.every((step) => step.result === 'skipped')).toBe(true);
  });

  test('says what was done before a dialog opened half-way, and finishes once it is closed', async () => {
    const standin = standinOf(FREE, {
      afterWrite: (count, { state }) => {
        if (count === 9) state.modal = 'Studio only';
      },
    });
    const half = await runScript(standin, job, true);
    const results = new Set(half.receipt!.steps.map((step) => step.result));
    expect(results).toEqual(new Set(['verified', 'failed', 'skipped']));
    standin.state.modal = null;
    const whole = await runScript(standin, job, true);
    expect(whole.receipt!.steps.every((step) => step.result === 'verified')).toBe(true);
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
      'resolve:GetProjectManager() return { kind = "baton-job", version = 1 }',
    ],
    ['a job of a later version', 'return { kind = "baton-job", version = 2 }'],
    ['a broken file', 'return {'],
    ['an empty file', ''],
  ])('refuses %s', async (_, text) => {
    const standin = standinOf(FREE);
    const run = await runScript(standin, text, true);
    expect(run.error).toBeNull();
    expect(shown(standin.state)[0]).toMatch(/STOPPED: .*job/);
    expect(standin.writes).toEqual({ 'MediaPool.AddSubFolder': 1 });
  });
});
