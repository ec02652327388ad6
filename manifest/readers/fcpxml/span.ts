/** The attributes that say where a story element lies, how long it is and what its own clock shows. */
import { add, divide, multiply, ZERO, type Fraction } from '../../time/fraction.ts';
import type { XmlElement } from '../../xml/read.ts';
import { recordOf, type Place, type Span, type Wants } from './place.ts';
import { readSeconds } from './seconds.ts';
import { conformed, ONE, timeMapOf } from './speed.ts';
import type { Story } from './story.ts';
import type { Tally } from './tally.ts';

/** Null where it has no length, which is said. `next` is its offset where it names none that is one. */
export function spanOf(story: Story, element: XmlElement, place: Place, next: () => Fraction): Span | null {
  const { attributes, line, name } = element;
  const offset = timeOf(story, element, 'offset') ?? next();
  const asset = story.resources.assets.get(attributes['ref'] ?? '');
  let duration = timeOf(story, element, 'duration');
  if (!duration && name === 'asset-clip') duration = asset?.duration ?? null;
  const still = asset?.still && (!duration || duration.num === 0n) ? stillSpan(story, element, place) : null;
  if (still) return still;
  if (!duration || duration.num <= 0n) {
    const written =
      attributes['duration'] === undefined ? '' : ` of "${attributes['duration'].slice(0, 60)}"`;
    const clip = `<${name}> ${attributes['name'] ?? ''}`.trim();
    story.tally.fail('fcpxml-event', line, `${clip} has no usable duration${written}; it is not read`);
    return null;
  }
  const from = recordOf(place, offset);
  const conform = conformed(element, place.rate, story.tally);
  const map = timeMapOf(element, story.tally);
  // A retimed clip's clock begins at 0; any other's where its media does.
  const begin = map || name === 'gap' ? ZERO : (asset?.start ?? mediaStart(story, element));
  return {
    element,
    in: from,
    out: add(from, place.pace === ONE ? duration : divide(duration, place.pace)),
    start: timeOf(story, element, 'start') ?? begin,
    speed: conform === ONE ? place.pace : multiply(conform, place.pace),
    map,
    lanes: lanesOf(story, element, place),
    enabled: place.enabled && attributes['enabled'] !== '0',
  };
}

/** A picture without time of its own is as long as the clip around it; null where nothing around it says. */
function stillSpan(story: Story, element: XmlElement, place: Place): Span | null {
  const { from, to } = place.picture;
  if (!from || !to) return null;
  const lanes = lanesOf(story, element, place);
  const enabled = place.enabled && element.attributes['enabled'] !== '0';
  return { element, in: from, out: to, start: ZERO, speed: place.pace, map: null, lanes, enabled };
}

/** Where compound and multicam media begin on their own clock. */
function mediaStart(story: Story, element: XmlElement): Fraction {
  const inner = story.resources.media.get(element.attributes['ref'] ?? '')?.children[0];
  return readSeconds(inner?.attributes['tcStart'] ?? '') ?? ZERO;
}

/** 0 for none and for what is no lane. */
export function laneOf(element: XmlElement): number {
  const lane = Number(element.attributes['lane'] ?? 0);
  return Number.isInteger(lane) && Math.abs(lane) <= 10_000 ? lane : 0;
}

export function lanesOf(story: Story, element: XmlElement, place: Place): readonly number[] {
  const { lane } = element.attributes;
  if (lane === undefined || lane === '0') return place.lanes;
  const number = laneOf(element);
  if (number === 0)
    story.tally.say('fcpxml-lane', element.line, `lane "${lane.slice(0, 60)}" is no lane; 0 is read`);
  return number === 0 ? place.lanes : [...place.lanes, number];
}

export function wantsOf({ attributes }: XmlElement): Wants {
  const word = attributes['srcEnable'];
  return word === 'audio' || word === 'video' || word === 'none' ? word : 'all';
}

export function both(a: Wants, b: Wants): Wants {
  if (a === 'all') return b;
  return b === 'all' || a === b ? a : 'none';
}

/** A time attribute; null where it is absent, or is no time, which is said. */
export function timeOf({ tally }: { tally: Tally }, element: XmlElement, name: string): Fraction | null {
  const text = element.attributes[name];
  if (text === undefined) return null;
  const time = readSeconds(text);
  if (!time) {
    const message = `${name} "${text.slice(0, 60)}" of <${element.name}> is no time`;
    tally.say('fcpxml-time', element.line, message, name);
  }
  return time;
}
