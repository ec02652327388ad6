/** Step 4: the log's notes by scene and take, with their colour in words, where each stands, and the way to it in the editor. */
import { useMemo, useState } from 'react';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { MarkerColour } from '../../manifest/documents/plan.ts';
import type { EditorName } from '../../manifest/documents/snapshot.ts';
import { RESOLVE_MARKER_COLOURS } from '../../manifest/job.ts';
import { MARKER_PLACE, markerRowsInParts, type MarkerPlace, type MarkerRow } from '../marker-rows.ts';
import { PART, type Parts } from '../parts.ts';
import { Empty } from '../ui/Alert.tsx';
import { Chips, Filter, useFilter } from '../ui/Filter.tsx';
import { Status } from '../ui/Icon.tsx';
import { Act } from '../ui/IssueActions.tsx';
import { useLook } from '../ui/panel-context.ts';
import { useParts } from '../ui/parts.ts';
import { List } from '../ui/Rows.tsx';
import { useShow } from '../ui/show.ts';
import { COLOUR } from '../words.ts';

type Drawn = { key: string; heading: string } | (MarkerRow & { heading?: undefined });
type Chosen = MarkerPlace | 'all';

export function Markers() {
  const handoff = useLook((state) => state.opened?.handoff ?? null);
  if (!handoff) return <Empty title="No handoff is open" />;
  return <Notes handoff={handoff} />;
}

function Notes({ handoff }: { handoff: Handoff }) {
  const plan = useLook((state) => state.plan);
  const project = useLook((state) => state.project);
  const editor = useLook((state) => state.editor?.editor ?? null);
  const lacks = useLook((state) => state.editor?.lacks);
  const [chosen, setChosen] = useState<Chosen>('all');
  const filter = useFilter('markers');
  const size = handoff.clips.length + handoff.log.entries.length;
  const made = useParts(() => markerRowsInParts(handoff, plan, project), size, [handoff, plan, project]);
  const all = made ?? NONE;
  const rows = useParts(() => underHeadings(all, chosen, filter), all.length, [all, chosen, filter]);
  const chips = useMemo(() => placeChips(all, chosen), [all, chosen]);
  if (!made) return <Empty title="Finding the place of every note…" />;
  if (all.length === 0)
    return (
      <Empty title="The log holds no notes">
        <p>Notes come from the log sheets that lie with the media.</p>
      </Empty>
    );
  const lack = lacks?.find((each) => each.what === 'markers');
  return (
    <>
      <div className="bar bar-wraps">
        <Chips label="Notes shown" chips={chips} chosen={chosen} onChoose={setChosen} />
        <Filter step="markers" label="Filter notes" />
      </div>
      <Legend rows={all} editor={editor} />
      {lack ? <p className="hint">{lack.message}</p> : null}
      {!rows ? null : rows.length === 0 ? (
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

const NONE: MarkerRow[] = [];

function placeChips(rows: MarkerRow[], chosen: Chosen) {
  const places = Object.keys(MARKER_PLACE) as MarkerPlace[];
  const count = (place: MarkerPlace) => rows.filter((row) => row.place === place).length;
  return [
    { id: 'all' as Chosen, word: 'All', count: rows.length },
    ...places.map((id) => ({ id: id as Chosen, word: MARKER_PLACE[id].word, count: count(id) })),
  ].filter((chip) => chip.count > 0 || chip.id === chosen);
}

function* underHeadings(rows: MarkerRow[], chosen: Chosen, filter: string): Parts<Drawn[]> {
  const wanted = ({ text, kind, clip, take, place }: MarkerRow) =>
    (chosen === 'all' || place === chosen) &&
    (filter === '' || [text, kind, clip, take].some((words) => words.toLowerCase().includes(filter)));
  const drawn: Drawn[] = [];
  let last: string | null = null;
  for (let nth = 0; nth < rows.length; nth++) {
    if (nth % PART === PART - 1) yield;
    const row = rows[nth]!;
    if (!wanted(row)) continue;
    const under = row.clip ? [row.take, row.clip].filter(Boolean).join(' · ') : row.take || 'No take';
    if (under !== last) drawn.push({ key: `heading ${row.key}`, heading: under });
    last = under;
    drawn.push(row);
  }
  return drawn;
}

function drawRow(row: Drawn) {
  return row.heading === undefined ? <Note row={row} /> : row.heading;
}

function Note({ row }: { row: MarkerRow }) {
  const editor = useLook((state) => state.editor?.editor ?? null);
  const show = useShow();
  const busy = useLook((state) => state.work !== null);
  const { word, tone } = MARKER_PLACE[row.place];
  const { jump } = row;
  return (
    <div className="two">
      <div className="line note-line">
        {row.colour ? <Swatch colour={row.colour} editor={editor} /> : null}
        <span className="line-name">
          <span className="timecode">{row.at}</span> {row.kind}
        </span>
        <Status tone={tone}>{word}</Status>
      </div>
      <div className="line">
        <span className="two-text note-text">{row.text}</span>
        {jump && editor ? (
          <Act busy={busy} onPress={() => show(jump.clip, { frame: jump.frame, rate: jump.rate })}>
            Open
          </Act>
        ) : null}
      </div>
      {row.why ? <span className="two-why">{row.why}</span> : null}
    </div>
  );
}

/** The colours in use, by the editor's own names, and what each stands for. */
function Legend({ rows, editor }: { rows: MarkerRow[]; editor: EditorName | null }) {
  const used = useMemo(() => {
    const kinds = new Map<MarkerColour, Set<string>>();
    for (const { colour, kind } of rows)
      for (const word of colour ? kind.split(' + ') : [])
        kinds.set(colour!, (kinds.get(colour!) ?? new Set()).add(word));
    return [...kinds];
  }, [rows]);
  if (used.length === 0) return null;
  return (
    <ul className="day-legend" aria-label="Colours">
      {used.map(([colour, kinds]) => {
        const names = [...kinds];
        const more = names.length > 2 ? '…' : '';
        return (
          <li key={colour}>
            <Swatch colour={colour} editor={editor} /> {names.slice(0, 2).join(', ')}
            {more}
          </li>
        );
      })}
    </ul>
  );
}

/** Resolve has no orange and no white: there the name is that of the nearest it has. */
function Swatch({ colour, editor }: { colour: MarkerColour; editor: EditorName | null }) {
  return (
    <span className="swatch">
      <span className={`swatch-colour marker-${colour}`} aria-hidden="true" />
      {editor === 'resolve' ? RESOLVE_MARKER_COLOURS[colour] : COLOUR[colour]}
    </span>
  );
}
