/** What ripples do to the parts of a cut: used alike to find the changes and to carry them out, so that the two cannot drift apart. */
import type { CutEvent, CutList, CutMarker, CutTransition } from '../documents/cutlist.ts';
import type { Rate } from '../documents/rate.ts';
import { sidesOf } from '../transitions.ts';
import type { Times } from './trim.ts';
import type { ShiftAt } from './ripple.ts';
import { carried } from './sources.ts';

/** The lane of the sequence's markers, which no track can be called. */
export const MARKERS = 'markers';

export function shiftedEvent(event: Times, by: number): Times {
  const { recordIn, recordOut, sourceIn, sourceOut } = event;
  return { recordIn: recordIn + by, recordOut: recordOut + by, sourceIn, sourceOut };
}

/** A transition goes with the cut it lies over. `events` in order. */
export function shiftedTransition(
  transition: CutTransition,
  events: readonly CutEvent[],
  lane: string,
  shiftAt: ShiftAt,
): CutTransition {
  const by = shiftAt(lane, cutOf(transition, events));
  return { ...transition, in: transition.in + by, out: transition.out + by };
}

export function shiftedMarker(marker: CutMarker, shiftAt: ShiftAt): CutMarker {
  return { ...marker, frame: marker.frame + shiftAt(MARKERS, marker.frame) };
}

/** Markers of an event whose source is counted at another rate or from another start. */
export function carriedMarkers(
  markers: readonly CutMarker[] | undefined,
  from: Rate,
  to: Rate,
  shift: number,
): CutMarker[] {
  return (markers ?? []).map((marker) => ({
    ...marker,
    frame: carried(marker.frame, from, to) + shift,
    duration: carried(marker.duration, from, to),
  }));
}

/** Where the events under a transition meet; its own in where there are none. */
function cutOf(transition: CutTransition, events: readonly CutEvent[]): number {
  const { before, after } = sidesOf(events, transition);
  // What fades out goes with the event that does, wherever its end lies.
  return (after ?? before)?.recordIn ?? transition.in;
}

/** The cut with every record frame at another rate: the nearest frame to the same moment. Source times stay. */
export function atRate(list: CutList, rate: Rate): CutList {
  const at = (frame: number) => carried(frame, list.rate, rate);
  return {
    ...list,
    rate,
    markers: list.markers.map((marker) => ({
      ...marker,
      frame: at(marker.frame),
      duration: at(marker.duration),
    })),
    tracks: list.tracks.map((track) => ({
      ...track,
      events: track.events.map((event) => ({
        ...event,
        recordIn: at(event.recordIn),
        recordOut: at(event.recordOut),
      })),
      transitions: track.transitions.map((each) => ({ ...each, in: at(each.in), out: at(each.out) })),
    })),
  };
}
