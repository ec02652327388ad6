/** Step 1: what production handed over. The hand-over note first, then what is in it, then every issue with its fix. */
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Handoff as HandoffDocument } from '../../manifest/documents/handoff.ts';
import type { Issue, Severity } from '../../manifest/documents/issue.ts';
import { issueRows, type IssueTreeRow } from '../issue-rows.ts';
import { Alert, Empty } from '../ui/Alert.tsx';
import { CommandButton } from '../ui/CommandButton.tsx';
import { Filter, useFilter } from '../ui/Filter.tsx';
import { Icon, Status } from '../ui/Icon.tsx';
import { useLook, usePanel } from '../ui/panel-context.ts';
import { Tree } from '../ui/Rows.tsx';
import { CLIP_KIND, counted, SEVERITY } from '../words.ts';

export function Handoff() {
  const opened = useLook((state) => state.opened);
  const issues = useLook((state) => state.issues);
  const path = useLook((state) => state.path);
  const working = useLook((state) => state.work !== null);
  const canOpen = useLook((state) => state.canOpen);
  if (!opened && working) return <Empty title="Reading the handoff…" />;
  if (!opened && path === null && canOpen)
    return (
      <Empty title="No handoff is open">
        <CommandButton id="open-handoff" look="primary" />
        <p>Or make one from a folder of media, then open it here:</p>
        <code>baton scan FOLDER</code>
      </Empty>
    );
  if (!opened && path === null)
    return (
      <Empty title="No handoff is open">
        <p>Make one from a folder of media, then serve it:</p>
        <code>baton scan FOLDER</code>
        <code>baton serve FOLDER/handoff.json</code>
        <p>Or try it with an example:</p>
        <code>baton serve --demo</code>
      </Empty>
    );
  return (
    <>
      {opened?.handoff ? <Delivery handoff={opened.handoff} /> : null}
      {opened && !opened.handoff ? (
        <div className="apart">
          <Alert tone="attention" title="The manifest could not be read">
            <p>What stands in its way is below; nothing was changed.</p>
          </Alert>
        </div>
      ) : null}
      <Issues issues={issues} />
    </>
  );
}

function Delivery({ handoff }: { handoff: HandoffDocument }) {
  const kinds = useMemo(() => {
    const counts = new Map<keyof typeof CLIP_KIND, number>();
    for (const clip of handoff.clips) counts.set(clip.kind, (counts.get(clip.kind) ?? 0) + 1);
    return [...counts];
  }, [handoff]);
  const notes = handoff.log.entries.reduce((sum, entry) => sum + entry.notes.length, 0);
  return (
    <>
      {handoff.note ? <HandOverNote note={handoff.note} /> : null}
      <ul className="counts" aria-label="What was handed over">
        {kinds.map(([kind, count]) => (
          <li key={kind}>
            <b>{count.toLocaleString('en-GB')}</b> {CLIP_KIND[kind][count === 1 ? 0 : 1]}
          </li>
        ))}
        <li>
          <b>{handoff.log.entries.length.toLocaleString('en-GB')}</b>{' '}
          {handoff.log.entries.length === 1 ? 'log row' : 'log rows'}
        </li>
        <li>
          <b>{notes.toLocaleString('en-GB')}</b> {notes === 1 ? 'note' : 'notes'}
        </li>
      </ul>
    </>
  );
}

/** Longer than this many characters, a note starts closed. */
const LONG = 220;

function HandOverNote({ note }: { note: NonNullable<HandoffDocument['note']> }) {
  const [whole, setWhole] = useState(false);
  const long = note.text.length > LONG || note.text.split('\n').length > 4;
  return (
    <figure className="note">
      <blockquote className={long && !whole ? 'note-short' : ''} tabIndex={whole ? 0 : undefined}>
        {note.text}
      </blockquote>
      <figcaption>
        <span>{[note.author, note.at?.slice(0, 10)].filter(Boolean).join(', ') || 'Hand-over note'}</span>
        {long ? (
          <Button className="link" onPress={() => setWhole(!whole)}>
            {whole ? 'Show less' : 'Show all'}
          </Button>
        ) : null}
      </figcaption>
    </figure>
  );
}

const SEVERITIES: Severity[] = ['error', 'warning', 'note'];

function Issues({ issues }: { issues: Issue[] }) {
  const { store } = usePanel();
  const toggled = useLook((state) => state.toggled);
  const filter = useFilter('handoff');
  const rows = useMemo(() => issueRows(issues, { toggled, filter }), [issues, toggled, filter]);
  if (issues.length === 0) return <Empty title="No issues were found" />;
  const onToggle = (row: IssueTreeRow, open: boolean) =>
    store.change((state) => {
      state.toggled[row.key] = open;
    });
  return (
    <>
      <div className="bar">
        <span className="bar-words">
          {SEVERITIES.map((severity) => {
            const count = issues.filter((issue) => issue.severity === severity).length;
            if (count === 0) return null;
            const words = counted(count, SEVERITY[severity].word.toLowerCase());
            return (
              <Status key={severity} tone={SEVERITY[severity].tone}>
                {words}
              </Status>
            );
          })}
        </span>
        <Filter step="handoff" label="Filter issues" />
      </div>
      <Tree rows={rows} label="Issues" height={28} onToggle={onToggle} draw={drawIssue} />
    </>
  );
}

function drawIssue(row: IssueTreeRow) {
  if (row.kind === 'issue')
    return (
      <div className="issue">
        <span className="issue-at">{row.issue.at}</span>
        <span>{row.issue.message}</span>
        {row.issue.fix ? (
          <span className="issue-fix">
            <b>Fix:</b> {row.issue.fix}
          </span>
        ) : null}
      </div>
    );
  const { word, tone } = SEVERITY[row.severity];
  return (
    <div className="line">
      <Icon name="chevron" turned={row.open} />
      <Status tone={tone}>{word}</Status>
      <span className="line-name">{row.title}</span>
      <span className="line-end">{row.count}</span>
    </div>
  );
}
