/** What the events of a list play. An EDL names reels, clips and source timecodes, and no media: rate, start and length are inferred. */
import { quoted, type IssueBook } from './issues.ts';
import type { Placed } from './joins.ts';
import type { ClipNotes, RawList } from './raw.ts';
import { startOf, type MediaStart, type Use } from './starts.ts';
import { isAbsolute } from '../../cutsource.ts';
import type { CutEventKind, CutSource } from '../../documents/cutlist.ts';
import { framesPerDay, parseRate, type Rate } from '../../time/rate.ts';
import { frameToTimecode, timecodeToFrame } from '../../time/timecode.ts';

/** An event's source, and the in and out that count from its first frame. */
export interface Used {
  source: CutSource | null;
  in: number;
  out: number;
}

interface Named {
  name: string;
  reel?: string;
  file: string | null;
}

interface Span {
  low: number;
  high: number;
  rate: Rate;
}

interface Known {
  source: CutSource;
  uses: Use[];
  events: Placed[];
  start: MediaStart | null;
}

/** Sources by reel and clip name, each from where `startOf` has it begin, so that the timecodes stay what the list says. */
export function sourceTable(
  list: RawList,
  placed: readonly Placed[],
  issues: IssueBook,
): (event: Placed) => Used {
  const reels = new Map([...list.reels].map(([short, full]) => [short.toUpperCase(), full]));
  const sources = new Map<string, Known>();
  const found = new Map<Placed, { known: Known; use: Use }>();
  for (const event of placed) {
    const { notes } = event.take;
    if (notes.what.includes('NO SOURCE')) continue;
    const named = nameOf(event, reels);
    const own = ownSpan(notes, event, issues);
    const span = own ?? { low: event.range.low, high: event.range.high, rate: event.take.rate };
    const { num, den, drop } = span.rate;
    const key = `${named.reel ?? ''}\n${named.name}\n${num}/${den}${drop ? 'df' : ''}`;
    let known = sources.get(key);
    if (!known) {
      const source = { ...named, rate: span.rate, start: 0, duration: null, hasPicture: false, channels: 0 };
      sources.set(key, (known = { source, uses: [], events: [], start: null }));
    }
    const use = useOf(event, span, own !== null);
    known.uses.push(use);
    known.events.push(event);
    const { source } = known;
    source.file ??= named.file;
    if (event.take.channels.video.length > 0) source.hasPicture = true;
    source.channels = Math.max(source.channels, event.take.channels.audio.length);
    found.set(event, { known, use });
  }
  for (const known of sources.values()) {
    const { source, uses, events } = known;
    const start = startOf(uses, source.rate);
    known.start = start;
    source.start = start.start;
    if (start.wrapped.length > 0)
      sayMidnight(source, events[uses.indexOf(start.wrapped[0]!)]!, start, issues);
  }
  return (event) => {
    const used = found.get(event);
    if (!used) return { source: null, in: 0, out: event.out - event.in };
    const { known, use } = used;
    const from = known.start!.inOf(use);
    return { source: known.source, in: from, out: from + use.high - use.low };
  };
}

/** Under a transition in front a clip shows what lies before its in; backwards, what lies before it is shown last. */
function useOf({ head, tail, range, take }: Placed, { low, high, rate }: Span, noted: boolean): Use {
  const { speed } = range;
  const frames = speed.num < 0 ? tail : head;
  if (frames === 0 || speed.num === 0) return { shown: low, low, high };
  // The column says it, where it is not another count's.
  if (!noted && speed.num > 0) return { shown: Math.min(low, take.range.low), low, high };
  const own = take.rate;
  const per = { num: Math.abs(speed.num) * rate.num * own.den, den: speed.den * rate.den * own.num };
  return { shown: low - Math.ceil((frames * per.num) / per.den), low, high };
}

function sayMidnight(
  source: CutSource,
  { take }: Placed,
  { start, wrapped }: MediaStart,
  issues: IssueBook,
): void {
  const label = (frame: number) => frameToTimecode(frame, source.rate);
  const message = `${quoted(source.name)} is played before midnight, from ${label(start)} on, and ${wrapped.length === 1 ? 'once' : `${wrapped.length} times`} behind it, first at ${label(wrapped[0]!.low)}: its timecode is taken to run on past midnight.`;
  issues.add('edl-midnight', 'note', take.edit.line, message);
}

function nameOf(event: Placed, reels: Map<string, string>): Named {
  const { notes, edit } = event.take;
  const { sourceFile = '' } = notes;
  const file = [notes.file, sourceFile].find((path) => path !== undefined && isAbsolute(path)) ?? null;
  const written = edit.reel.toUpperCase() === 'AX' ? '' : edit.reel;
  // Avid gives the whole name of a tape whose first letters are in the reel column.
  const whole =
    sourceFile.length > written.length &&
    sourceFile.toUpperCase().startsWith(written.toUpperCase()) &&
    !isAbsolute(sourceFile);
  const reel =
    written === ''
      ? undefined
      : (notes.reel ?? reels.get(written.toUpperCase()) ?? (whole ? sourceFile : written));
  const behind = whole && reel !== undefined ? '' : sourceFile;
  const name =
    lastPart(behind && behind.toUpperCase() !== reel?.toUpperCase() ? behind : '') ||
    notes.name ||
    lastPart(file ?? '') ||
    sourceFile ||
    edit.reel;
  return { name, file, ...(reel ? { reel } : {}) };
}

const lastPart = (path: string) =>
  isAbsolute(path) ? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) : path;

/** `SOURCE TC AT 25: in out`, where Baton wrote what the list's own count could not hold. */
function ownSpan(notes: ClipNotes, event: Placed, issues: IssueBook): Span | null {
  if (!notes.timecode) return null;
  const rate = parseRate(notes.timecode.rate);
  const [low, high] = [notes.timecode.in, notes.timecode.out].map((label) =>
    rate ? timecodeToFrame(label, rate) : null,
  );
  if (rate && low?.ok && high?.ok) {
    const out = high.frame > low.frame ? high.frame : high.frame + framesPerDay(rate);
    return { low: low.frame, high: out, rate };
  }
  issues.add(
    'edl-source',
    'warning',
    event.take.edit.line,
    `SOURCE TC AT ${notes.timecode.rate}: ${notes.timecode.in} ${notes.timecode.out} cannot be counted; the columns above it count.`,
  );
  return null;
}

const KINDS: Record<string, CutEventKind> = {
  TITLE: 'title',
  'NESTED SEQUENCE': 'nested',
  'ADJUSTMENT LAYER': 'adjustment',
  'MULTICAM CLIP': 'multicam',
  'ITEM OF UNKNOWN KIND': 'unknown',
};

export function kindOf(notes: ClipNotes): CutEventKind {
  for (const what of notes.what) if (what in KINDS) return KINDS[what]!;
  return 'clip';
}
