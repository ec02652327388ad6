/**
 * What a timeline item plays, from the frames that Resolve gives. At full speed the left offset is exact, in media frames for picture and
 * in timeline frames for sound; under a retime it is warped, and the source span tells. The span's end is exclusive where media and
 * timeline run alike, else inclusive; backwards it runs down; 0 to 0 says nothing.
 */
import type { Rate } from '../../manifest/documents/rate.ts';
import type { SequenceSource } from '../../manifest/documents/snapshot.ts';
import { nearest } from '../../manifest/time/fraction.ts';
import { framesToSamples } from '../../manifest/time/samples.ts';
import { gcd, sameSpeed } from '../../manifest/time/rate.ts';
import type { Dict } from './ask.ts';
import { clipFrames, clipRate, clipStart } from './rates.ts';
import { firstFrame } from './session.ts';

export interface RawPlace {
  kind: 'video' | 'audio';
  /** Timeline frames. */
  duration: number;
  left: number | null;
  start: number | null;
  end: number | null;
  /** GetSpeed's Percentage, 21.1 and up. */
  percent: number | null;
}
export type Speed = { num: number; den: number };

const ratio = (num: number, den: number): Speed => {
  const by = gcd(num, den) || 1;
  return { num: num / by, den: den / by };
};

/** Seconds of source a second of record; null where Resolve does not let it be known. */
export function speedOf(raw: RawPlace, media: Rate, line: Rate): Speed | null {
  const backwards = raw.start !== null && raw.end !== null && raw.start > raw.end;
  if (raw.percent !== null) {
    const speed = ratio(Math.round(Math.abs(raw.percent) * 10_000), 1_000_000);
    return (backwards || raw.percent < 0) && speed.num !== 0 ? { num: -speed.num, den: speed.den } : speed;
  }
  if (raw.start === null || raw.end === null || (raw.start === 0 && raw.end === 0)) return null;
  if (raw.start === raw.end)
    // One frame that stands still is one frame, and its start may be one off.
    return raw.duration > 1 ? { num: 0, den: 1 } : { num: 1, den: 1 };
  const frames = Math.abs(raw.end - raw.start) + (sameSpeed(media, line) ? 0 : 1);
  // Frames that full speed would play, as an exact ratio.
  const [top, bottom] = [raw.duration * media.num * line.den, media.den * line.num];
  // A start that is one off, and half a frame of rounding where the rates differ, are no retime.
  const slack = sameSpeed(media, line) ? bottom : bottom * 1.5;
  if (Math.abs(frames * bottom - top) <= slack) return { num: backwards ? -1 : 1, den: 1 };
  const percent = Math.round((frames * bottom * 100) / top);
  // The span is whole frames, so the speed is known to a frame only: the whole per cent that fits, else the ratio.
  const fits = Math.abs(percent * top - frames * bottom * 100) <= bottom * 100;
  const speed = fits && percent > 0 ? ratio(percent, 100) : ratio(frames * bottom, top);
  return backwards ? { num: -speed.num, den: speed.den } : speed;
}

const FULL: Speed = { num: 1, den: 1 };

export interface Played {
  source: SequenceSource;
  speed: Speed | null;
}

/** Null where Resolve gives the clip no rate. */
export function played(place: RawPlace, properties: Dict, line: Rate, clip: string): Played | null {
  const media = clipRate(properties);
  if (!media) return null;
  // 0 to 0 says nothing, also where the speed is known.
  const raw = place.start === 0 && place.end === 0 ? { ...place, start: null, end: null } : place;
  const told = speedOf(raw, media, line);
  // Where a clip that runs backwards or stands still begins, only the span says: the left offset counts in the retimed clip.
  const speed = told && told.num <= 0 && raw.start === null ? null : told;
  const span = spanOf(raw, speed, media, line);
  const source = {
    file: properties['File Path'] ? firstFrame(String(properties['File Path'])) : null,
    name: String(properties['Clip Name'] || properties['File Name'] || ''),
    ...(clip === '' ? {} : { clip }),
    ...(properties['Reel Name'] ? { reel: String(properties['Reel Name']) } : {}),
    rate: media,
    ...span,
    start: clipStart(properties),
    duration: clipFrames(properties),
  };
  return {
    source: properties['Type'] === 'Audio' ? inSamples(source, raw, speed, line, properties) : source,
    speed,
  };
}

/** Source in and out in media frames, in < out. */
function spanOf(raw: RawPlace, speed: Speed | null, media: Rate, line: Rate): { in: number; out: number } {
  const full = speed === null || (speed.num === speed.den && speed.num > 0);
  const length = (by: Speed) =>
    Math.max(
      1,
      nearest(raw.duration, media.num * line.den * Math.abs(by.num), media.den * line.num * by.den),
    );
  const offset = raw.left ?? raw.start ?? 0;
  if (full) {
    const from = raw.kind === 'audio' ? nearest(offset, media.num * line.den, media.den * line.num) : offset;
    return { in: from, out: from + length(FULL) };
  }
  if (speed.num === 0) {
    const at = raw.start ?? offset;
    return { in: at, out: at + 1 };
  }
  const low =
    raw.start === null || raw.end === null
      ? nearest(offset, Math.abs(speed.num), speed.den)
      : Math.min(raw.start, raw.end);
  // Backwards, an exclusive end lies one below the lowest frame.
  const from = speed.num < 0 && raw.start !== null && sameSpeed(media, line) ? low + 1 : low;
  return { in: from, out: from + length(speed) };
}

/** Sound has no frames: its offset in timeline frames is an exact number of samples. */
function inSamples(
  source: SequenceSource,
  raw: RawPlace,
  speed: Speed | null,
  line: Rate,
  properties: Dict,
): SequenceSource {
  const hertz = Number.parseInt(String(properties['Sample Rate'] ?? ''), 10) || 48_000;
  const samples = (frames: number, rate: Rate) => framesToSamples(frames, rate, hertz);
  const full = speed === null || (speed.num === 1 && speed.den === 1);
  const from = full && raw.left !== null ? samples(raw.left, line) : samples(source.in, source.rate);
  const to = full ? from + samples(raw.duration, line) : samples(source.out, source.rate);
  return {
    ...source,
    rate: { num: hertz, den: 1, drop: false },
    in: from,
    out: to,
    start: source.start === null ? null : samples(source.start, source.rate),
    duration: source.duration === null ? null : samples(source.duration, source.rate),
  };
}
