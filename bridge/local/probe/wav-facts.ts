/** What a WAV's chunks mean: start, length and rate for the sync, scene and take for the witness. */
import type { Tech, Witness } from '../../../manifest/documents/handoff.ts';
import { bextText, type BextText } from '../../../manifest/readers/bext-text.ts';
import { ixml, type IxmlRecord } from '../../../manifest/readers/ixml.ts';
import { fraction, round } from '../../../manifest/time/fraction.ts';
import { framesPerDay, type Rate } from '../../../manifest/time/rate.ts';
import { framesToSamples, timeReferenceToTimecode } from '../../../manifest/time/samples.ts';
import { calendarDate, present, type Problem } from './prober.ts';

export interface Format {
  /** WAVE_FORMAT_*: 1 is PCM, 3 is floating point. */
  tag: number;
  channels: number;
  sampleRate: number;
  /** Bytes of one sample of all channels. */
  blockAlign: number;
  bits: number;
}

export interface Bext {
  description: string;
  originator: string;
  date: string;
  timeReference: number;
}

export interface WavChunks {
  format: Format | null;
  /** Bytes of sound that are there. */
  dataBytes: number;
  /** Samples as the fact chunk has them: the only length a compressed WAV knows. */
  fact: number | undefined;
  bext: Bext | null;
  ixml: string | undefined;
}

const NOTHING: IxmlRecord = { tracks: [], bext: {} };

export function soundFacts(chunks: WavChunks): { tech: Tech; witness: Witness; problem?: Problem } {
  const { format, bext } = chunks;
  const record = chunks.ixml === undefined ? NOTHING : ixml.read(chunks.ixml, { name: 'iXML' }).value;
  const description = bext?.description ?? record.bext.description ?? '';
  const lines = bextText.read(description, { name: 'bext' }).value;
  const rate = record.timecodeRate ?? lines.speed;
  const sampleRate = format && format.sampleRate > 0 ? format.sampleRate : undefined;
  const startSamples = startOf(bext, record, rate, sampleRate);
  const startTc =
    rate && sampleRate && startSamples !== undefined
      ? timeReferenceToTimecode(startSamples, sampleRate, rate)
      : undefined;
  const tech: Tech = present({
    rate,
    startTc,
    sampleRate,
    startSamples,
    durationSamples: lengthOf(chunks),
    channels: format?.channels,
    tracks: trackNames(record, lines, format?.channels ?? 0),
    codec: format ? codecOf(format) : undefined,
    recorder: bext?.originator || record.bext.originator || undefined,
    family: record.familyUid,
    recordedOn: calendarDate(bext?.date) ?? calendarDate(record.bext.date),
  });
  return { tech, witness: witnessOf(record, lines), ...present({ problem: formatProblem(format) }) };
}

function formatProblem(format: Format | null): Problem | undefined {
  if (!format || (format.sampleRate > 0 && format.blockAlign > 0)) return undefined;
  const message = `its header claims ${format.sampleRate} samples a second of ${format.blockAlign} bytes each, which no sound has`;
  return { code: 'unreadable', message };
}

/**
 * Samples since midnight at the file's own rate; undefined where the file has no timecode.
 * bext decides where it holds a time, because every editor goes by it; recorders that write none put it in iXML.
 * A bext full of zeros is what programs write that know no time, so zero counts as midnight only where a timecode rate
 * stands beside it, which only recorders write.
 */
function startOf(
  bext: Bext | null,
  record: IxmlRecord,
  rate: Rate | undefined,
  sampleRate: number | undefined,
): number | undefined {
  if (sampleRate === undefined) return undefined;
  const stamps = [bext?.timeReference, record.timestamp, record.bext.timeReference];
  const stamp =
    stamps.find((each) => each !== undefined && each > 0) ?? stamps.find((each) => each !== undefined);
  if (stamp === undefined || (stamp === 0 && !rate)) return undefined;
  // Pull-up recordings (48,048 Hz stamped to play at 48,000) count their stamp at the rate they were recorded at.
  const counted = record.timestampSampleRate ?? sampleRate;
  const start = counted === sampleRate ? stamp : round(fraction(BigInt(stamp) * BigInt(sampleRate), counted));
  return start <= longestDay(rate, sampleRate) ? start : undefined;
}

/** A stamp past the end of the day is no time of day: old editors leave memory in the field. */
function longestDay(rate: Rate | undefined, sampleRate: number): number {
  const labels = rate ? framesToSamples(framesPerDay(rate), rate, sampleRate) : 0;
  return Math.max(labels, Math.ceil(86400 * 1.001) * sampleRate);
}

function lengthOf({ format, dataBytes, fact }: WavChunks): number | undefined {
  if (!format) return undefined;
  const { tag, blockAlign } = format;
  if (tag !== 1 && tag !== 3) return fact;
  return blockAlign > 0 ? Math.floor(dataBytes / blockAlign) : undefined;
}

function codecOf({ tag, bits }: Format): string {
  if (tag === 1) return `PCM ${bits}-bit`;
  return tag === 3 ? `float ${bits}-bit` : `WAVE format ${tag}`;
}

/** Names in channel order, '' for a channel without one; undefined where none has a name. */
function trackNames(record: IxmlRecord, lines: BextText, channels: number): string[] | undefined {
  const names: string[] = Array.from({ length: Math.min(channels, 256) }, () => '');
  record.tracks.forEach(({ interleave, name }, index) => {
    const place = (interleave ?? index + 1) - 1;
    if (place < names.length && name) names[place] = name;
  });
  // The bext lines number tracks as the recorder does, which is the channel only where the file holds them all.
  const numbers = Object.keys(lines.tracks).map(Number);
  if (!names.some((name) => name !== '') && numbers.length === channels)
    numbers.sort((a, b) => a - b).forEach((number, place) => (names[place] = lines.tracks[number]!));
  return names.some((name) => name !== '') ? names : undefined;
}

function witnessOf(record: IxmlRecord, lines: BextText): Witness {
  const scene = record.scene ?? lines.scene;
  const take = record.take ?? lines.take;
  const rejected = (record.noGood ?? lines.noGood) || record.falseStart;
  const circled = record.circled ?? lines.circled;
  const wild =
    (record.wild ?? lines.wild) || [scene, take].some((each) => each !== undefined && WILD.test(each));
  return present({
    scene,
    take,
    soundRoll: record.tape ?? lines.tape,
    note: record.note ?? lines.note,
    pick: rejected ? ('rejected' as const) : circled ? ('circled' as const) : undefined,
    soundKind: wild ? ('wild' as const) : undefined,
  });
}

/** Sound mixers slate wild tracks as scene 49WT or take WT 01. */
const WILD = /(?:^|\d|[\s_-])WT(?:$|\d|[\s_-])/i;
