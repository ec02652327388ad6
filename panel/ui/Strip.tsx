/** A sequence in miniature: one lane a track, a block where there is an event, and the counts in words. */
import type { CutEvent, CutList, CutTrack } from '../../manifest/documents/cutlist.ts';
import { rateLabel } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { counted } from '../words.ts';

export function Strip({ cut }: { cut: CutList }) {
  const length = Math.max(1, ...cut.tracks.flatMap((track) => track.events.map((event) => event.recordOut)));
  const lanes = [
    ...cut.tracks.filter((track) => track.type === 'video').sort((a, b) => b.index - a.index),
    ...cut.tracks.filter((track) => track.type === 'audio').sort((a, b) => a.index - b.index),
  ];
  const events = cut.tracks.reduce((sum, track) => sum + track.events.length, 0);
  const transitions = cut.tracks.reduce((sum, track) => sum + track.transitions.length, 0);
  return (
    <div className="strip">
      <div className="strip-lanes">
        {lanes.map((track) => (
          <Lane key={`${track.type}${track.index}`} track={track} length={length} />
        ))}
      </div>
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

const LANE = 10;

/** Up to here each event of a track can be pointed at; beyond, they are narrower than a pixel. */
const TOLD = 1000;

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

function told(event: CutEvent, track: CutTrack): string {
  const { name, kind, recordIn, recordOut, enabled } = event;
  const words = [
    name,
    kind === 'clip' ? '' : kind,
    `${recordOut - recordIn} frames`,
    isRetimed(event) ? 'retimed' : '',
    enabled && track.enabled ? '' : 'disabled',
  ];
  return words.filter(Boolean).join(', ');
}

function Lane({ track, length }: { track: CutTrack; length: number }) {
  const name = `${track.type === 'video' ? 'V' : 'A'}${track.index}`;
  const blocks = (enabled: boolean) =>
    track.events
      .filter((event) => event.enabled === enabled && track.enabled === enabled)
      .map((event) => `M${event.recordIn} 0H${event.recordOut}V${LANE}H${event.recordIn}Z`)
      .join('');
  const off = track.events
    .filter((event) => !event.enabled || !track.enabled)
    .map((event) => `M${event.recordIn} 0H${event.recordOut}V${LANE}H${event.recordIn}Z`)
    .join('');
  const retimed = track.events.filter(isRetimed);
  const titles = track.events.filter(({ kind }) => kind === 'title');
  const line = (event: CutEvent, y: number) => `M${event.recordIn} ${y}H${event.recordOut}`;
  return (
    <div className="lane">
      <span className="lane-name">{name}</span>
      <svg
        className={`lane-${track.type}`}
        viewBox={`0 0 ${length} ${LANE}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${laneWords(track)}`}
      >
        <path className="lane-on" d={blocks(true)} vectorEffect="non-scaling-stroke" />
        <path className="lane-off" d={off} vectorEffect="non-scaling-stroke" />
        <path
          className="lane-retimed"
          strokeDasharray="3 2"
          d={retimed.map((event) => line(event, LANE / 2)).join('')}
          vectorEffect="non-scaling-stroke"
        />
        <path
          className="lane-title"
          d={titles.map((event) => line(event, LANE - 2)).join('')}
          vectorEffect="non-scaling-stroke"
        />
        <path
          className="lane-transition"
          d={track.transitions.map((each) => `M${each.in} ${LANE}L${each.out} 0V${LANE}Z`).join('')}
        />
        {track.events.length <= TOLD
          ? track.events.map((event) => (
              <rect
                key={event.id}
                x={event.recordIn}
                width={event.recordOut - event.recordIn}
                height={LANE}
                fill="transparent"
              >
                <title>{told(event, track)}</title>
              </rect>
            ))
          : null}
      </svg>
      <span className="lane-count">{track.events.length}</span>
    </div>
  );
}
