/**
 * Reads one story element of an FCPXML and all that hangs on it. Clips that hold others (`clip`, `sync-clip`) are opened, so
 * that every event is a piece of media at its place on the record.
 */
import { compare, ZERO, type Fraction } from '../../time/fraction.ts';
import type { XmlElement } from '../../xml/read.ts';
import { aboutOf, merged } from './about.ts';
import { openMedia } from './compound.ts';
import { readFades } from './fades.ts';
import { madeEvent, playAsset, splitOf } from './leaf.ts';
import { walkLine } from './line.ts';
import { markMedia, markRecord } from './markers.ts';
import { anchored, contents, recordOf, WHOLE, within, type Place, type Span } from './place.ts';
import { roleOf } from './roles.ts';
import { both, laneOf, lanesOf, spanOf, timeOf, wantsOf } from './span.ts';
import type { Story } from './story.ts';
import { isItem, sayLost } from './words.ts';

/**
 * Reads `element` at its place and returns where it lies; null where it could not be placed. `next` is its offset if it names
 * none (in a storyline: after the one before).
 */
export function walk(story: Story, element: XmlElement, place: Place, next: () => Fraction): Span | null {
  if (element.name === 'audition') return audition(story, element, place, next);
  if (element.name === 'spine') return storyline(story, element, place, next);
  const span = spanOf(story, element, place, next);
  if (!span) return null;
  if (span.in.num < 0n && place.picture === WHOLE) sayEarly(story, span);
  const first = story.placed.length;
  open(story, element, place, span);
  const host = () => story.placed.slice(first).find(isPicture);
  let connected: Place | null = null;
  for (const child of element.children)
    if (child.name === 'adjust-blend' && readFades(story, place, span, child, host())) continue;
    else if (!isItem(child)) sayLost(child, element.name, story.tally);
    else if (!isContained(element, child)) {
      connected ??= anchored(place, span);
      walk(story, child, connected, offsetIn(connected, child));
    }
  return span;
}

/** Outside a storyline an absent offset is 0; one that is no time leaves the element where its parent begins. */
function offsetIn(place: Place, child: XmlElement): () => Fraction {
  return () => (child.attributes['offset'] === undefined ? ZERO : place.clock);
}

function sayEarly({ tally }: Story, { element, out }: Span): void {
  const clip = `<${element.name}> ${element.attributes['name'] ?? ''}`.trim();
  if (out.num <= 0n)
    tally.fail('fcpxml-event', element.line, `${clip} lies before its sequence begins; it is not read`);
  else
    tally.say('fcpxml-early', element.line, `${clip} begins before its sequence does; only the rest is read`);
}

function open(story: Story, element: XmlElement, place: Place, span: Span): void {
  switch (element.name) {
    case 'asset-clip':
    case 'video':
    case 'audio':
      return media(story, element, place, span);
    case 'clip':
    case 'sync-clip':
      return holder(story, element, place, span);
    case 'ref-clip':
    case 'mc-clip':
      return openMedia(story, element, place, span);
    case 'gap':
      return markRecord(story, span, []);
    default:
      return made(story, place, span, 'title');
  }
}

function media(story: Story, element: XmlElement, place: Place, span: Span): void {
  const { ref, name = 'a clip' } = element.attributes;
  const asset = story.resources.assets.get(ref ?? '');
  if (!asset) {
    const effect = story.resources.effects.get(ref ?? '');
    const message = `${name} refers to ${ref ?? 'nothing'}, which is not among the resources; its place is kept`;
    if (!effect) story.tally.say('fcpxml-missing-resource', element.line, message);
    const kind = /adjustment/i.test(effect?.name ?? '') ? 'adjustment' : effect ? 'title' : 'unknown';
    return made(story, place, span, kind, element.name === 'audio' ? 'audio' : 'video');
  }
  const wants = both(place.wants, wantsOf(element));
  const asked = {
    kind: 'clip' as const,
    picture: asset.hasPicture && element.name !== 'audio' && (wants === 'all' || wants === 'video'),
    sound: asset.channels > 0 && element.name !== 'video' && (wants === 'all' || wants === 'audio'),
    split: splitOf(story, place, span),
  };
  const [host] = playAsset(story, place, span, asset, asked);
  if (host && asset.still) markRecord(story, span, [host]);
  else if (host) markMedia(story, span, host, asset.start);
}

/** An event without media of its own, and its markers. */
function made(
  story: Story,
  place: Place,
  span: Span,
  kind: 'title' | 'adjustment' | 'unknown' | 'nested',
  type: 'video' | 'audio' = 'video',
): void {
  const host = madeEvent(story, place, span, kind, type);
  if (host) markRecord(story, span, [host]);
}

/** A clip that holds others: what it shows of them. */
function holder(story: Story, element: XmlElement, place: Place, span: Span): void {
  const { attributes, line, name, children } = element;
  if (span.map && (span.map.slope === null || compare(span.map.slope, ZERO) <= 0)) {
    const message = `<${name}> runs backwards, stands or varies in speed; it is kept as one nested event`;
    story.tally.say('fcpxml-nested', line, message, name);
    return made(story, place, span, 'nested');
  }
  const windows = {
    picture: within(place.picture, span),
    sound: within(place.sound, splitOf(story, place, span) ?? span),
  };
  const inside = contents(place, span, windows, {
    link: place.link ?? ++story.links,
    rate: story.resources.formats.get(attributes['format'] ?? '')?.rate ?? place.rate,
    drop: attributes['tcFormat'] === undefined ? place.drop : attributes['tcFormat'] === 'DF',
    name: name === 'clip' ? (attributes['name'] ?? null) : null,
    about: merged(aboutOf(element, story.tally), place.about),
    quiet: quietOf(element),
  });
  const first = story.placed.length;
  for (const child of children)
    if (isItem(child) && isContained(element, child)) walk(story, child, inside, offsetIn(inside, child));
  markRecord(story, span, story.placed.slice(first));
}

function isPicture({ type }: { type: 'video' | 'audio' }): boolean {
  return type === 'video';
}

function audition(story: Story, element: XmlElement, place: Place, next: () => Fraction): Span | null {
  const [active, ...others] = element.children.filter(isItem);
  if (!active) return null;
  const message = 'an audition is read as the clip it shows; its other choices are left out';
  if (others.length) story.tally.say('fcpxml-audition', element.line, message);
  const { offset, lane } = element.attributes;
  const attributes = Object.assign(Object.create(null) as Record<string, string>, active.attributes);
  if (offset !== undefined) attributes['offset'] ??= offset;
  if (lane !== undefined) attributes['lane'] ??= lane;
  return walk(story, { ...active, attributes }, place, next);
}

/** A storyline inside a clip or connected to one: its own clock begins at 0 at its offset. */
function storyline(story: Story, element: XmlElement, place: Place, next: () => Fraction): null {
  const offset = timeOf(story, element, 'offset') ?? next();
  const lanes = lanesOf(story, element, place);
  const at = recordOf(place, offset);
  walkLine(story, element.children, { ...place, at, clock: ZERO, speed: place.pace, lanes }, ZERO);
  return null;
}

/** Whether a child is part of the element itself (in no lane) and not connected to it. */
function isContained(element: XmlElement, child: XmlElement): boolean {
  return (element.name === 'clip' || element.name === 'sync-clip') && laneOf(child) === 0;
}

/** The roles a synchronized clip does not play. */
function quietOf(element: XmlElement): Place['quiet'] {
  const roles = { storyline: new Set<string>(), connected: new Set<string>() };
  for (const source of element.children) {
    if (source.name !== 'sync-source') continue;
    const side = source.attributes['sourceID'] === 'connected' ? roles.connected : roles.storyline;
    for (const { name, attributes } of source.children)
      if (name === 'audio-role-source' && (attributes['active'] === '0' || attributes['enabled'] === '0'))
        side.add(roleOf(attributes['role'] ?? ''));
  }
  return roles.storyline.size + roles.connected.size ? roles : null;
}
