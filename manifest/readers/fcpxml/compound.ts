/**
 * Compound and multicam clips: opened into the events they show where every one of them lies exactly on the record; otherwise
 * one event that stands for all of it, and an issue that says why.
 */
import { compare, ZERO } from '../../time/fraction.ts';
import type { XmlElement } from '../../xml/read.ts';
import { playAsset, splitOf } from './leaf.ts';
import { walkLine } from './line.ts';
import { markRecord } from './markers.ts';
import { contents, within, type Place, type Span, type Wants } from './place.ts';
import type { Asset } from './resources.ts';
import { readSeconds } from './seconds.ts';
import { both, wantsOf } from './span.ts';
import type { Story } from './story.ts';

/** Deeper than any real nesting; a chain that goes on is hostile or broken. */
const DEEPEST = 24;

export function openMedia(story: Story, element: XmlElement, place: Place, span: Span): void {
  const media = story.resources.media.get(element.attributes['ref'] ?? '');
  const inner = media?.children.find(({ name }) => name === 'sequence' || name === 'multicam');
  const why = inner ? closed(story, element, span) : 'its media is not in this file';
  const first = story.placed.length;
  const reason = why ?? trial(story, element, inner!, place, span);
  if (reason !== null) {
    const what = element.name === 'mc-clip' ? 'multicam' : 'compound';
    const name = element.attributes['name'] ?? media?.attributes['name'] ?? '';
    story.tally.say(
      'fcpxml-nested',
      element.line,
      `the ${what} clip ${name} is kept as one event: ${reason}`,
      reason,
    );
    standIn(story, element, media, inner, place, span);
  }
  markRecord(story, span, story.placed.slice(first));
}

/** Why it may not be opened; null where it may. */
function closed(story: Story, { attributes }: XmlElement, { map }: Span): string | null {
  if (story.open.includes(attributes['ref']!)) return 'it holds itself';
  if (story.open.length >= DEEPEST) return `clips lie more than ${DEEPEST} deep in one another`;
  if (story.budget <= 0) return 'opening all of these clips would make too many events';
  if (map && (map.slope === null || compare(map.slope, ZERO) <= 0))
    return 'it runs backwards, stands or varies in speed';
  return null;
}

/** Opens it; undone, with the reason, where not everything could be placed exactly. */
function trial(
  story: Story,
  element: XmlElement,
  inner: XmlElement,
  place: Place,
  span: Span,
): string | null {
  const { placed, crossings, markers } = story;
  const before = [placed.length, crossings.length, markers.length] as const;
  const wasInexact = story.inexact;
  story.inexact = false;
  story.open.push(element.attributes['ref']!);
  fill(story, element, inner, place, span);
  story.open.pop();
  const [exact, any] = [!story.inexact, placed.length > before[0]];
  story.inexact = wasInexact;
  if (exact && any) return null;
  placed.length = before[0];
  crossings.length = before[1];
  markers.length = before[2];
  return any ? 'what it holds does not lie on frames of this sequence' : 'it holds nothing here';
}

function fill(story: Story, element: XmlElement, inner: XmlElement, place: Place, span: Span): void {
  const windows = {
    picture: within(place.picture, span),
    sound: within(place.sound, splitOf(story, place, span) ?? span),
  };
  const format = story.resources.formats.get(inner.attributes['format'] ?? '');
  const inside = contents(place, span, windows, {
    rate: format?.rate ?? place.rate,
    drop: inner.attributes['tcFormat'] === 'DF',
    wants: both(place.wants, wantsOf(element)),
    link: place.link ?? (element.name === 'mc-clip' ? ++story.links : null),
  });
  const begin = readSeconds(inner.attributes['tcStart'] ?? '') ?? ZERO;
  if (inner.name === 'sequence') {
    const spine = inner.children.find(({ name }) => name === 'spine');
    if (spine) walkLine(story, spine.children, inside, begin);
    return;
  }
  for (const { angle, wants } of angles(element, inner))
    walkLine(story, angle.children, { ...inside, wants: both(inside.wants, wants) }, begin);
}

/** The angles that are seen and heard; the first where the clip names none. */
function angles(element: XmlElement, multicam: XmlElement): { angle: XmlElement; wants: Wants }[] {
  const all = multicam.children.filter(({ name }) => name === 'mc-angle');
  const sources = element.children.filter(({ name }) => name === 'mc-source');
  if (!sources.length) return all.slice(0, 1).map((angle) => ({ angle, wants: 'all' }));
  return sources.flatMap((source) => {
    const angle = all.find((each) => each.attributes['angleID'] === source.attributes['angleID']);
    return angle ? [{ angle, wants: wantsOf(source) }] : [];
  });
}

/** One event for the whole clip, counted in its own media's frames. */
function standIn(
  story: Story,
  element: XmlElement,
  media: XmlElement | undefined,
  inner: XmlElement | undefined,
  place: Place,
  span: Span,
): void {
  const format = story.resources.formats.get(inner?.attributes['format'] ?? '');
  const wants = both(place.wants, wantsOf(element));
  const asset: Asset = {
    name: media?.attributes['name'] ?? element.attributes['name'] ?? '',
    file: null,
    start: readSeconds(inner?.attributes['tcStart'] ?? '') ?? ZERO,
    duration: readSeconds(inner?.attributes['duration'] ?? ''),
    hasPicture: true,
    channels: 2,
    sampleRate: undefined,
    format: format ?? { rate: null, size: null },
    still: false,
    about: {},
  };
  playAsset(story, place, span, asset, {
    kind: element.name === 'mc-clip' ? 'multicam' : 'nested',
    picture: wants === 'all' || wants === 'video',
    sound: wants === 'all' || wants === 'audio',
    split: splitOf(story, place, span),
  });
}
