/** The lines of one EDL event: the edit itself, or the two of a transition, then what belongs under it. */
import { ascii } from './ascii.ts';
import { fullReel, mediaName, notesOf, type Column, type Writing } from './comments.ts';
import { isAllTransition, type Join, type Line } from './joins.ts';
import { listedSource, motionWord, type ListedSource } from './listed.ts';
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
  motion(shown, false, writing, lines);
  frozen(line, lines);
  notesOf(line.event, source.own, column, 'FROM', writing, lines);
  // Joined here: strings pieced together stay in pieces, and kept to the end they cost the collector most of the run.
  return { at: line.in, text: lines.join('\r\n'), reels: fullReel(line.event) };
}

/** The two lines of a transition and the notes of both its clips; a side without a clip is black. */
export function joinEntry(join: Join, column: Column, writing: Writing): Entry {
  const { transition, left, right } = join;
  const { in: from, out: to } = transition;
  const alone = left !== null && isAllTransition(left);
  const out = left && show(left, writing, !alone);
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
  // The outgoing clip's speed stands under its own event, where it has one.
  const speeds = alone ? [out!, into] : [into];
  const which = alone && into?.reel === out!.reel && speeds.some((each) => each?.source.motion != null);
  for (const each of speeds) if (each) motion(each, which, writing, lines);
  joinNotes(join, alone ? out : null, into, column, writing, lines);
  const reels = [...(left ? fullReel(left.event) : []), ...(right ? fullReel(right.event) : [])];
  return {
    at: from,
    first: head(out?.reel ?? BLACK, column, 'C', '', first, writing),
    text: lines.join('\r\n'),
    reels,
  };
}

/** `alone` is an outgoing clip that has no event of its own. */
function joinNotes(
  join: Join,
  alone: Shown | null,
  into: Shown | null,
  column: Column,
  writing: Writing,
  lines: string[],
): void {
  const { transition, cut, left, right } = join;
  if (alone) {
    notesOf(
      alone.line.event,
      alone.source.own,
      unpatched(column, alone.line, writing),
      'FROM',
      writing,
      lines,
    );
    lines.push(
      `* OUTGOING CLIP BEGINS AT ${label(writing.list.start + transition.in, writing.list.rate, writing)}`,
    );
  } else if (left) lines.push(`* FROM CLIP NAME: ${ascii(mediaName(left.event))}`);
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

/** Under a transition PATCH lines are the incoming clip's. */
function unpatched(column: Column, { event }: Line, { list, lose }: Writing): Column {
  if (event.channels?.length)
    lose({
      what: 'channels',
      where: eventPlace(list, event),
      count: 1,
      message: `${event.name}: it plays source channel ${event.channels.join(', ')}, which the list does not say of a clip that is all transition`,
    });
  return { ...column, patches: [] };
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

/** `always` also at 100 %: of two clips of one reel that share a line, each is to have its own. */
function motion({ source, reel, line }: Shown, always: boolean, writing: Writing, lines: string[]): void {
  const plain = always ? motionWord(PLAIN, writing.list.rate) : null;
  const speed = source.motion ?? plain;
  if (speed === null) return;
  const from = isAllTransition(line) ? source.end : source.in;
  lines.push(writing.layout.motion(reel, speed, label(from, source.rate, writing)));
}

const PLAIN = { num: 1, den: 1 };
