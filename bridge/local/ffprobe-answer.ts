/** What ffprobe says of a file, as a Probe: rates as exact fractions, counts as counts, and what it worked out from seconds marked as estimated. */
import { z } from 'zod';
import type { Tech } from '../../manifest/documents/handoff.ts';
import { mayDrop, rateLabel, sameSpeed, type Rate } from '../../manifest/time/rate.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';
import { exactRate } from './probe/mov-rate.ts';
import { present, type Probe, type Problem } from './probe/prober.ts';

/** Absent values come as `N/A`. */
const word = z.union([z.string(), z.number()]).optional().catch(undefined);
const tags = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .optional()
  .catch(undefined);
const Stream = z.object({
  codec_type: word,
  codec_name: word,
  width: word,
  height: word,
  r_frame_rate: word,
  avg_frame_rate: word,
  nb_frames: word,
  duration: word,
  duration_ts: word,
  time_base: word,
  sample_rate: word,
  channels: word,
  tags,
  disposition: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
const Answer = z.object({
  streams: z.array(Stream),
  format: z.object({ duration: word, tags }).optional().catch(undefined),
});
type Stream = z.infer<typeof Stream>;
type Answer = z.infer<typeof Answer>;

/** `projectRate` is not asked: ffprobe always names a rate where there is a picture. */
export function fromFfprobe(answer: unknown, _projectRate?: Rate): Probe {
  const read = Answer.safeParse(answer);
  if (!read.success) return nothing('unreadable', 'ffprobe gave an answer that makes no sense');
  const { streams } = read.data;
  const sounds = streams.filter((stream) => stream.codec_type === 'audio');
  const picture = streams.find((stream) => stream.codec_type === 'video' && !isCover(stream));
  if (!picture && sounds.length === 0)
    return nothing('not-media', 'ffprobe finds neither picture nor sound in it');
  const channels = sounds.reduce((sum, each) => sum + (whole(each.channels, MOST_CHANNELS) ?? 0), 0);
  const sampleRate = positive(whole(sounds[0]?.sample_rate, FASTEST));
  const base: Tech = { channels, ...present({ sampleRate }) };
  const seen = picture
    ? pictureFacts(picture, read.data, base)
    : { tech: soundFacts(sounds[0]!, read.data, base) };
  return { tech: seen.tech, witness: witnessOf(read.data), ...present({ problem: seen.problem }) };
}

function nothing(code: 'unreadable' | 'not-media', message: string): Probe {
  return { tech: {}, witness: {}, problem: { code, message } };
}

/** Cover art is a video stream to ffprobe. */
const isCover = ({ disposition }: Stream) => Number(disposition?.['attached_pic']) === 1;

/** Past these a field is damaged. */
const [FASTEST, MOST_CHANNELS] = [100_000_000, 1024];

function whole(
  value: string | number | undefined,
  most: number = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const count = Number(value);
  if (value === undefined || value === '') return undefined;
  return Number.isSafeInteger(count) && count >= 0 && count <= most ? count : undefined;
}
/** Seconds past which a length is a damaged field: some hundred days. */
const LONGEST = 1e7;

function seconds(...values: (string | number | undefined)[]): number | undefined {
  return values.map(Number).find((value) => value > 0 && value < LONGEST);
}
const positive = (value: number | undefined) => (value !== undefined && value > 0 ? value : undefined);

function rateFrom(value: string | number | undefined): Rate | null {
  const match = /^(\d{1,9})\/(\d{1,9})$/.exec(String(value));
  return match && Number(match[2]) > 0 ? exactRate(Number(match[1]), Number(match[2])) : null;
}

interface Facts {
  tech: Tech;
  problem?: Problem;
}

function pictureFacts(stream: Stream, answer: Answer, base: Tech): Facts {
  const [width, height] = [positive(whole(stream.width)), positive(whole(stream.height))];
  const tech: Tech = {
    ...base,
    ...present({ codec: stream.codec_name === undefined ? undefined : String(stream.codec_name) }),
    ...(width && height ? { picture: { width, height } } : {}),
  };
  const [average, ticks] = [rateFrom(stream.avg_frame_rate), rateFrom(stream.r_frame_rate)];
  const rate = average ?? ticks;
  if (!rate) return { tech };
  // An interlaced stream ticks once a field.
  const steady =
    !average || !ticks || sameSpeed(average, ticks) || sameSpeed({ ...average, num: average.num * 2 }, ticks);
  if (!steady) return { tech, problem: varies(average, ticks) };
  const counted = positive(whole(stream.nb_frames));
  const long = seconds(stream.duration, answer.format?.duration);
  const durationFrames =
    counted ?? (long === undefined ? undefined : Math.round((long * rate.num) / rate.den));
  const label = timecodeOf(stream, answer, rate);
  return {
    tech: {
      ...tech,
      rate,
      ...present({ durationFrames }),
      ...(counted === undefined && durationFrames !== undefined ? { estimated: ['durationFrames'] } : {}),
      ...label.tech,
    },
    ...present({ problem: label.problem }),
  };
}

function varies(average: Rate, ticks: Rate): Problem {
  const message = `its frames come at ${rateLabel(average)} a second on average and up to ${rateLabel(ticks)}, and an edit needs one rate; transcode it to a constant one`;
  return { code: 'variable-rate', message };
}

function timecodeOf(stream: Stream, { format, streams }: Answer, speed: Rate): Facts {
  const text = [stream, format, ...streams]
    .map((each) => each?.tags?.['timecode'])
    .find((each) => each !== undefined);
  if (text === undefined) return { tech: {} };
  const said = String(text);
  const rate: Rate = { ...speed, drop: /[;.]\d+$/.test(said) && mayDrop(speed) };
  const label = timecodeToFrame(said, rate);
  if (label.ok) return { tech: { rate, startTc: said.replace(/[;.](?=\d+$)/, rate.drop ? ';' : ':') } };
  return {
    tech: {},
    problem: {
      code: 'timecode-rate',
      message: `its timecode does not count like its picture (${label.message})`,
    },
  };
}

function soundFacts(stream: Stream, answer: Answer, base: Tech): Tech {
  const { sampleRate } = base;
  const tech: Tech = {
    ...base,
    ...present({ codec: stream.codec_name === undefined ? undefined : String(stream.codec_name) }),
  };
  if (sampleRate === undefined) return tech;
  const exact = stream.time_base === `1/${sampleRate}` ? positive(whole(stream.duration_ts)) : undefined;
  const long = seconds(stream.duration, answer.format?.duration);
  if (exact !== undefined) return { ...tech, durationSamples: exact };
  if (long === undefined) return tech;
  return { ...tech, durationSamples: Math.round(long * sampleRate), estimated: ['durationSamples'] };
}

function witnessOf({ format, streams }: Answer): Probe['witness'] {
  const reel = [format, ...streams]
    .map((each) => each?.tags?.['reel_name'])
    .find((each) => each !== undefined);
  return present({ reel: reel === undefined ? undefined : String(reel) });
}
