/** The cuts of a manifest: the next version's name, what formats would leave behind, and the lock compared with what is open. */
import { describe, expect, it } from 'vitest';
import { HostError } from '../../bridge/call.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { SEQUENCE_SILENT } from '../../manifest/changes.ts';
import { forecast } from '../../panel/heavy/answers.ts';
import { cutRecords, lossKinds, proposedName, tellingFile } from '../../panel/cut-record.ts';
import { memoryDesk, memoryEditor, smallHandoff, smallSequence, world } from './fixture.ts';

const record = (name: string, more: object = {}) => ({
  kind: 'cut',
  at: `2026-03-14T12:00:0${name.length % 10}Z`,
  name,
  files: [],
  ...more,
});

describe('the name of the next version', () => {
  it.each([
    ['Reel 1', [], 'Reel 1 V01'],
    ['Reel 1', ['Reel 1 V01'], 'Reel 1 V02'],
    ['Reel 1', ['Reel 1'], 'Reel 1 V02'],
    ['Reel 1', ['Reel 1 V01', 'Reel 1 V09', 'Reel 2 V30'], 'Reel 1 V10'],
    ['Reel 1_v7', [], 'Reel 1 V07'],
    ['Reel 1_v7', ['Reel 1 V07'], 'Reel 1 V08'],
    ['V2', [], 'V2 V02'],
  ])('%s after %j is %s', (sequence, names, wanted) => {
    expect(
      proposedName(
        sequence,
        names.map((name) => record(name)),
      ),
    ).toBe(wanted);
  });
});

describe('losses', () => {
  it('are one line for each kind, with every place and the whole count', () => {
    const loss = (what: string, where: string, count = 1) => ({ what, where, count, message: `no ${what}` });
    const kinds = lossKinds([loss('title', 'V2-1'), loss('retime', 'V1-1'), loss('title', 'V2-2', 3)]);
    expect(kinds.map(({ what, count, places }) => [what, count, places])).toEqual([
      ['title', 4, ['V2-1', 'V2-2']],
      ['retime', 1, ['V1-1']],
    ]);
  });

  it('are of each format apart, with its own reason', () => {
    const of = (format: string) => ({ what: 'title', where: 'V2-1', count: 1, message: format, format });
    expect(
      lossKinds([of('edl'), of('otio'), of('edl')]).map(({ count, message }) => [count, message]),
    ).toEqual([
      [2, 'edl'],
      [1, 'otio'],
    ]);
  });

  it('are told for each format before anything is written, and are those that writing then reports', async () => {
    const editor = memoryEditor();
    editor.cut = smallSequence();
    const { store, runner } = world({ editor });
    await runner.run('refresh');
    const plain = store.get().cutList!.value;
    const title = {
      ...plain.tracks[0]!.events[0]!,
      id: 'V1-T',
      kind: 'title' as const,
      source: null,
      recordIn: 900,
      recordOut: 950,
      sourceIn: 0,
      sourceOut: 50,
    };
    const cut: CutList = {
      ...plain,
      tracks: [{ ...plain.tracks[0]!, events: [...plain.tracks[0]!.events, title] }],
    };
    const held = { handoff: smallHandoff(), roots: {} };
    for (const { id, write } of EXPORTS) {
      const made = write(cut, { ...DEFAULT_OPTIONS, handoff: smallHandoff(), roots: {} });
      const told = forecast(held, { cut, formats: [id], options: {} })[0];
      const count = 'refused' in made ? 0 : made.losses.reduce((sum, loss) => sum + loss.count, 0);
      expect([id, told?.losses.reduce((sum, loss) => sum + loss.count, 0) ?? 0]).toEqual([id, count]);
      expect([id, told?.refused ?? '']).toEqual([id, 'refused' in made ? made.refused : '']);
    }
    expect(forecast(held, { cut, formats: ['edl'], options: {} })).toHaveLength(1);
  });
});

it('records are listed newest first, and a record of another shape is passed over', () => {
  const file = (format: string) => ({ path: `cuts/a.${format}`, format, hash: 'ff' });
  const records = cutRecords([
    record('old'),
    { kind: 'cut', at: 'x' },
    record('newer', { lock: true, files: [file('edl'), file('csv'), file('fcpxml')] }),
  ]);
  expect(records.map(({ name, lock }) => [name, lock])).toEqual([
    ['newer', true],
    ['old', false],
  ]);
  expect(tellingFile(records[0]!)!.format).toBe('fcpxml');
  expect(tellingFile(records[1]!)).toBeNull();
});

describe('compare-cuts', () => {
  async function locked() {
    const editor = memoryEditor();
    editor.cut = smallSequence();
    const desk = memoryDesk();
    const made = world({ editor, desk });
    await made.runner.run('refresh');
    const lock = made.store.get().cutList!.value;
    desk.handoff = {
      ...desk.handoff,
      history: [
        record('Lock V01', { lock: true, files: [{ path: 'cuts/l.edl', format: 'edl', hash: 'ff' }] }),
      ],
    };
    desk.readCut = () => Promise.resolve({ cut: lock, format: 'sequence', silent: SEQUENCE_SILENT });
    await made.runner.run('refresh');
    made.store.change((state) => {
      state.toCompare = { before: desk.handoff.history[0]!.at, after: 'active' };
    });
    return { ...made, editor, desk };
  }

  it('says that the open sequence is the lock, and after a trim that it is not', async () => {
    const { store, runner, editor } = await locked();
    await runner.run('compare-cuts');
    expect(store.get().compared!.shown.rows).toEqual([]);
    const [track] = editor.cut!.tracks;
    const [item] = track!.items;
    const shorter = {
      ...item!,
      out: item!.out - 10,
      source: { ...item!.source!, out: item!.source!.out - 10 },
    };
    editor.cut = {
      ...editor.cut!,
      tracks: [{ ...track!, items: [shorter] }, ...editor.cut!.tracks.slice(1)],
    };
    await runner.run('refresh');
    await runner.run('compare-cuts');
    expect(store.get().compared!.shown.rows.length).toBeGreaterThan(0);
  });

  it('says why a cut cannot be read, and that two different ones must be chosen', async () => {
    const { store, runner, desk } = await locked();
    desk.readCut = () => Promise.reject(new HostError('refused', 'readCut', 'cuts/l.edl was moved'));
    await runner.run('compare-cuts');
    expect(store.get().failure?.message).toBe('cuts/l.edl was moved');
    store.change((state) => {
      state.toCompare = { before: 'active', after: 'active' };
    });
    await runner.run('compare-cuts');
    expect(store.get().said).toBe('Choose two different cuts');
  });
});
