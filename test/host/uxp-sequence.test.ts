/** Sequences through Premiere's UXP: read as through CEP, whatever the version and language, and written as Premiere's own files. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SequenceItem, SequenceSnapshot } from '../../manifest/documents/snapshot.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { cutStage } from '../bridge/premiere-stage.ts';
import { uxpCutStage, VERSIONS } from './uxp-stage.ts';

const CUT = {
  rate: RATES['29.97df'],
  start: 107892,
  items: [
    { file: '/Shoot/DF.mov', track: 'V1', recordIn: 0, duration: 100, sourceIn: 20 },
    { file: '/Shoot/DF.mov', track: 'A1', recordIn: 0, duration: 100, sourceIn: 20 },
    { file: '/Shoot/A001.mov', track: 'V2', recordIn: 100, duration: 50, speed: -2 },
    { file: '/Shoot/A003.mov', track: 'V1', recordIn: 100, duration: 40, enabled: false },
    { file: '/Shoot/HFR.mov', track: 'V1', recordIn: 140, duration: 40, remapped: true },
    { file: '/Shoot/S001.wav', track: 'A2', recordIn: 0, duration: 90, sourceIn: 7 },
  ],
  titles: [
    { name: 'Title', track: 'V3', recordIn: 0, duration: 48 },
    { name: 'Look', track: 'V3', recordIn: 48, duration: 48, adjustment: true },
  ],
  transitions: [{ track: 'V1', in: 95, out: 105 }],
  markers: [{ frame: 12, duration: 5, name: 'Here', comment: 'look', colour: 3 }],
  muted: ['A2'],
} satisfies Parameters<typeof cutStage>[0];

/** Without what UXP does not give: ids of track items, and what is linked. */
function plain(sequence: SequenceSnapshot | null) {
  const bare = ({ id: _id, link: _link, ...item }: SequenceItem) => item;
  return (
    sequence && {
      ...sequence,
      editorVersion: '',
      id: '',
      tracks: sequence.tracks.map((track) => ({ ...track, items: track.items.map(bare) })),
    }
  );
}

describe('a sequence', () => {
  test.each(VERSIONS)('reads in %s as it does through CEP', async (version) => {
    const cep = await cutStage(CUT);
    const { editor, id } = await uxpCutStage(CUT, { version });
    const read = await editor.sequence();
    expect(plain(read)).toEqual(plain(await cep.editor.sequence()));
    expect(read!.tracks.flatMap(({ items }) => items.map((item) => item.kind)).sort()).toEqual([
      'adjustment',
      'clip',
      'clip',
      'clip',
      'clip',
      'clip',
      'clip',
      'title',
    ]);
    expect(await editor.sequences()).toEqual([{ id, name: 'Cut 1', active: true }]);
    expect(await editor.sequence('none')).toBeNull();
  });

  test('drop-frame is known by Premiere\u2019s own numbers too', async () => {
    const { editor } = await uxpCutStage(CUT, { misbehaviour: { ownDisplayNumbers: true } });
    expect((await editor.sequence())!.rate).toEqual(RATES['29.97df']);
  });

  test('where the view hides the start column, the start is read from the metadata\u2019s timecode', async () => {
    const { editor } = await uxpCutStage(CUT, { version: '25.6', misbehaviour: { hiddenColumns: true } });
    const read = (await editor.sequence())!;
    expect(read.tracks[0]!.items[0]!.source).toMatchObject({ start: 107892, in: 20 });
    expect(plain(read)).toEqual(plain(await (await cutStage(CUT)).editor.sequence()));
  });

  test('an active sequence of the project before is none', async () => {
    const { editor } = await uxpCutStage(CUT, { misbehaviour: { staleActiveSequence: true } });
    expect(await editor.sequence()).toBeNull();
    expect((await editor.sequences()).map(({ active }) => active)).toEqual([false]);
  });

  test('names in another language change no kinds and no times', async () => {
    const { editor } = await uxpCutStage(CUT, { misbehaviour: { localised: true } });
    const read = (await editor.sequence())!;
    expect(read.tracks[0]).toMatchObject({ name: 'Vid\u00e9o 1', transitions: [{ in: 95, out: 105 }] });
  });
});

describe('Premiere\u2019s own files', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'baton-uxp-'));

  test('FCP7 XML, OTIO and AAF are written where this Premiere can', async () => {
    const { editor, id } = await uxpCutStage(CUT);
    const into = folder();
    for (const [name, format] of [
      ['a.xml', 'fcp7-xml'],
      ['a.otio', 'otio'],
      ['a.aaf', 'aaf'],
    ]) {
      const path = join(into, name!);
      expect(await editor.exportInterchange(id, path)).toEqual({ path, format });
      expect(existsSync(path)).toBe(true);
    }
    expect(readFileSync(join(into, 'a.xml'), 'utf8')).toContain('<xmeml');
  });

  test('where it cannot, it says so, and a folder that is not there is refused', async () => {
    const before = await uxpCutStage(CUT, { version: '25.6' });
    await expect(before.editor.exportInterchange(before.id, join(folder(), 'a.xml'))).rejects.toMatchObject({
      code: 'unknown-method',
      message: 'This Premiere (25.6.0) cannot write fcp7-xml for a panel.',
    });
    const now = await uxpCutStage(CUT, { version: '26.2' });
    await expect(now.editor.exportInterchange(now.id, join(folder(), 'a.aaf'))).rejects.toMatchObject({
      code: 'unknown-method',
    });
    await expect(now.editor.exportInterchange(now.id, join(folder(), 'none', 'a.xml'))).rejects.toMatchObject(
      {
        code: 'refused',
      },
    );
    await expect(now.editor.exportInterchange('none', join(folder(), 'a.xml'))).rejects.toMatchObject({
      message: 'That sequence is not in the project any more.',
    });
  });
});
