/**
 * Which part of its media an event plays, as xmeml counts it: `in` and `out` are frames of the sequence's rate from the
 * media's first, and on a retimed clip they count the warped clip, so that `out − in` is always the record length.
 */
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent, CutSource } from '../../documents/cutlist.ts';
import { rescale } from '../../readers/xmeml/count.ts';
import { decimal, percentOf, speedOf } from '../../readers/xmeml/percent.ts';
import {
  abs,
  add,
  compare,
  divide,
  floor,
  fraction,
  multiply,
  round,
  subtract,
  ZERO,
  type Fraction,
} from '../../time/fraction.ts';
import { rateLabel, type Rate } from '../../time/rate.ts';
import type { MediaFile } from './files.ts';

export interface Retime {
  percent: string;
  reverse: boolean;
  /** Media frames, counted at the sequence's rate, at the clip's in and out. */
  from: Fraction;
  to: Fraction;
  /** Media frame that stands still, counted at the sequence's rate; null where the clip moves. */
  freeze: number | null;
}

export interface Timing {
  in: number;
  /** Record length in frames. */
  length: number;
  /** Whole length of the clip at its speed. */
  duration: number;
  /** Frames of handle before the in and after the out; Infinity where nobody knows an end. */
  ahead: number;
  behind: number;
  retime: Retime | null;
  said: { what: string; message: string }[];
}

/** `plain` writes the event without its speed, for a program that would read it wrongly. */
export function timingOf(event: CutEvent, file: MediaFile, rate: Rate, plain: boolean): Timing {
  const length = event.recordOut - event.recordIn;
  const source = event.source!;
  if (source.still)
    return { in: 0, length, duration: length, ahead: Infinity, behind: Infinity, retime: null, said: [] };
  const whole = wholeOf(event.source!, file, rate);
  const { speed } = event;
  if (speed && speed.num !== speed.den && !plain) return retimed(event, speed, whole, rate);
  const said: Timing['said'] = [];
  if (!speed)
    said.push({ what: 'retime', message: 'its speed varies; it is written at 100 % from its source in' });
  else if (speed.num !== speed.den)
    said.push({
      what: 'retime',
      message: `Resolve reads ${percentOf(speed)} % in FCP7 XML wrongly and says nothing; it is written at 100 % from its source in. Take FCPXML, OTIO or an EDL`,
    });
  const first = rescale(event.sourceIn, source.rate, rate);
  const off = betweenFrames(event, first, rate);
  if (off) said.push(off);
  else if (speed && speed.num === speed.den) {
    const misfit = spanProblem(event, first + length, rate);
    if (misfit) said.push(misfit);
  }
  const behind = whole === null ? Infinity : whole - first - length;
  return {
    in: first,
    length,
    duration: whole ?? first + length,
    ahead: first,
    behind,
    retime: null,
    said,
  };
}

/** The media's whole length at the sequence's rate. Another event may know it where this one does not. */
function wholeOf({ duration, rate: own }: CutSource, file: MediaFile, rate: Rate): number | null {
  if (duration !== null) return rescale(duration, own, rate);
  return file.duration === null ? null : rescale(file.duration, file.rate, rate);
}

function betweenFrames(event: CutEvent, first: number, rate: Rate): Timing['said'][number] | null {
  const { rate: own } = event.source!;
  const back = rescale(first, rate, own);
  if (isSampleRate(own)) {
    if (Math.abs(back - event.sourceIn) <= 1) return null;
    const message = `the sound begins between two frames, at sample ${event.sourceIn}; the nearest frame is written`;
    return { what: 'subframe', message };
  }
  if (back === event.sourceIn) return null;
  const message = `source frame ${event.sourceIn} at ${rateLabel(own)} falls between frames at ${rateLabel(rate)}; the nearest is written`;
  return { what: 'source-frame', message };
}

/** The record length decides, as in every editor; a source out that is elsewhere is said. */
function spanProblem(event: CutEvent, last: number, rate: Rate): Timing['said'][number] | null {
  const { rate: own } = event.source!;
  const back = rescale(last, rate, own);
  // Counts that were rounded at another rate may be one off.
  const slack = own.num * rate.den === rate.num * own.den ? 0 : isSampleRate(own) ? 2 : 1;
  if (Math.abs(back - event.sourceOut) <= slack) return null;
  const message = `its source ends at ${event.sourceOut}, its record length asks for ${back}; the record length is written`;
  return { what: 'source-span', message };
}

function retimed(
  event: CutEvent,
  speed: { num: number; den: number },
  whole: number | null,
  rate: Rate,
): Timing {
  const own = event.source!.rate;
  const said: Timing['said'] = [];
  const [first, last] = [event.sourceIn, event.sourceOut].map((frame) => counted(frame, own, rate)) as [
    Fraction,
    Fraction,
  ];
  if (own.num * rate.den !== rate.num * own.den)
    said.push({
      what: 'mixed-rate',
      message: `media at ${rateLabel(own)}, played at ${percentOf(speed)} %: programs disagree whether that counts frames or seconds; seconds are meant`,
    });
  if (speed.num === 0) {
    const frame = round(first);
    const off = betweenFrames(event, frame, rate);
    if (off) said.push(off);
    return frozen(event, frame, said);
  }
  const size = fraction(Math.abs(speed.num), speed.den);
  const reverse = speed.num < 0;
  // The record length decides, as at plain speed.
  const used = multiply(fraction(event.recordOut - event.recordIn), size);
  const off = abs(subtract(subtract(last, first), used));
  const fits = compare(off, add(size, fraction(1))) <= 0;
  said.push(...speedProblems(event, speed, fits, reverse && whole === null));
  const [from, to] = reverse
    ? [last, fits ? first : subtract(last, used)]
    : [first, fits ? last : add(first, used)];
  const end = whole === null ? (reverse ? last : to) : fraction(whole);
  const room = (frames: Fraction) => divide(frames, size);
  const start = room(reverse ? subtract(end, from) : from);
  const [ahead, behind] = reverse
    ? [room(subtract(end, from)), room(to)]
    : [room(from), room(subtract(end, to))];
  return {
    in: round(start),
    length: event.recordOut - event.recordIn,
    duration: round(divide(end, size)),
    ahead: Math.min(floor(ahead), round(start)),
    behind: whole === null && !reverse ? Infinity : floor(behind),
    retime: { percent: percentOf(speed), reverse, from, to, freeze: null },
    said,
  };
}

function speedProblems(
  event: CutEvent,
  speed: { num: number; den: number },
  fits: boolean,
  endless: boolean,
): Timing['said'] {
  const said: Timing['said'] = [];
  const percent = percentOf(speed);
  const read = speedOf(percent);
  if (!read || read.num * speed.den !== Math.abs(speed.num) * read.den)
    said.push({
      what: 'retime',
      message: `its speed, ${speed.num}/${speed.den}, is rounded to ${percent} %`,
    });
  if (endless)
    said.push({
      what: 'media-length',
      message: 'it plays backwards and the length of its media is unknown; the media is taken to end with it',
    });
  if (!fits)
    said.push({
      what: 'source-span',
      message: `at ${percent} % its record length does not fit its source, ${event.sourceIn}–${event.sourceOut}; speed and record length are written`,
    });
  return said;
}

function frozen(event: CutEvent, frame: number, said: Timing['said']): Timing {
  const still = fraction(frame);
  const length = event.recordOut - event.recordIn;
  return {
    in: frame,
    length,
    duration: frame + length,
    ahead: Infinity,
    behind: Infinity,
    retime: { percent: '0', reverse: false, from: still, to: still, freeze: frame },
    said,
  };
}

function counted(frame: number, from: Rate, to: Rate): Fraction {
  return fraction(BigInt(frame) * BigInt(from.den) * BigInt(to.num), BigInt(from.num) * BigInt(to.den));
}

/** The speed's filter: percent and direction, and the media frames at the clip's in and out, which stay exact. */
export function timeRemapXml(timing: Timing, from: number, to: number, type: 'video' | 'audio'): string {
  const { retime, length } = timing;
  if (!retime) return '';
  const size = retime.freeze !== null ? ZERO : divide(subtract(retime.to, retime.from), fraction(length));
  const value = (frames: number, at: Fraction) => decimal(add(at, multiply(size, fraction(frames))), 6);
  const keys: [number, string, string][] = [
    [from, value(from - timing.in, retime.from), 'speedkfin'],
    [to, value(to - timing.in - length, retime.to), 'speedkfout'],
  ];
  const parameter = (id: string, inside: string) =>
    `<parameter><parameterid>${id}</parameterid><name>${id}</name>${inside}</parameter>`;
  const graph = keys.map(
    ([when, at, flag]) =>
      `<keyframe><when>${when}</when><value>${at}</value><speedvirtualkf>TRUE</speedvirtualkf><${flag}>TRUE</${flag}></keyframe>`,
  );
  return `<filter><effect><name>Time Remap</name><effectid>timeremap</effectid><effectcategory>motion</effectcategory><effecttype>motion</effecttype><mediatype>${type}</mediatype>
${parameter('variablespeed', '<valuemin>0</valuemin><valuemax>1</valuemax><value>0</value>')}
${parameter('speed', `<valuemin>-100000</valuemin><valuemax>100000</valuemax><value>${retime.percent}</value>`)}
${parameter('reverse', `<value>${retime.reverse ? 'TRUE' : 'FALSE'}</value>`)}
${parameter('frameblending', '<value>FALSE</value>')}
${parameter('graphdict', `<valuemin>0</valuemin><valuemax>${timing.duration}</valuemax><value>0</value>${graph.join('')}<interpolation><name>FCPCurve</name></interpolation>`)}
</effect></filter>
`;
}
