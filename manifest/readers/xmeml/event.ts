/** A placed item as an event of a cut list: its source, the part of it that plays, its speed, its channel and markers. */
import type { CutEvent } from '../../documents/cutlist.ts';
import { divide, fraction, multiply, round, subtract, add, type Fraction } from '../../time/fraction.ts';
import type { Rate } from '../../time/rate.ts';
import { child, childText, type XmlElement } from '../../xml/read.ts';
import type { Arranged } from './arrange.ts';
import { rescale } from './count.ts';
import { readMarkers } from './item.ts';
import { quoted, type Report } from './report.ts';
import { effectsOf, isTimeRemap, remapOf, type Remap } from './retime.ts';
import type { Origins } from './source.ts';
import { plainSpan, repeatsFrames, retimedSpan, ticksOf, type Counted } from './span.ts';
import { frames, truth } from './values.ts';

export interface EventContext {
  type: 'video' | 'audio';
  /** The sequence's rate. */
  record: Rate;
  origins: Origins;
  report: Report;
}

/** Without its id, which its place in the track gives. */
export function eventOf(arranged: Arranged, context: EventContext): CutEvent {
  const { item, recordIn, recordOut } = arranged;
  const { element, name } = item;
  const length = recordOut - recordIn;
  const event: CutEvent = {
    id: '',
    kind: 'title',
    name,
    recordIn,
    recordOut,
    sourceIn: 0,
    sourceOut: length,
    source: null,
    speed: { num: 1, den: 1 },
    enabled: truth(element, 'enabled', true),
  };
  const remap = speedOf(element, name, context.report);
  if (item.generator) {
    const first = item.in + rescale(arranged.head, context.record, item.rate);
    const markers = readMarkers(
      element,
      (frame) => rescale(frame - first, item.rate, context.record),
      (frames_) => Math.max(1, rescale(frames_, item.rate, context.record)),
      context.report,
    );
    if (markers.length) event.markers = markers;
    return event;
  }
  const { kind, source } = context.origins.of(element, name, item.rate, context.type);
  event.kind = kind;
  event.source = source;
  if (!source) {
    if (kind === 'unknown')
      context.report.warn(
        'xmeml-file',
        element.line,
        `${quoted(name)} names no file; what it plays is unknown`,
      );
    return event;
  }
  const channel = context.type === 'audio' ? channelOf(element) : null;
  if (channel !== null) event.channels = [channel];
  if (source.still) return event;
  play(event, arranged, remap, context);
  return event;
}

function play(event: CutEvent, arranged: Arranged, remap: Remap | null, context: EventContext): void {
  const { item, head, tail } = arranged;
  const { element } = item;
  const source = event.source!;
  const subclip = child(element, 'subclipinfo');
  const counted: Counted = {
    in: item.in,
    out: item.out,
    rate: item.rate,
    offset: Math.max(0, (subclip && frames(subclip, 'startoffset')) ?? 0),
    record: context.record,
    own: source.rate,
    whole: source.duration,
  };
  const stretch = { length: event.recordOut - event.recordIn, head, tail };
  const ticks = remap === null && repeatsFrames(element, counted) ? null : ticksOf(element, counted);
  if (remap === null) {
    const span = plainSpan(stretch, counted, ticks);
    event.sourceIn = span.in;
    event.sourceOut = Math.max(span.in + 1, span.out);
    if (!ticks) spanFits(arranged, context);
    mark(
      event,
      item.element,
      (frame) => rescale(frame + counted.offset, item.rate, source.rate),
      counted,
      context.report,
    );
    return;
  }
  const span = retimedSpan(element, remap, stretch, counted, ticks);
  event.sourceIn = span.in;
  event.sourceOut = span.out;
  event.speed = remap.speed;
  const [near, far] = span.ends;
  const step = divide(subtract(far, near), fraction(stretch.length));
  const first = item.in + rescale(head, context.record, item.rate);
  const along = (frame: number): Fraction =>
    add(near, multiply(step, fraction(rescale(frame - first, item.rate, context.record))));
  const frozen = remap.speed?.num === 0;
  const at = (frame: number) => (frozen ? rescale(frame, item.rate, source.rate) : round(along(frame)));
  mark(event, item.element, at, counted, context.report);
}

/** Source and record lengths may be one frame apart (Premiere rounds each for itself); the record length is taken. */
function spanFits(
  { item, recordIn, recordOut, head, tail }: Arranged,
  { record, report }: EventContext,
): void {
  const wanted = recordOut - recordIn + head + tail;
  const given = rescale(item.out - item.in, item.rate, record);
  if (Math.abs(given - wanted) <= 1) return;
  report.warn(
    'xmeml-span',
    item.element.line,
    `${quoted(item.name)} plays ${given} frames of source for ${wanted} of record and has no speed that says so; source in and record length are taken`,
  );
}

function mark(
  event: CutEvent,
  element: XmlElement,
  at: (frame: number) => number,
  counted: Counted,
  report: Report,
): void {
  const markers = readMarkers(
    element,
    at,
    (length) => Math.max(1, rescale(length, counted.rate, counted.own)),
    report,
  );
  if (markers.length) event.markers = markers;
}

function speedOf(element: XmlElement, name: string, report: Report): Remap | null {
  let remap: Remap | null = null;
  for (const effect of effectsOf(element)) {
    if (!isTimeRemap(effect)) {
      report.effect(childText(effect, 'name') ?? childText(effect, 'effectid') ?? 'without a name');
      continue;
    }
    const read = remapOf(effect, element);
    if (read === 'unreadable') {
      report.warn(
        'xmeml-speed',
        effect.line,
        `${quoted(name)} has a speed that is no number; 100 % is taken`,
      );
      continue;
    }
    remap = read ?? remap;
    if (read?.speed && read.speed.num !== 0 && Math.abs(read.speed.num) * 100 < read.speed.den)
      report.warn(
        'xmeml-speed',
        effect.line,
        `${quoted(name)} plays at less than 1 %; some programs write a ratio where a percentage belongs`,
      );
  }
  return remap;
}

/** Counted from 1 over all of the file's channels. */
function channelOf(element: XmlElement): number | null {
  const from = child(element, 'sourcetrack');
  const channel = from ? frames(from, 'trackindex') : null;
  return channel !== null && channel >= 1 && channel <= 256 ? channel : null;
}
