/** Step 3: the shoot day as a picture, and one verdict for each picture and each sound left over, what needs a look first. */
import { useMemo, type ReactNode } from 'react';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import type { SyncVerdict } from '../../manifest/documents/sync.ts';
import { dayBars } from '../day/bars.ts';
import { shootDays, type Day } from '../day/days.ts';
import type { Parts } from '../parts.ts';
import { isShown, syncRows, verdictChips, type SyncRow } from '../sync-rows.ts';
import { Empty } from '../ui/Alert.tsx';
import { DayPicture } from '../ui/DayPicture.tsx';
import { Chips, Filter, useFilter } from '../ui/Filter.tsx';
import { Icon, Status } from '../ui/Icon.tsx';
import { Act } from '../ui/IssueActions.tsx';
import { useLook, usePanel } from '../ui/panel-context.ts';
import { PickOne } from '../ui/PickOne.tsx';
import { Progress } from '../ui/Progress.tsx';
import { useParts } from '../ui/parts.ts';
import { List, toNeighbour } from '../ui/Rows.tsx';
import { SyncSound } from '../ui/SyncSound.tsx';
import { SyncDetail } from '../ui/SyncDetail.tsx';
import { counted, VERDICT } from '../words.ts';

export function Sync() {
  const handoff = useLook((state) => state.opened?.handoff ?? null);
  const verdicts = useLook((state) => state.verdicts);
  if (!handoff || verdicts.length === 0)
    return (
      <Empty title="There is nothing to sync">
        <p>The handoff holds no picture and no sound.</p>
      </Empty>
    );
  return <Synced handoff={handoff} />;
}

function Synced({ handoff }: { handoff: Handoff }) {
  const { store } = usePanel();
  const verdicts = useLook((state) => state.verdicts);
  const chosen = useLook((state) => state.verdictFilter);
  const open = useLook((state) => state.syncClip);
  const filter = useFilter('sync');
  const rows = useParts(() => syncRows(verdicts, chosen, filter), verdicts.length, [
    verdicts,
    chosen,
    filter,
  ]);
  const chips = useMemo(() => verdictChips(verdicts, chosen), [verdicts, chosen]);
  return (
    <>
      <TheDay handoff={handoff} />
      <div className="bar bar-wraps">
        <Chips
          label="Verdicts shown"
          chips={chips}
          chosen={chosen}
          onChoose={(id) =>
            store.change((state) => {
              state.verdictFilter = id;
            })
          }
        />
        <Filter step="sync" label="Filter clips" />
      </div>
      {!rows ? null : rows.length === 0 ? (
        <Empty title="No clip matches" />
      ) : (
        <List
          rows={rows}
          label="Sync verdicts"
          height={44}
          isHeading={(row) => 'heading' in row}
          draw={(row) => drawRow(row, row.key === open, handoff, (key) => openClip(store, key))}
          reveal={open}
        />
      )}
      <Listening />
      <SyncSound />
    </>
  );
}

type Store = ReturnType<typeof usePanel>['store'];

/** Opens a clip's row; the one that is open is closed. */
function openClip(store: Store, key: string): void {
  store.change((state) => {
    state.syncClip = state.syncClip === key ? null : key;
    state.day = null;
  });
}

function TheDay({ handoff }: { handoff: Handoff }) {
  const { store } = usePanel();
  const verdicts = useLook((state) => state.verdicts);
  const chosen = useLook((state) => state.syncClip);
  const wanted = useLook((state) => state.day);
  const size = handoff.clips.length + verdicts.length;
  const days = useParts(() => daysOf(handoff, verdicts), size, [handoff, verdicts]);
  const partners = useMemo(() => partnersOf(chosen, days ?? [], verdicts), [chosen, days, verdicts]);
  if (!days) return <div className="day-waits" />;
  const day = days.find(({ id }) => id === wanted) ?? days.find((each) => holds(each, chosen)) ?? days[0]!;
  return (
    <>
      {days.length > 1 ? (
        <PickOne
          label="Shoot day"
          look="day-choice"
          value={day.id}
          options={days.map((each) => ({
            id: each.id,
            name: `${dayName(each)}${each.unsynced > 0 ? ` – ${each.unsynced} unsynced` : ''}`,
          }))}
          onPick={(id) =>
            store.change((state) => {
              state.day = id;
            })
          }
        />
      ) : null}
      <DayPicture
        key={day.id}
        day={day}
        chosen={chosen}
        partners={partners}
        onChoose={(bar) =>
          store.change((state) => {
            const row = rowOf(bar.clips, verdicts);
            state.day = day.id;
            state.syncClip = row;
            const shown = verdicts.find(({ clipId }) => clipId === row)?.verdict;
            if (!shown || !isShown(shown, state.verdictFilter)) state.verdictFilter = 'all';
          })
        }
      />
      <ul className="day-legend" aria-label="What the bars mean">
        <li>
          <span className="day-sign day-in-sync" /> In sync
        </li>
        <li>
          <span className="day-sign day-unsynced" /> Unsynced
        </li>
        <li>
          <span className="day-sign" /> MOS
        </li>
        <li>
          <span className="day-sign day-wild" /> Wild
        </li>
      </ul>
    </>
  );
}

function* daysOf(handoff: Handoff, verdicts: readonly SyncVerdict[]): Parts<Day[]> {
  return yield* shootDays(yield* dayBars(handoff, verdicts));
}

function holds(day: Day, key: string | null): boolean {
  return day.lanes.some((lane) => lane.bars.some((bar) => bar.key === key));
}

function dayName({ id }: Day): string {
  if (id === '') return 'No date recorded';
  const date = new Date(`${id}T12:00:00Z`);
  return Number.isNaN(date.getTime())
    ? id
    : date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
}

type Verdicts = readonly { clipId: string; soundIds: string[] }[];

/** The row that speaks of a bar: its own, or that of the picture it belongs to. */
function rowOf(clips: readonly string[], verdicts: Verdicts): string {
  const own = verdicts.find(({ clipId }) => clips.includes(clipId));
  const other = verdicts.find(({ soundIds }) => soundIds.some((id) => clips.includes(id)));
  return (own ?? other)?.clipId ?? clips[0]!;
}

function partnersOf(chosen: string | null, days: Day[], verdicts: Verdicts): ReadonlySet<string> {
  const verdict = verdicts.find(({ clipId }) => clipId === chosen);
  if (!verdict || verdict.soundIds.length === 0) return new Set();
  const ids = new Set(verdict.soundIds);
  const bars = days.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.bars));
  return new Set(bars.filter((bar) => bar.clips.some((id) => ids.has(id))).map((bar) => bar.key));
}

function drawRow(row: SyncRow, open: boolean, handoff: Handoff, onOpen: (key: string) => void): ReactNode {
  if ('heading' in row) return row.heading;
  const { verdict } = row;
  const { word, tone } = VERDICT[verdict.verdict];
  return (
    <div className="two">
      <button
        type="button"
        className="row-button"
        aria-expanded={open}
        onClick={() => onOpen(verdict.clipId)}
        onKeyDown={toNeighbour}
      >
        <span className="line">
          <Icon name="chevron" turned={open} />
          <span className="line-name" title={verdict.clip}>
            {fileName(verdict.clip)}
          </span>
          <Status tone={tone}>{word}</Status>
        </span>
        {verdict.sound.length > 0 ? <span className="two-more">with {soundNames(verdict.sound)}</span> : null}
        <span className="two-why">{verdict.reason}</span>
      </button>
      {open ? <SyncDetail handoff={handoff} verdict={verdict} /> : null}
    </div>
  );
}

function soundNames(paths: string[]): string {
  const more = paths.length - 3;
  return `${paths.slice(0, 3).map(fileName).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Under the list: listening to all that timecode leaves open, or how far that is. */
function Listening() {
  const { store, run } = usePanel();
  const busy = useLook((state) => state.work !== null);
  const listening = useLook((state) => state.work?.command === 'listen');
  const canListen = useLook((state) => state.canListen);
  const heard = useLook((state) => state.heard);
  const open = useLook((state) => state.verdicts.some(({ verdict }) => OPEN.has(verdict)));
  if (listening) return <Progress />;
  if (!canListen || !open) return null;
  const matches = heard.filter((each) => each.heard === 'match').length;
  const listen = () => {
    store.change((state) => {
      state.toListen = null;
    });
    void run('listen');
  };
  return (
    <div className="actions">
      <span className="bar-words why">
        {heard.length === 0
          ? 'Timecode leaves some open. Listening suggests; it changes nothing.'
          : matches === 0
            ? 'No match heard. Open a clip to see why.'
            : `${counted(matches, 'match', 'matches')} heard. Open a clip to see what speaks for it.`}
      </span>
      <Act busy={busy} onPress={listen}>
        Listen to all of them
      </Act>
    </div>
  );
}

/** What an ear may settle. */
const OPEN = new Set(['no-timecode', 'rate-mismatch', 'ambiguous', 'partial', 'no-overlap', 'no-sound']);
