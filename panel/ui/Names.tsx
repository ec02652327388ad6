/** File names: a dry run of what each file would be called and why, to be chosen from, then renamed on the disk; and the way back. */
import { useEffect, useMemo, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Checkbox } from 'react-aria-components/Checkbox';
import type { ProposedName } from '../../bridge/desk.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import { filesOf, listsOf, nameRows, type NameRow } from '../name-rows.ts';
import type { ShownNames } from '../state.ts';
import { counted, dayAndTime } from '../words.ts';
import { Alert, Empty } from './Alert.tsx';
import { CommandButton } from './CommandButton.tsx';
import { Filter, useFilter } from './Filter.tsx';
import { Icon } from './Icon.tsx';
import { useLook, usePanel } from './panel-context.ts';
import { Progress } from './Progress.tsx';
import { List } from './Rows.tsx';

const LIST = 'Proposed file names';

/** Where the button that was pressed is gone, keys go on from what took its place. */
function focusOn(role: string, label: string): void {
  document.querySelector<HTMLElement>(`[role=${role}][aria-label="${label}"]`)?.focus();
}

export function Names({ handoff }: { handoff: Handoff }) {
  const { store } = usePanel();
  const shown = useLook((state) => state.names)!;
  const working = useLook((state) => /^(rename-files|undo-rename)$/.test(state.work?.command ?? ''));
  const filter = useFilter('handoff');
  useEffect(() => {
    focusOn('list', LIST);
    return () => void requestAnimationFrame(() => focusOn('tree', 'Issues'));
  }, []);
  const { names, about } = shown;
  const rows = useMemo(() => nameRows({ names, about }, filter), [names, about, filter]);
  const chosen = useMemo(() => new Set(shown.chosen), [shown.chosen]);
  const choose = (clips: readonly string[], on: boolean) => {
    const these = new Set(clips);
    const left = shown.chosen.filter((clip) => !these.has(clip));
    change({ chosen: on ? [...left, ...clips] : left });
  };
  const change = (part: Partial<ShownNames>) =>
    store.change((state) => {
      state.names = { ...shown, ...part };
    });
  const inSight = useMemo(() => rows.flatMap(({ rename }) => (rename ? [rename.clip] : [])), [rows]);
  const there = useMemo(() => new Set(inSight), [inSight]);
  const hidden = shown.chosen.reduce((sum, clip) => (there.has(clip) ? sum : sum + 1), 0);
  const draw = (row: NameRow) => <Row row={row} chosen={chosen} onChoose={choose} />;
  return (
    <>
      <Last shown={shown} />
      <div className="bar bar-wraps">
        {inSight.length > 0 ? (
          <Tick
            on={inSight.every((clip) => chosen.has(clip))}
            some={inSight.some((clip) => chosen.has(clip))}
            onChange={(on) => choose(inSight, on)}
          >
            {counted(inSight.length, 'proposed name')}
          </Tick>
        ) : null}
        {shown.about ? (
          <Button className="link" onPress={() => change({ about: null })}>
            Show all
          </Button>
        ) : null}
        <Filter step="handoff" label="Filter names" />
      </div>
      {rows.length === 0 ? (
        <None shown={shown} filter={filter} />
      ) : (
        <List
          rows={rows}
          label={LIST}
          height={56}
          isHeading={({ heading }) => heading !== undefined}
          draw={draw}
        />
      )}
      {working ? (
        <Progress />
      ) : (
        <Act shown={shown} handoff={handoff} any={inSight.length > 0} hidden={hidden} onChange={change} />
      )}
    </>
  );
}

function None({ shown: { names, about }, filter }: { shown: ShownNames; filter: string }) {
  if (filter !== '') return <Empty title="No name has that in it" />;
  if (names.last?.interrupted) return <Empty title="Nothing is proposed meanwhile" />;
  if (about && names.renames.length > 0)
    return (
      <Empty title="No other name is proposed here">
        <p>{counted(names.renames.length, 'name is', 'names are')} proposed elsewhere: Show all.</p>
      </Empty>
    );
  return (
    <Empty title="No other name is proposed">
      <p>
        {counted(names.right, 'name is', 'names are')} right already
        {names.untouched > 0
          ? `; ${counted(names.untouched, 'file is', 'files are')} of kinds no pattern speaks of`
          : ''}
        .
      </p>
    </Empty>
  );
}

interface TickProps {
  on: boolean;
  some?: boolean;
  isDisabled?: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}

function Tick({ on, some = on, isDisabled, onChange, children }: TickProps) {
  return (
    <Checkbox
      className="checkbox"
      isSelected={on}
      isIndeterminate={some && !on}
      isDisabled={isDisabled ?? false}
      onChange={onChange}
    >
      <span className="checkbox-box">
        {on ? <Icon name="check" /> : some ? <Icon name="remove" /> : null}
      </span>
      <span>{children}</span>
    </Checkbox>
  );
}

interface RowProps {
  row: NameRow;
  chosen: ReadonlySet<string>;
  onChoose: (clips: string[], on: boolean) => void;
}

function Row({ row, chosen, onChoose }: RowProps) {
  const busy = useLook((state) => state.work !== null);
  if (row.heading !== undefined) return <>{row.heading}</>;
  if (row.refused) {
    const { path, message } = row.refused;
    return (
      <div className="two">
        <span>{path}</span>
        <span className="two-why">{message}</span>
      </div>
    );
  }
  const { clip, from, to, why } = row.rename;
  return (
    <div className="two name">
      <Tick on={chosen.has(clip)} isDisabled={busy} onChange={(on) => onChoose([clip], on)}>
        {from} → <b>{fileName(to)}</b>
      </Tick>
      {why ? <span className="two-why">{why}</span> : null}
      <Along rename={row.rename} />
    </div>
  );
}

/** Companions shown in words; the rest is counted. */
const MOST = 3;

function Along({ rename: { along } }: { rename: ProposedName }) {
  if (along.length === 0) return null;
  const words = along.slice(0, MOST).map(({ from, to }) => `${fileName(from)} → ${fileName(to)}`);
  const more = along.length > MOST ? ` and ${along.length - MOST} more` : '';
  return (
    <span className="two-why">
      With it: {words.join(', ')}
      {more}
    </span>
  );
}

/** What was renamed last, and the way back. */
function Last({ shown }: { shown: ShownNames }) {
  const { last } = shown.names;
  if (!last) return null;
  const files = counted(last.files, 'file');
  return (
    <div className="apart">
      <Alert
        tone={last.interrupted ? 'attention' : 'note'}
        title={
          last.interrupted
            ? `Renaming ${files} on ${dayAndTime(last.at)} was cut short`
            : `${files} renamed on ${dayAndTime(last.at)}`
        }
        actions={<CommandButton id="undo-rename" look="small" />}
      >
        {last.interrupted ? (
          <p>Until its files have their old names again, nothing else is renamed.</p>
        ) : null}
      </Alert>
    </div>
  );
}

interface ActProps {
  shown: ShownNames;
  handoff: Handoff;
  /** Whether a proposal is in sight. */
  any: boolean;
  /** Chosen clips that the filter, or the issue, leaves out of sight. */
  hidden: number;
  onChange: (part: Partial<ShownNames>) => void;
}

function Act({ shown, handoff, any, hidden, onChange }: ActProps) {
  const { store } = usePanel();
  const files = useMemo(() => filesOf(shown), [shown]);
  const lists = useMemo(() => listsOf(shown), [shown]);
  const notes = files === 0 ? [] : notesOf(handoff);
  const proposed = shown.names.renames.length > 0 && (any || hidden > 0);
  const folder = useLook((state) => state.path!.replace(/[^\\/]*$/, ''));
  const below = (path: string) => (path.startsWith(folder) ? path.slice(folder.length) : path);
  const close = () =>
    store.change((state) => {
      state.names = null;
      state.filter.handoff = '';
    });
  return (
    <div className="actions actions-stay">
      {lists.length > 0 ? (
        <div className="name-lists">
          <Tick on={shown.force} onChange={(force) => onChange({ force })}>
            Rename although {lists.length === 1 ? 'a hash list knows' : `${lists.length} hash lists know`}{' '}
            these files by their present names
          </Tick>
          <span className="why">To verify they are missing from then on: {lists.map(below).join(', ')}</span>
        </div>
      ) : null}
      {hidden > 0 ? (
        <span className="why name-lists">
          {counted(hidden, 'chosen name is', 'chosen names are')} not in sight.
        </span>
      ) : null}
      {notes.map((note) => (
        <span key={note} className="why name-lists">
          {note}
        </span>
      ))}
      {proposed ? (
        <CommandButton id="rename-files" look="primary" explains={lists.length === 0}>
          {files === 0 ? 'Rename files on the disk' : `Rename ${counted(files, 'file')} on the disk`}
        </CommandButton>
      ) : null}
      <Button className="button secondary" onPress={close}>
        {proposed ? 'Not now' : 'Close'}
      </Button>
      {files > 0 && (lists.length === 0 || shown.force) ? (
        <span className="why dry-run">A dry run until you press it; all or nothing.</span>
      ) : null}
    </div>
  );
}

function notesOf({ signOff, history }: Handoff): string[] {
  const notes: string[] = [];
  if (signOff)
    notes.push(`${signOff.by} signed this delivery; with other names it is another one, to be signed again.`);
  if (history.some(({ kind }) => kind === 'import'))
    notes.push('It was imported already: the editor will ask to relink what is renamed.');
  return notes;
}
