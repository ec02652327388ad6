import { describe, expect, test } from 'vitest';
import { jobText } from '../../manifest/job.ts';
import { readReceipt } from '../../manifest/documents/schemas.ts';
import {
  EDITIONS,
  GATED,
  ODD_NAME,
  SHOTS,
  TITLE,
  clipOf,
  clipsIn,
  handoffOf,
  runScript,
  shown,
  standinOf,
  wholePlan,
} from './stage.ts';

const job = jobText(wholePlan(), { handoff: handoffOf(SHOTS) });

describe.each(GATED)('Resolve $name', (edition) => {
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
      Keywords: 'Good Take,Scene 07,%s Zo\u00eb',
    });
    const kept = {
      'baton.id': 'c1',
      'baton.wrote':
        'good=true imported=1 keywords=Scene%2007%2C%25s%20Zo%C3%AB label=circled ' +
        'marker%20baton%3An%25202=12 marker%20baton%3An%257C1=12 ' +
        'marker%20baton%3An%25E6%2597%25A53=12 marker%20baton%3An4=40 note=line%20one%0Aline%20%22two%22 scene=07 take=03',
    };
    expect(first.thirdParty).toEqual(/^(18|19\.0$)/.test(edition.version) ? {} : kept);
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

  test('that Resolve knows by another path is known by its name, then by its id', async () => {
    const standin = standinOf(STUDIO, { shownPath: (file) => file.replace('/media/', '/Volumes/MEDIA/') });
    const first = await runScript(standin, job, false);
    const brought = (receipt: typeof first.receipt) => receipt!.steps.find((step) => step.id === 'in c1')!;
    expect(brought(first.receipt)).toMatchObject({
      result: 'unverified',
      reason: 'Resolve gives its path as /Volumes/MEDIA/day1/A001C001.mov',
    });
    expect(first.receipt!.steps.find((step) => step.id === 'meta c1')!.result).toBe('verified');
    const again = await runScript(standin, job, false);
    expect(brought(again.receipt).result).toBe('verified');
    expect(clipsIn(standin.state).filter(({ clip }) => clip.file.endsWith('A001C001.mov'))).toHaveLength(1);
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

  test('a dictionary that fails for one key is written key by key', async () => {
    const standin = standinOf(STUDIO, {
      refuses: (full, [key]) =>
        full === 'MediaPoolItem.SetMetadata' &&
        (key === 'Comments' || (typeof key === 'object' && 'Comments' in key!)),
    });
    const { receipt } = await runScript(standin, job, false);
    expect(clipOf(standin.state, 'A001C001.mov').metadata).toEqual({
      Scene: '07',
      Take: '03',
      Keywords: 'Good Take,Scene 07,%s Zo\u00eb',
    });
    expect(receipt!.steps.find((step) => step.id === 'meta c1')).toMatchObject({
      result: 'unverified',
      reason: 'Comments was not kept by Resolve',
    });
  });

  test('Resolve 18.5 keeps no id of ours, and the receipt says so', async () => {
    const { receipt } = await runScript(standinOf(EDITIONS[0]!), job, false);
    expect(receipt!.steps.find((step) => step.id === 'meta c1')).toMatchObject({
      result: 'verified',
      reason: 'this Resolve keeps no id for other programs',
    });
  });
});
