/** Each way in which Premiere was seen to misbehave, and that Baton comes through it and says it in words. */
import { describe, expect, test } from 'vitest';
import { StandinPremiere } from '../../host/standin/premiere/premiere.ts';
import { RATES } from '../../manifest/time/rate.ts';
import {
  addMarker,
  cutStage,
  importTo,
  label,
  makeBin,
  MEDIA,
  metadata,
  note,
  stage,
  words,
  type StageOptions,
} from './premiere-stage.ts';

const A = '/Shoot/A001.mov';
const cut = {
  rate: RATES['25'],
  start: 90000,
  items: [
    { file: '/Shoot/A003.mov', track: 'V1' as const, recordIn: 0, duration: 50 },
    { file: '/Shoot/A003.mov', track: 'A1' as const, recordIn: 0, duration: 50 },
  ],
  titles: [{ name: 'Title', track: 'V2' as const, recordIn: 0, duration: 10 }],
  transitions: [{ track: 'V1' as const, in: 0, out: 12 }],
};

describe.each([
  ['0', { none: 'zero' }],
  ['undefined', { none: 'undefined' }],
  ['null', { none: 'null' }],
  ['collections with more than their members', { traps: true }],
] as [string, StageOptions['misbehaviour']][])('answers of %s', (_, misbehaviour) => {
  test('do not change what is written or read', async () => {
    const open = stage({ misbehaviour: misbehaviour! });
    const steps = [
      makeBin('A'),
      importTo(A, 'A'),
      label(A, 'circled'),
      metadata(A, { scene: '7' }),
      addMarker(A, note(RATES['23.976'], 5)),
    ];
    expect(await words(open, steps)).toEqual(steps.map(() => 'verified'));
    expect(await open.editor.sequence()).toBeNull();
    expect(await words(open, [makeBin('')])).toEqual(['failed: : Premiere did not make the bin']);
    const plain = await cutStage(cut);
    const odd = await cutStage(cut, { misbehaviour: misbehaviour! });
    expect(await odd.editor.sequence()).toEqual(await plain.editor.sequence());
    expect((await odd.editor.snapshot()).items).toEqual((await plain.editor.snapshot()).items);
  });
});

test('a true that is a lie is unverified, in words, and a second import finds it still missing', async () => {
  const open = stage({ misbehaviour: { swallow: ['A001.mov'] } });
  const said = 'unverified: A001.mov: Premiere said yes but the file does not appear in the bin';
  expect(await words(open, [importTo(A)])).toEqual([said]);
  expect(await words(open, [importTo(A)])).toEqual([said]);
});

test('metadata that Premiere takes and does not keep is unverified, field by field', async () => {
  const open = stage({ misbehaviour: { deafMetadata: true } });
  await words(open, [importTo(A)]);
  expect(await words(open, [metadata(A, { scene: '7', note: 'x' })])).toEqual([
    'unverified: A001.mov: scene reads "", not "7"; note reads "", not "x"',
  ]);
});

test('a marker that cannot be tagged is taken back: it would be added again the next time', async () => {
  const open = stage({ misbehaviour: { fixedComments: true } });
  await words(open, [importTo(A)]);
  expect(await words(open, [addMarker(A, note(RATES['23.976'], 5))])).toEqual([
    'failed: A001.mov: read only',
  ]);
  expect(open.state().root.children![0]!.markers).toEqual([]);
});

test('a dialog is said, and after it is closed the import is found done', async () => {
  const open = stage({ misbehaviour: { modal: 'import' }, wire: { writeMs: 60, wakeMs: 30 } });
  await expect(open.editor.apply([importTo(A)])).rejects.toMatchObject({
    code: 'timeout',
    message: expect.stringContaining('Premiere is waiting for you'),
  });
  await expect(open.editor.about()).rejects.toMatchObject({ code: 'busy' });
  open.premiere.closeDialog();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await open.editor.snapshot()).items.map(({ file }) => file)).toEqual([A]);
});

test.each([
  ['time', 'var t = new Time(); t.seconds = 2; item.setStartTime(t)'],
  ['seconds', 'item.setStartTime(2)'],
  ['ticks', 'item.setStartTime("508032000000")'],
] as const)(
  'of the three ways to set a start timecode this one takes %s and passes over the others',
  async (startTime, code) => {
    const premiere = new StandinPremiere({
      media: (path) => MEDIA[path] ?? null,
      misbehaviour: { startTime },
    });
    const ways = [
      'var t = new Time(); t.seconds = 2; item.setStartTime(t)',
      'item.setStartTime(2)',
      'item.setStartTime("508032000000")',
    ];
    const begin = `app.project.importFiles(["${A}"], true, app.project.rootItem, false); var item = app.project.rootItem.children[0];`;
    await premiere.evalScript(begin);
    const before = await premiere.evalScript('item.startTime().ticks');
    for (const way of ways.filter((each) => each !== code)) {
      await premiere.evalScript(way);
      expect(await premiere.evalScript('item.startTime().ticks')).toBe(before);
    }
    await premiere.evalScript(code);
    expect(await premiere.evalScript('item.startTime().ticks')).toBe('508032000000');
  },
);

test('times are copies, in and out points that are not set are -400000, and nothing found is 0', async () => {
  const open = await cutStage(cut);
  const asked = [
    'var t = app.project.activeSequence.videoTracks[0].clips[0].start; t.seconds = 99; app.project.activeSequence.videoTracks[0].clips[0].start.ticks',
    'app.project.activeSequence.getInPoint()',
    'app.project.rootItem.findItemsMatchingMediaPath("/nowhere", 1)',
    'throw new Error("x")',
    'undefined',
  ];
  const answers: string[] = [];
  for (const code of asked) answers.push(await open.premiere.evalScript(code));
  expect(answers).toEqual(['0', '-400000', '0', 'EvalScript error.', 'undefined']);
});

test('what other panels left on the shared engine is neither used nor changed', async () => {
  const open = stage();
  await open.premiere.evalScript(
    'JSON = { stringify: function () { return "broken"; } }; String.prototype.trim = function () { return ""; }; Array.prototype.indexOf = function () { return 7; }; $.other = 5; 1',
  );
  expect(await words(open, [makeBin('A'), importTo(A, 'A'), label(A, 'wild')])).toEqual(
    Array(3).fill('verified'),
  );
  expect(await open.premiere.evalScript('$.other + JSON.stringify()')).toBe('5broken');
});
