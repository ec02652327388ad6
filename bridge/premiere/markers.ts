/**
 * Notes ⇄ Premiere's clip markers. Times are written as seconds (the nearest double to the exact fraction) and compared
 * as frames after reading back ticks. Premiere keeps no field for an id, so it stands in brackets at the end of the comment.
 */
import type { Marker } from '../../manifest/documents/plan.ts';
import type { Rate } from '../../manifest/documents/rate.ts';
import { ticksToFrames } from '../../manifest/time/ticks.ts';
import { markerColour } from './labels.ts';
import type { RawMarker } from './wire.ts';

/** Nearest double to the exact time of a frame: one division of two whole numbers, each below 2^53, rounds once. */
export function frameToSecondsNumber(frame: number, rate: Rate): number {
  return (frame * rate.den) / rate.num;
}

/** The end to write. A marker of one frame is Premiere's marker without length. */
export function markerEnd(marker: Marker): number {
  return frameToSecondsNumber(
    marker.duration <= 1 ? marker.frame : marker.frame + marker.duration,
    marker.rate,
  );
}

export function markerTag(id: string): string {
  return `[baton:${id.replace(/[%[\]\s]/g, (character) => encodeURIComponent(character))}]`;
}

export function taggedComment(marker: Marker): string {
  return marker.comment === '' ? markerTag(marker.id) : `${marker.comment}\n${markerTag(marker.id)}`;
}

/** Comment and id of a marker that Baton made; null for anyone else's. */
export function untag(comments: string): { id: string; comment: string } | null {
  const match = /^([\s\S]*?)(?:\r\n|\r|\n)?\[baton:([^[\]\s]+)\]\s*$/.exec(comments);
  if (!match) return null;
  try {
    return { id: decodeURIComponent(match[2]!), comment: match[1]! };
  } catch {
    return null;
  }
}

/** As a document marker at `rate`; null where Baton did not make it. Times between frames go to the nearest. */
export function markerOf(raw: RawMarker, rate: Rate): Marker | null {
  const tagged = untag(raw.comments);
  if (!tagged) return null;
  const frame = ticksToFrames(raw.start, rate).frame;
  const end = ticksToFrames(raw.end, rate).frame;
  return {
    id: tagged.id,
    frame,
    duration: Math.max(1, end - frame),
    rate,
    name: raw.name,
    comment: lines(tagged.comment),
    colour: markerColour(raw.colour),
  };
}

/** Premiere may keep another line ending than it was given. */
export function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** What differs between the marker wanted and the one read, in words; empty = the same. */
export function markerDifferences(wanted: Marker, read: Marker): string[] {
  const found: string[] = [];
  if (read.frame !== wanted.frame) found.push(`it stands at frame ${read.frame}, not ${wanted.frame}`);
  if (read.duration !== Math.max(1, wanted.duration)) {
    found.push(`it is ${read.duration} frames long, not ${wanted.duration}`);
  }
  if (lines(read.name) !== lines(wanted.name)) found.push('its name differs');
  if (read.comment !== lines(wanted.comment)) found.push('its comment differs');
  if (read.colour !== wanted.colour) found.push(`it is ${read.colour}, not ${wanted.colour}`);
  return found;
}
