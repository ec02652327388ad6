/** The tree of bins as the rows on the screen: what is open, and what a filter finds. */
import { inOrder, type BinNode, type ClipRow } from './bin-tree.ts';
import { filtered, PART, type Parts } from './parts.ts';

export type BinTreeRow =
  | { kind: 'bin'; key: string; level: number; open: boolean; bin: BinNode; position: number; size: number }
  | { kind: 'clip'; key: string; level: number; clip: ClipRow; position: number; size: number };

export interface Shown {
  /** Hand-made choices by key: true = open. */
  toggled: Record<string, boolean>;
  /** Lower case; '' = all. */
  filter: string;
  /** Levels open where nobody chose. */
  openLevels: number;
}

/** The tree as the rows on the screen; a filter opens what it finds. */
export function* binRows(root: BinNode, shown: Shown): Parts<BinTreeRow[]> {
  const rows: BinTreeRow[] = [];
  const { filter } = shown;
  const found = filter === '' ? null : yield* binsWith(root, filter);
  let taken = 0;
  const visit = function* (node: BinNode, level: number, all: boolean): Parts<void> {
    yield* inOrder(node);
    const clips = all ? node.clips : yield* filtered(node.clips, (clip) => matches(clip.name, filter));
    const bins = all ? node.bins : node.bins.filter((bin) => found!.has(bin));
    const size = clips.length + bins.length;
    for (const [index, clip] of clips.entries()) {
      if (++taken % PART === 0) yield;
      rows.push({ kind: 'clip', key: clip.key, level, clip, position: index + 1, size });
    }
    for (const [index, bin] of bins.entries()) {
      if (++taken % PART === 0) yield;
      const open = filter !== '' || (shown.toggled[bin.key] ?? level <= shown.openLevels);
      rows.push({ kind: 'bin', key: bin.key, level, open, bin, position: clips.length + index + 1, size });
      if (open) yield* visit(bin, level + 1, all || matches(bin.name, filter));
    }
  };
  yield* visit(root, 1, filter === '');
  return rows;
}

function matches(name: string, filter: string): boolean {
  return filter === '' || name.toLowerCase().includes(filter);
}

/** Bins that match, or hold at any depth what matches: one walk over all of it. */
function* binsWith(root: BinNode, filter: string): Parts<Set<BinNode>> {
  const found = new Set<BinNode>();
  let taken = 0;
  const holds = function* (bin: BinNode): Parts<boolean> {
    let any = matches(bin.name, filter);
    for (let nth = 0; !any && nth < bin.clips.length; nth++) {
      if (++taken % PART === 0) yield;
      any = matches(bin.clips[nth]!.name, filter);
    }
    for (const each of bin.bins) any = (yield* holds(each)) || any;
    if (any) found.add(bin);
    return any;
  };
  yield* holds(root);
  return found;
}
