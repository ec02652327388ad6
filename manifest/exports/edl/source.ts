/** Source frames of an event as an EDL counts them: labels counted like the list's own, whatever the media runs at. */
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent } from '../../documents/cutlist.ts';
import { mayDrop, nominal, rateLabel, sameRate, type Rate } from '../../time/rate.ts';
import { framesToSamples, samplesToFrames, timeReferenceToFrame } from '../../time/samples.ts';
import { frameToTimecode } from '../../time/timecode.ts';

export interface SourceBase {
  /** Source in as a frame count at `rate`. */
  first: number;
  /** Source out − source in, counted so; null where media of another rate has no such count. */
  span: number | null;
  /** The list's count, dropping or not as the media does. */
  rate: Rate;
  /** The media's own labels for the whole of the event, where they cannot stand in the list as they are. */
  own?: string;
  losses: { what: string; message: string }[];
}

/** In = the media's start timecode + the event's source in. Media without timecode counts from 00:00:00:00. */
export function sourceBase(event: CutEvent, rate: Rate): SourceBase {
  const losses: SourceBase['losses'] = [];
  const { source } = event;
  if (!source || source.still) return { first: 0, span: null, rate, losses };
  if (source.start === null)
    losses.push({
      what: 'no-source-timecode',
      message: 'the media has no timecode; the list counts it from 00:00:00:00',
    });
  const start = source.start ?? 0;
  if (isSampleRate(source.rate)) return sound(event, source.rate.num, start, rate, losses);
  if (sameRate(source.rate, rate))
    return { first: start + event.sourceIn, span: event.sourceOut - event.sourceIn, rate, losses };
  return mixed(event, source.rate, start, rate, losses);
}

function sound(
  event: CutEvent,
  sampleRate: number,
  start: number,
  rate: Rate,
  losses: SourceBase['losses'],
): SourceBase {
  const [offset, end] = [event.sourceIn, event.sourceOut].map((at) =>
    samplesToFrames(at, sampleRate, rate),
  ) as [number, number];
  if (Math.abs(event.sourceIn - framesToSamples(offset, rate, sampleRate)) > 1)
    losses.push({
      what: 'subframe',
      message: `the sound begins between two frames, at sample ${event.sourceIn}; the list holds the nearest frame`,
    });
  const length = event.recordOut - event.recordIn;
  // An end that rounds to the next frame is no span of its own.
  const span = Math.abs(end - offset - length) <= 1 ? length : end - offset;
  return { first: timeReferenceToFrame(start, sampleRate, rate) + offset, span, rate, losses };
}

/**
 * Media at another rate keeps the hours, minutes and seconds burnt into it, and its frame number is scaled down or up to
 * the list's count: an operator who dials that label finds the right second. The exact labels go into a comment.
 */
function mixed(
  event: CutEvent,
  own: Rate,
  start: number,
  rate: Rate,
  losses: SourceBase['losses'],
): SourceBase {
  const counted: Rate = { num: rate.num, den: rate.den, drop: own.drop && mayDrop(rate) };
  const labels = [event.sourceIn, event.sourceOut].map((frame) => frameToTimecode(start + frame, own));
  const scaled = scaleLabel(labels[0]!, own, counted);
  losses.push({
    what: 'mixed-rate',
    message: `the media runs at ${rateLabel(own)}, the list at ${rateLabel(rate)}: its ${labels.join('–')} is written from ${frameToTimecode(scaled, counted)}`,
  });
  return { first: scaled, span: null, rate: counted, own: ownLabels(own, labels), losses };
}

/** `25: 10:00:00:20 10:00:01:20`: what a SOURCE TC comment holds. */
export function ownLabels(rate: Rate, labels: readonly string[]): string {
  return `${rateLabel(rate)}: ${labels.join(' ')}`;
}

/** The frame count of the label with the same hours, minutes and seconds, and its frame number in another count. */
function scaleLabel(label: string, from: Rate, to: Rate): number {
  const [hours, minutes, seconds, frames] = label.split(/[:;]/).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const minute = hours * 60 + minutes;
  const scaled = Math.floor((frames * nominal(to)) / nominal(from));
  const dropped = to.drop ? (nominal(to) / 15) * (minute - Math.floor(minute / 10)) : 0;
  return (minute * 60 + seconds) * nominal(to) + scaled - dropped;
}
