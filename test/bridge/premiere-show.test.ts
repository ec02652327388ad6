/** Showing a clip in Premiere, and hearing that something changed there. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { premiereCep } from '../../bridge/hosts/premiere-cep.ts';
import type { EditorChange } from '../../bridge/contract.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { clip, importTo, makeBin, stage, words } from './premiere-stage.ts';

const A = '/Shoot/A001.mov';
const S = '/Shoot/S001.wav';
const at = (frame: number) => ({ frame, rate: RATES['23.976'] });

async function begun(options: Parameters<typeof stage>[0] = {}) {
  const open = stage(options);
  await words(open, [makeBin('A'), importTo(A, 'A'), importTo(S)]);
  const items = (await open.editor.snapshot()).items;
  const id = (file: string) => items.find((item) => item.file === file)!.id;
  return { open, id, show: open.editor.show! };
}

describe('show', () => {
  test('opens a clip in the Source Monitor, and says where to go, as no script can', async () => {
    const { open, id, show } = await begun();
    expect(await show({ what: 'source-monitor', target: clip(A), at: at(48) })).toEqual({
      shown: true,
      reason: "Premiere lets no script move the Source Monitor's playhead: go to 01:00:02:00.",
    });
    expect(open.premiere.shown.source).toBe(id(A));
    expect(await show({ what: 'source-monitor', target: clip(A), at: at(0) })).toEqual({ shown: true });
    expect(await show({ what: 'source-monitor', target: clip(S) })).toEqual({ shown: true });
    expect(open.premiere.shown.source).toBe(id(S));
  });

  test('selects a clip in its bin, and several', async () => {
    const { open, id, show } = await begun();
    expect(await show({ what: 'bin', target: clip(A) })).toEqual({ shown: true });
    const { bins } = await open.editor.snapshot();
    expect(open.premiere.shown).toMatchObject({ bin: bins[0]!.id, selection: [id(A)] });
    expect(await show({ what: 'select', targets: [clip(A), clip(S), clip('/Shoot/DF.mov')] })).toEqual({
      shown: true,
      reason: '1 of 3 are not in the project.',
    });
    expect(open.premiere.shown.selection).toEqual([id(A), id(S)]);
  });

  test('what is not in the project, or is not shown in the end, is said', async () => {
    const { show } = await begun();
    expect(await show({ what: 'bin', target: clip('/Shoot/DF.mov') })).toEqual({
      shown: false,
      reason: 'DF.mov is not in the project.',
    });
    const stuck = await begun({ misbehaviour: { stuckMonitor: true } });
    expect(await stuck.show({ what: 'source-monitor', target: clip(A) })).toEqual({
      shown: false,
      reason: 'Premiere does not show A001.mov.',
    });
  });

  test('an older Premiere opens clips and says that it cannot select them', async () => {
    const { open, id, show } = await begun({ misbehaviour: { noViews: true } });
    expect(await show({ what: 'source-monitor', target: clip(A) })).toEqual({ shown: true });
    expect(open.premiere.shown.source).toBe(id(A));
    expect(await show({ what: 'select', targets: [clip(A)] })).toEqual({
      shown: false,
      reason: 'Premiere does not show A001.mov: this Premiere has no way to select it from a script.',
    });
  });
});

describe('watch', () => {
  afterEach(() => vi.unstubAllGlobals());
  const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  test("tells of the person's changes once they are over, not of Baton's, and stops when told", async () => {
    const open = stage();
    const heard: EditorChange[] = [];
    const off = open.editor.watch!((what) => heard.push(what));
    await open.editor.about();
    await words(open, [importTo(A)]);
    await soon(800);
    expect(heard).toEqual([]);
    const byHand =
      'app.project.importFiles(["/Shoot/A002.mov", "/Shoot/A003.mov"], true, app.project.rootItem, false)';
    await open.premiere.evalScript(byHand);
    await soon(400);
    expect(heard).toEqual(['items']);
    off();
    await open.premiere.evalScript(byHand);
    await soon(400);
    expect(heard).toEqual(['items']);
  });

  test('in a CEP panel the events come through the page', async () => {
    const { premiere } = stage();
    const offs = new Map<unknown, () => void>();
    vi.stubGlobal('__adobe_cep__', {
      getSystemPath: () => '/x',
      evalScript: (code: string, answer: (text: string) => void) =>
        code.includes('evalFile') ? answer('object') : void premiere.evalScript(code).then(answer),
      addEventListener: (type: string, listener: (event: { data: string }) => void) =>
        offs.set(
          listener,
          premiere.listen(type, (data) => listener({ data })),
        ),
      removeEventListener: (_: string, listener: unknown) => offs.get(listener)!(),
    });
    const editor = await premiereCep.connect();
    const heard: EditorChange[] = [];
    const off = editor.watch!((what) => heard.push(what));
    await editor.about();
    await premiere.evalScript(`app.project.importFiles(["${A}"], true, app.project.rootItem, false)`);
    await soon(400);
    expect(heard).toEqual(['items']);
    off();
  });
});
