/** Edits with their times counted: where each lies on the record, and what it plays. */
import type { Clock } from './clock.ts';
import { distinct, type Channels } from './channels.ts';
import { quoted, type IssueBook } from './issues.ts';
import type { Played } from './motion.ts';
import { isBlack, type ClipNotes, type RawEdit, type RawList } from './raw.ts';
import { motionsOf, rangeOf, sayRecounted, type Recounted } from './speeds.ts';
import type { Rate } from '../../time/rate.ts';

/** An edit line, counted. */
export interface Take {
  edit: RawEdit;
  notes: ClipNotes;
  /** Record frames, unwrapped: they go on past midnight. Equal for the first line of a transition. */
  in: number;
  out: number;
  range: Played;
  rate: Rate;
  channels: Channels;
  black: boolean;
  /** The first line of a two-line transition: it holds no time of its own unless it has a length. */
  opens: boolean;
  /** The first line of this transition. */
  pairedWith: Take | null;
}

/** What is a clip or black, in the list's order; a marker's frame is neither, and a line that could not be placed is said. */
export function takesOf(list: RawList, clock: Clock, issues: IssueBook): Take[] {
  const motions = motionsOf(list, clock, issues);
  const unwrap = unwrapper(clock.day);
  const repeats = repeatedSound(list);
  const takes: Take[] = [];
  const recounted: Recounted[] = [];
  let before: { index: number; take: Take } | null = null;
  list.edits.forEach((edit, index) => {
    const [recordIn, recordOut] = edit.record.map((label) => clock.record(label, edit.line)) as [
      number,
      number,
    ];
    const start = unwrap(recordIn);
    if (edit.isMarker) return;
    const key = isForeground(edit) && before?.take.edit.transitionWord === 'KB' ? before.take : null;
    let length = placedLength(recordOut - recordIn, edit, clock.day, issues);
    // Final Cut Pro gives a key's foreground no length: it lasts as long as its background.
    if (length === 0 && key) length = key.out - key.in;
    if (length === null) return;
    const next = list.edits[index + 1];
    const opens = next?.pair === index;
    const channels = channelsOf(edit, opens ? next : null, repeats, issues);
    if (!channels) return;
    if (key) sayKey(edit, issues);
    const counted = rangeOf(edit, length, motions.get(edit) ?? null, clock, issues, opens);
    const { range, rate } = counted;
    if (counted.recounted && length > 0 && !isBlack(edit)) recounted.push({ edit, range, rate });
    const take: Take = {
      edit,
      notes: notesOf(list, index),
      in: start,
      out: start + length,
      range,
      rate,
      channels,
      black: isBlack(edit),
      opens,
      pairedWith: before && edit.pair === before.index ? before.take : null,
    };
    takes.push(take);
    before = { index, take };
  });
  sayRecounted(recounted, issues);
  return takes;
}

/** `K` keys its clip in over the background of the line before, `K O` keys it out. */
function isForeground(edit: RawEdit): boolean {
  return edit.transitionWord === 'K' || edit.transitionWord === 'KO';
}

function sayKey(edit: RawEdit, issues: IssueBook): void {
  const message = `Event ${edit.number} is a key: its foreground is read as a clip on a track above; the keying itself is not.`;
  issues.add('edl-key', 'warning', edit.line, message);
}

/** Record times that fall back by more than half a day have passed midnight. */
function unwrapper(day: number): (frame: number) => number {
  let [offset, last] = [0, 0];
  return (frame) => {
    if (frame + offset < last - day / 2) offset += day;
    else if (offset > 0 && frame + offset > last + day / 2) offset -= day;
    last = frame + offset;
    return last;
  };
}

function placedLength(span: number, edit: RawEdit, day: number, issues: IssueBook): number | null {
  if (span >= 0) return span;
  if (span + day <= day / 2) return span + day;
  const black = isBlack(edit);
  const message = `Event ${edit.number}: its record out ${edit.record[1]} lies ${-span} frames before its record in ${edit.record[0]}; ${black ? 'this black is passed over' : 'the event was not read'}.`;
  issues.add('edl-record', black ? 'warning' : 'error', edit.line, message);
  return null;
}

/** Sound whose channel was not said goes onto a track past the four that a list has. */
const UNSAID = 5;

/** `second` is the transition that this first line opens: an AUD line under it is for both. */
function channelsOf(
  edit: RawEdit,
  second: RawEdit | null,
  repeats: Set<string>,
  issues: IssueBook,
): Channels | null {
  const { channels } = edit;
  const say = (message: string) =>
    issues.add('edl-channel', 'warning', edit.line, `Event ${edit.number}: ${message}`);
  if (edit.kind === 'unknown')
    issues.add(
      'edl-transition',
      'warning',
      edit.line,
      `${quoted(edit.transitionWord)} is no transition CMX3600 has; event ${edit.number} is read as a cut.`,
    );
  if (!channels) {
    say(`${quoted(edit.channelWord)} is no channel of an EDL; it is read as picture.`);
    return { video: [1], audio: distinct(edit.aud) };
  }
  for (const { channels: own, aud } of second ? [edit, second] : [edit])
    if (own && own.video.length + own.audio.length + aud.length > 0)
      return { video: own.video, audio: distinct([...own.audio, ...aud]) };
  if (isBlack(edit) || second) return { video: [], audio: [UNSAID] };
  if (repeats.has(contents(edit))) {
    say('it goes to no channel and another event repeats it on one; it is passed over.');
    return null;
  }
  say(
    `it goes to no channel (${edit.channelWord}, and no AUD line under it); it is kept as sound on A${UNSAID}.`,
  );
  return { video: [], audio: [UNSAID] };
}

const contents = (edit: RawEdit) =>
  [edit.reel, edit.transitionWord, ...edit.source, ...edit.record].join(' ');

/** Premiere lists some sound twice, once without its channel. */
function repeatedSound(list: RawList): Set<string> {
  const found = new Set<string>();
  if (!list.edits.some((edit) => edit.channelWord.toUpperCase() === 'NONE' && edit.aud.length === 0))
    return found;
  for (const edit of list.edits)
    if (edit.channels && (edit.channels.audio.length > 0 || edit.aud.length > 0)) found.add(contents(edit));
  return found;
}

/** Names under a two-line edit: FROM is the first line's clip, TO the second's, and KEY a foreground's. */
function notesOf(list: RawList, index: number): ClipNotes {
  const edit = list.edits[index]!;
  const next = list.edits[index + 1];
  if (next?.pair === index && edit.first.name === undefined && leavesFrom(edit, next)) return next.first;
  if (edit.transitionWord === 'KB' && next && isForeground(next) && next.keyName !== undefined)
    return { ...next.first, ...edit.first };
  if (edit.keyName !== undefined) return { what: edit.first.what, name: edit.keyName };
  if (edit.kind !== 'cut' && edit.second) return gradedBy(edit.second, edit, list);
  const first = edit.pair === null ? null : list.edits[edit.pair]!;
  if (!first || !leavesFrom(first, edit)) return edit.first;
  const { name: _outgoing, ...own } = edit.first;
  return own;
}

/** What stands before TO CLIP NAME is the outgoing clip's; black has no colour decision. */
function gradedBy(notes: ClipNotes, { first, pair }: RawEdit, list: RawList): ClipNotes {
  const black = pair !== null && isBlack(list.edits[pair]!);
  return black && first.cdl && !notes.cdl ? { ...notes, cdl: first.cdl } : notes;
}

/** Whether the one FROM CLIP NAME under a transition is its first line's: not where that is black, or the same reel. */
function leavesFrom(first: RawEdit, second: RawEdit): boolean {
  if (second.second || isBlack(second)) return true;
  return !isBlack(first) && first.reel !== second.reel;
}
