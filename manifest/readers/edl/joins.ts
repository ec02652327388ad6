/**
 * Transitions back on their cuts. A list gives the incoming clip from where the transition begins, so the cut is taken to be there,
 * unless a comment of Baton's own says where it was; a fade to black belongs to the clip that goes out.
 */
import type { Clock } from './clock.ts';
import { isTimecode } from './edit.ts';
import { quoted, type IssueBook } from './issues.ts';
import { resized, type Played } from './motion.ts';
import type { RawEdit } from './raw.ts';
import { sameReel } from './speeds.ts';
import type { Take } from './takes.ts';
import type { CutTransition } from '../../documents/cutlist.ts';

/** A take on one channel. */
export interface Placed {
  take: Take;
  in: number;
  out: number;
  /** What it plays, at its own final length. */
  range: Played;
  /** Frames it plays under transitions before its in and behind its out. */
  head: number;
  tail: number;
  /** The event whose track this one has to follow. */
  after: Placed | null;
  lane: number;
}

export interface Join {
  transition: CutTransition;
  /** Where its events meet. Record frames, like the transition's own. */
  cut: number;
  /** An event on whose track it lies. */
  on: Placed;
}

export interface Channel {
  type: 'video' | 'audio';
  index: number;
  events: Placed[];
  joins: Join[];
}

/** One channel of the list. Clips are placed before transitions: Premiere lists some of them the other way round. */
export function channelOf(
  type: Channel['type'],
  index: number,
  takes: readonly Take[],
  issues: IssueBook,
  clock: Clock,
): Channel {
  const channel: Channel = { type, index, events: [], joins: [] };
  const ending = new Map<number, Placed>();
  const place = (take: Take, from: number, to: number): Placed => {
    const placed: Placed = {
      take,
      in: from,
      out: to,
      range: take.range,
      head: 0,
      tail: 0,
      after: null,
      lane: 0,
    };
    channel.events.push(placed);
    ending.set(to, placed);
    return placed;
  };
  const transitions: Take[] = [];
  for (const take of takes) {
    if (take.edit.kind === 'dissolve' || take.edit.kind === 'wipe') transitions.push(take);
    else if (take.black) continue;
    else if (take.out > take.in) place(take, take.in, take.out);
    else if (!take.opens) sayEmpty(take, issues);
  }
  const starting = new Map<number, Take>();
  for (const take of transitions)
    if (take.edit.frames > 0 && take.out > take.in && !starting.has(take.in)) starting.set(take.in, take);
  for (const take of transitions) transition(take, channel, { ending, starting, place, issues, clock });
  for (const event of channel.events) if (event.out <= event.in) sayHeld(event, issues);
  return channel;
}

function sayEmpty(take: Take, issues: IssueBook): void {
  const message = `Event ${take.edit.number} (${quoted(take.notes.name ?? take.edit.reel)}) has no length on the record; it is no event.`;
  issues.add('edl-zero-length', 'warning', take.edit.line, message);
}

/** A clip that was to go on under the next transition, which took another: it keeps a frame. */
function sayHeld(event: Placed, issues: IssueBook): void {
  event.out = event.in + 1;
  const { edit } = event.take;
  const message = `Event ${edit.number}: the transitions on both sides of it leave it no frame of its own; it is kept with one.`;
  issues.add('edl-transition', 'warning', edit.line, message);
}

interface Tools {
  ending: Map<number, Placed>;
  /** Transitions by where they begin. */
  starting: Map<number, Take>;
  place(take: Take, from: number, to: number): Placed;
  issues: IssueBook;
  clock: Clock;
}

function transition(take: Take, channel: Channel, tools: Tools): void {
  const { ending } = tools;
  const frames = framesOf(take, tools);
  const to = take.in + frames;
  if (frames === 0) {
    if (!take.black && take.out > take.in) tools.place(take, take.in, take.out);
    return;
  }
  const from = outgoing(take, to, tools);
  const into = take.black ? null : tools.place(take, take.in, take.out);
  const on = into ?? from;
  if (!on) {
    tools.issues.add(
      'edl-transition',
      'warning',
      take.edit.line,
      `Event ${take.edit.number}: a transition from black to black; it is left out.`,
    );
    return;
  }
  const least = from && from.in === take.in ? take.in + 1 : take.in;
  const most = into && !goesOnBehind(take, tools) ? Math.min(to, into.out - 1) : to;
  const otherwise = into ? (from?.in === take.in ? from.out : take.in) : to;
  const cut = Math.min(most, Math.max(least, cutAt(take.edit, take.in, to, otherwise, tools.clock)));
  if (from) {
    // Nothing else can come out of this clip's end.
    if (ending.get(from.out) === from) ending.delete(from.out);
    from.out = cut;
    from.tail = to - cut;
  }
  if (into) {
    into.in = cut;
    into.head = cut - take.in;
  }
  if (into && from) into.after = from;
  const kind = kindOf(take.edit, channel.type, !from || !into);
  channel.joins.push({ transition: { in: take.in, out: to, ...kind }, cut, on });
}

function framesOf(take: Take, tools: Tools): number {
  const { edit } = take;
  const length = take.out - take.in;
  const say = (message: string) =>
    tools.issues.add('edl-transition', 'warning', edit.line, `Event ${edit.number}: ${message}`);
  if (length === 0) say('it has no length on the record; neither it nor its transition is read.');
  else if (edit.frames === 0) say('its transition has no length; it is read as a cut.');
  else if (edit.frames > length)
    say(
      `its transition of ${edit.frames} frames is longer than its ${length} frames of record; it is cut to them.`,
    );
  return Math.min(edit.frames, length);
}

/**
 * The clip a transition comes from: the one that ends where it begins, if its first line is that one's. A clip that is only
 * there in its transition has no event above; its first line is all there is of it, and it gets the first half.
 */
function outgoing(take: Take, to: number, tools: Tools): Placed | null {
  const first = take.pairedWith;
  if (first?.black) return null;
  const before = tools.ending.get(take.in) ?? null;
  if (before && (!first || first.out > first.in || goesOn(before.take, first, take))) {
    sayGrade(before.take, first, tools);
    return before;
  }
  if (!first || first.out > first.in) return null;
  if (take.black || take.out - take.in >= 2 || goesOnBehind(take, tools))
    return tools.place(first, take.in, take.in + Math.ceil((to - take.in) / 2));
  const name = quoted(first.notes.name ?? first.edit.reel);
  const message = `Event ${take.edit.number}: ${name}, which it comes from, has no event of its own and no room beside its single frame; it is left out.`;
  tools.issues.add('edl-transition', 'warning', first.edit.line, message);
  return null;
}

/** Whether a transition's clip lasts under the next one, so that it need not keep a frame of its own line. */
function goesOnBehind(take: Take, { starting }: Tools): boolean {
  const next = starting.get(take.out);
  const first = next?.pairedWith;
  if (!first || first.black || first.out > first.in || next.edit.line < take.edit.line) return false;
  return goesOn(take, first, next);
}

/**
 * Whether a transition's first line goes on with the event that ends there: by the clips' names where both have one, and by
 * source timecode, to a frame. A speed moves the timecode, so it tells nothing there; some lists give the incoming clip's reel.
 */
function goesOn(
  { edit: before, notes, range }: Take,
  { edit: first, notes: own }: Take,
  take: Take,
): boolean {
  if (take.edit.outgoingAt !== undefined) return false;
  const [name, ownName] = [notes.name?.toUpperCase(), own.name?.toUpperCase()];
  if (name !== undefined && ownName !== undefined && name !== ownName) return false;
  const plain = range.speed.num === range.speed.den && first.source[0] !== before.source[1];
  const jumps = plain && Math.abs(take.pairedWith!.range.low - range.high) > 1;
  return !jumps && (sameReel(before.reel, first.reel) || first.source[0] === before.source[1]);
}

/** What a list says of the outgoing clip's colour under a transition counts only where the clip has no event above. */
function sayGrade({ notes }: Take, first: Take | null, { issues }: Tools): void {
  const cdl = first?.notes.cdl;
  if (!cdl || JSON.stringify(cdl.grade) === JSON.stringify(notes.cdl?.grade)) return;
  const message = `This colour decision (ASC CDL) is for the clip that the transition comes from, whose own event ${notes.cdl ? 'has another' : 'has none'}; it was not read.`;
  issues.add('edl-cdl', 'warning', cdl.line, message);
}

function cutAt(edit: RawEdit, from: number, to: number, otherwise: number, clock: Clock): number {
  if (edit.cutAt === undefined || !isTimecode(edit.cutAt)) return otherwise;
  const label = clock.record(edit.cutAt, edit.line);
  const cut = label + Math.round((from - label) / clock.day) * clock.day;
  return cut >= from && cut <= to ? cut : otherwise;
}

/** Ranges at their final lengths: a transition in front takes from the beginning, one behind adds to the end. */
export function settle(event: Placed): void {
  const { take } = event;
  const written = { length: Math.max(1, take.out - take.in) };
  event.range = resized(take.range, written, event.in - take.in, event.out - event.in);
}

/** Sound has no wipes: Premiere writes its crossfades with that letter. */
function kindOf(
  edit: RawEdit,
  type: Channel['type'],
  single: boolean,
): Pick<CutTransition, 'kind' | 'wipe' | 'name'> {
  const wipes = edit.kind === 'wipe' && type === 'video';
  if (wipes)
    return {
      kind: 'wipe',
      wipe: edit.wipe,
      name: edit.effect || `Wipe ${String(edit.wipe).padStart(3, '0')}`,
    };
  return {
    kind: single ? 'fade' : 'dissolve',
    name: edit.effect || (type === 'video' ? 'Cross Dissolve' : 'Crossfade'),
  };
}
