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
import { mayDrop, type Rate } from '../../time/rate.ts';
import { aboutOf, merged, type About } from './about.ts';
import { mediaOf, ratioOf, seen, times, type Place, type Span } from './place.ts';
import type { Asset } from './resources.ts';
import { components, roleOf, type Component } from './roles.ts';
import { framesOf } from './seconds.ts';
import { timeOf } from './span.ts';
import { ONE } from './speed.ts';
import { place as put, type Placed, type Story } from './story.ts';

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
  const { element } = span;
  const about = merged(merged(aboutOf(element, story.tally), place.about), asset.about);
  const drop = (element.attributes['tcFormat'] ?? (place.drop ? 'DF' : 'NDF')) === 'DF';
  const source = sourceOf(asset, about, drop, story.rate);
  const own = element.attributes['name'];
  // A `clip` is shown by its own name, whatever its parts are called.
  const name = (element.name === 'asset-clip' ? (own ?? place.name) : (place.name ?? own)) ?? asset.name;
  const made: Placed[] = [];
  const picture = asked.picture ? seen(place.picture, span.in, span.out) : null;
  const split = asked.split ?? span;
  const sound = asked.sound ? seen(place.sound, split.in, split.out) : null;
  const link = place.link ?? (picture && sound ? ++story.links : undefined);
  const common = { kind: asked.kind, name, source, ...(link === undefined ? {} : { link }) };
  if (picture) {
    const range = rangeOf(story, span, asset, source, picture.from, picture.to);
    made.push(
      put(
        story,
        { ...picture, line: element.line },
        { type: 'video', lanes: span.lanes, slot: null },
        { ...common, ...range, enabled: span.enabled },
      ),
    );
  }
  if (sound) {
    const range = rangeOf(story, span, asset, source, sound.from, sound.to);
    for (const part of components(element, story.tally)) {
      const enabled = span.enabled && part.active && !isQuiet(place, part);
      const event: Omit<CutEvent, 'id' | 'recordIn' | 'recordOut'> = { ...common, ...range, enabled };
      if (part.channels) event.channels = part.channels;
      made.push(
        put(
          story,
          { ...sound, line: element.line },
          { type: 'audio', lanes: span.lanes, slot: part.slot },
          event,
        ),
      );
    }
  }
  return made;
}

function isQuiet(place: Place, part: Component): boolean {
  return place.quiet !== null && part.role !== null && place.quiet.storyline.has(roleOf(part.role));
}

/** Source in and out and speed of what is seen of a clip. */
function rangeOf(
  story: Story,
  span: Span,
  asset: Asset,
  source: CutSource,
  from: Fraction,
  to: Fraction,
): Pick<CutEvent, 'sourceIn' | 'sourceOut' | 'speed'> {
  if (source.still) {
    const length = framesOf(subtract(to, from), source.rate).frame;
    return { sourceIn: 0, sourceOut: Math.max(1, length), speed: { num: 1, den: 1 } };
  }
  const slope = span.map ? span.map.slope : ONE;
  const speed = slope === null ? null : slope === ONE ? span.speed : times(slope, span.speed);
  const [first, last] = [mediaOf(span, from), mediaOf(span, to)];
  const start = framesOf(subtract(first, asset.start), source.rate);
  if (!start.exact)
    story.tally.say(
      'fcpxml-subframe',
      span.element.line,
      'its source begins between frames of the media; the nearest frame is read',
    );
  const length = Math.abs(framesOf(subtract(last, first), source.rate).frame);
  const ratio = speed && (speed === ONE ? { num: 1, den: 1 } : ratioOf(speed));
  if (!ratio)
    story.tally.say(
      'fcpxml-retime',
      span.element.line,
      'its speed varies; only where it begins and ends in its source is read',
    );
  if (ratio?.num === 0) return { sourceIn: start.frame, sourceOut: start.frame + 1, speed: ratio };
  if (compare(last, first) < 0) {
    const sourceOut = start.frame;
    return { sourceIn: sourceOut - Math.max(1, length), sourceOut, speed: ratio };
  }
  return { sourceIn: start.frame, sourceOut: start.frame + Math.max(1, length), speed: ratio };
}

/** The media as the cut list names it. Sound alone counts samples; 0 as a start is taken for none, as programs write it. */
export function sourceOf(asset: Asset, about: About, drop: boolean, fallback: Rate): CutSource {
  const rate = rateOf(asset, drop, fallback);
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
  const placed = put(
    story,
    { ...shown, line: element.line },
    { type, lanes, slot: null },
    {
      kind,
      name: element.attributes['name'] ?? place.name ?? '',
      sourceIn: 0,
      sourceOut: 1,
      source: null,
      speed: { num: 1, den: 1 },
      enabled,
      ...(place.link === null ? {} : { link: place.link }),
    },
  );
  placed.event.sourceOut = placed.event.recordOut - placed.event.recordIn;
  return placed;
}
