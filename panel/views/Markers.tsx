/** Step 4: the log's notes by scene and take, with their colour in words, and whether each is in the project yet. */
import { useMemo } from 'react';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { MarkerColour } from '../../manifest/documents/plan.ts';
import { MARKER_PLACE, markerRows, type MarkerPlace, type MarkerRow } from '../marker-rows.ts';
import { Empty } from '../ui/Alert.tsx';
import { Filter, useFilter } from '../ui/Filter.tsx';
import { Status } from '../ui/Icon.tsx';
import { useLook } from '../ui/panel-context.ts';
import { List } from '../ui/Rows.tsx';
import { COLOUR } from '../words.ts';

type Drawn = { key: string; heading: string } | (MarkerRow & { heading?: undefined });

export function Markers() {
  const handoff = useLook((state) => state.opened?.handoff ?? null);
  if (!handoff) return <Empty title="No handoff is open" />;
  return <Notes handoff={handoff} />;
}

function Notes({ handoff }: { handoff: Handoff }) {
  const plan = useLook((state) => state.plan);
  const project = useLook((state) => state.project);
  const lacks = useLook((state) => state.editor?.lacks);
  const filter = useFilter('markers');
  const all = useMemo(() => markerRows(handoff, plan, project), [handoff, plan, project]);
  const rows = useMemo(() => underHeadings(all, filter), [all, filter]);
  if (all.length === 0)
    return (
      <Empty title="The log holds no notes">
        <p>Notes come from the log sheets that were given to baton scan with --log.</p>
      </Empty>
    );
  const lack = lacks?.find((each) => each.what === 'markers');
  return (
    <>
      <div className="bar bar-wraps">
        <Places rows={all} />
        <Filter step="markers" label="Filter notes" />
      </div>
      {lack ? <p className="hint">{lack.message}</p> : null}
      {rows.length === 0 ? (
        <Empty title="No note matches" />
      ) : (
        <List
          rows={rows}
          label="Notes"
          height={44}
          isHeading={(row) => row.heading !== undefined}
          draw={drawRow}
        />
      )}
      <p className="hint">Markers are written by Apply, in Bins.</p>
    </>
  );
}

/** How many stand where: the view's one line of summary. */
function Places({ rows }: { rows: MarkerRow[] }) {
  const places = Object.keys(MARKER_PLACE) as MarkerPlace[];
  return (
    <span className="bar-words">
      {places.map((place) => {
        const count = rows.filter((row) => row.place === place).length;
        if (count === 0) return null;
        return (
          <Status key={place} tone={MARKER_PLACE[place].tone}>
            {`${count} ${MARKER_PLACE[place].word.toLowerCase()}`}
          </Status>
        );
      })}
    </span>
  );
}

function underHeadings(rows: MarkerRow[], filter: string): Drawn[] {
  const found = rows.filter(
    ({ text, kind, clip, take }) =>
      filter === '' || [text, kind, clip, take].some((words) => words.toLowerCase().includes(filter)),
  );
  const drawn: Drawn[] = [];
  let last: string | null = null;
  for (const row of found) {
    const under = row.clip ? [row.take, row.clip].filter(Boolean).join(' · ') : row.take || 'No take';
    if (under !== last) drawn.push({ key: `heading ${row.key}`, heading: under });
    last = under;
    drawn.push(row);
  }
  return drawn;
}

function drawRow(row: Drawn) {
  if (row.heading !== undefined) return row.heading;
  const { word, tone } = MARKER_PLACE[row.place];
  return (
    <div className="two">
      <div className="line">
        {row.colour ? <Swatch colour={row.colour} /> : null}
        <span className="line-name">
          <span className="timecode">{row.at}</span> {row.kind}
        </span>
        <Status tone={tone}>{word}</Status>
      </div>
      <span className="two-text">{row.text}</span>
      {row.why ? <span className="two-why">{row.why}</span> : null}
    </div>
  );
}

function Swatch({ colour }: { colour: MarkerColour }) {
  return (
    <span className="swatch">
      <span className={`swatch-colour marker-${colour}`} aria-hidden="true" />
      {COLOUR[colour]}
    </span>
  );
}
