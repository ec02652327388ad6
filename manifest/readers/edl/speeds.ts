/** The speeds of a list: which M2 line is whose, and what each edit plays by it. */
import type { Clock } from './clock.ts';
import { quoted, type IssueBook } from './issues.ts';
import { played, type Motion, type Played } from './motion.ts';
import { isBlack, type RawEdit, type RawList } from './raw.ts';
import { nominal, type Rate } from '../../time/rate.ts';
import { frameToTimecode } from '../../time/timecode.ts';

/** M2 lines by the edit they belong to: matched by reel, then by source in; two under a two-line transition in order. */
export function motionsOf(list: RawList, clock: Clock, issues: IssueBook): Map<RawEdit, Motion> {
  const found = new Map<RawEdit, Motion>();
  const latest = new Map<string, RawEdit>();
  for (const edit of list.edits) {
    latest.set(edit.reel.toUpperCase(), edit);
    const outgoing = edit.pair === null ? null : list.edits[edit.pair]!;
    for (const each of edit.motions) {
      const pair = outgoing ? [outgoing, edit] : [edit];
      const named = pair.filter((one) => sameReel(one.reel, each.reel) && !found.has(one));
      const exact = named.filter((one) => one.source[0] === each.at);
      // One line that could be either clip's is the incoming one's: the other has its own event above.
      const at = edit.motions.length > 1 ? 0 : -1;
      const owner = pick(exact, at) ?? pick(named, at) ?? latest.get(each.reel.toUpperCase());
      if (owner && !found.has(owner)) found.set(owner, each.motion);
      else
        issues.add(
          'edl-m2',
          'warning',
          each.line,
          `This speed is for reel ${quoted(each.reel)}, which no event above it without one has; it was not read.`,
        );
    }
    if (edit.freeze && !found.has(edit)) found.set(edit, { num: 0, den: 10 });
  }
  return noise(list, found, clock, issues) ? new Map() : found;
}

const pick = <Thing>(things: Thing[], at: number): Thing | undefined =>
  things[at < 0 ? things.length - 1 : at];

/** Blanks and case aside. Some lists cut one of the two short, or leave the speed's reel out. */
export function sameReel(reel: string, other: string): boolean {
  if (reel === other || other === '') return true;
  const [a, b] = [reel, other].map((name) => name.replace(/\s+/g, '').toUpperCase()) as [string, string];
  return a === b || (Math.min(a.length, b.length) >= 8 && (a.startsWith(b) || b.startsWith(a)));
}

/** Resolve writes 000.0 under every event of a list it made from XML: not one of them is a freeze. */
function noise(list: RawList, found: Map<RawEdit, Motion>, clock: Clock, issues: IssueBook): boolean {
  const clips = list.edits.filter((edit) => edit.kind === 'cut' && edit.record[0] !== edit.record[1]);
  if (clips.length < 3 || clips.some((edit) => edit.freeze || found.get(edit)?.num !== 0)) return false;
  const lengths = clips.map((edit) => {
    const [a, b] = edit.source.map((label) => clock.source(label, edit).frame) as [number, number];
    return b - a;
  });
  if (lengths.every((length) => length <= 1)) return false;
  issues.add(
    'edl-m2',
    'warning',
    clips[0]!.line,
    'Every event has an M2 line of 000.0 and a source as long as its record: Resolve writes that without meaning it; no event is read as a freeze.',
  );
  return true;
}

export function rangeOf(
  edit: RawEdit,
  length: number,
  motion: Motion | null,
  clock: Clock,
  issues: IssueBook,
  opens: boolean,
): { range: Played; rate: Rate; recounted: boolean } {
  const [first, last] = edit.source.map((label) => clock.source(label, edit)) as [
    { frame: number; rate: Rate },
    { frame: number; rate: Rate },
  ];
  let [sourceIn, span] = [first.frame, last.frame - first.frame];
  if (span < 0 && span + clock.day <= clock.day / 2) span += clock.day;
  if (span < 0 && (motion?.num ?? 0) < 0) [sourceIn, span] = [last.frame, -span];
  const range = played({ sourceIn, span, length: Math.max(1, length), motion, fps: nominal(clock.rate) });
  const lengthless = edit.kind === 'key' && span === 0;
  if (!range.fits && length > 0 && !opens && !lengthless && !isBlack(edit))
    saySpan(edit, span, length, motion, issues);
  const other = range.fits && motion !== null && motion.num !== 0 && range.high - range.low !== span;
  return { range, rate: first.rate, recounted: other };
}

function saySpan(
  edit: RawEdit,
  span: number,
  length: number,
  motion: Motion | null,
  issues: IssueBook,
): void {
  const spans = `Event ${edit.number} has ${span} frames of source for ${length} of record`;
  const message = motion
    ? `${spans}, which fits neither convention at its M2 of ${motion.num / motion.den}; its source in, record and M2 count.`
    : `${spans} and no M2 line says why; it is read at 100 % from its source in.`;
  issues.add('edl-span', 'warning', edit.line, message);
}

/** An edit whose source columns are not what its speed plays. */
export interface Recounted {
  edit: RawEdit;
  range: Played;
  rate: Rate;
}

export function sayRecounted(recounted: readonly Recounted[], issues: IssueBook): void {
  const [first] = recounted;
  if (!first) return;
  const { edit, range, rate } = first;
  const shown = [range.low, range.high].map((frame) => frameToTimecode(frame, rate)).join('–');
  const count = recounted.length === 1 ? 'One event lists' : `${recounted.length} events list`;
  const message = `${count} a source that is not what its M2 plays, as Resolve, Final Cut Pro and Avid do; what is played is worked out from M2: event ${edit.number}, ${edit.source.join('–')}, plays ${shown}.`;
  issues.add('edl-source-out', 'note', edit.line, message);
}
