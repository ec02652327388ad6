/** What stands in the way of Resolve's panel is said in words: frozen rates, dialogs, other projects, old versions, files and folders. */
import { describe, expect, test } from 'vitest';
import { applyPlan, countResults } from '../../bridge/apply.ts';
import { findClip, type ResolveCut } from '../../host/standin/resolve/edit.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { clip } from '../bridge/premiere-stage.ts';
import { planFor } from '../host/acceptance.ts';
import { mediaOf, shoot } from '../host/shoot.ts';
import { cutOfTestMedia as cut, resolveStage } from './plugin-stage.ts';

describe('what stands in the way is said in words', () => {
  test('a timeline has frozen another rate: nothing comes in', async () => {
    const { editor } = await cut([]);
    expect(await editor.prepare!({ rate: RATES['25'] })).toEqual({
      refused:
        'The project "Stand-in" runs at 23.976 and the handoff at 25; it has a timeline, and Resolve then never changes the rate. Open a new project and import there.',
    });
    expect(await editor.prepare!({ rate: RATES['23.976'] })).toEqual({ refused: null });
  });

  test('an open dialog, whether it silences calls or blocks them', async () => {
    const silent = resolveStage();
    silent.resolve.state.modal = 'Cache disk is missing';
    await expect(silent.editor.snapshot()).rejects.toThrow('close the dialog');
    const blocked = resolveStage({ plugin: { blocks: true }, callMs: 30 });
    blocked.resolve.state.modal = 'Cache disk is missing';
    await expect(blocked.editor.snapshot()).rejects.toThrow('close the dialog');
    await expect(blocked.editor.about()).rejects.toThrow('close the dialog');
    blocked.resolve.state.modal = null;
    await new Promise((done) => setTimeout(done, 30));
    expect((await blocked.editor.snapshot()).items).toEqual([]);
  });

  test('a dialog that opens while a timeline is read gives no half of it', async () => {
    const cuts = Array.from({ length: 20 }, (_, nth): ResolveCut => ({
      file: '/Shoot/A001.mov',
      track: 'V1',
      at: nth * 10,
      duration: 10,
    }));
    let calls = -1;
    const opened = await cut(cuts, {
      plugin: { onCall: () => void (calls >= 0 && calls++ === 60 && open()) },
    });
    const open = () => {
      opened.resolve.state.modal = 'Cache disk is missing';
    };
    calls = 0;
    await expect(opened.editor.sequence()).rejects.toThrow('close the dialog');
    opened.resolve.state.modal = null;
    expect((await opened.editor.sequence())!.tracks[0]!.items).toHaveLength(20);
  });

  test('an export stands where nothing was, under the ending of what it is, or is refused in words', async () => {
    const { editor, resolve } = await cut([{ file: '/Shoot/A001.mov', track: 'V1', at: 0, duration: 48 }]);
    const { id } = (await editor.sequences())[0]!;
    expect(await editor.exportInterchange(id, '/out/.witness-1.xml')).toEqual({
      path: '/out/.witness-1.otio',
      format: 'otio',
    });
    expect([...resolve.files.keys()]).toEqual(['/out/.witness-1.otio']);
    for (const path of ['/out/.witness-1.xml', '/out/.witness-1.otio'])
      await expect(editor.exportInterchange(id, path)).rejects.toThrow('is there already');
    await expect(editor.exportInterchange('gone', '/out/b.otio')).rejects.toThrow('no longer in the project');
  });

  test('a folder that is not there is told from the file that is missing', async () => {
    const noFolder = () => {
      throw new Error('ENOENT');
    };
    const { editor } = await cut([], { more: { write: noFolder } });
    const { id } = (await editor.sequences())[0]!;
    await expect(editor.exportInterchange(id, '/nowhere/a.edl')).rejects.toThrow('Is the folder there');
  });

  test('with no timeline open there is none to read, and those that are there are named', async () => {
    const { editor, resolve } = await cut([]);
    delete resolve.state.project.timeline;
    expect(await editor.sequence()).toBeNull();
    expect(await editor.sequences()).toMatchObject([{ name: 'Cut', active: false }]);
  });

  test('a dialog that opens half-way stops the import with what to do, and the next import brings the rest', async () => {
    const handoff = shoot(3);
    const media = mediaOf(handoff);
    for (const at of [3, 12, 20, 37]) {
      const first = resolveStage({
        media,
        more: {
          afterWrite: (count, standin) => {
            if (count === at) standin.state.modal = 'This needs DaVinci Resolve Studio';
          },
        },
      });
      const receipt = await applyPlan(await planFor(handoff, first), first.editor, {
        patience: [],
        chunk: 5,
      });
      expect(receipt.stopped ?? '', `after ${at} of ${first.resolve.writeCount} writes`).toContain(
        'close the dialog',
      );
      const later = resolveStage({ media, state: { ...first.state(), modal: null } });
      const rest = await applyPlan(await planFor(handoff, later), later.editor, { patience: [] });
      expect(countResults(rest)).toMatchObject({ verified: rest.steps.length });
      expect((await planFor(handoff, later)).steps).toEqual([]);
    }
  });

  test('another project that is opened half-way is not written to', async () => {
    const handoff = shoot(3);
    const { editor, resolve } = resolveStage({ media: mediaOf(handoff) });
    const made = await planFor(handoff, { editor });
    let chunks = 0;
    const onChunk = () => {
      if (++chunks === 2) resolve.state.project.id = 'another';
    };
    const receipt = await applyPlan(made, editor, { patience: [], chunk: 5, onChunk });
    expect(receipt.stopped).toContain('nothing was written to it');
    expect(countResults(receipt).verified).toBe(10);
  });

  test('a Resolve older than the panel needs names the script that works there', async () => {
    for (const version of ['18.5', '19.0'])
      await expect(resolveStage({ version }).editor.about()).rejects.toThrow('Baton Apply');
  });

  test('no Studio-only call is ever made', async () => {
    const { editor, resolve } = await cut([{ file: '/Shoot/A001.mov', track: 'V1', at: 0, duration: 48 }], {
      version: '21.1',
      studio: false,
    });
    await editor.snapshot();
    await editor.sequence();
    await editor.show!({
      what: 'source-monitor',
      target: clip('/Shoot/A001.mov'),
      at: { frame: 24, rate: RATES['23.976'] },
    });
    expect(resolve.state.modal).toBeNull();
  });

  test('showing a clip opens its bin, selects it, and says where to go', async () => {
    const { editor, resolve } = await cut([]);
    const shown = await editor.show!({
      what: 'source-monitor',
      target: clip('/Shoot/A001.mov'),
      at: { frame: 24, rate: RATES['23.976'] },
    });
    expect(shown).toEqual({
      shown: true,
      reason: 'Resolve lets no script move the source viewer: go to 01:00:01:00.',
    });
    expect(resolve.state.selected).toEqual([findClip(resolve.state, '/Shoot/A001.mov').id]);
  });
});
