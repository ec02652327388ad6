/**
 * The stand-in's timelines and their items: absolute record frames, ends that are exclusive or inclusive by the rates, left offsets
 * that count at the timeline's rate for sound and in the retimed clip where it is retimed.
 */
import { exportTimeline } from './export.ts';
import { handleOf, type Answer, type Method, type Methods } from './handle.ts';
import { exact, label } from './label.ts';
import type { StandinResolve } from './standin.ts';
import type { TimelineItemState, TimelineState, TrackState } from './state-timeline.ts';
import type { ClipState } from './state.ts';

type On = (timeline: TimelineState, args: unknown[], standin: StandinResolve) => Answer;

const read = (run: On): Method => ({
  run(standin, id, args) {
    const timeline = standin.timeline(id);
    return timeline ? run(timeline, args, standin) : null;
  },
});

/** Tracks of a kind count from 1. */
function tracksOf(timeline: TimelineState, type: unknown): TrackState[] {
  return type === 'video' || type === 'audio' ? timeline[type] : [];
}
const trackAt = (timeline: TimelineState, [type, index]: unknown[]): TrackState | undefined =>
  tracksOf(timeline, type)[Number(index) - 1];

/** All text but the rate, as in the project's settings. */
function setting({ fps, drop, width, height }: TimelineState, [key]: unknown[]): Answer {
  const settings = new Map<string, Answer>([
    ['timelineFrameRate', fps],
    ['timelineDropFrameTimecode', drop ? '1' : '0'],
    ['timelineResolutionWidth', String(width)],
    ['timelineResolutionHeight', String(height)],
  ]);
  return key === undefined ? settings : (settings.get(String(key)) ?? '');
}

const endOf = ({ start, duration }: TimelineItemState) => start + duration;

export const TIMELINE_METHODS: Methods = {
  GetName: read(({ name }) => name),
  GetUniqueId: read(({ id }) => id),
  GetStartFrame: read(({ start }) => start),
  GetEndFrame: read(({ start, video, audio }) =>
    Math.max(start, ...[...video, ...audio].flatMap(({ items }) => items.map(endOf))),
  ),
  GetStartTimecode: read(({ start, fps, drop }) => label(start, fps, drop)),
  GetSetting: read(setting),
  GetTrackCount: read((timeline, [type]) => tracksOf(timeline, type).length),
  GetTrackName: read((timeline, args) => trackAt(timeline, args)?.name ?? ''),
  GetIsTrackEnabled: {
    ...read((timeline, args) => trackAt(timeline, args)?.enabled ?? false),
    since: '18.5',
  },
  GetItemListInTrack: read(
    (timeline, args) => trackAt(timeline, args)?.items.map(({ id }) => handleOf('TimelineItem', id)) ?? [],
  ),
  GetMarkers: read(
    ({ markers }) =>
      new Map(
        Object.entries(markers).map(([frame, marker]) => [
          Number(frame),
          new Map<string, Answer>(Object.entries(marker)),
        ]),
      ),
  ),
  GetMediaPoolItem: { ...read(({ id }) => handleOf('MediaPoolItem', id)), since: '19.1' },
  Export: { ...read((timeline, args, standin) => exportTimeline(timeline, args, standin)), writes: true },
};

interface Placed {
  item: TimelineItemState;
  timeline: TimelineState;
  kind: 'video' | 'audio';
  index: number;
  clip: ClipState | null;
}

const ofItem = (run: (placed: Placed, args: unknown[]) => Answer): Method => ({
  run(standin, id, args) {
    const found = standin.timelineItem(id);
    if (!found) return null;
    const { clip } = found.item;
    return run({ ...found, clip: clip === null ? null : (standin.clip(clip)?.clip ?? null) }, args);
  },
});

export const TIMELINE_ITEM_METHODS: Methods = {
  GetName: ofItem(({ item }) => item.name),
  GetUniqueId: ofItem(({ item }) => item.id),
  GetStart: ofItem(({ item }) => item.start),
  GetEnd: ofItem(({ item }) => endOf(item)),
  GetDuration: ofItem(({ item }) => item.duration),
  GetLeftOffset: ofItem(leftOffset),
  GetSourceStartFrame: { ...ofItem((placed) => sourceEnds(placed)[0]), since: '19.0.2' },
  GetSourceEndFrame: { ...ofItem((placed) => sourceEnds(placed)[1]), since: '19.0.2' },
  GetMediaPoolItem: ofItem(({ clip }) => (clip ? handleOf('MediaPoolItem', clip.id) : null)),
  GetTrackTypeAndIndex: { ...ofItem(({ kind, index }) => [kind, index]), since: '19.0' },
  GetLinkedItems: {
    ...ofItem(({ item }) => item.linked.map((id) => handleOf('TimelineItem', id))),
    since: '19.0',
  },
  GetClipEnabled: { ...ofItem(({ item }) => item.enabled), since: '18.5' },
  GetProperty: ofItem(({ item }, [key]) => {
    const all = new Map<string, Answer>(
      item.type === 'transition'
        ? []
        : [
            ['Pan', 0],
            ['ZoomX', 1],
          ],
    );
    // The speed is not among them.
    return key === undefined ? all : (all.get(String(key)) ?? null);
  }),
  GetType: { ...ofItem(({ item, kind }) => (item.type === 'clip' ? kind : item.type)), since: '21.1' },
  GetSpeed: {
    ...ofItem(
      ({ item: { speed } }) => new Map<string, Answer>([['Percentage', (speed.num / speed.den) * 100]]),
    ),
    since: '21.1',
  },
};

/** Source frames a record frame, at 100 %. */
function ratio({ timeline }: Placed, clip: ClipState): number {
  const [media, line] = [exact(clip.fps), exact(timeline.fps)];
  return (media.num * line.den) / (media.den * line.num);
}

/** Counted in the retimed clip; one that runs backwards begins with the media's last frame. */
function leftOffset(placed: Placed): number {
  const { item, kind, clip } = placed;
  if (!clip) return 0;
  const speed = item.speed.num / item.speed.den;
  const faster = Math.abs(speed) || 1;
  const span = Math.round(item.duration * ratio(placed, clip) * faster);
  const left = (speed < 0 ? clip.frames - item.in - span : item.in) / faster;
  return Math.round(kind === 'audio' ? left / ratio(placed, clip) : left);
}

/** 0 and 0 after an xmeml. The end is exclusive where the rates are one, else inclusive; backwards it runs down, and lies below. */
function sourceEnds(placed: Placed): [number, number] {
  const { item, timeline, clip } = placed;
  if (!clip || item.imported) return [0, 0];
  const speed = item.speed.num / item.speed.den;
  const span = Math.round(item.duration * ratio(placed, clip) * Math.abs(speed));
  const alike = Math.abs(timeline.fps - clip.fps) < 0.001;
  if (speed === 0) return [item.in, item.in];
  const last = item.in + Math.max(1, span) - 1;
  const [from, to] = speed < 0 ? [last, item.in - (alike ? 1 : 0)] : [item.in, last + (alike ? 1 : 0)];
  return [from + (item.offByOne ? 1 : 0), to];
}
