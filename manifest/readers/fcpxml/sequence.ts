/** A sequence element as a cut list, and loose clips of an event as one list of their own. */
import type { CutList } from '../../documents/cutlist.ts';
import { compare, framesToSeconds, ZERO, type Fraction } from '../../time/fraction.ts';
import { mayDrop, type Rate } from '../../time/rate.ts';
import type { XmlElement } from '../../xml/read.ts';
import { Line } from './line.ts';
import { timeline } from './place.ts';
import type { Resources } from './resources.ts';
import { framesOf, readSeconds } from './seconds.ts';
import { timeOf } from './span.ts';
import { newStory, type Story } from './story.ts';
import { Tally } from './tally.ts';
import { tracksOf } from './tracks.ts';
import { walk } from './walk.ts';
import { isItem, sayLost } from './words.ts';

/** Elements that compound and multicam clips of one file may be opened into. */
const BUDGET = 200_000;

export interface Reading {
  resources: Resources;
  tally: Tally;
  /** For sequences whose format names no rate. */
  rate: Rate | undefined;
}

/** A sequence whose story is being read. */
export interface Opened {
  element: XmlElement;
  rate: Rate;
  /** What its clock shows at its first frame. */
  clock: Fraction;
  story: Story;
  line: Line;
}

/** Null where no rate is known to count at. */
export function openSequence(
  { resources, tally, rate: fallback }: Reading,
  element: XmlElement,
): Opened | null {
  const { format, tcFormat } = element.attributes;
  const named = resources.formats.get(format ?? '')?.rate ?? fallback;
  if (!named) return null;
  const rate: Rate = {
    ...named,
    drop: tcFormat === undefined ? named.drop : tcFormat === 'DF' && mayDrop(named),
  };
  // What the story says comes after what is said of the sequence around it.
  const story = newStory(resources, new Tally(tally.name), rate, BUDGET);
  const clock = readSeconds(element.attributes['tcStart'] ?? '') ?? ZERO;
  return { element, rate, clock, story, line: new Line(story, timeline(rate, clock), clock) };
}

/** The list, once `opened.line` has been given all of the spine; `spine` is that element where there is one. */
export function closeSequence(
  reading: Reading,
  { element, rate, clock, story, line }: Opened,
  spine: XmlElement | undefined,
  name: string,
): CutList {
  const { resources, tally } = reading;
  timeOf(reading, element, 'tcStart');
  const start = framesOf(clock, rate);
  if (!start.exact)
    tally.say('fcpxml-off-grid', element.line, `the sequence ${name} starts between frames`, 'start');
  for (const child of element.children)
    if (child !== spine && child.name !== 'metadata') sayLost(child, 'sequence', tally);
  if (spine) line.end();
  else tally.say('fcpxml-empty', element.line, `the sequence ${name} has no spine`);
  tally.absorb(story.tally);
  const format = resources.formats.get(element.attributes['format'] ?? '');
  return listOf(story, name, start.frame, format?.size ?? null);
}

/** All of a sequence that the tree holds. Null, said, where no rate is known to count at. */
export function readSequence(reading: Reading, element: XmlElement, name: string): CutList | null {
  const opened = openSequence(reading, element);
  if (!opened) {
    const { format: ref = 'missing' } = element.attributes;
    const message = `the sequence ${name} names no frame rate (format ${ref}); say which with --rate`;
    reading.tally.fail('fcpxml-rate', element.line, message);
    return null;
  }
  const spine = element.children.find((each) => each.name === 'spine');
  for (const child of spine?.children ?? []) opened.line.take(child);
  return closeSequence(reading, opened, spine, name);
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
