/**
 * Our reading of a timeline beside Resolve's own export of it: two witnesses of one cut, made in different ways. Where they disagree
 * nobody knows which is right, so each disagreement is said. Pure; cut lists in, issues out.
 */
import type { CutEvent, CutList, CutTrack } from '../../manifest/documents/cutlist.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { sameSpeed } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import type { InterchangeFile } from '../contract.ts';

export interface CrosscheckOptions {
  format: InterchangeFile['format'];
  /** Source places may differ by so many frames of the media; an EDL counts them at the timeline's rate. */
  tolerance?: number;
}

/** An EDL holds one picture track and no sound; an FCPXML of Resolve's may lose a sound track, so sound is not compared. */
export function crosscheck(
  ours: CutList,
  theirs: CutList,
  { format, tolerance = 0 }: CrosscheckOptions,
): Issue[] {
  const issues: Issue[] = [];
  const say = (at: string, message: string) =>
    issues.push({
      code: 'crosscheck',
      severity: 'warning',
      at,
      clips: [],
      message,
      fix: 'Compare the place in Resolve before the cut is locked.',
    });
  if (!sameSpeed(ours.rate, theirs.rate)) {
    say(ours.name, `Resolve's ${format} runs at another rate than the timeline; nothing else was compared.`);
    return issues;
  }
  if (ours.start !== theirs.start)
    say(
      ours.name,
      `The timeline starts at ${frameToTimecode(ours.start, ours.rate)}; Resolve's ${format} says ${frameToTimecode(theirs.start, theirs.rate)}.`,
    );
  const pictures = ours.tracks.filter(({ type }) => type === 'video');
  for (const track of format === 'edl' ? pictures.slice(0, 1) : pictures)
    compare(
      track,
      theirs.tracks.find(({ type, index }) => type === 'video' && index === track.index),
      { ours, format, tolerance, say },
    );
  return issues;
}

interface Around {
  ours: CutList;
  format: string;
  tolerance: number;
  say(at: string, message: string): void;
}

/** What has no media is written in ways of its own by every format. */
const comparable = (track: CutTrack | undefined, isEdl: boolean) =>
  (track?.events ?? []).filter(
    ({ kind, source, enabled }) => kind === 'clip' && source !== null && (enabled || !isEdl),
  );

function compare(
  ours: CutTrack,
  theirs: CutTrack | undefined,
  { ours: list, format, tolerance, say }: Around,
): void {
  const at = (frame: number) => `V${ours.index} at ${frameToTimecode(list.start + frame, list.rate)}`;
  const others = new Map(comparable(theirs, false).map((event) => [event.recordIn, event]));
  for (const event of comparable(ours, format === 'edl')) {
    const other = others.get(event.recordIn);
    others.delete(event.recordIn);
    if (!other) {
      say(at(event.recordIn), `Baton reads ${event.name} here; Resolve's ${format} has no event.`);
      continue;
    }
    if (other.recordOut !== event.recordOut)
      say(
        at(event.recordIn),
        `${event.name} is ${event.recordOut - event.recordIn} frames long; Resolve's ${format} says ${other.recordOut - other.recordIn}.`,
      );
    const apart = sourceApart(event, other);
    if (apart !== null && Math.abs(apart) > tolerance)
      say(
        at(event.recordIn),
        `${event.name} begins ${Math.abs(apart)} frames ${apart > 0 ? 'later' : 'earlier'} in Resolve's ${format} than Baton reads it.`,
      );
  }
  for (const other of others.values())
    say(at(other.recordIn), `Resolve's ${format} has ${other.name} here; Baton reads no event.`);
}

/** Frames by which the other begins later, in the media's timecode; null where the two cannot be compared. */
function sourceApart(ours: CutEvent, theirs: CutEvent): number | null {
  const [a, b] = [ours.source!, theirs.source!];
  // A retime is written differently by each: only plain speed is compared.
  const plain = ({ speed }: CutEvent) => speed !== null && speed.num === 1 && speed.den === 1;
  if (!plain(ours) || !plain(theirs) || !sameSpeed(a.rate, b.rate)) return null;
  return (b.start ?? 0) + theirs.sourceIn - ((a.start ?? 0) + ours.sourceIn);
}
