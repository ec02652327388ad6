/**
 * Brings the tracks of a snapshot into the order every format wants: tracks from the bottom up, items by record time and
 * never over one another. What cannot stand where the editor put it is moved or, where it has no length, lost; both are said.
 */
import type { Loss } from './documents/issue.ts';
import type { SequenceItem, SequenceSnapshot, SequenceTrack } from './documents/snapshot.ts';
import { frameToTimecode } from './time/timecode.ts';

/** Video first, then audio, each by index. Items that overlap an earlier one of their track lie on tracks added on top. */
export function laidOut(snapshot: SequenceSnapshot, losses: Loss[]): SequenceTrack[] {
  const video = layOut(snapshot, 'video', losses);
  return [...video, ...layOut(snapshot, 'audio', losses)];
}

function layOut(snapshot: SequenceSnapshot, type: SequenceTrack['type'], losses: Loss[]): SequenceTrack[] {
  const at = (name: string, frame: number) =>
    `${name} at ${frameToTimecode(snapshot.start + frame, snapshot.rate)}`;
  const tracks: SequenceTrack[] = [];
  const displaced: { item: SequenceItem; from: SequenceTrack; name: string }[] = [];
  const given = snapshot.tracks.filter((track) => track.type === type);
  for (const track of [...given].sort((a, b) => a.index - b.index)) {
    // Two tracks that claim one place keep their order; the later one moves up.
    const index = Math.max(track.index, (tracks[tracks.length - 1]?.index ?? 0) + 1);
    const name = `${type === 'video' ? 'V' : 'A'}${index}`;
    const items: SequenceItem[] = [];
    for (const item of inOrder(track.items)) {
      const problem = standing(item);
      if (problem)
        losses.push({
          what: 'event',
          where: at(name, item.in),
          count: 1,
          message: `${item.name}: ${problem}`,
        });
      else if (items.length && item.in < items[items.length - 1]!.out)
        displaced.push({ item, from: track, name });
      else items.push(item);
    }
    const transitions = inOrder(track.transitions).filter((transition) => {
      if (transition.out > transition.in) return true;
      const message = `${transition.name}: the transition has no length`;
      losses.push({ what: 'transition', where: at(name, transition.in), count: 1, message });
      return false;
    });
    tracks.push({ ...track, index, items, transitions });
  }
  for (const { item, from, name } of displaced) {
    const onto = freeTrack(tracks, item, from);
    losses.push({
      what: 'overlap',
      where: at(name, item.in),
      count: 1,
      message: `${item.name}: it lies over the item before it on ${name}; it is kept on ${name[0]}${onto.index}`,
    });
    onto.items.push(item);
  }
  return tracks.map((track) => ({ ...track, items: inOrder(track.items) }));
}

/** A track added for overlaps that is free where the item lies; a new one on top of the others where none is. */
function freeTrack(tracks: SequenceTrack[], item: SequenceItem, from: SequenceTrack): SequenceTrack {
  const name = `${from.name} (overlap)`;
  const free = tracks.find(
    (track) =>
      track.name === name && track.items.every((other) => other.in >= item.out || other.out <= item.in),
  );
  if (free) return free;
  const added: SequenceTrack = {
    type: from.type,
    index: (tracks[tracks.length - 1]?.index ?? 0) + 1,
    name,
    enabled: from.enabled,
    items: [],
    transitions: [],
  };
  tracks.push(added);
  return added;
}

function standing(item: SequenceItem): string | null {
  const length = item.out - item.in;
  if (length === 0) return 'it has no length on the track';
  if (length < 0) return `its record out lies ${-length} frames before its record in`;
  if (item.in < 0) return `it begins ${-item.in} frames before the sequence does`;
  return null;
}

function inOrder<Placed extends { in: number; out: number }>(items: Placed[]): Placed[] {
  return [...items].sort((a, b) => a.in - b.in || a.out - b.out);
}
