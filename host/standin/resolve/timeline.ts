/**
 * The stand-in's timelines and what lies on them. Frames of a timeline are absolute, source frames count at the media's rate,
 * a sound's left offset at the timeline's, and what Resolve counts in or out at the end depends on the two rates.
 */
import { handleOf, type Answer, type Method, type Methods } from './handle.ts';
import type { StandinResolve } from './standin.ts';
import type { ClipState, TimelineItemState, TimelineState, TrackState } from './state.ts';

type On<Thing> = (thing: Thing, args: unknown[], standin: StandinResolve) => Answer;

const onTimeline = (run: On<TimelineState>): Method => ({
  run(standin, id, args) {
    const found = standin.state.project.timelines.find((each) => each.id === id);
    return found ? run(found, args, standin) : null;
  },
});

interface Placed {
  item: TimelineItemState;
  track: TrackState;
  timeline: TimelineState;
  clip: ClipState | null;
}
const onItem = (run: (placed: Placed) => Answer): Method => ({
  run(standin, id) {
    const placed = place(standin, id);
    return placed ? run(placed) : null;
  },
});

function place(standin: StandinResolve, id: string): Placed | null {
  for (const timeline of standin.state.project.timelines)
    for (const track of timeline.tracks) {
      const item = track.items.find((each) => each.id === id);
      if (item)
        return { item, track, timeline, clip: item.clip === null ? null : clipOf(standin, item.clip) };
    }
  return null;
}
const clipOf = (standin: StandinResolve, id: string) => standin.clip(id)?.clip ?? null;

/** Tracks of a kind count from 1. */
function trackAt(timeline: TimelineState, [type, index]: unknown[]): TrackState | undefined {
  return timeline.tracks.filter((track) => track.type === type)[Number(index) - 1];
}

export const TIMELINE_METHODS: Methods = {
  GetName: onTimeline(({ name }) => name),
  GetUniqueId: onTimeline(({ id }) => id),
  GetStartFrame: onTimeline(({ start }) => start),
  GetEndFrame: onTimeline(({ tracks, start }) =>
    Math.max(start, ...tracks.flatMap(({ items }) => items.map(({ end }) => end))),
  ),
  GetStartTimecode: onTimeline(({ startTimecode }) => startTimecode),
  GetSetting: onTimeline(({ settings }, [key]) => {
    const value = settings[String(key)];
    if (value === undefined) return '';
    return key === 'timelineFrameRate' ? Number.parseFloat(value) : value;
  }),
  GetTrackCount: onTimeline(({ tracks }, [type]) => tracks.filter((track) => track.type === type).length),
  GetTrackName: onTimeline((timeline, args) => trackAt(timeline, args)?.name ?? ''),
  GetIsTrackEnabled: {
    ...onTimeline((timeline, args) => trackAt(timeline, args)?.enabled ?? false),
    since: '18.5',
  },
  GetItemListInTrack: onTimeline((timeline, args) => {
    const track = trackAt(timeline, args);
    return track ? track.items.map(({ id }) => handleOf('TimelineItem', id)) : [];
  }),
  GetMarkers: onTimeline(
    ({ markers }) =>
      new Map(
        Object.entries(markers).map(([frame, marker]) => [Number(frame), new Map(Object.entries(marker))]),
      ),
  ),
};

export const TIMELINE_ITEM_METHODS: Methods = {
  GetName: onItem(({ item }) => item.name),
  GetUniqueId: onItem(({ item }) => item.id),
  GetStart: onItem(({ item }) => item.start),
  GetEnd: onItem(({ item }) => item.end),
  GetDuration: onItem(({ item }) => item.end - item.start),
  GetLeftOffset: onItem(leftOffset),
  GetSourceStartFrame: { ...onItem((placed) => sourceEnds(placed)[0]), since: '19.0.2' },
  GetSourceEndFrame: { ...onItem((placed) => sourceEnds(placed)[1]), since: '19.0.2' },
  GetMediaPoolItem: onItem(({ clip }) => (clip ? handleOf('MediaPoolItem', clip.id) : null)),
  GetClipEnabled: { ...onItem(({ item }) => item.enabled), since: '18.5' },
  GetLinkedItems: {
    ...onItem(({ item }) => item.linked.map((id) => handleOf('TimelineItem', id))),
    since: '19.0',
  },
  GetProperty: onItem(({ item }) =>
    item.type === 'transition'
      ? new Map()
      : new Map<string, Answer>([
          ['Pan', 0],
          ['ZoomX', 1],
        ]),
  ),
  GetType: { ...onItem(({ item }) => item.type), since: '21.1' },
  GetSpeed: {
    ...onItem(({ item }) => new Map<string, Answer>([['Percentage', item.speed ?? 100]])),
    since: '21.1',
  },
};

/** Retimed, it counts in the retimed clip; a sound's counts at the timeline's rate. */
function leftOffset({ item, track, timeline, clip }: Placed): number {
  const percent = Math.abs(item.speed ?? 100) || 100;
  const left = Math.round((item.left * 100) / percent);
  return track.type === 'audio' && clip ? Math.round((left * rateOf(timeline)) / clip.fps) : left;
}

const rateOf = ({ settings }: TimelineState) => Number.parseFloat(settings['timelineFrameRate'] ?? '24');

/** 0 and 0 where Resolve does not know the speed; the end is inclusive where the rates differ. */
function sourceEnds({ item, timeline, clip }: Placed): [number, number] {
  if (!clip || item.speed === null) return [0, 0];
  const same = Math.abs(rateOf(timeline) - clip.fps) < 0.001;
  const span = ((item.end - item.start) * clip.fps * Math.abs(item.speed)) / (rateOf(timeline) * 100);
  const [from, to] = [item.left + (item.off ?? 0), item.left + Math.round(span) - (same ? 0 : 1)];
  return item.speed < 0 ? [to, from] : [from, to];
}
