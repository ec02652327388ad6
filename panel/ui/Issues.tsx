/** Issues grouped by cause, with chips for their weight, a filter, and what can be done about each; those let stand stay in sight. */
import { useMemo, useState } from 'react';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { WaivedIssue } from '../../manifest/waivers.ts';
import { letStand, placeOf } from '../issue-actions.ts';
import { issueRows, type IssueTreeRow } from '../issue-rows.ts';
import type { PanelState } from '../state.ts';
import { SEVERITY } from '../words.ts';
import { Empty } from './Alert.tsx';
import { ColumnMap } from './ColumnMap.tsx';
import { Chips, Filter, useFilter } from './Filter.tsx';
import { Icon, Status } from './Icon.tsx';
import { Act, AskWhy, IssueActions, LetStand } from './IssueActions.tsx';
import { useCannotEdit, useEdit, useLook, usePanel } from './panel-context.ts';
import { useParts } from './parts.ts';
import { Tree } from './Rows.tsx';

type Chosen = PanelState['severity'];

export function Issues({ handoff }: { handoff: Handoff | null }) {
  const { store } = usePanel();
  const issues = useLook((state) => state.issues);
  const waived = useLook((state) => state.waived);
  const asked = useLook((state) => state.severity);
  const toggled = useLook((state) => state.toggled);
  const filter = useFilter('handoff');
  const [columns, setColumns] = useState(false);
  const chips = useMemo(() => chipsOf(issues, waived), [issues, waived]);
  const chosen = chips.some(({ id }) => id === asked) ? asked : 'all';
  const shown = useMemo(() => chosenOf(issues, waived, chosen), [issues, waived, chosen]);
  const rows = useParts(() => issueRows(shown, { toggled, filter }), shown.length, [shown, toggled, filter]);
  if (columns && handoff) return <ColumnMap handoff={handoff} onClose={() => setColumns(false)} />;
  if (issues.length === 0 && waived.length === 0) return <Empty title="No issues were found" />;
  const onToggle = (which: readonly IssueTreeRow[], open: boolean) =>
    store.change((state) => {
      for (const { key } of which) state.toggled[key] = open;
    });
  const draw = (row: IssueTreeRow) => {
    if (row.kind === 'group') return <Group row={row} handoff={handoff} issues={shown} />;
    return <OneIssue issue={row.issue} handoff={handoff} onColumns={() => setColumns(true)} />;
  };
  const choose = (id: Chosen) =>
    store.change((state) => {
      state.severity = id;
    });
  return (
    <>
      <div className="bar bar-wraps">
        <Chips label="Which issues" chips={chips} chosen={chosen} onChoose={choose} />
        <Filter step="handoff" label="Filter issues" />
      </div>
      {!rows ? null : rows.length === 0 ? (
        <Empty title={filter ? 'No issue has that in it' : 'No issue is open'} />
      ) : (
        <Tree rows={rows} label="Issues" height={28} onToggle={onToggle} draw={draw} />
      )}
    </>
  );
}

function chipsOf(issues: Issue[], waived: WaivedIssue[]): { id: Chosen; word: string; count: number }[] {
  const count = (severity: Issue['severity']) => issues.filter((each) => each.severity === severity).length;
  const all: { id: Chosen; word: string; count: number }[] = [
    { id: 'error', word: 'Errors', count: count('error') },
    { id: 'warning', word: 'Warnings', count: count('warning') },
    { id: 'note', word: 'Notes', count: count('note') },
    { id: 'waived', word: 'Let stand', count: waived.length },
  ];
  return [{ id: 'all', word: 'All', count: issues.length }, ...all.filter((chip) => chip.count > 0)];
}

function chosenOf(issues: Issue[], waived: WaivedIssue[], chosen: Chosen): Issue[] {
  if (chosen === 'waived') return waived;
  return chosen === 'all' ? issues : issues.filter((issue) => issue.severity === chosen);
}

interface GroupProps {
  row: Extract<IssueTreeRow, { kind: 'group' }>;
  handoff: Handoff | null;
  issues: Issue[];
}

function Group({ row, handoff, issues }: GroupProps) {
  const [asking, setAsking] = useState(false);
  const edit = useEdit();
  const busy = useCannotEdit();
  const { word, tone } = SEVERITY[row.severity];
  const mine = () => issues.filter((issue) => isOf(issue, row));
  const many = handoff && row.open && row.count > 1 && !/^(manifest-|roots-)/.test(row.code);
  const waived = many && isWaived(issues.find((issue) => isOf(issue, row))!);
  return (
    <div className="issue-group">
      <div className="line">
        <Icon name="chevron" turned={row.open} />
        <Status tone={tone}>{word}</Status>
        <span className="line-name">{row.title}</span>
        {many && !waived && !asking ? (
          <Act busy={busy} onPress={() => setAsking(true)}>
            Let all stand…
          </Act>
        ) : null}
        <span className="line-end">{row.count}</span>
      </div>
      {asking && many ? (
        <AskWhy
          count={row.count}
          onDone={(why) => {
            setAsking(false);
            edit(letStand(handoff, mine(), why));
          }}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
}

function isOf({ severity, code }: Issue, row: GroupProps['row']): boolean {
  return severity === row.severity && code === row.code;
}

function isWaived(issue: Issue): issue is WaivedIssue {
  return 'waived' in issue;
}

interface OneProps {
  issue: Issue;
  handoff: Handoff | null;
  onColumns: () => void;
}

function OneIssue({ issue, handoff, onColumns }: OneProps) {
  const edit = useEdit();
  const busy = useCannotEdit();
  const place = placeOf(issue);
  return (
    <div className="issue">
      {place && !issue.message.includes(place) ? <span className="issue-at">{place}</span> : null}
      <span>{issue.message}</span>
      {issue.fix && !isWaived(issue) ? (
        <span>
          <b>Fix:</b> {issue.fix}
        </span>
      ) : null}
      {isWaived(issue) ? <LetStand issue={issue} /> : null}
      {handoff && isWaived(issue) ? (
        <div className="issue-actions">
          <Act busy={busy} onPress={() => edit(letStand(handoff, [issue], { reason: null, by: '' }))}>
            Let it count again
          </Act>
        </div>
      ) : null}
      {handoff && !isWaived(issue) ? (
        <IssueActions handoff={handoff} issue={issue} onColumns={onColumns} />
      ) : null}
    </div>
  );
}
