/** The wire to Premiere: deadlines, dialogs, lost code, and answers that make no sense. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HostError, openEnvelope, within } from '../../bridge/call.ts';
import { openStandin } from '../../bridge/hosts/standin.ts';
import { premiereEditor } from '../../bridge/premiere/editor.ts';
import { es3Literal } from '../../bridge/premiere/send.ts';
import { cutSequence } from '../../host/standin/premiere/edit.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { BUNDLE, importTo, makeBin, MEDIA, stage, words } from './premiere-stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-wire-'));
afterAll(() => rmSync(folder, { recursive: true }));

const answering = (answer: string) =>
  premiereEditor({ evalScript: async () => answer }, { readMs: 50, writeMs: 50, wakeMs: 20 });
const fails = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HostError)) throw new Error(`expected a HostError, got ${String(error)}`);
  return { code: error.code, message: error.message };
};

describe('an envelope', () => {
  test('opens to its value, null included', () => {
    expect(openEnvelope('m', '{"ok":true,"value":null}')).toBeNull();
    expect(openEnvelope('m', '{"ok":true,"value":[1]}')).toEqual([1]);
  });

  test('with an error throws it, with its code where it is one of ours', () => {
    const open = (code: string) => () =>
      openEnvelope('m', `{"ok":false,"error":{"code":"${code}","message":"why","line":7}}`);
    expect(open('refused')).toThrow(
      expect.objectContaining({ code: 'refused', method: 'm', message: 'why' }),
    );
    expect(open('odd')).toThrow(expect.objectContaining({ code: 'host-threw', message: 'why (line 7)' }));
  });

  test.each(['', 'undefined', '7', 'null', '{"ok":true}', '{"ok":false}', '{"value":1}', '<html>'])(
    'that is %j is none',
    (text) => {
      expect(() => openEnvelope('m', text)).toThrow(expect.objectContaining({ code: 'host-threw' }));
    },
  );

  test('a deadline leaves no timer behind and passes the answer on', async () => {
    expect(await within(Promise.resolve(3), { method: 'm', ms: 60_000, message: '' })).toBe(3);
    expect(await fails(within(new Promise(() => {}), { method: 'm', ms: 5, message: 'late' }))).toEqual({
      code: 'timeout',
      message: 'late',
    });
  });
});

describe('answers', () => {
  test('"EvalScript error." tells nothing, and that is said', async () => {
    expect(await fails(answering('EvalScript error.').about())).toMatchObject({
      code: 'host-threw',
      message: expect.stringContaining('no reason'),
    });
  });

  test('code that is not loaded is an unknown method', async () => {
    const bare = openStandin({ bundle: BUNDLE, media: () => null });
    await bare.premiere.evalScript('$.baton = null');
    expect(await fails(bare.editor.about())).toMatchObject({
      code: 'unknown-method',
      message: expect.stringContaining('close the panel'),
    });
  });

  test('without a project nothing is open', async () => {
    const open = stage();
    await open.premiere.evalScript('app = { project: null, version: "25.6.0" }');
    for (const ask of [
      () => open.editor.about(),
      () => open.editor.snapshot(),
      () => open.editor.apply([makeBin('A')]),
    ]) {
      expect(await fails(ask())).toEqual({
        code: 'not-open',
        message: 'No project is open in Premiere: open one and try again.',
      });
    }
  });

  test('of the wrong shape are refused at the door with the place', async () => {
    expect(await fails(answering('{"ok":true,"value":{"version":25}}').about())).toMatchObject({
      code: 'host-threw',
      message: expect.stringMatching(/about makes no sense \(version: /),
    });
    const result = { outcome: 'done', message: null, item: null, before: null, after: null };
    const short = answering(JSON.stringify({ ok: true, value: [result] }));
    expect(await fails(short.apply([makeBin('A'), makeBin('B')]))).toMatchObject({
      message: 'Premiere answered 1 of 2 steps.',
    });
  });
});

describe('a dialog in Premiere', () => {
  test('is a timeout that says what to do; until it is closed Premiere is busy; then all goes on', async () => {
    const open = stage({ misbehaviour: { modal: 'import' }, wire: { readMs: 80, writeMs: 80, wakeMs: 40 } });
    const steps = [importTo('/Shoot/A001.mov')];
    const message = 'Premiere is waiting for you: close the dialog it shows, then try again.';
    expect(await fails(open.editor.apply(steps))).toEqual({ code: 'timeout', message });
    expect(open.premiere.waiting).toBe(true);
    expect(await fails(open.editor.snapshot())).toEqual({ code: 'busy', message });
    expect(open.state().root.children).toEqual([]);
    open.premiere.closeDialog();
    expect((await open.editor.snapshot()).items.map(({ file }) => file)).toEqual(['/Shoot/A001.mov']);
    expect(await open.editor.readBack(steps)).toMatchObject([{ result: 'verified' }]);
  });

  test('an alert is a dialog too', async () => {
    const open = stage({ wire: { readMs: 40, wakeMs: 20 } });
    void open.premiere.evalScript('alert("hello")');
    expect(await fails(open.editor.about())).toMatchObject({ code: 'timeout' });
  });

  test('none is ever raised by the shipped code', () => {
    expect(readFileSync(BUNDLE, 'utf8')).not.toMatch(/\b(alert|confirm|prompt)\s*\(/);
  });
});

describe('calls', () => {
  test('asked all at once wait their turn and each gets its own answer', async () => {
    const open = stage({ misbehaviour: { delayMs: 5 } });
    const [about, , snapshot, names] = await Promise.all([
      open.editor.about(),
      open.editor.apply([makeBin('A'), importTo('/Shoot/A001.mov', 'A')]),
      open.editor.snapshot(),
      open.editor.sequences(),
    ]);
    expect([about.editor, snapshot.items.length, names.length]).toEqual(['premiere', 1, 0]);
  });

  test('a project that somebody edits between pages is read again', async () => {
    const files = Array.from({ length: 201 }, (_, i) => `/Shoot/D${i}.mov`);
    const open = stage({ media: Object.fromEntries(files.map((file) => [file, MEDIA['/Shoot/A001.mov']!])) });
    await words(
      open,
      files.map((file) => importTo(file)),
    );
    const evalScript = open.premiere.evalScript.bind(open.premiere);
    let pages = 0;
    open.premiere.evalScript = async (code) => {
      if (code.includes('readProject') && ++pages === 2) {
        await evalScript('app.project.importFiles(["/Shoot/A002.mov"], true, app.project.rootItem, false)');
      }
      return evalScript(code);
    };
    expect((await open.editor.snapshot()).items).toHaveLength(202);
    expect(pages).toBe(4);
  });

  test('a literal is one line for ES3, whatever it holds', () => {
    const text = '"\\\u2028\u2029\n\r</script>\ud800 \u{1f3ac}';
    const code = es3Literal({ text });
    expect(code).not.toMatch(/[\u2028\u2029\n\r]/);
    expect(JSON.parse(code)).toEqual({ text });
  });
});

describe('the interchange file', () => {
  test("is Premiere's own Final Cut 7 XML, and is looked for on disk", async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    const state = open.state();
    const items = [{ file: '/Shoot/A001.mov', track: 'V1' as const, recordIn: 0, sourceIn: 5, duration: 48 }];
    const { id } = cutSequence(state, {
      name: 'Cut & "1"',
      rate: RATES['23.976'],
      start: 86400,
      size: { width: 1920, height: 1080 },
      items,
    });
    const later = stage({ state });
    const path = join(folder, 'cut 100%.xml');
    expect(await later.editor.exportInterchange(id, path)).toEqual({ path, format: 'fcp7-xml' });
    const xml = readFileSync(path, 'utf8');
    expect(xml).toContain('<name>Cut &amp; &quot;1&quot;</name>');
    expect(xml).toContain('<start>0</start><end>48</end><in>5</in><out>53</out>');
    expect(xml).toContain('<timebase>24</timebase><ntsc>TRUE</ntsc>');
  });

  test('that cannot be written, or is of no sequence, is refused with the reason', async () => {
    const open = stage();
    const state = open.state();
    const { id } = cutSequence(state, {
      name: 'Cut',
      rate: RATES['25'],
      start: 0,
      size: { width: 1, height: 1 },
      items: [],
    });
    const later = stage({ state });
    expect(await fails(later.editor.exportInterchange(id, join(folder, 'none', 'cut.xml')))).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Is the folder there'),
    });
    expect(await fails(later.editor.exportInterchange('gone', join(folder, 'x.xml')))).toMatchObject({
      code: 'refused',
    });
  });
});
