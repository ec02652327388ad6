/** Markers: on the media of the clip they stand on, or on the sequence where they stand on a gap, a transition or what has no media. */
import type { CutMarker } from '../../documents/cutlist.ts';
import {
  add,
  compare,
  divide,
  fraction,
  framesToSeconds,
  multiply,
  subtract,
  ZERO,
  type Fraction,
} from '../../time/fraction.ts';
import type { Rate } from '../../time/rate.ts';
import type { XmlElement } from '../../xml/read.ts';
import { mediaOf, type Span } from './place.ts';
import { valueAt } from './speed.ts';
import { framesOf, readSeconds } from './seconds.ts';
import type { Placed, Story } from './story.ts';

const HOUR = fraction(3600);

interface Read {
  element: XmlElement;
  start: Fraction;
  duration: Fraction | null;
}

function markersOf(story: Story, element: XmlElement): Read[] {
  const found: Read[] = [];
  for (const child of element.children) {
    if (child.name !== 'marker' && child.name !== 'chapter-marker') continue;
    const { start, duration, completed } = child.attributes;
    const time = readSeconds(start ?? '');
    if (!time) {
      story.tally.fail('fcpxml-marker', child.line, `the marker's start "${start ?? ''}" is no time`);
      continue;
    }
    if (child.name === 'chapter-marker')
      story.tally.say(
        'fcpxml-marker-kind',
        child.line,
        'a chapter marker is read as a plain one',
        'chapter',
        'note',
      );
    if (completed !== undefined)
      story.tally.say(
        'fcpxml-marker-kind',
        child.line,
        'that a marker is a to-do is not kept',
        'to-do',
        'note',
      );
    found.push({
      element: child,
      start: time,
      duration: duration === undefined ? null : readSeconds(duration),
    });
  }
  return found;
}

function marker(read: Read, frame: number, rate: Pick<Rate, 'num' | 'den'>): CutMarker {
  const { value = '', note = '' } = read.element.attributes;
  const frames = read.duration ? framesOf(read.duration, rate).frame : 1;
  return { frame, duration: Math.max(1, frames), name: value, comment: note, colour: '' };
}

function near(story: Story, time: Fraction, rate: Pick<Rate, 'num' | 'den'>, line: number): number {
  const { frame, exact } = framesOf(time, rate);
  if (!exact)
    story.tally.say(
      'fcpxml-marker-frame',
      line,
      'the marker stands between frames; the nearest is read',
      '',
      'note',
    );
  return frame;
}

/** Markers of a clip that plays media: frames of the media, also where the clip does not show them. */
export function markMedia(story: Story, span: Span, host: Placed, mediaStart: Fraction): void {
  const { source } = host.event;
  if (!source) return;
  for (const read of markersOf(story, span.element)) {
    const time = span.map ? valueAt(span.map, read.start) : read.start;
    const frame = near(story, subtract(time, mediaStart), source.rate, read.element.line);
    (host.event.markers ??= []).push(marker(read, frame, source.rate));
  }
}

/**
 * Markers of what has no media of its own: on the event that shows at their place, on the sequence where none does. One that
 * its clip does not show stays hidden on the first event of it.
 */
export function markRecord(story: Story, span: Span, hosts: readonly Placed[]): void {
  const picture = once(() => inOrder(hosts, 'video'));
  const sound = once(() => inOrder(hosts, 'audio'));
  for (const read of markersOf(story, span.element)) {
    const at = recordAt(span, read.start);
    const hidden = compare(at, span.in) < 0 || compare(at, span.out) >= 0;
    if (hidden && !hosts.length) {
      story.tally.say(
        'fcpxml-marker-hidden',
        read.element.line,
        'the marker lies outside its clip, where Final Cut hides it; it is not read',
        '',
        'note',
      );
      continue;
    }
    const frame = near(story, at, story.rate, read.element.line);
    const host = hidden ? hosts[0] : (shownAt(picture(), frame) ?? shownAt(sound(), frame));
    if (!host) story.markers.push(marker(read, frame, story.rate));
    else (host.event.markers ??= []).push(onEvent(story, read, frame, host));
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

function inOrder(hosts: readonly Placed[], type: Placed['type']): Placed[] {
  return hosts.filter((each) => each.type === type).sort((a, b) => a.event.recordIn - b.event.recordIn);
}

/** Events that lie over one another at a marker: more than this many are not looked through for one that is still there. */
const DEEP = 64;

function shownAt(sorted: readonly Placed[], frame: number): Placed | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.event.recordIn <= frame) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= Math.max(0, low - DEEP); at--)
    if (sorted[at]!.event.recordOut > frame) return sorted[at];
  return undefined;
}

/** A marker of a clip that holds others, on the media that shows at its place. */
function onEvent(story: Story, read: Read, frame: number, { event }: Placed): CutMarker {
  const { source, speed } = event;
  const into = frame - event.recordIn;
  if (!source) return marker(read, into, story.rate);
  const ratio = speed ?? { num: 1, den: 1 };
  const time = multiply(framesToSeconds(into, story.rate), fraction(ratio.num, ratio.den));
  const passed = framesOf(time, source.rate).frame;
  return marker(read, (ratio.num < 0 ? event.sourceOut : event.sourceIn) + passed, source.rate);
}

/** The record second at which an element's own clock shows `time`. */
function recordAt(span: Span, time: Fraction): Fraction {
  return add(span.in, divide(subtract(time, span.start), span.speed));
}

/** Markers on a transition, whose clock begins where the sequence's does, at one hour, at its own place or at 0. */
export function markTransition(story: Story, span: Span, sequenceClock: Fraction): void {
  const length = subtract(mediaOf(span, span.out), span.start);
  for (const read of markersOf(story, span.element)) {
    const bases = [sequenceClock, HOUR, span.start, ZERO];
    const into = bases
      .map((base) => subtract(read.start, base))
      .find((time) => time.num >= 0n && compare(time, length) < 0);
    if (!into) {
      story.tally.say('fcpxml-marker-hidden', read.element.line, 'the marker lies outside its transition');
      continue;
    }
    const at = recordAt(span, add(span.start, into));
    story.markers.push(marker(read, near(story, at, story.rate, read.element.line), story.rate));
  }
}
