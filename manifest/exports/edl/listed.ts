/**
 * What an event's line says of its source, in the target's convention, and what of its speed and range a reader cannot get back
 * from that: the writer asks the reader's own arithmetic.
 */
import type { CutEvent } from '../../documents/cutlist.ts';
import { parseMotion, played, resized, scaled } from '../../readers/edl/motion.ts';
import { nominal, type Rate } from '../../time/rate.ts';
import { frameToTimecode } from '../../time/timecode.ts';
import { isAllTransition, type Line } from './joins.ts';
import type { Profile } from './profile.ts';
import { ownLabels, sourceBase, type SourceBase } from './source.ts';

export interface ListedSource {
  /** Frame counts at `rate`, as they stand in the line. */
  in: number;
  out: number;
  rate: Rate;
  /** Where the event's picture is when its line ends: what the first line of its transition shows. */
  end: number;
  /** `048.0`, `-024.0`; null where there is no M2 line. */
  motion: string | null;
  own?: string;
  losses: { what: string; message: string }[];
}

export function listedSource(line: Line, rate: Rate, profile: Profile): ListedSource {
  const { event } = line;
  const base = sourceBase(event, rate);
  const length = line.out - line.in;
  const { speed } = event;
  const retimed = speed !== null && speed.num !== speed.den;
  if (!retimed) {
    // A title has no frames before its first.
    const first = isMedia(event) ? base.first - (event.recordIn - line.in) : 0;
    const listed: ListedSource = {
      in: first,
      out: first + length,
      rate: base.rate,
      end: first + length,
      motion: null,
      losses: base.losses,
    };
    const own =
      base.own ??
      (base.span !== null && base.span !== event.recordOut - event.recordIn ? exact(base, event) : undefined);
    if (own !== undefined) listed.own = own;
    if (speed === null)
      base.losses.push({
        what: 'retime',
        message: 'its speed varies, which an EDL cannot hold; it is listed at 100 % from its source in',
      });
    return listed;
  }
  return retimedSource(line, base, speed, rate, profile);
}

function retimedSource(
  line: Line,
  base: SourceBase,
  speed: { num: number; den: number },
  rate: Rate,
  profile: Profile,
): ListedSource {
  const { event } = line;
  const length = line.out - line.in;
  const whole = event.recordOut - event.recordIn;
  const head = scaled(event.recordIn - line.in, speed);
  const used = Math.max(1, scaled(length, speed));
  const backwards = speed.num < 0;
  const span = base.span ?? Math.max(1, scaled(whole, speed));
  const low = !isMedia(event) ? 0 : backwards ? base.first + span + head - used : base.first - head;
  const listed = spanOf(low, used, length, speed, profile);
  const motion = motionWord(speed, rate);
  const result: ListedSource = {
    ...listed,
    rate: base.rate,
    end: backwards || speed.num === 0 ? low : low + used,
    motion,
    losses: base.losses,
  };
  // The first line of a transition shows one frame, of no length.
  const alone = isAllTransition(line);
  const written = {
    sourceIn: alone ? result.end : listed.in,
    span: alone ? 0 : listed.out - listed.in,
    length: Math.max(1, length),
    motion: motion === null ? null : parseMotion(motion),
    fps: nominal(rate),
  };
  const read = resized(played(written), { length: written.length }, event.recordIn - line.in, whole);
  const same = read.speed.num === speed.num && read.speed.den === speed.den;
  const range = read.low === base.first && (speed.num === 0 || read.high === base.first + span);
  const own = base.own ?? (range || !isMedia(event) ? undefined : exact(base, event));
  if (own !== undefined) result.own = own;
  const loss = motionLoss(speed, motion, same, profile);
  if (loss !== null) base.losses.push({ what: 'retime', message: loss });
  return result;
}

const isMedia = ({ source }: CutEvent) => source !== null && !source.still;

function spanOf(
  low: number,
  used: number,
  length: number,
  speed: { num: number; den: number },
  profile: Profile,
): { in: number; out: number } {
  if (profile.span === 'record') return { in: low, out: low + length };
  if (speed.num < 0 && profile.backwards === 'frame') return { in: low + used - 1, out: low + used };
  return { in: low, out: low + (speed.num === 0 ? 1 : used) };
}

/** The range in the list's own count, for a comment: the columns cannot say it. */
function exact({ first, span, rate }: SourceBase, event: CutEvent): string {
  const out = first + (span ?? event.recordOut - event.recordIn);
  return ownLabels(rate, [frameToTimecode(first, rate), frameToTimecode(out, rate)]);
}

/** Source frames a second, one decimal; null where it has no room. A slow speed never rounds to a freeze. */
export function motionWord(speed: { num: number; den: number }, rate: Rate): string | null {
  const tenths = speed.num === 0 ? 0 : Math.max(1, scaled(nominal(rate) * 10, speed));
  if (tenths > 9999) return null;
  const size = `${Math.floor(tenths / 10)}.${tenths % 10}`.padStart(5, '0');
  return speed.num < 0 ? `-${size}` : size;
}

function motionLoss(
  speed: { num: number; den: number },
  motion: string | null,
  same: boolean,
  profile: Profile,
): string | null {
  const percent = Math.round((speed.num / speed.den) * 10000) / 100;
  if (motion === null)
    return `its speed of ${percent} % is more than an M2 line can hold; the list gives no speed for it`;
  if (speed.num === 0) return 'a freeze: its M2 line says 000.0, and readers differ about the frame it holds';
  if (speed.num < 0 && !profile.surelyBackwards)
    return `it plays backwards at ${-percent} %: readers differ about where M2 counts it from`;
  return same
    ? null
    : `M2 has one decimal: ${percent} % is rounded there, and the spans do not tell it exactly`;
}
