/** A stand-in timeline as plain JSON: tracks, items and markers. What an item plays is kept exactly; the answers about it lie. */
import type { ClipState, MarkerState } from './state.ts';

export interface TimelineItemState {
  id: string;
  name: string;
  /** `generator` is a title or a solid. A transition lies over the items on both sides of its cut. */
  type: 'clip' | 'generator' | 'transition';
  /** Id of the pool clip, or of the timeline that is nested here; null for what is made in Resolve. */
  clip: string | null;
  /** First frame, absolute: 86400 on a timeline that starts at 01:00:00:00. */
  start: number;
  /** Timeline frames. */
  duration: number;
  /** First source frame that plays forwards at the clip's own rate, from the clip's first. */
  in: number;
  /** Source seconds a record second; negative = backwards, 0/1 = a freeze. */
  speed: { num: number; den: number };
  enabled: boolean;
  linked: string[];
  /** Came in through an xmeml: Resolve knows no source span of it. */
  imported?: true;
  /** One of the items whose GetSourceStartFrame is one off. */
  offByOne?: true;
}

export interface TrackState {
  name: string;
  enabled: boolean;
  items: TimelineItemState[];
}

export interface TimelineState {
  id: string;
  name: string;
  fps: number;
  drop: boolean;
  /** Frame of the first frame: 86400 for 01:00:00:00 at 24. */
  start: number;
  width: number;
  height: number;
  video: TrackState[];
  audio: TrackState[];
  /** Id of the bin it lies in; absent = the root. */
  bin?: string;
  /** By frame from the timeline's first. */
  markers: Record<number, MarkerState>;
}

/** A timeline as CreateEmptyTimeline makes it: one track of each kind, an hour in, at the project's rate. */
export function newTimeline(id: string, name: string, settings: Record<string, string>): TimelineState {
  const fps = Number.parseFloat(settings['timelineFrameRate'] ?? '24');
  const drop = settings['timelineDropFrameTimecode'] === '1';
  const base = Math.round(fps);
  return {
    id,
    name,
    fps,
    drop,
    start: 3600 * base - (drop ? (base / 15) * 54 : 0),
    width: Number(settings['timelineResolutionWidth'] ?? 1920),
    height: Number(settings['timelineResolutionHeight'] ?? 1080),
    video: [{ name: 'Video 1', enabled: true, items: [] }],
    audio: [{ name: 'Audio 1', enabled: true, items: [] }],
    markers: {},
  };
}

/** As it lies in the Media Pool. */
export function asClip({ id, name, fps, drop, start, video, audio }: TimelineState): ClipState {
  const ends = [...video, ...audio].flatMap(({ items }) => items.map((item) => item.start + item.duration));
  return {
    id,
    name,
    file: '',
    type: 'Timeline',
    fps,
    frames: Math.max(start, ...ends) - start,
    start,
    ...(drop ? { drop } : {}),
    colour: '',
    flags: [],
    metadata: {},
    thirdParty: {},
    markers: {},
  };
}
