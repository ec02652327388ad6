/** The lines of one EDL event: the edit itself, or the two of a transition, then what belongs under it. */
import { ascii } from './ascii.ts';
import { fullReel, mediaName, notesOf, type Column, type Writing } from './comments.ts';
import type { Join, Line } from './joins.ts';
import { listedSource, type ListedSource } from './listed.ts';
import { BLACK, NO_REEL } from './reels.ts';
import { eventPlace } from '../../cutlist.ts';
import type { Rate } from '../../time/rate.ts';
import { frameToTimecode } from '../../time/timecode.ts';

/** An event without its number, which depends on the file it ends up in. */
export interface Entry {
  /** Record in of its lines. */
  at: number;
  /** The first line of a transition, from the reel on. */
  first?: string;
  /** The edit line from the reel on, and the lines under it, with CRLF between them. */
  text: string;
  /** Lines that are added under those. */
  more?: string[];
  /** Whole names of the reels in it. */
  reels: string[];
}

/** A clip as its line shows it. */
interface Shown {
  line: Line;
  reel: string;
  source: ListedSource;
}

export function eventEntry(line: Line, column: Column, writing: Writing): Entry {
  if (line.from) return joinEntry(line.from, column, writing);
  const shown = show(line, writing);
  const { source } = shown;
  const times = span(source.in, source.out, source.rate, line.in, line.out, writing);
  const lines = [head(shown.reel, column, 'C', '', times, writing)];
  if (column.aud !== undefined) lines.push(column.aud);
  motion(shown, writing, lines);
  frozen(line, lines);
  notesOf(line.event, source.own, column, 'FROM', writing, lines);
  // Joined here: strings pieced together stay in pieces, and kept to the end they cost the collector most of the run.
  return { at: line.in, text: lines.join('\r\n'), reels: fullReel(line.event) };
}

/** The two lines of a transition and the notes of both its clips; a side without a clip is black. */
export function joinEntry(join: Join, column: Column, writing: Writing): Entry {
  const { transition, left, right } = join;
  const { in: from, out: to } = transition;
  const out = left && show(left, writing, true);
  const into = right && show(right, writing);
  const { rate } = writing.list;
  const first = out
    ? span(out.source.end, out.source.end, out.source.rate, from, from, writing)
    : span(0, 0, rate, from, from, writing);
  const second = into
    ? span(into.source.in, into.source.out, into.source.rate, from, right.out, writing)
    : span(0, to - from, rate, from, to, writing);
  const frames = String(to - from).padStart(3, '0');
  const lines = [head(into?.reel ?? BLACK, column, letter(join, column, writing), frames, second, writing)];
  if (column.aud !== undefined) lines.push(column.aud);
  // The outgoing clip's speed stands under its own event.
  if (into) motion(into, writing, lines);
  joinNotes(join, into, column, writing, lines);
  const reels = [...(left ? fullReel(left.event) : []), ...(right ? fullReel(right.event) : [])];
  return {
    at: from,
    first: head(out?.reel ?? BLACK, column, 'C', '', first, writing),
    text: lines.join('\r\n'),
    reels,
  };
}

function joinNotes(join: Join, into: Shown | null, column: Column, writing: Writing, lines: string[]): void {
  const { transition, cut, left, right } = join;
  if (left) lines.push(`* FROM CLIP NAME: ${ascii(mediaName(left.event))}`);
  if (right && into) {
    notesOf(right.event, into.source.own, column, 'TO', writing, lines);
    frozen(right, lines);
  } else lines.push(`* TO CLIP NAME: ${BLACK}`);
  const name = ascii(transition.name);
  if (name !== transition.name) {
    const where = eventPlace(writing.list, (right ?? left)!.event);
    const message = `${transition.name}: the transition's name is written "${name}"; the list is ASCII`;
    writing.lose({ what: 'name', where, count: 1, message });
  }
  if (name) lines.push(writing.profile.effect(name));
  // Without a word a reader puts the cut where the transition begins; a fade to black where it ends.
  if (cut !== (right ? transition.in : transition.out))
    lines.push(`* CUT AT ${label(writing.list.start + cut, writing.list.rate, writing)}`);
}

function frozen({ event }: Line, lines: string[]): void {
  if (event.speed?.num === 0) lines.push('* * FREEZE FRAME');
}

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

function motion({ source, reel }: Shown, writing: Writing, lines: string[]): void {
  if (source.motion === null) return;
  lines.push(writing.layout.motion(reel, source.motion, label(source.in, source.rate, writing)));
}
