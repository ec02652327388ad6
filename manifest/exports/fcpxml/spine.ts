/**
 * The primary storyline: V1 from the sequence's first frame to its last, gaps where it holds nothing, and everything on the
 * other tracks and every marker hung on the element that lies under its first frame.
 */
import { recordTimecode, trackName } from '../../cutlist.ts';
import type { CutList, CutMarker, CutTrack } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { add, framesToSeconds, type Fraction } from '../../time/fraction.ts';
import { nominal } from '../../time/rate.ts';
import { itemOf, type Item } from './item.ts';
import type { Resources } from './resources.ts';

/** An element of the storyline; `item` is null in a gap. Places are frames from the sequence's first. */
export interface Element {
  item: Item | null;
  name: string;
  recordIn: number;
  length: number;
  /** What the element's own clock shows at its first frame. */
  start: Fraction;
  track: CutTrack | null;
  connected: Connected[];
  markers: CutMarker[];
}

export interface Connected {
  item: Item;
  track: CutTrack;
  /** Above 0 for picture, below for sound. */
  lane: number;
}

export interface Spine {
  elements: Element[];
  /** Frames, to the end of the last event on any track. */
  length: number;
}

export function spineOf(list: CutList, media: Resources, lose: (loss: Loss) => void): Spine {
  const video = list.tracks.filter((track) => track.type === 'video');
  const primary = video.find((track) => track.index === 1) ?? null;
  const length = Math.max(
    0,
    ...list.tracks.map((track) => track.events[track.events.length - 1]?.recordOut ?? 0),
  );
  // Final Cut starts the clock of a gap at one hour; here it is an hour of labels, which lies on the frame grid.
  const gapStart = framesToSeconds(nominal(list.rate) * 3600, list.rate);
  const elements: Element[] = [];
  let end = 0;
  const gap = (to: number, name: string) => {
    if (to > end)
      elements.push({
        item: null,
        name,
        recordIn: end,
        length: to - end,
        start: gapStart,
        track: null,
        connected: [],
        markers: [],
      });
    end = Math.max(end, to);
  };
  for (const event of primary?.events ?? []) {
    gap(event.recordIn, 'Gap');
    const item = itemOf(list, event, media, lose);
    if (item) {
      gap(item.recordIn, 'Gap');
      const { recordIn, start } = item;
      elements.push({
        item,
        name: event.name,
        recordIn,
        length: item.length,
        start,
        track: primary,
        connected: [],
        markers: [],
      });
      end = recordIn + item.length;
    }
    gap(event.recordOut, event.name);
  }
  gap(length, 'Gap');
  for (const track of list.tracks) if (track !== primary) connect(list, track, elements, media, lose);
  pin(list, elements, lose);
  return { elements, length };
}

function connect(
  list: CutList,
  track: CutTrack,
  elements: Element[],
  media: Resources,
  lose: (loss: Loss) => void,
): void {
  const lane = track.type === 'video' ? track.index - 1 : -track.index;
  let at = 0;
  for (const event of track.events) {
    const item = itemOf(list, event, media, lose);
    if (!item) continue;
    while (item.recordIn >= elements[at]!.recordIn + elements[at]!.length) at++;
    elements[at]!.connected.push({ item, track, lane });
  }
}

/** Markers sit on the element under them: FCPXML has none on the sequence itself. */
function pin(list: CutList, elements: Element[], lose: (loss: Loss) => void): void {
  for (const marker of list.markers) {
    const under = elements.find(
      ({ recordIn, length }) => marker.frame >= recordIn && marker.frame < recordIn + length,
    );
    if (under) under.markers.push(marker);
    else {
      const where = recordTimecode(list, marker.frame);
      lose({
        what: 'marker',
        where,
        count: 1,
        message: `marker "${marker.name}" lies outside the cut, where FCPXML has nothing to hang it on`,
      });
    }
  }
}

/** A place in the sequence on the clock of the element that holds it. */
export function clockAt(list: CutList, element: Element, frame: number): Fraction {
  return add(element.start, framesToSeconds(frame - element.recordIn, list.rate));
}

/** What of whole tracks FCPXML has no word for. */
export function trackLosses(list: CutList, lose: (loss: Loss) => void): void {
  for (const track of list.tracks) {
    const name = trackName(track);
    if (!track.enabled && track.events.length)
      lose({
        what: 'disabled',
        where: name,
        count: track.events.length,
        message: `${name} is switched off; FCPXML has no tracks, so each of its clips is switched off`,
      });
    for (const transition of track.transitions) {
      const [from, to] = [transition.in, transition.out].map((frame) => recordTimecode(list, frame));
      lose({
        what: 'transition',
        where: `${name} at ${from}`,
        count: 1,
        message: `${transition.name}, ${from}–${to}: written as a straight cut`,
      });
    }
  }
}
