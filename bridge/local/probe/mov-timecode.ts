/** The timecode track (QuickTime `tmcd`): where its labels begin, how they count, and the reel it names. */
import { mayDrop, nominal, rateLabel, type Rate } from '../../../manifest/time/rate.ts';
import { frameToTimecode } from '../../../manifest/time/timecode.ts';
import { decode, type MediaBytes } from './bytes.ts';
import { boxAt, fourccs } from './mov-boxes.ts';
import { exactRate } from './mov-rate.ts';
import type { Problem } from './prober.ts';
import type { Track } from './mov-track.ts';

const TYPE = fourccs('stco', 'co64', 'name');

export interface TimecodeTrack {
  /** The first label as a frame count at `counts` frames a label second. */
  frame: number;
  counts: number;
  drop: boolean;
  /** Null where the track says how labels count but not how fast. */
  rate: Rate | null;
  reel?: string;
}

/** `sampleAt`: where the count lies when the track's own tables do not say (fragmented files). */
export function readTimecode(bytes: MediaBytes, track: Track, sampleAt?: number): TimecodeTrack | null {
  const at = track.description;
  const sample = sampleAt ?? firstSample(bytes, track);
  if (at === 0 || sample === null) return null;
  const long = track.codec === 'tc64';
  if (!bytes.load(sample, long ? 8 : 4, 64)) return null;
  const stored = long ? bytes.i32(sample) * 2 ** 32 + bytes.u32(sample + 4) : bytes.i32(sample);
  const [flags, timescale, ticks] = [bytes.u32(at + 20), bytes.u32(at + 24), bytes.u32(at + 28)];
  const rate = timescale > 0 && ticks > 0 ? exactRate(timescale, ticks) : null;
  const counts = labelCount(bytes.u8(at + 32), rate);
  if (counts === 0) return null;
  // A trimmed movie begins part of the way into its timecode track.
  const trim = track.edits.find((edit) => edit.start >= 0)?.start ?? 0;
  const trimmed =
    rate && track.timescale > 0 ? Math.floor((trim / track.timescale) * (rate.num / rate.den) + 1e-6) : 0;
  const reel = readReel(bytes, at);
  return { frame: stored + trimmed, counts, drop: (flags & 1) === 1, rate, ...(reel ? { reel } : {}) };
}

/** GoPro rounds 29.97 down to 29 frames a label second: taken as written, a clip would start 40 minutes off. */
function labelCount(written: number, rate: Rate | null): number {
  if (!rate) return written;
  return written === 0 || written === Math.floor(rate.num / rate.den) ? nominal(rate) : written;
}

function firstSample(bytes: MediaBytes, track: Track): number | null {
  const short = track.tables.get(TYPE.stco);
  const table = short ?? track.tables.get(TYPE.co64);
  if (!table || bytes.u32(table.body + 4) === 0) return null;
  const at = table.body + 8;
  return short ? bytes.u32(at) : bytes.u64(at);
}

/** The description ends in small boxes, of which `name` holds the source's reel: length, language, text. */
function readReel(bytes: MediaBytes, description: number): string {
  const end = description + bytes.u32(description);
  const box = end - (description + 34) >= 12 ? boxAt(bytes, description + 34, end) : null;
  if (box?.type !== TYPE.name || box.end - box.body < 5) return '';
  const length = Math.min(bytes.u16(box.body), box.end - box.body - 4, 256);
  return decode(bytes.copy(box.body + 4, length));
}

/** The start label at the picture's rate; the rate it is a label of; or why there is none. */
export function startLabel(
  timecode: TimecodeTrack,
  picture: Rate | null,
  projectRate: Rate | undefined,
): { rate: Rate; startTc: string } | { problem: Problem } {
  const speed =
    picture ??
    timecode.rate ??
    (projectRate && nominal(projectRate) === timecode.counts ? projectRate : null);
  if (!speed) {
    const message = `its timecode counts ${timecode.counts} frames a second of labels and does not say how fast; set the project's rate`;
    return { problem: { code: 'unknown-rate', message } };
  }
  const frames = toPictureFrames(timecode, nominal(speed));
  if (frames === null) {
    const message = `its timecode counts ${timecode.counts} frames a second and its picture runs at ${rateLabel(speed)}; no label of one is a label of the other`;
    return { problem: { code: 'timecode-rate', message } };
  }
  if (timecode.drop && !mayDrop(speed)) {
    const message = `its timecode is marked drop-frame, which does not exist at ${rateLabel(speed)}`;
    return { problem: { code: 'timecode-rate', message } };
  }
  const drop = picture || timecode.rate ? timecode.drop : speed.drop;
  const rate: Rate = { num: speed.num, den: speed.den, drop };
  return { rate, startTc: frameToTimecode(frames, rate) };
}

/** 59.94p cameras often count 30 labels a second: label frame 12 is picture frame 24. */
function toPictureFrames({ frame, counts }: TimecodeTrack, fps: number): number | null {
  if (fps % counts === 0) return frame * (fps / counts);
  return counts % fps === 0 ? Math.floor(frame / (counts / fps)) : null;
}
