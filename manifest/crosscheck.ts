/**
 * A cut as Baton read it beside the editor's own file of it: two witnesses of one cut, made in different ways. Where they disagree
 * nobody knows which is right, so each disagreement is said. Cut lists in, issues out.
 */
import { recordTimecode, trackName } from './cutlist.ts';
import type { CutEvent, CutList, CutTrack } from './documents/cutlist.ts';
import type { Issue } from './documents/issue.ts';
import { sameSpeed } from './time/rate.ts';
import { frameToTimecode } from './time/timecode.ts';

export interface CrosscheckOptions {
  /** Whose file it is, as people say it: `Resolve`. */
  editor: string;
  /** Id of the reader that read it. */
  format: string;
}

/** Disagreements that are told one by one: a file that is wrong throughout says no more in ten thousand lines. */
const MOST = 100;

/**
 * Sound only in an OTIO, and of it the places alone: an EDL holds none, an FCPXML of Resolve's may lose a track of it, and Premiere's
 * XML takes stereo apart. A disabled event may be missing, for not every format holds one.
 */
export function crosscheck(ours: CutList, theirs: CutList, { editor, format }: CrosscheckOptions): Issue[] {
  const file = `${editor}'s own ${NAMES[format] ?? format}`;
  const issues: Issue[] = [];
  const say = (at: string, message: string) => issues.push(disagreement(at, message));
  if (!sameSpeed(ours.rate, theirs.rate)) {
    say(ours.name, `${file} runs at another rate than the sequence; nothing else was compared.`);
    return issues;
  }
  if (ours.start !== theirs.start)
    say(
      ours.name,
      `The sequence starts at ${frameToTimecode(ours.start, ours.rate)}; ${file} says ${frameToTimecode(theirs.start, ours.rate)}.`,
    );
  const held = ({ type, index }: CutTrack) =>
    (type === 'video' || format === 'otio') && (format !== 'edl' || index === 1);
  const twin = (list: CutList, track: CutTrack) =>
    list.tracks.find(({ type, index }) => type === track.type && index === track.index);
  const around = { ours, file, slack: format !== 'fcpxml', say };
  for (const track of ours.tracks.filter(held)) compare(track, twin(theirs, track)?.events ?? [], around);
  // A track that was not read at all has nothing of ours to go by.
  for (const track of theirs.tracks.filter((each) => held(each) && !twin(ours, each)))
    compare({ ...track, events: [] }, track.events, around);
  if (issues.length <= MOST) return issues;
  const more = `It disagrees in ${issues.length - MOST} more places, which are not listed.`;
  return [...issues.slice(0, MOST), disagreement(ours.name, more)];
}

const NAMES: Record<string, string> = {
  edl: 'EDL',
  fcpxml: 'FCPXML',
  otio: 'OTIO',
  xmeml: 'XML',
};

function disagreement(at: string, message: string): Issue {
  return {
    code: 'crosscheck',
    severity: 'warning',
    at,
    clips: [],
    message,
    fix: 'compare the place in the editor before the cut is locked',
  };
}

interface Around {
  ours: CutList;
  file: string;
  /** Source places are rounded to frames of the sequence, whatever the media's rate. */
  slack: boolean;
  say(at: string, message: string): void;
}

/** What has no media is written in ways of its own by every format. */
const isPlain = ({ kind, source }: CutEvent) => kind === 'clip' && source !== null;

function compare(
  ours: CutTrack,
  theirs: readonly CutEvent[],
  { ours: list, file, slack, say }: Around,
): void {
  const at = (frame: number) => `${trackName(ours)} at ${recordTimecode(list, frame)}`;
  const others = new Map(theirs.map((event) => [event.recordIn, event]));
  const said = (event: CutEvent, message: string) => say(at(event.recordIn), `${event.name} ${message}`);
  for (const event of ours.events) {
    const other = others.get(event.recordIn);
    others.delete(event.recordIn);
    if (!isPlain(event) || (other && !isPlain(other))) continue;
    if (!other) {
      if (event.enabled && ours.enabled) said(event, `is read here; ${file} has nothing here.`);
      continue;
    }
    const [length, told] = [event.recordOut - event.recordIn, other.recordOut - other.recordIn];
    if (told !== length) said(event, `is ${length} frames long; ${file} says ${told}.`);
    const apart = sourceApart(event, other);
    if (apart !== null && Math.abs(apart) > (slack ? frameOf(list, event) : 0))
      said(event, `begins ${Math.abs(apart)} frames ${apart > 0 ? 'later' : 'earlier'} in ${file}.`);
  }
  for (const other of others.values())
    if (isPlain(other)) said(other, `stands here in ${file}; nothing is read here.`);
}

/** Frames of the media that one frame of the sequence may hide; none where both run alike. */
function frameOf({ rate }: CutList, { source }: CutEvent): number {
  const media = source!.rate;
  return sameSpeed(media, rate) ? 0 : Math.ceil((media.num * rate.den) / (media.den * rate.num));
}

/**
 * Frames by which the other begins later: in the media's timecode, or from its first frame where one of them knows no timecode. Null
 * where the two cannot be compared.
 */
function sourceApart(ours: CutEvent, theirs: CutEvent): number | null {
  const [a, b] = [ours.source!, theirs.source!];
  // A retime is written differently by each: only plain speed is compared.
  const plain = ({ speed }: CutEvent) => speed !== null && speed.num === 1 && speed.den === 1;
  if (!plain(ours) || !plain(theirs) || !sameSpeed(a.rate, b.rate)) return null;
  const clock = a.start === null || b.start === null ? 0 : b.start - a.start;
  return clock + theirs.sourceIn - ours.sourceIn;
}
