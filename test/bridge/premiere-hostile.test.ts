/** Names and notes that would break a careless wire go through Premiere and come back as they were. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openEnvelope } from '../../bridge/call.ts';
import { cutSequence } from '../../host/standin/premiere/edit.ts';
import { RATES } from '../../manifest/time/rate.ts';
import {
  addMarker,
  clip,
  importTo,
  label,
  makeBin,
  metadata,
  MEDIA,
  note,
  stage,
  words,
} from './premiere-stage.ts';

const NAMES = [
  '"double" and \'single\'',
  'back\\slash\\',
  'line\u2028para\u2029end',
  '\u{1f3ac} clap \u{1f44f}\u{1f3fd}',
  'new\nline\ttab\r\nreturn',
  '</x> <!-- --> ]]> &amp; &lt;',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '100% %41 %',
  'a%41b%20c',
  '$& $1 $`',
  '); alert(1); //',
  'é combining e\u0301',
  '  spaces  ',
  '\u200b\ufeff\u00ad',
];

describe.each(NAMES)('%j', (name) => {
  const file = `/Shoot/${name.replace(/\//g, '_')}.mov`;
  const open = () => stage({ media: { [file]: MEDIA['/Shoot/A001.mov']! } });

  test('as a bin, a file, a note and a field', async () => {
    const here = open();
    const marker = note(RATES['23.976'], 48, {
      id: `id ${name}`,
      name,
      comment: name.replace(/\r\n/g, '\n'),
    });
    const values = { scene: name, note: name, batonId: name };
    const steps = [
      makeBin('Scenes', name),
      makeBin('Scenes', name, name),
      importTo(file, 'Scenes', name, name),
      label(file, 'circled'),
      { ...metadata(file, values), target: { ...clip(file), clip: name } } as ReturnType<typeof metadata>,
      addMarker(file, marker),
    ];
    expect(await words(here, steps)).toEqual(steps.map(() => 'verified'));
    expect(await words(here, steps)).toEqual(steps.map(() => 'verified'));
    const snapshot = await here.editor.snapshot();
    expect(snapshot.bins.map(({ path }) => path)).toEqual([
      ['Scenes'],
      ['Scenes', name],
      ['Scenes', name, name],
    ]);
    expect(snapshot.items).toEqual([
      expect.objectContaining({
        file,
        bin: ['Scenes', name, name],
        label: 'circled',
        metadata: values,
        markers: [{ ...marker, id: `id ${name}` }],
      }),
    ]);
  });

  test('as a sequence and a title', async () => {
    const state = open().state();
    const titles = [{ name, track: 'V1' as const, recordIn: 0, duration: 5 }];
    cutSequence(state, {
      name,
      rate: RATES['25'],
      start: 0,
      size: { width: 10, height: 10 },
      items: [],
      titles,
    });
    const snapshot = await stage({ state }).editor.sequence();
    expect([snapshot!.name, snapshot!.tracks[0]!.items[0]!.name]).toEqual([name, name]);
  });
});

describe('any text', () => {
  test('comes out of the ES3 serializer as JSON.parse reads it', async () => {
    const open = stage();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const state = { ...open.state(), project: { documentID: text, name: text, path: '' } };
        const raw = await stage({ state }).premiere.evalScript('$.baton.about({})');
        expect(openEnvelope('about', raw)).toMatchObject({ project: { id: text, name: text } });
      }),
      { numRuns: 60 },
    );
  });

  test('lone surrogates and control characters too', async () => {
    const text = '\ud800 \udc00 \u0000\u0001\u001f\u007f\u009f';
    const state = { ...stage().state(), project: { documentID: 'x', name: text, path: '' } };
    const open = stage({ state });
    expect(await open.premiere.evalScript('$.baton.about({})')).toMatch(/^[ -~]*$/);
    expect((await open.editor.about()).project.name).toBe(text);
  });

  test('other panels that put functions on every object do not reach the wire', async () => {
    const open = stage();
    await open.premiere.evalScript(
      'Object.prototype.each = function () {}; Array.prototype.last = function () {}; 1',
    );
    expect(
      await words(open, [makeBin('A'), importTo('/Shoot/A001.mov', 'A'), label('/Shoot/A001.mov', 'wild')]),
    ).toEqual(Array(3).fill('verified'));
    expect(Object.keys((await open.editor.snapshot()).items[0]!)).not.toContain('each');
  });
});
