/** What the log says of a clip's start and length against the media itself. */
import type { Clip, Handoff, LogEntry } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { dayInFlicks, FLICKS_PER_SECOND, framesToFlicks, toFlicks } from '../time/flicks.ts';
import { rateLabel, type Rate } from '../time/rate.ts';
import { timeReferenceToFrame } from '../time/samples.ts';
import { frameToTimecode, timecodeToFrame } from '../time/timecode.ts';
import { contradictions } from '../witnesses.ts';
import { clipRates, rowRate } from './log-timecode.ts';
import type { Check } from './check.ts';

/** Recorders and cameras round to a frame, people to a second or so. */
const MACHINE_FRAMES = 2;
const PERSON_SECONDS = 1;

export const logMedia: Check = {
  id: 'log-media',
  title: 'Start and length in the log are those of the media',
  why: 'A row that fits another recording was written for another take, or the file is not whole.',
  needs: [],
  // A row of another take is off in everything: then the check `witness` says it, and says this with it.
  run: (handoff) =>
    misfits(handoff)
      .filter(({ clips }) => !clips.some(isContradicted))
      .map(({ entry, clips, problems }) => issueOf(entry, clips[0]!, problems)),
};

/** Whether the witnesses name different takes. */
export function isContradicted(clip: Clip): boolean {
  return contradictions(clip).some(({ field }) => field === 'scene' || field === 'take');
}

/** A row that fits none of its clips in start, in length, or in both. */
export interface Misfit {
  entry: LogEntry;
  clips: Clip[];
  problems: Problem[];
}

export function misfits(handoff: Handoff): Misfit[] {
  const clips = new Map(handoff.clips.map((clip) => [clip.id, clip]));
  const rates = clipRates(handoff);
  return handoff.log.entries.flatMap((entry) => {
    const here = entry.clips.flatMap((id) => clips.get(id) ?? []);
    const rate = rowRate(entry, rates, handoff.rate);
    const problems = rate && entry.about !== 'comment' ? rowProblems(entry, here, rate) : [];
    return problems.length > 0 ? [{ entry, clips: here, problems }] : [];
  });
}

/** A row for two cameras is right where it fits one of them. */
function rowProblems(entry: LogEntry, clips: Clip[], rate: Rate): Problem[] {
  return [startProblem, lengthProblem].flatMap((judge) => {
    const problems = clips.map((clip) => judge(entry, clip, clip.tech.rate ?? rate));
    const [first] = problems;
    if (!first || problems.some((problem) => problem === null)) return [];
    return [first];
  });
}

export interface Problem {
  code: 'log-start' | 'log-length';
  message: string;
}

/** A report made by a machine starts where the media does; a person may note any moment of the take. */
function startProblem(entry: LogEntry, clip: Clip, rate: Rate): Problem | null {
  const start = startFrame(clip, rate);
  const logged = entry.startTc === undefined ? null : timecodeToFrame(entry.startTc, rate);
  if (start === null || !logged?.ok) return null;
  const day = dayInFlicks(rate);
  const apart = framesToFlicks(logged.frame - start, rate);
  // The shorter way round the clock, so that midnight is no difference.
  const off = ((((apart + day / 2) % day) + day) % day) - day / 2;
  const room = entry.about ? framesToFlicks(MACHINE_FRAMES, rate) : PERSON_SECONDS * FLICKS_PER_SECOND;
  if (Math.abs(off) <= room) return null;
  const length = lengthOf(clip);
  if (!entry.about && off > 0 && (length === null || off < length)) return null;
  const label = frameToTimecode(start, rate);
  const hours = Math.round(off / (3600 * FLICKS_PER_SECOND));
  const near = Math.abs(off - hours * 3600 * FLICKS_PER_SECOND) <= 2 * FLICKS_PER_SECOND;
  const hint =
    hours !== 0 && near ? `; ${Math.abs(hours)} hour${Math.abs(hours) === 1 ? '' : 's'} apart` : '';
  return {
    code: 'log-start',
    message: `says ${clip.path} starts at ${entry.startTc}, and it starts at ${label} (${rateLabel(rate)}${hint})`,
  };
}

/** First frame of the clip as a frame of the day at a rate; null where it carries no timecode. */
function startFrame(clip: Clip, rate: Rate): number | null {
  const { startTc, startSamples, sampleRate, rate: own } = clip.tech;
  if (startTc !== undefined && own) {
    const read = timecodeToFrame(startTc, own);
    return read.ok ? read.frame : null;
  }
  if (startSamples === undefined || sampleRate === undefined) return null;
  return timeReferenceToFrame(startSamples, sampleRate, rate);
}

/** In flicks; null where it is not known. */
function lengthOf(clip: Clip): number | null {
  const { durationFrames, durationSamples, sampleRate, rate } = clip.tech;
  if (durationFrames !== undefined && rate) return framesToFlicks(durationFrames, rate);
  if (durationSamples === undefined || sampleRate === undefined) return null;
  return toFlicks(durationSamples, sampleRate);
}

/**
 * A machine's length is the media's, to the second where it gives no frames. A person's stopwatch runs from action to cut, so theirs is
 * only wrong where it is longer than the media.
 */
function lengthProblem(entry: LogEntry, clip: Clip, rate: Rate): Problem | null {
  const length = lengthOf(clip);
  const logged = loggedLength(entry, rate);
  if (length === null || logged === null) return null;
  const room = FLICKS_PER_SECOND * PERSON_SECONDS;
  const exact = logged.exact ? framesToFlicks(MACHINE_FRAMES, rate) : room;
  const wrong = entry.about ? Math.abs(logged.flicks - length) > exact : logged.flicks > length + room;
  if (!wrong) return null;
  return {
    code: 'log-length',
    message: `says ${clip.path} lasts ${logged.said}, and it lasts ${clock(length)}`,
  };
}

interface Length {
  flicks: number;
  said: string;
  /** Said to the frame. */
  exact: boolean;
}

/** From the duration as logged, else from in to out. */
function loggedLength({ duration, startTc, endTc }: LogEntry, rate: Rate): Length | null {
  if (duration !== undefined) return readLength(duration.trim(), rate);
  const [start, end] = [startTc, endTc].map((text) =>
    text === undefined ? null : timecodeToFrame(text, rate),
  );
  if (!start?.ok || !end?.ok) return null;
  const frames = end.frame - start.frame;
  const whole = frames < 0 ? framesToFlicks(frames, rate) + dayInFlicks(rate) : framesToFlicks(frames, rate);
  // What runs for more than half a day was written backwards, and has its own check.
  return whole > dayInFlicks(rate) / 2
    ? null
    : { flicks: whole, said: `from ${startTc} to ${endTc}`, exact: true };
}

/** `00:00:05:12`, `00:00:05`, `1:05`, `65s`; null for what is no length. */
function readLength(text: string, rate: Rate): Length | null {
  const frames = timecodeToFrame(text, { ...rate, drop: false });
  if (frames.ok) return { flicks: framesToFlicks(frames.frame, rate), said: text, exact: true };
  const match = /^(?:(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)|(\d{1,5})\s*s(?:ec)?)(?:[.,]\d{1,3})?$/i.exec(text);
  if (!match) return null;
  const [hours, minutes, seconds] = [match[1] ?? 0, match[2] ?? 0, match[3] ?? match[4] ?? 0].map(Number);
  const total = hours! * 3600 + minutes! * 60 + seconds!;
  return { flicks: total * FLICKS_PER_SECOND, said: text, exact: false };
}

/** `00:00:05.2`: minutes and seconds of real time, in a sentence. */
function clock(flicks: number): string {
  const tenths = Math.round((flicks * 10) / FLICKS_PER_SECOND);
  const two = (each: number) => String(Math.floor(each)).padStart(2, '0');
  return `${two(tenths / 36_000)}:${two((tenths / 600) % 60)}:${two((tenths / 10) % 60)}.${tenths % 10}`;
}

/** One row is one cause, and one issue. */
function issueOf(entry: LogEntry, clip: Clip, problems: Problem[]): Issue {
  const at = `${entry.sheet} row ${entry.row}`;
  const fix = 'see whether the row belongs to another take, or the file to another day';
  const said = problems.map(({ message }) => message).join('; it also ');
  return {
    code: problems[0]!.code,
    severity: 'warning',
    at,
    clips: [clip.path],
    message: `${at} ${said}.`,
    fix,
  };
}
