/** Step 2: the dry run as a tree of bins, then Apply with its number, progress and Cancel, then the receipt in words. */
import { useMemo } from 'react';
import { binRows, binTree, type BinNode, type BinTreeRow, type ClipRow, type Mark } from '../bin-tree.ts';
import { Empty } from '../ui/Alert.tsx';
import { CommandButton } from '../ui/CommandButton.tsx';
import { Filter, useFilter } from '../ui/Filter.tsx';
import { Icon, Status, type IconName } from '../ui/Icon.tsx';
import { useLook, usePanel } from '../ui/panel-context.ts';
import { Progress } from '../ui/Progress.tsx';
import { ReceiptSummary } from '../ui/ReceiptSummary.tsx';
import { Tree } from '../ui/Rows.tsx';
import { counted, type Tone } from '../words.ts';

/** Up to this many clips the whole tree is open at first; past it, scenes only. */
const FEW = 200;

export function Bins() {
  const plan = useLook((state) => state.plan);
  const project = useLook((state) => state.project);
  const absent = useLook((state) => state.editorAbsent);
  const handoff = useLook((state) => Boolean(state.opened?.handoff));
  const applying = useLook((state) => state.work?.command === 'apply');
  const reading = useLook((state) => state.work !== null);
  if (!plan || !project)
    return reading ? (
      <Empty title="Reading the project…" />
    ) : (
      <Empty title="There is no project to plan for">
        <p>{absent || (handoff ? 'It could not be read. Press Refresh.' : 'Open the handoff first.')}</p>
      </Empty>
    );
  return (
    <>
      <ReceiptSummary />
      <DryRun />
      {applying ? <Progress /> : <ApplyBar changes={plan.steps.length} blocked={plan.blocked.length} />}
    </>
  );
}

function DryRun() {
  const { store } = usePanel();
  const plan = useLook((state) => state.plan)!;
  const project = useLook((state) => state.project)!;
  const toggled = useLook((state) => state.toggled);
  const filter = useFilter('bins');
  const root = useMemo(() => binTree(plan, project), [plan, project]);
  const openLevels = plan.steps.length + project.items.length <= FEW ? 9 : 1;
  const rows = useMemo(
    () => binRows(root, { toggled, filter, openLevels }),
    [root, toggled, filter, openLevels],
  );
  const onToggle = (row: BinTreeRow, open: boolean) =>
    store.change((state) => {
      state.toggled[row.key] = open;
    });
  return (
    <>
      <div className="bar">
        <Legend counts={root.counts} />
        <Filter step="bins" label="Filter clips" />
      </div>
      {rows.length === 0 ? (
        <Empty title={filter ? 'No clip has that in its name' : 'The project is empty and the plan is too'} />
      ) : (
        <Tree rows={rows.map(treeRow)} label="Planned bins" height={24} onToggle={onToggle} draw={drawRow} />
      )}
    </>
  );
}

/** A clip's row has no open state, which the tree reads as a leaf. */
function treeRow(row: BinTreeRow): BinTreeRow & { open?: boolean } {
  return row;
}

const MARKS: Record<Mark, { icon: IconName; word: string; tone: Tone }> = {
  add: { icon: 'add', word: 'add', tone: 'good' },
  move: { icon: 'move', word: 'move', tone: 'note' },
  change: { icon: 'change', word: 'change', tone: 'note' },
  keep: { icon: 'keep', word: 'keep', tone: 'quiet' },
  blocked: { icon: 'alert', word: 'blocked', tone: 'attention' },
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
    (mark) => `${bin.counts[mark]} ${MARKS[mark].word}`,
  );
  if (bin.made) counts.unshift('new bin');
  return (
    <div className="line bin-line">
      <Icon name="chevron" turned={open} />
      <Icon name="bin" tone={bin.made ? 'good' : 'quiet'} />
      <span className="line-name">{bin.name}</span>
      <span className="line-end">{counts.join(' · ')}</span>
    </div>
  );
}

function ClipLine({ clip }: { clip: ClipRow }) {
  const { icon, word, tone } = MARKS[clip.mark];
  return (
    <div className="clip">
      <div className="line">
        <Icon name={icon} tone={tone} />
        <span className="line-name" title={clip.name}>
          {clip.name}
        </span>
        {clip.undoable ? null : <span className="tag">no undo</span>}
        <span className={`line-end tone-${tone}`}>{word}</span>
      </div>
      {clip.why.length + clip.also.length > 0 ? <p className="clip-why">{reasons(clip)}</p> : null}
    </div>
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

function ApplyBar({ changes, blocked }: { changes: number; blocked: number }) {
  if (changes === 0)
    return (
      <div className="actions">
        {blocked > 0 ? (
          <Status tone="attention">{`Nothing to apply; ${blocked} blocked`}</Status>
        ) : (
          <Status tone="good">Nothing to do: the project holds what the handoff says</Status>
        )}
      </div>
    );
  return (
    <div className="actions">
      <CommandButton id="apply" look="primary" explains>
        Apply {counted(changes, 'change')}
      </CommandButton>
      <span className="why">A dry run until you press it.</span>
    </div>
  );
}
