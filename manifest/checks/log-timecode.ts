/** Timecodes in the log that no clock shows: seconds past 59, frames past the rate, an out point before its in point. */
import type { Handoff, LogEntry } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { framesPerDay, rateLabel, type Rate } from '../time/rate.ts';
import { timecodeToFrame } from '../time/timecode.ts';
import type { Check } from './check.ts';

/** The rate a row's timecodes count at: its clip's, else its own, else the project's. Null where none is known. */
export function rowRate(entry: LogEntry, rates: Map<string, Rate>, project: Rate | undefined): Rate | null {
  return entry.clips.map((id) => rates.get(id)).find(Boolean) ?? entry.rate ?? project ?? null;
}

/** At a rate nobody knows, frames up to 119 could be right, and the rest can be judged all the same. */
const ANY_RATE: Rate = { num: 120, den: 1, drop: false };

export const logTimecode: Check = {
  id: 'log-timecode',
  title: 'Every timecode in the log is one',
  why: 'A slip of the pen in a timecode sends a note, or a search, to the wrong moment.',
  needs: [],
  run(handoff) {
    const rates = clipRates(handoff);
    return handoff.log.entries.flatMap((entry) => entryIssues(entry, rowRate(entry, rates, handoff.rate)));
  },
};

export function clipRates(handoff: Handoff): Map<string, Rate> {
  return new Map(
    handoff.clips.flatMap((clip): [string, Rate][] => (clip.tech.rate ? [[clip.id, clip.tech.rate]] : [])),
  );
}

function entryIssues(entry: LogEntry, rate: Rate | null): Issue[] {
  const named: [string, string | undefined][] = [
    ['TC in', entry.startTc],
    ['TC out', entry.endTc],
  ];
  // Notes of a row with clips have a check of their own, which knows the clip.
  if (entry.clips.length === 0) for (const note of entry.notes) named.push(['the note at', note.timecode]);
  const issues = named.flatMap(([what, text]) => {
    const problem = text === undefined ? null : timecodeProblem(text.trim(), rate);
    return problem ? [issueOf(entry, `${what} ${problem}`)] : [];
  });
  return issues.length > 0 ? issues : backwards(entry, rate);
}

/** A longer cell is a sentence. */
const LONGEST = 40;

/** Words in a timecode column are remarks, and a clock without frames is less exact, not wrong. */
function timecodeProblem(text: string, rate: Rate | null): string | null {
  if (text.length > LONGEST || !/^[\d:;.,\s]*\d[:;.,][\d:;.,\s]*$/.test(text)) return null;
  if (/^\d{1,2}:[0-5]\d(:[0-5]\d)?$/.test(text) || /^\d+[.,]\d+$/.test(text)) return null;
  const read = timecodeToFrame(text, rate ?? ANY_RATE);
  if (read.ok) return null;
  const at = rate ? ` at ${rateLabel(rate)}` : '';
  // The reader says the rule; where it says no more than that it is none, neither do we.
  const rule = /^[^ ]+: (.+)$/.exec(read.message)?.[1];
  if (rule) return `${text} is not a timecode${at}: ${rule}`;
  return rate || !read.message.includes('120')
    ? read.message.replace(/^"([^"]*)"/, '$1')
    : `${text} is not a timecode`;
}

function backwards(entry: LogEntry, rate: Rate | null): Issue[] {
  const { startTc, endTc } = entry;
  if (!rate || !startTc || !endTc) return [];
  const [start, end] = [timecodeToFrame(startTc, rate), timecodeToFrame(endTc, rate)];
  if (!start.ok || !end.ok || end.frame >= start.frame) return [];
  const day = framesPerDay(rate);
  // A take may run over midnight; one that lasts more than half a day ends before it starts.
  if (end.frame - start.frame + day < day / 2) return [];
  return [issueOf(entry, `TC out ${endTc} lies before TC in ${startTc}`)];
}

function issueOf(entry: LogEntry, what: string): Issue {
  const at = `${entry.sheet} row ${entry.row}`;
  const fix = 'correct it in the sheet, then scan again';
  return { code: 'log-timecode', severity: 'warning', at, clips: [], message: `${at}: ${what}.`, fix };
}
