/** A sequence in miniature: one lane a track, a block where there is an event, and the counts in words. */
import type { CutList, CutTrack } from '../../manifest/documents/cutlist.ts';
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
  return (
    <div className="lane">
      <span className="lane-name">{name}</span>
      <svg
        className={`lane-${track.type}`}
        viewBox={`0 0 ${length} ${LANE}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${counted(track.events.length, 'event')}`}
      >
        <path className="lane-on" d={blocks(true)} vectorEffect="non-scaling-stroke" />
        <path className="lane-off" d={off} vectorEffect="non-scaling-stroke" />
      </svg>
      <span className="lane-count">{track.events.length}</span>
    </div>
  );
}
