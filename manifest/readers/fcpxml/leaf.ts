/** Clips that play a media file: picture and sound of an asset become events of their own, linked. */
import type { CutEvent, CutSource } from '../../documents/cutlist.ts';
import {
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
import { mayDrop, sameSpeed, type Rate } from '../../time/rate.ts';
import { aboutOf, merged, type About } from './about.ts';
import { mediaOf, ratioOf, seen, times, type Place, type Seen, type Span } from './place.ts';
import type { Asset } from './resources.ts';
import { components, roleOf, type Component } from './roles.ts';
import { framesOf } from './seconds.ts';
import { timeOf } from './span.ts';
import { ONE } from './speed.ts';
import { ends, type Placed, type Story } from './story.ts';

/** What of the asset this element asks for. */
export interface Asked {
  kind: 'clip' | 'nested' | 'multicam';
  picture: boolean;
  sound: boolean;
  /** Record seconds of the sound where it is split from the picture. */
  split: { in: Fraction; out: Fraction } | null;
}

/** Makes the events; the first is the one markers of the element belong to. */
export function playAsset(story: Story, place: Place, span: Span, asset: Asset, asked: Asked): Placed[] {
  const { element, lanes } = span;
  const clock = element.attributes['tcFormat'];
  const drop = clock === undefined ? place.drop : clock === 'DF';
  const source = sourceOf(asset, aboutOf(element, story.tally), place.about, drop, story.rate);
  const own = element.attributes['name'];
  // A `clip` is shown by its own name, whatever its parts are called.
  const name = (element.name === 'asset-clip' ? (own ?? place.name) : (place.name ?? own)) ?? asset.name;
  const made: Placed[] = [];
  const picture = asked.picture ? seen(place.picture, span.in, span.out) : null;
  const split = asked.split ?? span;
  const sound = asked.sound ? seen(place.sound, split.in, split.out) : null;
  const link = place.link ?? (picture && sound ? ++story.links : null);
  const make = (part: Seen, type: Placed['type'], slot: number | null, enabled: boolean): Placed => {
    const { recordIn, recordOut } = ends(story, part, element.line);
    const { sourceIn, sourceOut, speed } = rangeOf(story, span, asset, source, part, recordOut - recordIn);
    const event: CutEvent = {
      id: '',
      kind: asked.kind,
      name,
      recordIn,
      recordOut,
      sourceIn,
      sourceOut,
      source,
      speed,
      enabled,
    };
    if (link !== null) event.link = link;
    const placed: Placed = { type, lanes, slot, event, track: 0 };
    story.placed.push(placed);
    return placed;
  };
  if (picture) made.push(make(picture, 'video', null, span.enabled));
  if (sound)
    for (const part of components(element, story.tally)) {
      const placed = make(sound, 'audio', part.slot, span.enabled && part.active && !isQuiet(place, part));
      if (part.channels) placed.event.channels = part.channels;
      made.push(placed);
    }
  return made;
}

function isQuiet(place: Place, part: Component): boolean {
  return place.quiet !== null && part.role !== null && place.quiet.storyline.has(roleOf(part.role));
}

/** Source in and out and speed of what is seen of a clip; `frames` is how long it is on the record. */
function rangeOf(
  story: Story,
  span: Span,
  asset: Asset,
  source: CutSource,
  { from, to }: Seen,
  frames: number,
): Pick<CutEvent, 'sourceIn' | 'sourceOut' | 'speed'> {
  const { line } = span.element;
  if (source.still) return { sourceIn: 0, sourceOut: frames, speed: { num: 1, den: 1 } };
  const plain = span.map === null && span.speed === ONE;
  const first = plain && from === span.in ? span.start : mediaOf(span, from);
  const start = framesOf(subtract(first, asset.start), source.rate);
  const begins = 'its source begins between frames of the media; the nearest frame is read';
  if (!start.exact) story.tally.say('fcpxml-subframe', line, begins);
  if (plain && sameSpeed(source.rate, story.rate))
    return { sourceIn: start.frame, sourceOut: start.frame + frames, speed: { num: 1, den: 1 } };
  const last = mediaOf(span, to);
  const length = Math.max(1, Math.abs(framesOf(subtract(last, first), source.rate).frame));
  const slope = span.map ? span.map.slope : ONE;
  const ratio = slope === null ? null : ratioOf(times(span.speed, slope));
  const varies = 'its speed varies; only where it begins and ends in its source is read';
  if (!ratio) story.tally.say('fcpxml-retime', line, varies);
  if (ratio?.num === 0) return { sourceIn: start.frame, sourceOut: start.frame + 1, speed: ratio };
  const backwards = compare(last, first) < 0;
  const sourceIn = backwards ? start.frame - length : start.frame;
  return { sourceIn, sourceOut: sourceIn + length, speed: ratio };
}

/** The media as the cut list names it. Sound alone counts samples; 0 as a start is taken for none, as programs write it. */
function sourceOf(asset: Asset, own: About, around: About | null, drop: boolean, fallback: Rate): CutSource {
  const rate = rateOf(asset, drop, fallback);
  const about = merged(merged(own, around), asset.about);
  const { latest } = asset;
  if (latest && sameWords(latest, about) && latest.rate.drop === rate.drop && latest.rate.num === rate.num)
    return latest;
  const frames = (time: Fraction) => multiply(time, fraction(rate.num, rate.den));
  const source: CutSource = {
    file: asset.file,
    name: asset.name,
    ...about,
    rate,
    start: compare(asset.start, ZERO) === 0 ? null : round(frames(asset.start)),
    duration: asset.duration === null ? null : floor(frames(asset.duration)),
    hasPicture: asset.hasPicture,
    channels: asset.channels,
  };
  if (asset.sampleRate !== undefined && asset.channels) source.sampleRate = asset.sampleRate;
  if (asset.format.size && asset.hasPicture) source.size = asset.format.size;
  if (asset.still) source.still = true;
  asset.latest = source;
  return source;
}

function sameWords(source: CutSource, about: About): boolean {
  const { reel, scene, take, camera, tags } = about;
  return (
    source.reel === reel &&
    source.scene === scene &&
    source.take === take &&
    source.camera === camera &&
    (source.tags === tags || source.tags?.join() === tags?.join())
  );
}

/** The rate a media file counts at: its picture's, else its samples'. */
function rateOf(asset: Asset, drop: boolean, fallback: Rate): Rate {
  const frames = asset.format.rate;
  if (frames) return drop && mayDrop(frames) ? { ...frames, drop } : frames;
  if (asset.hasPicture) return fallback;
  return { num: asset.sampleRate ?? 48000, den: 1, drop: false };
}

/** Where the element's sound lies if that is not where its picture does (a split edit); null where they lie together. */
export function splitOf(story: Story, place: Place, span: Span): Asked['split'] {
  const { element } = span;
  const start = timeOf(story, element, 'audioStart');
  const duration = timeOf(story, element, 'audioDuration');
  if (!start && !duration) return null;
  const from = start ? add(span.in, divide(subtract(start, span.start), span.speed)) : span.in;
  return { in: from, out: duration ? add(from, divide(duration, place.pace)) : span.out };
}

/** An event without media: a title, a generator, what cannot be found. Null where nothing of it is seen. */
export function madeEvent(
  story: Story,
  place: Place,
  span: Span,
  kind: CutEvent['kind'],
  type: Placed['type'],
): Placed | null {
  const hidden = type === 'video' ? place.wants === 'audio' : place.wants === 'video';
  const shown = seen(type === 'video' ? place.picture : place.sound, span.in, span.out);
  if (!shown || hidden || place.wants === 'none') return null;
  const { element, lanes, enabled } = span;
  const { recordIn, recordOut } = ends(story, shown, element.line);
  const event: CutEvent = {
    id: '',
    kind,
    name: element.attributes['name'] ?? place.name ?? '',
    recordIn,
    recordOut,
    sourceIn: 0,
    sourceOut: recordOut - recordIn,
    source: null,
    speed: { num: 1, den: 1 },
    enabled,
  };
  if (place.link !== null) event.link = place.link;
  const placed: Placed = { type, lanes, slot: null, event, track: 0 };
  story.placed.push(placed);
  return placed;
}
