/** What Premiere's UXP gives and asks beyond the common suite: undo, versions, showing, hearing, refusals. */
import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../bridge/apply.ts';
import type { EditorChange } from '../../bridge/contract.ts';
import type { Step } from '../../manifest/documents/plan.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { addMarker, clip, importTo, label, makeBin, metadata, move, note } from '../bridge/premiere-stage.ts';
import { contents, planFor } from './acceptance.ts';
import { mediaOf, shoot } from './shoot.ts';
import { uxpCutStage, uxpStage } from './uxp-stage.ts';

const A = '/Shoot/A001.mov';
const B = '/Shoot/A002.mov';

describe('undo', () => {
  test('a whole handoff is one entry a kind, bins one a level, markers and their colours apart', async () => {
    const handoff = shoot(6);
    const opened = uxpStage({ media: mediaOf(handoff) });
    const saved = { editor: opened.editor, saved: opened.state };
    await applyPlan(await planFor(handoff, saved), opened.editor, { patience: [] });
    expect(opened.premiere.history.map(({ name }) => name)).toEqual([
      'Baton: make bins',
      'Baton: make bins',
      'Baton: make bins',
      'Baton: label clips',
      'Baton: fill in fields',
      'Baton: add notes as markers',
      'Baton: add notes as markers (how they look)',
    ]);
  });

  test('undone entry by entry, the project is what it was but for the media that came in', async () => {
    const handoff = shoot(3);
    const opened = uxpStage({ media: mediaOf(handoff) });
    const saved = { editor: opened.editor, saved: opened.state };
    const imports = handoff.clips.map((each) => importTo(`/Shoot/${each.path}`));
    await opened.editor.apply(imports);
    const before = await contents(saved);
    await applyPlan(await planFor(handoff, saved), opened.editor, { patience: [] });
    expect(await contents(saved)).not.toEqual(before);
    while (opened.premiere.undo());
    expect(await contents(saved)).toEqual(before);
  });

  test('the dry run says what no undo takes back', async () => {
    const { editor } = uxpStage({ version: '25.6' });
    const { lacks, chunk } = await editor.about();
    expect(lacks.map(({ message }) => message).join(' ')).toMatch(
      /an import .* cannot be undone.*FCP7 XML, OTIO, AAF/,
    );
    expect(chunk).toBeGreaterThanOrEqual(1000);
    const { steps } = await planFor(shoot(1), { editor } as never);
    expect(steps.filter((step) => !step.undoable).every(({ kind }) => kind === 'import')).toBe(true);
  });

  test('nothing to do leaves no entry', async () => {
    const { editor, premiere } = uxpStage();
    await editor.apply([importTo(A)]);
    await editor.apply([move(A, [], []), makeBin()]);
    expect(premiere.history).toEqual([]);
  });
});

describe('a transaction that Premiere refuses', () => {
  test('is tried again in halves: only what cannot be written fails', async () => {
    const files = [A, B, '/Shoot/A003.mov', '/Shoot/DF.mov', '/Shoot/HFR.mov'];
    const { editor } = uxpStage({ misbehaviour: { refuses: ['A003.mov'] } });
    await editor.apply(files.map((file) => importTo(file)));
    const results = await editor.apply(files.map((file) => label(file, 'wild')));
    expect(results.map(({ result, reason }) => reason ?? result)).toEqual([
      'verified',
      'verified',
      'A003.mov: Premiere did not carry it out',
      'verified',
      'verified',
    ]);
    const marker = note(RATES['23.976'], 10);
    await editor.apply([addMarker('/Shoot/A003.mov', marker), addMarker(A, marker), addMarker(B, marker)]);
    const { items } = await editor.snapshot();
    expect(items.map(({ name, markers }) => [name, markers.length])).toEqual([
      ['A001.mov', 1],
      ['A002.mov', 1],
      ['A003.mov', 0],
      ['DF.mov', 0],
      ['HFR.mov', 0],
    ]);
  });

  test('fields that Premiere does not keep are unverified, with what stands there', async () => {
    const { editor } = uxpStage({ misbehaviour: { deafMetadata: true } });
    const results = await editor.apply([importTo(A), metadata(A, { scene: '7' })]);
    expect(results[1]).toMatchObject({ result: 'unverified', reason: 'A001.mov: scene reads "", not "7"' });
  });

  test('an item in a cut is not removed, nor one where a cut cannot be read', async () => {
    const items = [{ file: A, track: 'V1' as const, recordIn: 0, duration: 10 }];
    const gone = (file: string): Step => ({
      id: file,
      kind: 'remove-item',
      target: clip(file),
      before: { bin: [] },
      after: { gone: file },
      why: '',
      undoable: false,
    });
    const { editor } = await uxpCutStage({ rate: RATES['25'], start: 0, items });
    expect((await editor.apply([gone(A), gone(B)])).map(({ result, reason }) => reason ?? result)).toEqual([
      'A001.mov: the sequence "Cut 1" uses it; it stays',
      'verified',
    ]);
    const broken = await uxpCutStage(
      { rate: RATES['25'], start: 0, items },
      { misbehaviour: { brokenSequence: true } },
    );
    expect((await broken.editor.apply([gone(B)]))[0]).toMatchObject({ result: 'failed' });
    expect((await broken.editor.snapshot()).items.some(({ file }) => file === B)).toBe(true);
  });
});

describe('importing', () => {
  test('is one call a bin, however many files', async () => {
    const { editor, premiere } = uxpStage();
    await editor.apply([
      makeBin('X'),
      makeBin('Y'),
      importTo(A, 'X'),
      importTo(B, 'Y'),
      importTo('/Shoot/A003.mov', 'X'),
    ]);
    expect(premiere.calls['importFiles']).toBe(2);
  });

  test('a file that two clips name, into two bins, comes in once', async () => {
    const { editor } = uxpStage();
    const results = await editor.apply([makeBin('X'), makeBin('Y'), importTo(A, 'X'), importTo(A, 'Y')]);
    expect(results.map(({ result }) => result)).toEqual(['verified', 'verified', 'verified', 'failed']);
    expect((await editor.snapshot()).items).toHaveLength(1);
  });
});

describe('showing', () => {
  test('opens the Source Monitor at the frame; where the playhead cannot be moved, says so', async () => {
    const now = uxpStage();
    await now.editor.apply([importTo(A)]);
    const what = {
      what: 'source-monitor',
      target: clip(A),
      at: { frame: 24, rate: RATES['23.976'] },
    } as const;
    expect(await now.editor.show!(what)).toEqual({ shown: true });
    expect(now.premiere.monitor!.at).toBe(String(24n * 10594584000n));
    const before = uxpStage({ version: '25.6' });
    await before.editor.apply([importTo(A)]);
    expect(await before.editor.show!(what)).toEqual({
      shown: true,
      reason: 'This Premiere cannot move the playhead of the Source Monitor.',
    });
  });

  test('a bin cannot be revealed, and the answer says where to look', async () => {
    const { editor } = uxpStage();
    await editor.apply([makeBin('Scenes', '07'), importTo(A, 'Scenes', '07')]);
    expect(await editor.show!({ what: 'bin', target: clip(A) })).toEqual({
      shown: false,
      reason: 'This Premiere lets no panel select in its bins; look in Scenes/07.',
    });
    expect(await editor.show!({ what: 'select', targets: [clip(B)] })).toMatchObject({ shown: false });
  });
});

describe('hearing', () => {
  test('tells what changed in Premiere until it is stopped, and not what Baton writes', async () => {
    const { editor, premiere } = uxpStage();
    const heard: EditorChange[] = [];
    const stop = editor.watch!((what) => heard.push(what));
    const settled = () => new Promise((resolve) => setTimeout(resolve, 1));
    await editor.apply([makeBin('A'), importTo(A)]);
    expect(heard).toEqual([]);
    for (const event of ['ProjectEvent.DIRTY', 'ProjectEvent.ACTIVATED', 'SequenceEvent.ACTIVATED'])
      premiere.fire(event);
    await settled();
    expect(heard).toEqual(['items', 'sequence', 'project', 'sequence']);
    stop();
    premiere.fire('ProjectEvent.DIRTY');
    await settled();
    expect(heard).toHaveLength(4);
  });
});
