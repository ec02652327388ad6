/**
 * A picture's own sound and a recorded one laid over each other: where they may lie, what is to be read for what is in sight, and
 * what one column of pixels shows of it. Times are flicks from the picture's first frame.
 */
import type { Envelope, Waveforms, WaveformsAsked } from '../../bridge/desk.ts';
import type { Clip } from '../../manifest/documents/handoff.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import type { Listened, SyncVerdict } from '../../manifest/documents/sync.ts';
import { FLICKS_PER_SECOND, framesToFlicks } from '../../manifest/time/flicks.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';
import type { InSight, Whole } from './window.ts';

/** One place of one sound against the picture. */
export interface Laid {
  key: string;
  /** Clip id. */
  sound: string;
  /** Sound start − picture start, in samples of the sound. */
  offsetSamples: number;
  /** `MixPre-044.WAV, by ear`. */
  name: string;
  byEar: boolean;
  /** Frames from the picture's first; null where it does not happen. */
  slips: number | null;
  /** The slate by the log; null = nobody said. */
  slate: number | null;
  driftPpm: number | null;
}

/** Where listening puts each sound, the best first, then where timecode does. */
export function laidOf(
  picture: Clip,
  sounds: readonly Clip[],
  heard: readonly Listened[],
  { soundIds, offsetSamples }: Pick<SyncVerdict, 'soundIds' | 'offsetSamples'>,
): Laid[] {
  const names = new Map(sounds.map(({ id, path }) => [id, fileName(path)]));
  const laid = (sound: string, offset: number, by: string, more: Partial<Laid> = {}): Laid[] => {
    const name = names.get(sound);
    const none = { byEar: false, slips: null, slate: null, driftPpm: null };
    const key = `${sound} ${offset} ${by}`;
    return name === undefined
      ? []
      : [{ key, sound, offsetSamples: offset, name: `${name}, ${by}`, ...none, ...more }];
  };
  const byEar = heard.flatMap((each): Laid[] => {
    const { soundId, heard: word, evidence, driftPpm = null, slipsAt } = each;
    if (soundId === undefined) return [];
    const said = { byEar: true, slate: evidence.clap?.pictureFrame ?? null };
    // Where one line of drift fits, the places of it are one.
    if (word !== 'ambiguous' && each.offsetSamples !== undefined)
      return laid(soundId, each.offsetSamples, 'by ear', {
        ...said,
        driftPpm,
        slips: frameOf(slipsAt, picture),
      });
    return (evidence.places ?? [])
      .slice(0, 4)
      .flatMap((place, nth) => laid(soundId, place.offsetSamples, `by ear, place ${nth + 1}`, said));
  });
  const [first] = soundIds;
  if (first === undefined || offsetSamples === undefined) return byEar;
  return [...byEar, ...laid(first, offsetSamples, 'by timecode')];
}

function frameOf(slipsAt: string | undefined, { tech: { rate } }: Clip): number | null {
  if (slipsAt === undefined || !rate) return null;
  const read = timecodeToFrame(slipsAt, { ...rate, drop: false });
  return read.ok ? read.frame : null;
}

/** Nobody judges sync by less than this many frames. */
const LEAST_FRAMES = 8;

/** Null for a picture whose rate or length nobody knows. */
export function wholePicture({ tech: { rate, durationFrames } }: Clip): (Whole & { least: number }) | null {
  if (!rate || !durationFrames) return null;
  return {
    from: 0,
    to: framesToFlicks(durationFrames, rate),
    least: Math.ceil(framesToFlicks(Math.min(LEAST_FRAMES, durationFrames), rate)),
  };
}

/** Peaks, and the range they were asked for in frames. */
export interface Held {
  from: number;
  to: number;
  waves: Waveforms;
}

/** As many as a wide panel's pixels, twice. */
const BUCKETS = 2000;

type RangeAsked = Pick<WaveformsAsked, 'from' | 'to' | 'buckets'>;

/** What there is in sight, with as much on both sides to pan into; a frame at least, where only air is in sight. `frame` in flicks. */
export function rangeOf(sight: InSight, whole: InSight, frame: number): RangeAsked {
  const more = (sight.to - sight.from) / 2;
  const last = Math.ceil(whole.to / frame);
  const from = Math.min(last - 1, Math.max(0, Math.floor((sight.from - more) / frame)));
  const to = Math.max(from + 1, Math.min(last, Math.ceil((sight.to + more) / frame)));
  return { from, to, buckets: BUCKETS };
}

export const isEnvelope = (side: Waveforms['picture']): side is Envelope => 'low' in side;

/** Whether what is held covers what is in sight of the picture, as finely as the smallest buckets or two pixels. `perPixel` in flicks. */
export function isEnough(
  { from, to, waves }: Held,
  sight: InSight,
  whole: InSight,
  frame: number,
  perPixel: number,
): boolean {
  const covers =
    from * frame <= Math.max(sight.from, whole.from) && to * frame >= Math.min(sight.to, whole.to);
  const fine = [waves.picture, waves.sound].every(
    (side) =>
      !isEnvelope(side) ||
      side.each <= 64 ||
      (side.each * FLICKS_PER_SECOND) / side.sampleRate <= perPixel * 2,
  );
  return covers && fine;
}

/** The highest peak there is; at least 1, so that silence stays flat. */
export function loudest({ low, high }: Envelope): number {
  let most = 1;
  for (let nth = 0; nth < low.length; nth++) most = Math.max(most, -low[nth]!, high[nth]!);
  return most;
}

export interface Column {
  x: number;
  low: number;
  high: number;
}

/** One column for each pixel of `width` that there is sound for; `offset` in samples, from the picture's first frame. */
export function columns(envelope: Envelope, offset: number, sight: InSight, width: number): Column[] {
  const { at, each, sampleRate, low, high } = envelope;
  const perBucket = (each * FLICKS_PER_SECOND) / sampleRate;
  const begins = ((at + offset) * FLICKS_PER_SECOND) / sampleRate;
  const perPixel = (sight.to - sight.from) / Math.max(1, width);
  const made: Column[] = [];
  for (let x = 0; x < width; x++) {
    const from = (sight.from + x * perPixel - begins) / perBucket;
    const to = from + perPixel / perBucket;
    if (to <= 0 || from >= low.length) continue;
    const first = Math.max(0, Math.floor(from));
    const last = Math.min(low.length, Math.max(first + 1, Math.ceil(to)));
    let [least, most] = [low[first]!, high[first]!];
    for (let nth = first + 1; nth < last; nth++) {
      least = Math.min(least, low[nth]!);
      most = Math.max(most, high[nth]!);
    }
    made.push({ x, low: least, high: most });
  }
  return made;
}
