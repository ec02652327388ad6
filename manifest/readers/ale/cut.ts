/** An ALE as a cut: it has no timeline of its own, so its clips are laid end to end in the order of their rows. */
import type { CutEvent, CutList, CutSource, CutTrack } from '../../documents/cutlist.ts';
import { isAbsolute } from '../../cutsource.ts';
import type { Issue } from '../../documents/issue.ts';
import { add, framesToSeconds, multiply, fraction, round, ZERO } from '../../time/fraction.ts';
import { framesPerDay, mayDrop, nominal, parseRate, rateLabel, type Rate } from '../../time/rate.ts';
import { hasDropMark, timecodeToFrame, wrapDay } from '../../time/timecode.ts';
import type { ReadOptions } from '../reader.ts';
import { cellOf, readTable, type AleTable } from './table.ts';

/** More sound tracks than this no clip of an ALE has. */
const MOST_CHANNELS = 64;

interface Row {
  row: number;
  name: string;
  source: CutSource;
  duration: number;
  picture: boolean;
  channels: number[];
}

/**
 * One string-out, or none where no row can be placed. Runs at the ALE's own FPS, else at the rate given; starts at one hour.
 * Every row is an event (with one of sound for each of its tracks), or an issue that says why not.
 */
export function aleCutLists(text: string, options: ReadOptions): { value: CutList[]; issues: Issue[] } {
  const { table, issues } = readTable(text, options.name);
  const rows = table.rows.flatMap(({ row, cells }) => {
    const read = readClip(table, cells, row, options);
    if (typeof read !== 'string') return [read];
    const at = `${options.name} row ${row}`;
    issues.push({ code: 'ale-row', severity: 'error', at, clips: [], message: `${at}: ${read}` });
    return [];
  });
  if (rows.length === 0) return { value: [], issues };
  const heading = table.heading.get('FPS');
  const rate = dropped(
    parseRate(heading ?? '') ?? options.rate ?? rows[0]!.source.rate,
    rows[0]!.source.rate,
  );
  return { value: [stringOut(rows, rate, options, issues)], issues };
}

/** The heading does not say whether its rate drops frames; the first row's timecode does. */
function dropped(rate: Rate, first: Rate): Rate {
  return mayDrop(rate) && first.drop && mayDrop(first) ? { ...rate, drop: true } : rate;
}

function readClip(table: AleTable, cells: string[], row: number, options: ReadOptions): Row | string {
  const cell = (...headings: string[]) => cellOf(table, cells, ...headings);
  const name = cell('Name', 'Source File', 'Filename');
  const fps = cell('FPS') || table.heading.get('FPS') || '';
  const base = parseRate(fps) ?? options.rate;
  if (!base)
    return fps ? `"${fps.slice(0, 40)}" is no frame rate` : 'nothing says its frame rate; say which it is';
  const starts = cell('Start');
  if (starts === '') return `"${name.slice(0, 80)}" has no Start`;
  const rate = mayDrop(base) && hasDropMark(starts) ? { ...base, drop: true } : base;
  const span = spanOf(starts, cell('End'), cell('Duration'), rate);
  if (typeof span === 'string') return span;
  const { picture, channels } = tracksOf(cell('Tracks'));
  const path = [cell('Source File Path'), cell('UNC'), cell('Source File')].find(isAbsolute) ?? null;
  const file = cell('Source File', 'Filename');
  const source: CutSource = {
    file: path,
    name: lastPart(file || path || name) || name,
    rate,
    start: span.start,
    duration: span.duration,
    hasPicture: picture,
    channels: channels.length,
  };
  const named = {
    clip: cell('Baton Clip'),
    reel: cell('Tape', 'Reel_name', 'Reel Name', 'Reel', 'Camroll'),
    scene: cell('Scene'),
    take: cell('Take'),
    camera: cell('Camera'),
  };
  for (const [key, value] of Object.entries(named))
    if (value !== '') source[key as keyof typeof named] = value;
  return { row, name: name || source.name, source, duration: span.duration, picture, channels };
}

/** End is exclusive; Duration, as timecode or frames, stands in where there is no End. */
function spanOf(
  starts: string,
  ends: string,
  lasts: string,
  rate: Rate,
): { start: number; duration: number } | string {
  const start = timecodeToFrame(starts, rate);
  if (!start.ok) return `Start: ${start.message.slice(0, 200)}`;
  if (ends === '' && lasts === '') return 'it has neither End nor Duration';
  if (ends === '') {
    const frames = /^\d{1,9}$/.test(lasts) ? Number(lasts) : null;
    const read = timecodeToFrame(lasts, rate);
    const duration = frames ?? (read.ok ? read.frame : 0);
    if (duration === 0) return `Duration "${lasts.slice(0, 40)}" is no length`;
    return { start: start.frame, duration };
  }
  const end = timecodeToFrame(ends, rate);
  if (!end.ok) return `End: ${end.message.slice(0, 200)}`;
  // A clip may run over midnight; one that would last half a day or more ends before it starts.
  const duration = wrapDay(end.frame - start.frame, rate);
  if (duration === 0) return `it starts and ends at ${starts}`;
  if (duration > framesPerDay(rate) / 2) return `End ${ends} lies before Start ${starts}`;
  return { start: start.frame, duration };
}

/** `VA1A2`, `V A1A2`, `A1-8`, `1,2,3,4`; a row that names none is picture. */
function tracksOf(text: string): { picture: boolean; channels: number[] } {
  const channels = new Set<number>();
  // Numbers of picture and data tracks are no sound channels.
  const sound = text.slice(0, 400).replace(/[VD]\d*/gi, ' ');
  for (const [, from, to] of sound.matchAll(/(\d{1,3})(?:\s*-\s*A?(\d{1,3}))?/gi)) {
    const last = Math.min(Number(to ?? from), MOST_CHANNELS);
    for (let channel = Math.max(1, Number(from)); channel <= last; channel++) channels.add(channel);
  }
  if (channels.size === 0 && /a/i.test(sound)) channels.add(1);
  const picture = /v/i.test(text) || channels.size === 0;
  return { picture, channels: [...channels].sort((a, b) => a - b) };
}

function stringOut(rows: Row[], rate: Rate, options: ReadOptions, issues: Issue[]): CutList {
  const hour = timecodeToFrame('01:00:00:00', rate);
  const picture: CutEvent[] = [];
  const sound = new Map<number, CutEvent[]>();
  let seconds = ZERO;
  let end = 0;
  let between = 0;
  rows.forEach(({ name, source, duration, picture: seen, channels }, nth) => {
    const linked = (seen ? 1 : 0) + channels.length > 1;
    const recordIn = end;
    seconds = add(seconds, framesToSeconds(duration, source.rate));
    const exact = multiply(seconds, fraction(rate.num, rate.den));
    const recordOut = Math.max(recordIn + 1, round(exact));
    end = recordOut;
    if (exact.den !== 1n) between++;
    const event = (track: string, at: number): CutEvent => ({
      id: `${track}-${String(at + 1).padStart(3, '0')}`,
      kind: 'clip',
      name,
      recordIn,
      recordOut,
      sourceIn: 0,
      sourceOut: duration,
      source,
      speed: { num: 1, den: 1 },
      enabled: true,
      ...(linked ? { link: nth + 1 } : {}),
    });
    if (seen) picture.push(event('V1', picture.length));
    for (const channel of channels) {
      const events = sound.get(channel) ?? [];
      sound.set(channel, events);
      events.push({ ...event(`A${channel}`, events.length), channels: [channel] });
    }
  });
  if (between > 0) {
    const message = `${options.name}: ${between} clips run at another rate than ${rateLabel(rate)} and end between two of its frames; their ends are the nearest.`;
    issues.push({ code: 'ale-mixed-rate', severity: 'warning', at: options.name, clips: [], message });
  }
  const track = (type: CutTrack['type'], index: number, events: CutEvent[]): CutTrack => ({
    type,
    index,
    name: `${type === 'video' ? 'V' : 'A'}${index}`,
    enabled: true,
    events,
    transitions: [],
  });
  return {
    kind: 'cutlist',
    version: 1,
    name: options.name.replace(/^.*[/\\]/, '').replace(/\.ale$/i, ''),
    rate,
    start: hour.ok ? hour.frame : nominal(rate) * 3600,
    size: null,
    tracks: [
      ...(picture.length > 0 ? [track('video', 1, picture)] : []),
      ...[...sound].sort(([a], [b]) => a - b).map(([channel, events]) => track('audio', channel, events)),
    ],
    markers: [],
  };
}

function lastPart(path: string): string {
  return /[^/\\]*$/.exec(path)![0];
}
