/** Source timecodes of an event, as an EDL writes them: labels counted like the list's own, whatever the media runs at. */
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent } from '../../documents/cutlist.ts';
import { fraction, multiply, round } from '../../time/fraction.ts';
import { mayDrop, nominal, rateLabel, sameRate, type Rate } from '../../time/rate.ts';
import { framesToSamples, samplesToFrames, timeReferenceToFrame } from '../../time/samples.ts';
import { frameToTimecode } from '../../time/timecode.ts';

export interface SourceSpan {
  in: string;
  out: string;
  /** The media's own labels, where they cannot stand in the list as they are. */
  own?: string;
  losses: { what: string; message: string }[];
}

/**
 * In = the media's start timecode + the event's source in; out = in + the source frames used, which at plain speed is
 * the record length, so that every reader finds the two spans equal. Media without timecode counts from 00:00:00:00.
 */
export function sourceSpan(event: CutEvent, rate: Rate): SourceSpan {
  const losses: SourceSpan['losses'] = [];
  const used = usedFrames(event);
  const { source } = event;
  if (!source || source.still)
    return { in: frameToTimecode(0, rate), out: frameToTimecode(used, rate), losses };
  if (source.start === null)
    losses.push({
      what: 'no-source-timecode',
      message: 'the media has no timecode; the list counts it from 00:00:00:00',
    });
  const start = source.start ?? 0;
  if (isSampleRate(source.rate)) {
    const offset = samplesToFrames(event.sourceIn, source.rate.num, rate);
    if (Math.abs(event.sourceIn - framesToSamples(offset, rate, source.rate.num)) > 1)
      losses.push({
        what: 'subframe',
        message: `the sound begins between two frames, at sample ${event.sourceIn}; the list holds the nearest frame`,
      });
    const first = timeReferenceToFrame(start, source.rate.num, rate) + offset;
    return { in: frameToTimecode(first, rate), out: frameToTimecode(first + used, rate), losses };
  }
  const first = start + event.sourceIn;
  if (sameRate(source.rate, rate))
    return { in: frameToTimecode(first, rate), out: frameToTimecode(first + used, rate), losses };
  return mixed(event, source.rate, start, rate, used, losses);
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
  used: number,
  losses: SourceSpan['losses'],
): SourceSpan {
  const counted: Rate = { num: rate.num, den: rate.den, drop: own.drop && mayDrop(rate) };
  const first = frameToTimecode(start + event.sourceIn, own);
  const last = frameToTimecode(start + event.sourceOut, own);
  const scaled = scaleLabel(first, own, counted);
  losses.push({
    what: 'mixed-rate',
    message: `the media runs at ${rateLabel(own)}, the list at ${rateLabel(rate)}: its ${first}–${last} is written from ${frameToTimecode(scaled, counted)}`,
  });
  return {
    in: frameToTimecode(scaled, counted),
    out: frameToTimecode(scaled + used, counted),
    own: `${rateLabel(own)}: ${first} ${last}`,
    losses,
  };
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

/** Source frames that the event plays, counted at the list's rate; 1 for a freeze. */
function usedFrames(event: CutEvent): number {
  const length = event.recordOut - event.recordIn;
  const { speed } = event;
  if (!speed || Math.abs(speed.num) === speed.den) return length;
  return Math.max(1, round(multiply(fraction(length), fraction(Math.abs(speed.num), speed.den))));
}
