/** Where a track item's picture or sound comes from: the project item behind it, described once per sequence. */
import type { Rate } from '../../manifest/documents/rate.ts';
import type { SequenceItemKind, SequenceSource } from '../../manifest/documents/snapshot.ts';
import { fraction, secondsToFrames } from '../../manifest/time/fraction.ts';
import { framesToTicks, ticksToFrames } from '../../manifest/time/ticks.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';
import { metadataOf } from './columns.ts';
import { mediaRate, sequenceRate } from './rates.ts';
import type { RawSource, RawTrackItem } from './wire.ts';
import { readColumns, type Columns } from './xmp.ts';

export interface Described {
  kind: SequenceItemKind;
  /** One frame of the media in ticks. */
  frame: bigint;
  /** Everything but the part that a track item uses. */
  source: Omit<SequenceSource, 'in' | 'out'>;
}

/**
 * `fallback` is the sequence's rate. Sound has no rate of its own, so its source times count frames of the sequence, to
 * the nearest: that is what an edit list can say, and Premiere cuts sound on the sequence's frames unless told otherwise.
 * `start` is what Premiere takes the media to start at; it says 0 both for 00:00:00:00 and for media without timecode.
 */
export function describe(raw: RawSource, fallback: Rate): Described {
  const columns = (raw.xmp === null ? null : readColumns(raw.xmp)) ?? new Map<string, string>();
  const own = raw.timebase === null ? mediaRate(raw.frameRate, columns) : sequenceRate(raw.timebase, null);
  const rate = own ?? fallback;
  const metadata = metadataOf(columns);
  const source: Described['source'] = {
    file: raw.file,
    name: raw.name,
    rate,
    start:
      raw.start === null
        ? columnTime(columns, 'Column.Intrinsic.MediaStart', rate)
        : ticksToFrames(raw.start, rate).frame,
    duration: columnTime(columns, 'Column.Intrinsic.MediaDuration', rate),
  };
  if (metadata.batonId !== undefined) source.clip = metadata.batonId;
  if (metadata.reel !== undefined) source.reel = metadata.reel;
  return { kind: kindOf(raw), frame: BigInt(framesToTicks(1, rate)), source };
}

/** Multicam and merged clips call themselves sequences too, so they are asked first. Where a merged clip's times count from is not known. */
function kindOf(raw: RawSource): SequenceItemKind {
  if (raw.isMulticam) return 'multicam';
  if (raw.isMerged) return 'unknown';
  if (raw.isSequence) return 'nested';
  return raw.file === null ? 'unknown' : 'clip';
}

export function sourceAt(described: Described, item: RawTrackItem): SequenceSource {
  const { rate } = described.source;
  return {
    ...described.source,
    in: ticksToFrames(item.inPoint, rate).frame,
    out: ticksToFrames(item.outPoint, rate).frame,
  };
}

/** Premiere writes times of picture as timecode and those of sound as HH:MM:SS:samples; null where it is neither. */
function columnTime(columns: Columns, column: string, rate: Rate): number | null {
  const text = columns.get(column) ?? '';
  const sampleRate = /^(\d{4,6}) Hz$/.exec(columns.get('Column.Intrinsic.MediaTimebase') ?? '');
  if (!sampleRate) {
    const read = timecodeToFrame(text, rate);
    return read.ok ? read.frame : null;
  }
  const parts = /^(\d+):(\d\d):(\d\d)[:;](\d+)$/.exec(text)?.slice(1).map(Number);
  if (!parts) return null;
  const [hours, minutes, seconds, samples] = parts as [number, number, number, number];
  const perSecond = Number(sampleRate[1]);
  return secondsToFrames(
    fraction((hours * 3600 + minutes * 60 + seconds) * perSecond + samples, perSecond),
    rate,
  );
}
