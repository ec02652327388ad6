/** A sequence element as a cut list, and loose clips of an event as one list of their own. */
import type { CutList } from '../../documents/cutlist.ts';
import { compare, framesToSeconds, ZERO, type Fraction } from '../../time/fraction.ts';
import { mayDrop, type Rate } from '../../time/rate.ts';
import type { XmlElement } from '../../xml/read.ts';
import { walkLine } from './line.ts';
import { timeline } from './place.ts';
import type { Resources } from './resources.ts';
import { framesOf } from './seconds.ts';
import { timeOf } from './span.ts';
import { newStory, type Story } from './story.ts';
import type { Tally } from './tally.ts';
import { tracksOf } from './tracks.ts';
import { walk } from './walk.ts';
import { isItem, sayLost } from './words.ts';

/** Elements that compound and multicam clips of one file may be opened into. */
export const BUDGET = 200_000;

export interface Reading {
  resources: Resources;
  tally: Tally;
  /** For sequences whose format names no rate. */
  rate: Rate | undefined;
}

/** Null where no rate is known to count at. `release` lets go of the elements as they are read. */
export function readSequence(
  { resources, tally, rate: fallback }: Reading,
  element: XmlElement,
  name: string,
  release: boolean,
): CutList | null {
  const { format: ref, tcFormat } = element.attributes;
  const format = resources.formats.get(ref ?? '');
  const named = format?.rate ?? fallback;
  if (!named) {
    tally.fail(
      'fcpxml-rate',
      element.line,
      `the sequence ${name} names no frame rate (format ${ref ?? 'missing'}); say which with --rate`,
    );
    return null;
  }
  const rate: Rate = {
    ...named,
    drop: tcFormat === undefined ? named.drop : tcFormat === 'DF' && mayDrop(named),
  };
  const story = newStory(resources, tally, rate, BUDGET);
  const clock = timeOf(story, element, 'tcStart') ?? ZERO;
  const start = framesOf(clock, rate);
  if (!start.exact)
    tally.say('fcpxml-off-grid', element.line, `the sequence ${name} starts between frames`, 'start');
  const spine = element.children.find((each) => each.name === 'spine');
  for (const child of element.children)
    if (child !== spine && child.name !== 'metadata') sayLost(child, 'sequence', tally);
  if (spine) walkLine(story, spine.children, timeline(rate, clock), clock, release);
  else tally.say('fcpxml-empty', element.line, `the sequence ${name} has no spine`);
  return listOf(story, name, start.frame, format?.size ?? null);
}

/** Clips of an event that lie in no project, one after another. Null where none of them names a rate. */
export function readLoose(
  { resources, tally, rate: fallback }: Reading,
  clips: XmlElement[],
  name: string,
): CutList | null {
  const rate = rateOfFirst(resources, clips) ?? fallback;
  const line = clips[0]!.line;
  if (!rate) {
    tally.fail('fcpxml-rate', line, `the clips of ${name} name no frame rate; say which with --rate`);
    return null;
  }
  tally.say(
    'fcpxml-loose-clips',
    line,
    clips.length === 1
      ? `the clip ${name} lies in no project; it is read as a list of its own`
      : `${clips.length} clips of ${name} lie in no project; they are read one after another as a list of their own`,
    name,
    'note',
  );
  const story = newStory(resources, tally, rate, BUDGET);
  let at = 0;
  for (const clip of clips) {
    // Each stands for itself: whatever place it names is not one on this list.
    const attributes = Object.assign(Object.create(null) as Record<string, string>, clip.attributes);
    delete attributes['offset'];
    delete attributes['lane'];
    const span = walk(
      story,
      { ...clip, attributes },
      timeline(rate, ZERO, framesToSeconds(at, rate)),
      () => ZERO,
    );
    if (span) at = frameAfter(span.out, rate);
  }
  return listOf(story, name, 0, null);
}

function frameAfter(time: Fraction, rate: Rate): number {
  const { frame, exact } = framesOf(time, rate);
  return !exact && compare(framesToSeconds(frame, rate), time) < 0 ? frame + 1 : frame;
}

function rateOfClip(resources: Resources, clip: XmlElement): Rate | null {
  const { formats, assets, media } = resources;
  const { format, ref } = clip.attributes;
  const inner = media.get(ref ?? '')?.children[0];
  const rate =
    formats.get(format ?? '')?.rate ??
    assets.get(ref ?? '')?.format.rate ??
    formats.get(inner?.attributes['format'] ?? '')?.rate;
  if (rate) return rate;
  return rateOfFirst(resources, clip.children.filter(isItem));
}

function rateOfFirst(resources: Resources, clips: XmlElement[]): Rate | null {
  for (const clip of clips) {
    const rate = rateOfClip(resources, clip);
    if (rate) return rate;
  }
  return null;
}

function listOf(story: Story, name: string, start: number, size: CutList['size']): CutList {
  return {
    kind: 'cutlist',
    version: 1,
    name,
    rate: story.rate,
    start,
    size,
    tracks: tracksOf(story),
    markers: story.markers.sort((a, b) => a.frame - b.frame),
  };
}
