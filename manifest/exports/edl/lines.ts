/** The lines of one EDL event: the edit itself, or the two of a transition, then what belongs under it. */
import { ascii } from './ascii.ts';
import { fullReel, mediaName, notesOf, type Column, type Writing } from './comments.ts';
import type { Join, Line } from './joins.ts';
import { listedSource, type ListedSource } from './listed.ts';
import { BLACK, NO_REEL } from './reels.ts';
import { eventPlace } from '../../cutlist.ts';
import { nominal, type Rate } from '../../time/rate.ts';
import { frameToTimecode } from '../../time/timecode.ts';

/** An event without its number, which depends on the file it ends up in. */
export interface Entry {
  /** Record in of its lines. */
  at: number;
  /** One edit line, or the two of a transition, from the reel on. */
  heads: string[];
  notes: string[];
  /** Whole names of the reels in it. */
  reels: string[];
}

/** A clip as its line shows it. */
interface Shown {
  line: Line;
  reel: string;
  source: ListedSource;
}

/** The entry of an event; null where it has none of its own, because all of it lies in the transition it goes out with. */
export function eventEntry(line: Line, column: Column, writing: Writing): Entry | null {
  if (line.from) return joinEntry(line.from, column, writing);
  if (line.out === line.in) return null;
  const shown = show(line, writing);
  const { source } = shown;
  const notes = notesOf(line.event, source.own, column, 'FROM', writing);
  return {
    at: line.in,
    heads: [
      head(
        shown.reel,
        column,
        'C',
        '',
        span(source.in, source.out, source.rate, line.in, line.out, writing),
        writing,
      ),
    ],
    notes: [...aud(column), ...motion(shown, writing), ...frozen(line), ...notes],
    reels: fullReel(line.event),
  };
}

/** The two lines of a transition and the notes of both its clips; a side without a clip is black. */
export function joinEntry(join: Join, column: Column, writing: Writing): Entry {
  const { transition, left, right } = join;
  const { in: from, out: to } = transition;
  const out = left && show(left, writing, !alone(left));
  const into = right && show(right, writing);
  const { rate } = writing.list;
  const first = out
    ? span(out.source.end, out.source.end, out.source.rate, from, from, writing)
    : span(0, 0, rate, from, from, writing);
  const second = into
    ? span(into.source.in, into.source.out, into.source.rate, from, right.out, writing)
    : span(0, to - from, rate, from, to, writing);
  const frames = String(to - from).padStart(3, '0');
  return {
    at: from,
    heads: [
      head(out?.reel ?? BLACK, column, 'C', '', first, writing),
      head(into?.reel ?? BLACK, column, letter(join, column, writing), frames, second, writing),
    ],
    notes: [...aud(column), ...motions(out, into, writing), ...joinNotes(join, out, into, column, writing)],
    reels: [...(left ? fullReel(left.event) : []), ...(right ? fullReel(right.event) : [])],
  };
}

/** Whether all of a clip lies in the transition it goes out with, so that it has no line of its own. */
function alone(line: Line): boolean {
  return line.from === null && line.in === line.out;
}

/**
 * The outgoing clip's speed stands under its own event. One that is all transition has it here only; then both clips say
 * theirs, so that neither's is taken for the other's.
 */
function motions(out: Shown | null, into: Shown | null, writing: Writing): string[] {
  const both = out !== null && alone(out.line) && out.source.motion !== null;
  return [...(both ? motion(out, writing) : []), ...(into ? motion(into, writing, both) : [])];
}

function joinNotes(
  join: Join,
  out: Shown | null,
  into: Shown | null,
  column: Column,
  writing: Writing,
): string[] {
  const { transition, cut, left, right } = join;
  const notes: string[] = [];
  if (left && out && alone(left))
    notes.push(...frozen(left), ...notesOf(left.event, out.source.own, column, 'FROM', writing));
  else if (left) notes.push(`* FROM CLIP NAME: ${ascii(mediaName(left.event))}`);
  if (right && into)
    notes.push(...notesOf(right.event, into.source.own, column, 'TO', writing), ...frozen(right));
  else notes.push(`* TO CLIP NAME: ${BLACK}`);
  const name = ascii(transition.name);
  if (name !== transition.name)
    writing.lose({
      what: 'name',
      where: eventPlace(writing.list, (right ?? left)!.event),
      count: 1,
      message: `${transition.name}: the transition's name is written "${name}"; the list is ASCII`,
    });
  if (name) notes.push(writing.profile.effect(name));
  // Without a word a reader puts the cut where the transition begins; a fade to black where it ends.
  if (cut !== (right ? transition.in : transition.out) || (left && alone(left)))
    notes.push(`* CUT AT ${label(writing.list.start + cut, writing.list.rate, writing)}`);
  return notes;
}

const frozen = ({ event }: Line) => (event.speed?.num === 0 ? ['* * FREEZE FRAME'] : []);

/** `quiet` where another line of the event says what is lost. */
function show(line: Line, writing: Writing, quiet = false): Shown {
  const { event } = line;
  const { list, profile, reels, lose } = writing;
  const source = listedSource(line, list.rate, profile);
  if (!quiet && source.losses.length > 0) {
    const where = eventPlace(list, event);
    for (const { what, message } of source.losses)
      lose({ what, where, count: 1, message: `${event.name}: ${message}` });
  }
  return { line, reel: reels.get(event.source?.reel ?? '')?.short ?? NO_REEL, source };
}

function head(
  reel: string,
  { channel }: Column,
  transition: string,
  frames: string,
  times: string,
  { layout }: Writing,
): string {
  return `${reel.padEnd(layout.reel)} ${channel.padEnd(5)} ${transition.padEnd(4)} ${frames.padStart(3)} ${times}`;
}

function label(frame: number, rate: Rate, { profile }: Writing): string {
  const timecode = frameToTimecode(frame, rate);
  return profile.colonsOnly && rate.drop ? timecode.replace(';', ':') : timecode;
}

function span(
  sourceIn: number,
  sourceOut: number,
  rate: Rate,
  from: number,
  to: number,
  writing: Writing,
): string {
  const { start, rate: own } = writing.list;
  return `${label(sourceIn, rate, writing)} ${label(sourceOut, rate, writing)} ${label(start + from, own, writing)} ${label(start + to, own, writing)}`;
}

function letter({ transition }: Join, column: Column, { profile }: Writing): string {
  if (column.type === 'audio') return profile.crossfade!;
  return transition.kind === 'wipe' ? `W${String(transition.wipe ?? 1).padStart(3, '0')}` : 'D';
}

const aud = (column: Column) => (column.aud === undefined ? [] : [column.aud]);

function motion({ source, reel }: Shown, writing: Writing, always = false): string[] {
  const plain = `${String(nominal(writing.list.rate)).padStart(3, '0')}.0`;
  const word = source.motion ?? (always ? plain : null);
  return word === null ? [] : [writing.layout.motion(reel, word, label(source.in, source.rate, writing))];
}
