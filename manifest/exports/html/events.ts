/** The tables of a report's events, one for each track, and its markers. */
import { cdlLines } from '../../cdl.ts';
import { recordTimecode, trackName } from '../../cutlist.ts';
import type { CutEvent, CutList, CutMarker, CutTrack } from '../../documents/cutlist.ts';
import { rateLabel, sameSpeed } from '../../time/rate.ts';
import { frameToTimecode } from '../../time/timecode.ts';
import { sidesOf } from '../../transitions.ts';
import { counted } from './count.ts';
import { escape, named } from './escape.ts';
import { table, type Column } from './page.ts';
import { isSampled, sourceRange, sourceTimecode } from './places.ts';
import { anchor } from './timeline.ts';

const COLUMNS: Column[] = [
  { head: 'Event', kind: 'id' },
  { head: 'Name', kind: 'words' },
  { head: 'Record in', kind: 'time' },
  { head: 'Record out', kind: 'time' },
  { head: 'Frames', kind: 'number' },
  { head: 'Reel', kind: 'short' },
  { head: 'Source in', kind: 'time' },
  { head: 'Source out', kind: 'time' },
  { head: 'Notes', kind: 'notes' },
];

export function eventTable(list: CutList, track: CutTrack): string {
  const name = trackName(track);
  const called = track.name && track.name !== name ? ` “${named(track.name)}”` : '';
  const off = track.enabled ? '' : ', switched off';
  const ends = cutEnds(track);
  const rows = track.events.map((event) => eventRow(list, track, event, ends));
  const count = `<span class="quiet">${counted(track.events.length, 'event', 'events')}${off}</span>`;
  return `<section><h3>${escape(name)}${called} ${count}</h3>${table(COLUMNS, rows)}</section>`;
}

function eventRow(list: CutList, track: CutTrack, event: CutEvent, ends: Map<number, string>): string {
  const [sourceIn, sourceOut] = sourceRange(event, list);
  const { source } = event;
  const off = event.enabled && track.enabled ? '' : ' class="off"';
  const notes = notesOf(list, event, ends).join(', ');
  return (
    `<tr${off} id="${anchor(track, event)}"><td>${escape(event.id)}<td>${named(event.name)}` +
    `<td>${recordTimecode(list, event.recordIn)}<td>${recordTimecode(list, event.recordOut)}` +
    `<td class="number">${event.recordOut - event.recordIn}<td>${named(source?.reel ?? '')}` +
    `<td>${sourceIn}<td>${sourceOut}<td>${notes}`
  );
}

/** Words for the transition that begins at an event, by the frame of the cut. */
function cutEnds(track: CutTrack): Map<number, string> {
  const words = new Map<number, string>();
  for (const each of [...track.transitions].sort((a, b) => a.in - b.in)) {
    const { before, after } = sidesOf(track.events, each);
    const where = (after ?? before)?.recordIn;
    if (where === undefined) continue;
    const text = `${named(each.name)}, ${each.out - each.in} frames${after ? '' : ' at its end'}`;
    words.set(where, words.has(where) ? `${words.get(where)}; ${text}` : text);
  }
  return words;
}

/** HTML. */
function notesOf(list: CutList, event: CutEvent, ends: Map<number, string>): string[] {
  const { source, speed, kind } = event;
  const notes: string[] = [];
  if (!event.enabled) notes.push('switched off');
  if (kind !== 'clip') notes.push(escape(kind === 'unknown' ? 'of unknown kind' : kind));
  const cut = ends.get(event.recordIn);
  if (cut) notes.push(cut);
  if (speed === null) notes.push('speed varies');
  else if (speed.num === 0) notes.push('freeze');
  else if (speed.num !== speed.den) notes.push(`${Math.round((speed.num * 10000) / speed.den) / 100} %`);
  if (event.channels)
    notes.push(`channel${event.channels.length === 1 ? '' : 's'} ${event.channels.join(', ')}`);
  if (source?.still) notes.push('still');
  else if (source && !isSampled(source) && !sameSpeed(source.rate, list.rate))
    notes.push(`${escape(rateLabel(source.rate))} fps`);
  if (event.link !== undefined) notes.push(`link ${event.link}`);
  if (event.cdl) notes.push(...cdlLines(event.cdl));
  return notes;
}

const MARKER_COLUMNS: Column[] = [
  { head: 'At', kind: 'time' },
  { head: 'Frames', kind: 'number' },
  { head: 'Colour', kind: 'short' },
  { head: 'Name', kind: 'words' },
  { head: 'Comment', kind: 'words' },
  { head: 'On', kind: 'short' },
];

/** Markers of the sequence, then those on the media of its events; empty where there are none. */
export function markerTable(list: CutList): string {
  const inOrder = [...list.markers].sort((a, b) => a.frame - b.frame);
  const rows = inOrder.map((marker) => markerRow(marker, recordTimecode(list, marker.frame), 'sequence'));
  for (const track of list.tracks)
    for (const event of track.events)
      for (const marker of event.markers ?? []) {
        const at = event.source
          ? sourceTimecode(event.source, marker.frame, list)
          : frameToTimecode(marker.frame, list.rate);
        rows.push(markerRow(marker, at, `media of ${event.id}`));
      }
  return rows.length === 0 ? '' : `<h2>Markers</h2>${table(MARKER_COLUMNS, rows)}`;
}

function markerRow({ duration, name, comment, colour }: CutMarker, at: string, on: string): string {
  return `<tr><td>${at}<td class="number">${duration}<td>${escape(colour)}<td>${named(name)}<td>${named(comment)}<td>${escape(on)}`;
}
