/**
 * A sequence in miniature: one lane a track, a block where there is an event. Keys and pointer go from event to event, and what is
 * known of one is told below: its name, its timecode, and what of it is not carried over.
 */
import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { CutEvent, CutList, CutTrack } from '../../manifest/documents/cutlist.ts';
import type { Loss } from '../../manifest/documents/issue.ts';
import { rateLabel } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { eventAt, stepOf, walked, type At, type Lanes } from '../cut/walk.ts';
import { counted } from '../words.ts';

/** `losses`: of the sequence; those of an event begin with its id. */
export function Strip({ cut, losses }: { cut: CutList; losses: readonly Loss[] }) {
  const length = cut.tracks.reduce(
    (most, { events }) => Math.max(most, events[events.length - 1]?.recordOut ?? 0),
    1,
  );
  const tracks = useMemo(
    () => [
      ...cut.tracks.filter((track) => track.type === 'video').sort((a, b) => b.index - a.index),
      ...cut.tracks.filter((track) => track.type === 'audio').sort((a, b) => a.index - b.index),
    ],
    [cut],
  );
  const events = cut.tracks.reduce((sum, track) => sum + track.events.length, 0);
  const transitions = cut.tracks.reduce((sum, track) => sum + track.transitions.length, 0);
  return (
    <div>
      <Walk key={`${cut.name} ${events}`} cut={cut} tracks={tracks} length={length} losses={losses} />
      <dl className="facts">
        <dt>Starts</dt>
        <dd className="timecode">{frameToTimecode(cut.start, cut.rate)}</dd>
        <dt>Length</dt>
        <dd className="timecode">{frameToTimecode(length, cut.rate)}</dd>
        <dt>Rate</dt>
        <dd>{rateLabel(cut.rate)}</dd>
        <dt>Holds</dt>
        <dd>
          {counted(events, 'event')}, {counted(transitions, 'transition')},{' '}
          {counted(cut.markers.length, 'marker')}
        </dd>
      </dl>
    </div>
  );
}

interface WalkProps {
  cut: CutList;
  tracks: readonly CutTrack[];
  /** Frames. */
  length: number;
  losses: readonly Loss[];
}

function Walk({ cut, tracks, length, losses }: WalkProps) {
  const [at, setAt] = useState<At | null>(null);
  const lanes: Lanes = useMemo(
    () =>
      tracks.map(({ events }) => events.map(({ recordIn, recordOut }) => ({ in: recordIn, out: recordOut }))),
    [tracks],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key);
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    setAt(walked(lanes, at, step));
    event.preventDefault();
  };
  const told = at ? tell(cut, tracks, at, losses) : null;
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application is interactive */}
      <div
        className="strip-lanes"
        role="application"
        aria-roledescription="picture of the sequence"
        aria-label="The sequence, track by track. Arrows go from event to event and track to track, Home and End to the first and the last"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys move in it
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {tracks.map((track, lane) => (
          <Lane
            key={`${track.type}${track.index}`}
            track={track}
            length={length}
            chosen={at?.lane === lane ? lanes[lane]![at.nth]! : null}
            find={(frame, reach) => {
              const nth = eventAt(lanes[lane]!, frame, reach);
              return nth === null ? null : { lane, nth };
            }}
            name={(place) => tell(cut, tracks, place, losses).words}
            onChoose={setAt}
          />
        ))}
      </div>
      <div className="strip-told" role="status">
        {told ? (
          <>
            <b>{told.name}</b> {told.rest}
            {told.lost ? <span className="tone-attention"> Not carried over: {told.lost}</span> : null}
          </>
        ) : (
          <span className="why">Arrow keys, or a click, tell what an event is.</span>
        )}
      </div>
    </>
  );
}

const LANE = 10;

const trackName = ({ type, index }: CutTrack) => `${type === 'video' ? 'V' : 'A'}${index}`;
const isRetimed = ({ speed }: CutEvent) => speed === null || speed.num !== speed.den;

/** `5 events, 1 disabled, 2 retimed`: what the lane shows, in words. */
function laneWords({ events, transitions, enabled }: CutTrack): string {
  const off = enabled ? events.filter((event) => !event.enabled).length : events.length;
  const titles = events.filter(({ kind }) => kind === 'title').length;
  const retimed = events.filter(isRetimed).length;
  return [
    counted(events.length, 'event'),
    off > 0 ? `${off} disabled` : '',
    retimed > 0 ? `${retimed} retimed` : '',
    titles > 0 ? counted(titles, 'title') : '',
    transitions.length > 0 ? counted(transitions.length, 'transition') : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** `V1 3 of 12, 01:00:04:12 to 01:00:06:00, 36 frames, retimed`, and what of the event is lost. */
function tell(
  { start, rate }: CutList,
  tracks: readonly CutTrack[],
  { lane, nth }: At,
  losses: readonly Loss[],
) {
  const track = tracks[lane]!;
  const event = track.events[nth]!;
  const { id, name, kind, recordIn, recordOut, enabled } = event;
  const tc = (frame: number) => frameToTimecode(start + frame, rate);
  const rest = [
    `${trackName(track)} ${nth + 1} of ${track.events.length}`,
    `${tc(recordIn)} to ${tc(recordOut)}`,
    counted(recordOut - recordIn, 'frame'),
    kind === 'clip' ? '' : kind,
    isRetimed(event) ? 'retimed' : '',
    enabled && track.enabled ? '' : 'disabled',
  ]
    .filter(Boolean)
    .join(', ');
  const lost = losses
    .filter(({ where }) => where === id || where.startsWith(`${id} `))
    .map(({ message }) => message)
    .join('; ');
  return { name, rest, lost, words: `${name}, ${rest}${lost ? `, not carried over: ${lost}` : ''}` };
}

interface LaneProps {
  track: CutTrack;
  length: number;
  chosen: { in: number; out: number } | null;
  /** The event at a frame, or within `reach` of it. */
  find: (frame: number, reach: number) => At | null;
  name: (place: At) => string;
  onChoose: (place: At) => void;
}

function Lane({ track, length, chosen, find, name, onChoose }: LaneProps) {
  const [pointed, setPointed] = useState('');
  const under = ({ clientX, currentTarget }: PointerEvent): At | null => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const perPixel = length / Math.max(1, width);
    return find((clientX - left) * perPixel, 3 * perPixel);
  };
  const share = (frames: number) => `${(frames / length) * 100}%`;
  return (
    <div className="lane">
      <span className="lane-name">{trackName(track)}</span>
      <div
        className="lane-box"
        title={pointed || undefined}
        onPointerMove={(event) => {
          const place = under(event);
          setPointed(place ? name(place) : '');
        }}
        onPointerUp={(event) => {
          const place = under(event);
          if (place) onChoose(place);
        }}
      >
        <Blocks track={track} length={length} />
        {chosen ? (
          <span
            className="lane-chosen"
            style={{ left: share(chosen.in), width: share(chosen.out - chosen.in) }}
          />
        ) : null}
      </div>
      <span className="lane-count">{track.events.length}</span>
    </div>
  );
}

/** A few paths, however many events there are. */
function Blocks({ track, length }: { track: CutTrack; length: number }) {
  const paths = useMemo(() => pathsOf(track), [track]);
  return (
    <svg
      className={`lane-${track.type}`}
      viewBox={`0 0 ${length} ${LANE}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${trackName(track)}: ${laneWords(track)}`}
    >
      <path className="lane-on" d={paths.on} vectorEffect="non-scaling-stroke" />
      <path className="lane-off" d={paths.off} vectorEffect="non-scaling-stroke" />
      <path
        className="lane-retimed"
        strokeDasharray="3 2"
        d={paths.retimed}
        vectorEffect="non-scaling-stroke"
      />
      <path className="lane-title" d={paths.titles} vectorEffect="non-scaling-stroke" />
      <path className="lane-transition" d={paths.transitions} />
    </svg>
  );
}

function pathsOf(track: CutTrack) {
  const block = ({ recordIn, recordOut }: CutEvent) => `M${recordIn} 0H${recordOut}V${LANE}H${recordIn}Z`;
  const line = ({ recordIn, recordOut }: CutEvent, y: number) => `M${recordIn} ${y}H${recordOut}`;
  const isOn = (event: CutEvent) => event.enabled && track.enabled;
  const { events, transitions } = track;
  return {
    on: events.filter(isOn).map(block).join(''),
    off: events
      .filter((event) => !isOn(event))
      .map(block)
      .join(''),
    retimed: events
      .filter(isRetimed)
      .map((event) => line(event, LANE / 2))
      .join(''),
    titles: events
      .filter(({ kind }) => kind === 'title')
      .map((event) => line(event, LANE - 2))
      .join(''),
    transitions: transitions.map((each) => `M${each.in} ${LANE}L${each.out} 0V${LANE}Z`).join(''),
  };
}
