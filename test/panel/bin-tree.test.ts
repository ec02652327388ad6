/** The dry run as a tree shows every step of the plan once, and every clip of the project. */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import { plan } from '../../manifest/plan.ts';
import { binRows } from '../../panel/bin-rows.ts';
import { binTree, type BinNode, type ClipRow } from '../../panel/bin-tree.ts';
import { whole } from '../../panel/parts.ts';
import { memoryEditor, smallHandoff } from './fixture.ts';

const treeOf = (...asked: Parameters<typeof binTree>) => whole(binTree(...asked));
const rowsOf = (...asked: Parameters<typeof binRows>) => whole(binRows(...asked));

const empty = memoryEditor().project;
const options = { roots: { media: '/shoot' }, importable: ['mov'] };

function clipsOf(node: BinNode): ClipRow[] {
  return [...node.clips, ...node.bins.flatMap(clipsOf)];
}

function item(id: string, file: string, bin: string[], more: object = {}): ProjectSnapshot['items'][number] {
  const name = file.split('/').pop()!;
  return {
    id,
    name,
    file,
    bin,
    kind: 'clip',
    offline: false,
    label: null,
    metadata: {},
    markers: [],
    ...more,
  };
}

describe('marks', () => {
  it('a clip that is not there is added to its bin, and the bin is new', () => {
    const tree = treeOf(plan(smallHandoff(), empty, options), empty);
    const rows = rowsOf(tree, { toggled: {}, filter: '', openLevels: 9 });
    expect(
      rows.map((row) =>
        row.kind === 'bin'
          ? `${'  '.repeat(row.level - 1)}${row.bin.name}`
          : `${'  '.repeat(row.level - 1)}${row.clip.mark} ${row.clip.name}`,
      ),
    ).toEqual([
      'Scenes',
      '  07',
      '    Take 01',
      '      add A001C001.mov',
      '    Take 02',
      '      add A001C002.mov',
    ]);
    expect(rows.filter((row) => row.kind === 'bin').every((row) => row.kind === 'bin' && row.bin.made)).toBe(
      true,
    );
    expect(tree.counts).toEqual({ add: 2, move: 0, remove: 0, change: 0, keep: 0, blocked: 0 });
  });

  it('a clip in the wrong bin moves, and says from where and what else is written on it', () => {
    const project = {
      ...empty,
      bins: [{ id: 'x', path: ['Dailies'] }],
      items: [item('i1', '/shoot/A/A001C001.mov', ['Dailies'])],
    };
    const moved = clipsOf(treeOf(plan(smallHandoff(), project, options), project)).find(
      (row) => row.name === 'A001C001.mov',
    )!;
    expect(moved.mark).toBe('move');
    expect(moved.why.join()).toContain('lies in Dailies');
    expect(moved.also.join()).not.toContain('from');
    expect(moved.also).toContain('label circled');
    expect(moved.also).toContain('1 marker');
    expect(moved.why.length).toBeGreaterThan(0);
  });

  it('an item the plan does not touch is kept, with no reason needed', () => {
    const project = { ...empty, items: [item('i9', '/other/title.png', [])] };
    const tree = treeOf(plan(smallHandoff(), project, options), project);
    expect(tree.clips).toMatchObject([{ name: 'title.png', mark: 'keep', why: [] }]);
  });

  it('a blocked clip stands at the top with its reason', () => {
    const made = plan(smallHandoff(), empty, { ...options, importable: ['wav'] });
    const tree = treeOf(made, empty);
    expect(tree.clips.map((row) => row.mark)).toEqual(['blocked', 'blocked']);
    expect(made.blocked[0]!.why).toContain(tree.clips[0]!.why[0]!.slice(1));
    expect(tree.counts.blocked).toBe(2);
  });

  it('what a person changed after Baton wrote it is kept, and the row says so', () => {
    const kept: Plan = {
      ...plan(smallHandoff(), empty, options),
      steps: [],
      kept: [{ clip: 'c1', path: 'A/A001C001.mov', what: 'move', why: 'It was moved to Selects; it stays.' }],
    };
    const project = {
      ...empty,
      items: [item('i1', '/shoot/A/A001C001.mov', ['Selects'], { metadata: { batonId: 'c1' } })],
    };
    expect(clipsOf(treeOf(kept, project))).toMatchObject([
      { mark: 'keep', why: ['It was moved to Selects; it stays.'] },
    ]);
  });

  it('a step that undo does not take back is marked', () => {
    const made = plan(smallHandoff(), empty, options);
    const steps = made.steps.map((step) => ({ ...step, undoable: step.kind !== 'import' }));
    expect(clipsOf(treeOf({ ...made, steps }, empty)).every((row) => !row.undoable)).toBe(true);
  });
});

describe('rows', () => {
  const tree = treeOf(plan(smallHandoff(), empty, options), empty);

  it('a bin closed by hand hides what is in it', () => {
    const rows = rowsOf(tree, { toggled: { 'Scenes/07': false }, filter: '', openLevels: 9 });
    expect(rows.map((row) => row.key)).toEqual(['Scenes', 'Scenes/07']);
  });

  it('a large plan starts with its scenes only', () => {
    expect(rowsOf(tree, { toggled: {}, filter: '', openLevels: 1 }).map((row) => row.key)).toEqual([
      'Scenes',
      'Scenes/07',
    ]);
  });

  it('a filter opens what it finds and leaves the rest out', () => {
    const rows = rowsOf(tree, { toggled: { Scenes: false }, filter: 'c002', openLevels: 1 });
    expect(rows.map((row) => row.key)).toEqual(['Scenes', 'Scenes/07', 'Scenes/07/Take 02', 'clip c2']);
  });

  it('a bin found by its name shows all it holds', () => {
    const rows = rowsOf(tree, { toggled: {}, filter: 'take 01', openLevels: 1 });
    expect(rows.map((row) => row.key)).toEqual(['Scenes', 'Scenes/07', 'Scenes/07/Take 01', 'clip c1']);
  });

  it('every row knows its place among its siblings', () => {
    const rows = rowsOf(tree, { toggled: {}, filter: '', openLevels: 9 });
    expect(rows.filter((row) => row.level === 3).map((row) => [row.position, row.size])).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  // Whatever looked through all of them for each would not end within the time a test has.
  it('100,000 clips become rows', () => {
    const handoff = smallHandoff();
    const clips = Array.from({ length: 100_000 }, (_, index) => ({
      ...handoff.clips[0]!,
      id: `c${index}`,
      path: `A/C${String(index).padStart(6, '0')}.mov`,
      identity: { scene: String(index % 200), take: String(index % 7) },
    }));
    const large = treeOf(
      plan({ ...handoff, clips, log: { sheets: [], entries: [] } }, empty, options),
      empty,
    );
    const rows = rowsOf(large, { toggled: {}, filter: 'c099999', openLevels: 1 });
    expect(rows.filter((row) => row.kind === 'clip')).toHaveLength(1);
    expect(large.counts.add).toBe(100_000);
  });
});

it('what would be taken back stands in the same tree: what leaves, the bins that go, and what cannot be', () => {
  const target = { clip: 'c1', path: 'A/A001C001.mov', file: '/shoot/A/A001C001.mov', item: 'i1' };
  const bin = ['Scenes'];
  const made: Plan = {
    ...plan(smallHandoff(), empty, options),
    blocked: [{ clip: 'c9', path: 'A/x.mov', why: 'It is no longer in the project.' }],
    steps: [
      {
        id: 'a',
        kind: 'remove-marker',
        target,
        before: { marker: { ...MARKER, id: 'n1' } },
        after: { gone: 'n1' },
        why: '',
        undoable: true,
      },
      {
        id: 'b',
        kind: 'remove-item',
        target,
        before: { bin },
        after: { gone: 'c1' },
        why: 'Out.',
        undoable: false,
      },
      {
        id: 'c',
        kind: 'remove-bin',
        target: { bin },
        before: { bin },
        after: { gone: 'Scenes' },
        why: '',
        undoable: true,
      },
    ],
  };
  const project = {
    ...empty,
    bins: [{ id: 'x', path: bin }],
    items: [item('i1', '/shoot/A/A001C001.mov', bin)],
  };
  const tree = treeOf(made, project);
  expect(tree.clips).toMatchObject([{ mark: 'blocked', name: 'x.mov' }]);
  expect(tree.bins[0]).toMatchObject({
    gone: true,
    clips: [{ mark: 'remove', also: ['takes 1 marker away'], steps: ['a', 'b'], doneAt: 2 }],
  });
});

it('the bin that taking back made is left over once nothing is in it, not while the plan is still to empty it', () => {
  const project = { ...empty, bins: [{ id: 'r', path: ['_Reverted'] }] };
  const leftOver = (items: ProjectSnapshot['items']) => {
    const now = { ...project, items };
    const tree = treeOf(plan(smallHandoff(), now, options), now);
    return tree.bins.find((bin) => bin.name === '_Reverted')!.leftOver;
  };
  expect(leftOver([])).toBe(true);
  expect(leftOver([item('i1', '/shoot/A/A001C001.mov', ['_Reverted'])])).toBe(false);
});

const MARKER = {
  frame: 0,
  duration: 1,
  rate: { num: 24, den: 1, drop: false },
  name: '',
  comment: '',
  colour: 'green' as const,
};
