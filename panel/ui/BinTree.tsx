/** A plan as a tree: what happens to each clip and why, and, while it is carried out, what came of it. */
import type { Plan } from '../../manifest/documents/plan.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import { binRows, type BinTreeRow, type Shown } from '../bin-rows.ts';
import { binTree, type BinNode, type ClipRow, type Mark } from '../bin-tree.ts';
import type { Parts } from '../parts.ts';
import type { PanelState } from '../state.ts';
import { counted, type Tone } from '../words.ts';
import { Empty } from './Alert.tsx';
import { Filter, useFilter } from './Filter.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { useLook, usePanel } from './panel-context.ts';
import { useParts } from './parts.ts';
import { Tree } from './Rows.tsx';

/** Up to this many clips the whole tree is open at first; past it, scenes only. */
const FEW = 200;

interface Props {
  plan: Plan;
  project: ProjectSnapshot;
  label: string;
}

export function BinTree({ plan, project, label }: Props) {
  const { store } = usePanel();
  const toggled = useLook((state) => state.toggled);
  const filter = useFilter('bins');
  const size = plan.steps.length + project.items.length;
  const root = useParts(() => binTree(plan, project), size, [plan, project]);
  const openLevels = size <= FEW ? 9 : 1;
  const rows = useParts(() => rowsOf(root, { toggled, filter, openLevels }), size, [
    root,
    toggled,
    filter,
    openLevels,
  ]);
  const onToggle = (which: readonly BinTreeRow[], open: boolean) =>
    store.change((state) => {
      for (const { key } of which) state.toggled[key] = open;
    });
  if (!root || !rows) return <Empty title={`Laying out ${counted(plan.steps.length, 'change')}…`} />;
  return (
    <>
      <div className="bar">
        <Legend counts={root.counts} />
        <Filter step="bins" label="Filter clips" />
      </div>
      {rows.length === 0 ? (
        <Empty title={filter ? 'No clip has that in its name' : 'The project is empty and the plan is too'} />
      ) : (
        <Tree<BinTreeRow & { open?: boolean }>
          rows={rows}
          label={label}
          height={24}
          onToggle={onToggle}
          draw={drawRow}
        />
      )}
    </>
  );
}

function* rowsOf(root: BinNode | null, shown: Shown): Parts<BinTreeRow[] | null> {
  return root && (yield* binRows(root, shown));
}

const MARKS: Record<Mark, { icon: IconName; word: string; done: string; tone: Tone }> = {
  add: { icon: 'add', word: 'add', done: 'added', tone: 'good' },
  move: { icon: 'move', word: 'move', done: 'moved', tone: 'note' },
  remove: { icon: 'remove', word: 'remove', done: 'removed', tone: 'attention' },
  change: { icon: 'change', word: 'change', done: 'changed', tone: 'note' },
  keep: { icon: 'keep', word: 'keep', done: 'keep', tone: 'quiet' },
  blocked: { icon: 'alert', word: 'blocked', done: 'blocked', tone: 'attention' },
};
const MARK_ORDER = Object.keys(MARKS) as Mark[];

function Legend({ counts }: { counts: Record<Mark, number> }) {
  return (
    <ul className="bar-words" aria-label="Clips in the plan">
      {MARK_ORDER.filter((mark) => counts[mark] > 0).map((mark) => (
        <li key={mark} className={`status tone-${MARKS[mark].tone}`}>
          <Icon name={MARKS[mark].icon} />
          <span>
            {counts[mark].toLocaleString('en-GB')} {MARKS[mark].word}
          </span>
        </li>
      ))}
    </ul>
  );
}

function drawRow(row: BinTreeRow) {
  return row.kind === 'bin' ? <BinLine bin={row.bin} open={row.open} /> : <ClipLine clip={row.clip} />;
}

function BinLine({ bin, open }: { bin: BinNode; open: boolean }) {
  const counts = MARK_ORDER.filter((mark) => bin.counts[mark] > 0).map(
    (mark) => `${bin.counts[mark].toLocaleString('en-GB')} ${MARKS[mark].word}`,
  );
  if (bin.made) counts.unshift('new bin');
  if (bin.gone) counts.unshift('goes');
  if (bin.leftOver) counts.unshift('empty; remove it in the editor if you like');
  return (
    <div className="line bin-line">
      <Icon name="chevron" turned={open} />
      <Icon name="bin" tone={bin.made ? 'good' : bin.gone ? 'attention' : 'quiet'} />
      <span className="line-name">{bin.name}</span>
      <span className={bin.leftOver ? 'line-end left-over' : 'line-end'}>{counts.join(' · ')}</span>
    </div>
  );
}

type RowState = 'planned' | 'done' | 'failed' | 'unverified' | 'skipped';

/** While a plan is carried out, a row says what came of it as soon as it is known. */
function rowState(clip: ClipRow, { work, troubles }: PanelState): RowState {
  for (const id of clip.steps) {
    const trouble = troubles.of(id);
    if (trouble && trouble !== 'verified') return trouble;
  }
  return clip.doneAt > 0 && (work?.progress?.done ?? 0) >= clip.doneAt ? 'done' : 'planned';
}

const TROUBLE: Record<'failed' | 'unverified' | 'skipped', { icon: IconName; word: string; tone: Tone }> = {
  failed: { icon: 'stop', word: 'failed', tone: 'bad' },
  unverified: { icon: 'alert', word: 'unverified', tone: 'attention' },
  skipped: { icon: 'ring', word: 'not tried', tone: 'quiet' },
};

function ClipLine({ clip }: { clip: ClipRow }) {
  const state = useLook((all) => rowState(clip, all));
  const planned = MARKS[clip.mark];
  const { icon, word, tone } =
    state === 'planned'
      ? planned
      : state === 'done'
        ? { icon: 'check' as const, word: planned.done, tone: 'good' as const }
        : TROUBLE[state];
  return (
    <div>
      <div className="line">
        <Icon name={icon} tone={tone} />
        <span className="line-name" title={clip.name}>
          {clip.name}
        </span>
        {clip.undoable ? null : <NoUndo />}
        <span className={`line-end tone-${tone}`}>{word}</span>
      </div>
      {clip.why.length + clip.also.length > 0 ? <p className="clip-why">{reasons(clip)}</p> : null}
    </div>
  );
}

function NoUndo() {
  return (
    <span className="no-undo" title="The editor’s own Undo does not take this back; Revert does">
      <Icon name="once" tone="quiet" />
      <span className="hidden-text">not undone by the editor</span>
    </span>
  );
}

/** What is written on a clip that stays says more than why; for one that comes or moves, why comes first. */
function reasons({ mark, why, also }: ClipRow): string {
  const writes = also.length > 0 ? [sentence(also.join(', '))] : [];
  const whys = why.map(sentence);
  return (mark === 'change' ? [...writes, ...whys] : [...whys, ...writes]).join(' ');
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?…]$/.test(words) ? '' : '.'}`;
}
