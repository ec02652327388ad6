/** What the events of a list play. An EDL names reels, clips and source timecodes, and no media: rate, start and length are inferred. */
import type { IssueBook } from './issues.ts';
import type { Placed } from './joins.ts';
import type { ClipNotes, RawList } from './raw.ts';
import { isAbsolute } from '../../cutsource.ts';
import type { CutEventKind, CutSource } from '../../documents/cutlist.ts';
import { framesPerDay, parseRate, type Rate } from '../../time/rate.ts';
import { timecodeToFrame } from '../../time/timecode.ts';

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

/**
 * Where media begins is not in an EDL; its start is taken to be the earliest timecode that any event plays of that reel and
 * clip name, so that the timecodes stay what the list says and no source range begins before its media.
 */
export function sourceTable(
  list: RawList,
  placed: readonly Placed[],
  issues: IssueBook,
): (event: Placed) => Used {
  const reels = new Map([...list.reels].map(([short, full]) => [short.toUpperCase(), full]));
  const sources = new Map<string, CutSource>();
  const found = new Map<Placed, { source: CutSource; span: Span }>();
  for (const event of placed) {
    const { notes } = event.take;
    if (notes.what.includes('NO SOURCE')) continue;
    const named = nameOf(event, reels);
    const span = ownSpan(notes, event, issues) ?? { ...event.range, rate: event.take.rate };
    const { num, den, drop } = span.rate;
    const key = `${named.reel ?? ''}\n${named.name}\n${num}/${den}${drop ? 'df' : ''}`;
    let source = sources.get(key);
    if (!source) {
      source = { ...named, rate: span.rate, start: span.low, duration: null, hasPicture: false, channels: 0 };
      sources.set(key, source);
    }
    source.start = Math.min(source.start!, span.low);
    source.file ??= named.file;
    if (event.take.channels.video.length > 0) source.hasPicture = true;
    source.channels = Math.max(source.channels, event.take.channels.audio.length);
    found.set(event, { source, span });
  }
  const starts = new Map<CutSource, number>();
  for (const source of sources.values()) {
    starts.set(source, source.start!);
    if (source.start! < 0) source.start! += framesPerDay(source.rate);
  }
  return (event) => {
    const used = found.get(event);
    if (!used) return { source: null, in: 0, out: event.out - event.in };
    const { source, span } = used;
    const start = starts.get(source)!;
    return {
      source,
      in: span.low - start,
      out: span.high - start,
    };
  };
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
