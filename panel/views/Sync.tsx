/** Step 3: one verdict for each picture and each sound left over, what a person must look at first. */
import { useMemo } from 'react';
import { fileName } from '../../manifest/documents/paths.ts';
import { isUnsynced, type SyncVerdict } from '../../manifest/documents/sync.ts';
import type { PanelState } from '../state.ts';
import { Empty } from '../ui/Alert.tsx';
import { Chips, Filter, useFilter } from '../ui/Filter.tsx';
import { Status } from '../ui/Icon.tsx';
import { useLook, usePanel } from '../ui/panel-context.ts';
import { List } from '../ui/Rows.tsx';
import { VERDICT } from '../words.ts';

type Group = Exclude<PanelState['verdictFilter'], 'all'>;

const GROUPS: { id: Group; word: string }[] = [
  { id: 'unsynced', word: 'Unsynced' },
  { id: 'in-sync', word: 'In sync' },
  { id: 'mos', word: 'MOS' },
  { id: 'wild', word: 'Wild' },
];

function groupOf({ verdict }: SyncVerdict): Group {
  if (isUnsynced(verdict)) return 'unsynced';
  return verdict === 'mos' || verdict === 'wild' ? verdict : 'in-sync';
}

type SyncRow = { key: string; heading: string } | { key: string; verdict: SyncVerdict };

export function Sync() {
  const { store } = usePanel();
  const verdicts = useLook((state) => state.verdicts);
  const chosen = useLook((state) => state.verdictFilter);
  const filter = useFilter('sync');
  const rows = useMemo(() => syncRows(verdicts, chosen, filter), [verdicts, chosen, filter]);
  if (verdicts.length === 0)
    return (
      <Empty title="There is nothing to sync">
        <p>The handoff holds no picture and no sound.</p>
      </Empty>
    );
  const chips = [
    { id: 'all' as const, word: 'All', count: verdicts.length },
    ...GROUPS.map((group) => ({
      ...group,
      count: verdicts.filter((each) => groupOf(each) === group.id).length,
    })),
  ];
  return (
    <>
      <div className="bar bar-wraps">
        <Chips
          label="Verdicts shown"
          chips={chips.filter((chip) => chip.count > 0 || chip.id === chosen)}
          chosen={chosen}
          onChoose={(id) =>
            store.change((state) => {
              state.verdictFilter = id;
            })
          }
        />
        <Filter step="sync" label="Filter clips" />
      </div>
      {rows.length === 0 ? (
        <Empty title="No clip matches" />
      ) : (
        <List
          rows={rows}
          label="Sync verdicts"
          height={44}
          isHeading={(row) => 'heading' in row}
          draw={drawRow}
        />
      )}
    </>
  );
}

export function syncRows(
  verdicts: SyncVerdict[],
  chosen: PanelState['verdictFilter'],
  filter: string,
): SyncRow[] {
  const shown = verdicts.filter(
    ({ clip, sound }) =>
      filter === '' || [clip, ...sound].some((path) => path.toLowerCase().includes(filter)),
  );
  return GROUPS.flatMap(({ id, word }): SyncRow[] => {
    if (chosen !== 'all' && chosen !== id) return [];
    const group = shown.filter((verdict) => groupOf(verdict) === id);
    if (group.length === 0) return [];
    const rows = group.map((verdict) => ({ key: verdict.clipId, verdict }));
    return chosen === 'all' ? [{ key: `heading ${id}`, heading: `${word} ${group.length}` }, ...rows] : rows;
  });
}

function drawRow(row: SyncRow) {
  if ('heading' in row) return row.heading;
  const { verdict } = row;
  const { word, tone } = VERDICT[verdict.verdict];
  return (
    <div className="two">
      <div className="line">
        <span className="line-name" title={verdict.clip}>
          {fileName(verdict.clip)}
        </span>
        <Status tone={tone}>{word}</Status>
      </div>
      {verdict.sound.length > 0 ? (
        <span className="two-more">with {verdict.sound.map(fileName).join(', ')}</span>
      ) : null}
      <span className="two-why">{verdict.reason}</span>
    </div>
  );
}
