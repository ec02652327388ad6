/** The cuts recorded so far, whether the open sequence is still the lock, and what changed between any two of them. */
import { useEffect, useMemo, useRef } from 'react';
import { cutRecords, type CutRecord } from '../cut-record.ts';
import type { ShownRow } from '../heavy/comparison.ts';
import type { ComparedCuts } from '../cut/choices.ts';
import { dayAndTime } from '../words.ts';
import { CommandButton } from './CommandButton.tsx';
import { Files } from './CutFiles.tsx';
import { CutsPicture } from './CutsPicture.tsx';
import { Status } from './Icon.tsx';
import { Act } from './IssueActions.tsx';
import { useLook, usePanel } from './panel-context.ts';
import { PickOne } from './PickOne.tsx';
import { List, toNeighbour } from './Rows.tsx';

export function CutRecords() {
  const { store, run } = usePanel();
  const history = useLook((state) => state.opened?.handoff?.history);
  const busy = useLook((state) => state.work !== null);
  const open = useLook((state) => state.cutList !== null);
  const records = useMemo(() => cutRecords(history ?? []), [history]);
  if (records.length === 0) return null;
  const lock = records.find((record) => record.lock);
  const ask = (asked: ComparedCuts) => {
    store.change((state) => {
      state.toCompare = asked;
    });
    void run('compare-cuts');
  };
  return (
    <section className="cut-records" aria-label="Cuts so far">
      <h3>Cuts so far</h3>
      {lock && open ? (
        <Act busy={busy} onPress={() => ask({ before: lock.at, after: 'active' })}>
          Is this the lock?
        </Act>
      ) : null}
      <ul>
        {records.map((record) => (
          <li key={record.at}>
            <details>
              <summary>
                <span className="cut-name">{record.name}</span>
                {record.lock ? <Status tone="good">Lock</Status> : null}
                <span className="why">{dayAndTime(record.at)}</span>
              </summary>
              <Files files={record.files} />
            </details>
          </li>
        ))}
      </ul>
      <Choice records={records} open={open} />
      <Comparison records={records} />
    </section>
  );
}

function Choice({ records, open }: { records: CutRecord[]; open: boolean }) {
  const { store } = usePanel();
  const asked = useLook((state) => state.toCompare);
  const options = [
    ...(open ? [{ id: 'active', name: 'The open sequence' }] : []),
    ...records.map(({ at, name }) => ({ id: at, name: `${name}, ${dayAndTime(at)}` })),
  ];
  if (options.length < 2) return null;
  const pick = (side: keyof ComparedCuts, label: string) => (
    <PickOne
      label={label}
      look="compare-side"
      value={asked[side]}
      options={asked[side] === '' ? [{ id: '', name: 'Choose a cut' }, ...options] : options}
      onPick={(id) =>
        store.change((state) => {
          state.toCompare[side] = id;
          state.compared = null;
        })
      }
    />
  );
  return (
    <div className="compare">
      {pick('before', 'The earlier cut')}
      <span className="why">to</span>
      {pick('after', 'The later cut')}
      <CommandButton id="compare-cuts" look="small" />
    </div>
  );
}

function Comparison({ records }: { records: CutRecord[] }) {
  const { store } = usePanel();
  const compared = useLook((state) => state.compared);
  const changed = useLook((state) => state.changed);
  const rows = useMemo(
    () => (compared ? compared.shown.rows.map((row, nth) => ({ ...row, key: String(nth), nth })) : []),
    [compared],
  );
  const place = useRef<HTMLDivElement>(null);
  const earlier = useRef(compared);
  useEffect(() => {
    // The answer stands below what was pressed, often out of sight.
    if (compared && compared !== earlier.current) place.current?.scrollIntoView({ block: 'nearest' });
    earlier.current = compared;
  }, [compared]);
  if (!compared) return null;
  const { shown } = compared;
  const before = records.find(({ at }) => at === compared.before);
  const after = records.find(({ at }) => at === compared.after)?.name ?? 'The open sequence';
  const same = rows.length === 0;
  const than = before?.lock ? `the lock ${before.name}` : (before?.name ?? 'the open sequence');
  const choose = (row: number | null) =>
    store.change((state) => {
      state.changed = row;
    });
  return (
    <div ref={place} className="compared" data-compared="">
      <Status tone={same ? 'good' : 'attention'}>
        {same ? `${after} is the same as ${than}` : `${after} is not the same as ${than}`}
      </Status>
      {same ? null : (
        <p>
          {shown.counts}. {shown.runningTime}.
        </p>
      )}
      {shown.notCompared.map((line) => (
        <p key={line} className="why">
          {line}
        </p>
      ))}
      {same ? null : (
        <>
          <CutsPicture
            key={`${compared.before} ${compared.after}`}
            shown={shown}
            changed={changed}
            onChange={choose}
          />
          <div className="changed-rows">
            <List
              rows={rows}
              label="What changed"
              height={29}
              draw={(row) =>
                drawRow(row, row.nth === changed, () => choose(row.nth === changed ? null : row.nth))
              }
              reveal={changed === null ? null : String(changed)}
              revealAt="auto"
            />
          </div>
        </>
      )}
    </div>
  );
}

function drawRow({ sign, word, track, name, at, text }: ShownRow, chosen: boolean, onChoose: () => void) {
  return (
    <button
      type="button"
      className="row-button"
      aria-pressed={chosen}
      onClick={onChoose}
      onKeyDown={toNeighbour}
    >
      <span>
        <span className="timecode">{[sign, at, track].filter(Boolean).join(' ')}</span> <b>{word}</b> {name}{' '}
        <span className="why">{text}</span>
      </span>
    </button>
  );
}
