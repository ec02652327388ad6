/**
 * OpenTimelineIO as Resolve writes it: source ranges count in the timeline's frames, from the media's timecode; media count at their
 * own rate; titles have no media, and tracks are filled up with gaps to the timeline's length.
 */
import { exact } from './label.ts';
import type { StandinResolve } from './standin.ts';
import { asClip, type TimelineItemState, type TimelineState, type TrackState } from './state-timeline.ts';
import type { ClipState } from './state.ts';

interface Rate {
  num: number;
  den: number;
}

const time = (value: number, { num, den }: Rate) => ({
  OTIO_SCHEMA: 'RationalTime.1',
  rate: num / den,
  value,
});
const range = (start: number, duration: number, rate: Rate) => ({
  OTIO_SCHEMA: 'TimeRange.1',
  start_time: time(start, rate),
  duration: time(duration, rate),
});

export function otio(timeline: TimelineState, standin: StandinResolve): string {
  const rate = exact(timeline.fps);
  const document = {
    OTIO_SCHEMA: 'Timeline.1',
    metadata: { Resolve_OTIO: { 'Resolve OTIO Meta Version': '1.0' } },
    name: timeline.name,
    global_start_time: time(timeline.start, rate),
    tracks: stack(timeline, standin),
  };
  return JSON.stringify(document, null, 4);
}

/** Every video track from the first, then every audio track. */
function stack(timeline: TimelineState, standin: StandinResolve) {
  const length = asClip(timeline).frames;
  const of = (kind: 'Video' | 'Audio', tracks: TrackState[]) =>
    tracks.map((each) => track(kind, each, { timeline, standin, length }));
  return {
    OTIO_SCHEMA: 'Stack.1',
    name: '',
    enabled: true,
    children: [...of('Video', timeline.video), ...of('Audio', timeline.audio)],
  };
}

interface Around {
  timeline: TimelineState;
  standin: StandinResolve;
  length: number;
}

function track(kind: 'Video' | 'Audio', { name, enabled, items }: TrackState, around: Around) {
  const { timeline, length } = around;
  const rate = exact(timeline.fps);
  const children: unknown[] = [];
  let at = timeline.start;
  const fill = (until: number) => {
    if (until > at) children.push({ OTIO_SCHEMA: 'Gap.1', source_range: range(0, until - at, rate) });
    at = Math.max(at, until);
  };
  const crossings = items.filter(({ type }) => type === 'transition');
  for (const item of items.filter(({ type }) => type !== 'transition').sort((a, b) => a.start - b.start)) {
    fill(item.start);
    // A transition stands between the two whose cut it lies over.
    for (const each of crossings)
      if (each.start <= at && each.start + each.duration > at && children.length > 0)
        children.push({
          OTIO_SCHEMA: 'Transition.1',
          name: each.name,
          transition_type: 'SMPTE_Dissolve',
          in_offset: time(at - each.start, rate),
          out_offset: time(each.start + each.duration - at, rate),
        });
    children.push(child(item, around));
    at = item.start + item.duration;
  }
  fill(timeline.start + length);
  return {
    OTIO_SCHEMA: 'Track.1',
    metadata: { Resolve_OTIO: { Locked: false, ...(kind === 'Audio' ? { 'Audio Type': 'Stereo' } : {}) } },
    name,
    kind,
    enabled,
    children,
  };
}

function child(item: TimelineItemState, { timeline, standin }: Around): unknown {
  const rate = exact(timeline.fps);
  const clip = item.clip === null ? null : (standin.clip(item.clip)?.clip ?? null);
  const from = clip ? startIn(item, clip, rate) : 0;
  const common = {
    name: item.name,
    source_range: range(from, item.duration, rate),
    enabled: item.enabled,
    effects: effects(item),
  };
  const nested = clip?.type === 'Timeline' ? standin.timeline(clip.id) : null;
  if (nested)
    return {
      ...stack(nested, standin),
      ...common,
      metadata: { Resolve_OTIO: { 'Sequence Type': 'Timeline', 'Sequence Fps': nested.fps } },
    };
  return {
    OTIO_SCHEMA: 'Clip.2',
    metadata: { Resolve_OTIO: {} },
    ...common,
    media_references: { DEFAULT_MEDIA: reference(clip) },
    active_media_reference_key: 'DEFAULT_MEDIA',
  };
}

/** Whole frames of the timeline, whatever the media's rate; of a nested timeline from its first frame. */
function startIn(item: TimelineItemState, clip: ClipState, line: Rate): number {
  const media = exact(clip.fps);
  const first = clip.type === 'Timeline' ? 0 : clip.start;
  return Math.round(((first + item.in) * media.den * line.num) / (media.num * line.den));
}

function reference(clip: ClipState | null) {
  if (!clip) return { OTIO_SCHEMA: 'MissingReference.1', available_range: null };
  const rate = exact(clip.fps);
  return {
    OTIO_SCHEMA: 'ExternalReference.1',
    available_range: range(clip.start, clip.frames, rate),
    // A path as it is, no address.
    target_url: clip.file,
  };
}

function effects({ speed }: TimelineItemState): unknown[] {
  const own = {
    OTIO_SCHEMA: 'Effect.1',
    effect_name: 'Resolve Effect',
    metadata: { Resolve_OTIO: { 'Effect Name': 'Transform', Enabled: true, Parameters: [] } },
  };
  if (speed.num === speed.den) return [own];
  return [own, { OTIO_SCHEMA: 'LinearTimeWarp.1', name: '', time_scalar: speed.num / speed.den }];
}
