/** A storyline: elements one after another, and transitions over the cuts between them. */
import { add, divide, subtract, type Fraction } from '../../time/fraction.ts';
import type { XmlElement } from '../../xml/read.ts';
import { markTransition } from './markers.ts';
import { recordOf, seen, times, type Place, type Span } from './place.ts';
import { ONE } from './speed.ts';
import { timeOf } from './span.ts';
import { recordFrame, type Placed, type Story } from './story.ts';
import { walk } from './walk.ts';
import { isItem, sayLost } from './words.ts';

/** Which of the story's events an element made. */
interface Made {
  from: number;
  to: number;
}

/** `begin` is what the storyline's clock shows where it begins. */
export function walkLine(story: Story, elements: readonly XmlElement[], place: Place, begin: Fraction): void {
  const line = new Line(story, place, begin);
  for (const element of elements) line.take(element);
  line.end();
}

/** A storyline that is read element by element. */
export class Line {
  private readonly story: Story;
  private readonly place: Place;
  private readonly next: () => Fraction;
  private last: Span | null = null;
  private before: Made | null = null;
  /** Transitions since the last clip. */
  private waiting: XmlElement[] = [];

  constructor(story: Story, place: Place, begin: Fraction) {
    this.story = story;
    this.place = place;
    this.next = () => clockAfter(place, this.last) ?? begin;
  }

  take(element: XmlElement): void {
    const { story, place } = this;
    if (element.name === 'transition') this.waiting.push(element);
    else if (!isItem(element)) sayLost(element, 'spine', story.tally);
    else {
      if (story.open.length) story.budget--;
      const from = story.placed.length;
      const span = walk(story, element, place, this.next);
      const made = { from, to: story.placed.length };
      if (this.waiting.length) this.cross(made);
      this.before = made;
      this.last = span ?? this.last;
    }
  }

  end(): void {
    this.cross(null);
  }

  private cross(after: Made | null): void {
    for (const transition of this.waiting)
      cross(this.story, transition, this.place, this.before, after, this.next);
    this.waiting = [];
  }
}

/** What the storyline's clock shows at an element's end. */
function clockAfter(place: Place, span: Span | null): Fraction | null {
  return span && add(place.clock, times(subtract(span.out, place.at), place.speed));
}

function cross(
  story: Story,
  element: XmlElement,
  place: Place,
  before: Made | null,
  after: Made | null,
  next: () => Fraction,
): void {
  const { tally } = story;
  const offset = timeOf(story, element, 'offset') ?? next();
  const duration = timeOf(story, element, 'duration');
  const { name = '' } = element.attributes;
  if (!duration || duration.num <= 0n)
    return tally.fail(
      'fcpxml-transition',
      element.line,
      `the transition ${name} has no length; it is not read`,
    );
  const start = recordOf(place, offset);
  const end = add(start, place.pace === ONE ? duration : divide(duration, place.pace));
  const shown = seen(place.picture, start, end);
  if (!shown) return;
  // Half a transition is no transition.
  if (shown.cut) story.inexact = true;
  const span: Span = {
    element,
    in: start,
    out: end,
    start: offset,
    speed: place.speed,
    map: null,
    lanes: place.lanes,
    enabled: true,
  };
  const common = {
    in: recordFrame(story, start, element.line),
    out: recordFrame(story, end, element.line),
    name,
  };
  const filter = (kind: string) => element.children.find((each) => each.name === kind);
  const effect = (kind: string) =>
    story.resources.effects.get(filter(kind)?.attributes['ref'] ?? '')?.uid ?? '';
  const sides = (type: Placed['type']) => ({
    before: neighbour(story, before, type, place.lanes, (a, b) => a.recordOut > b.recordOut),
    after: neighbour(story, after, type, place.lanes, (a, b) => a.recordIn < b.recordIn),
  });
  const [picture, sound] = [sides('video'), sides('audio')];
  const [sees, hears] = [picture.before ?? picture.after, sound.before ?? sound.after];
  if (sees) story.crossings.push({ type: 'video', ...common, effect: effect('filter-video'), ...picture });
  // A transition of the picture takes the sound along only where it says so.
  if (hears && (!sees || filter('filter-audio')))
    story.crossings.push({ type: 'audio', ...common, effect: effect('filter-audio'), ...sound });
  if (!sees && !hears)
    tally.say('fcpxml-transition', element.line, `the transition ${name} has no clip on either side`);
  markTransition(story, span, place.clock);
}

/** The event of this storyline that lies nearest to the cut. */
function neighbour(
  story: Story,
  made: Made | null,
  type: Placed['type'],
  lanes: readonly number[],
  nearer: (a: Placed['event'], b: Placed['event']) => boolean,
): Placed | null {
  let found: Placed | null = null;
  if (!made) return null;
  for (let at = made.from; at < made.to; at++) {
    const each = story.placed[at]!;
    if (each.type !== type || !sameLanes(each.lanes, lanes)) continue;
    if (!found || nearer(each.event, found.event)) found = each;
  }
  return found;
}

/** Lanes that end in 0 are the same as without it. */
function sameLanes(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  for (let at = 0; at < Math.max(a.length, b.length); at++) if ((a[at] ?? 0) !== (b[at] ?? 0)) return false;
  return true;
}
