/** The tracks of a cut as entries of lists: picture by track, sound gathered where one line can say it for several tracks. */
import type { Column, Writing } from './comments.ts';
import { isAllTransition, type Line } from './joins.ts';
import { eventEntry, joinEntry, type Entry } from './lines.ts';
import type { CutEvent, CutTrack } from '../../documents/cutlist.ts';

/** The channel column has letters for A1 and A2; A3 and A4 stand on an AUD line. */
const MOST_SOUND = 4;

export function canHold(track: CutTrack): boolean {
  return track.type === 'video' || track.index <= MOST_SOUND;
}

/** A track with the lines its transitions leave to its events. */
export interface Laid {
  track: CutTrack;
  lines: Line[];
}

export function pictureEntries({ lines }: Laid, writing: Writing): Entry[] {
  const column: Column = { type: 'video', channel: 'V', patches: [] };
  const entries: Entry[] = [];
  for (const line of lines) add(line, column, writing, entries);
  return entries;
}

/** Events of several tracks that are one linked clip (a stereo pair) share a line; all others have their own. */
export function soundEntries(tracks: readonly Laid[], writing: Writing): Entry[] {
  const entries: Entry[] = [];
  const shared = new Map<string, Shared>();
  const slots: Shared[] = [];
  for (const { track, lines } of tracks)
    for (const line of lines) {
      const member = { track: track.index, event: line.event };
      const key = keyOf(line);
      const known = key === null ? undefined : shared.get(key);
      if (
        known &&
        known.members.every((each) => each.track !== track.index) &&
        alike(known.line.event, line.event)
      )
        known.members.push(member);
      else {
        // An event that may be shared keeps its place; what its line says is known when all tracks have been seen.
        if (key === null) {
          add(line, columnOf([member]), writing, entries);
          continue;
        }
        const slot: Shared = { line, members: [member], at: entries.length };
        shared.set(key, slot);
        slots.push(slot);
        entries.push({ at: line.in, text: '', reels: [] });
      }
    }
  for (const { line, members, at } of slots) entries[at] = eventEntry(line, columnOf(members), writing);
  return entries;
}

interface Member {
  track: number;
  event: CutEvent;
}
interface Shared {
  line: Line;
  members: Member[];
  at: number;
}

function add(line: Line, column: Column, writing: Writing, entries: Entry[]): void {
  if (!isAllTransition(line)) entries.push(eventEntry(line, column, writing));
  if (line.to && !line.to.right) entries.push(joinEntry(line.to, column, writing));
}

/** Where linked events that one line can stand for are alike at first sight; null for an event that keeps its own. */
function keyOf({ event, from, to }: Line): string | null {
  const { source, link, recordIn, sourceIn } = event;
  if (link === undefined || !source || from || to || event.markers?.length || event.cdl) return null;
  return `${link} ${recordIn} ${sourceIn}`;
}

function alike(a: CutEvent, b: CutEvent): boolean {
  return describe(a) === describe(b);
}

function describe({ recordOut, sourceOut, speed, enabled, kind, name, source }: CutEvent): string {
  const { clip, file, reel, start, rate } = source!;
  return JSON.stringify([
    recordOut,
    sourceOut,
    speed,
    enabled,
    kind,
    name,
    clip,
    file,
    source!.name,
    reel,
    start,
    rate,
  ]);
}

function columnOf(members: readonly Member[]): Column {
  const tracks = members.map((member) => member.track);
  const has = (track: number) => tracks.includes(track);
  const low = has(1) && has(2) ? 'AA' : has(1) ? 'A' : has(2) ? 'A2' : 'NONE';
  const column: Column = {
    type: 'audio',
    channel: low,
    patches: members.map(({ track, event }) => ({ track, channels: event.channels })),
  };
  if (has(3) || has(4)) column.aud = `AUD  ${has(3) ? '3' : ' '}${has(4) ? '    4' : ''}`;
  return column;
}
