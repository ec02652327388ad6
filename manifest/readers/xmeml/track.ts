/** A track's elements as events and transitions in order; what lies over something else goes onto a track of its own. */
import { trackName } from '../../cutlist.ts';
import type { CutEvent, CutTrack, CutTransition } from '../../documents/cutlist.ts';
import type { Rate } from '../../time/rate.ts';
import { TICKS_PER_SECOND } from '../../time/ticks.ts';
import { transitionKind, withCut } from '../../transitions.ts';
import { child, childText, type XmlElement } from '../../xml/read.ts';
import { arrange, type Entry, type Met } from './arrange.ts';
import { eventOf, type EventContext } from './event.ts';
import { readItem, readTransition, type RawItem } from './item.ts';
import type { Linkable } from './links.ts';
import { quoted, type Report } from './report.ts';
import { channelOfTrack, type ReadChannel } from './rejoin.ts';
import { effectsOf, isTimeRemap } from './retime.ts';
import { truth, whole, words } from './values.ts';

const NOT_ITEMS = new Set(['enabled', 'locked', 'outputchannelindex', 'name']);

export interface ReadTrack extends ReadChannel {
  /** Events that lie over others of their track. */
  over: CutEvent[];
}

/** `index` from 1 in the order of the file. What can be linked is added to `linkable`. */
export function readTrack(
  element: XmlElement,
  index: number,
  context: EventContext,
  linkable: Linkable[],
): ReadTrack {
  const { type, record, report } = context;
  const entries: Entry[] = [];
  const places = new Map<XmlElement, number>();
  let place = 0;
  for (const each of element.children) {
    if (NOT_ITEMS.has(each.name)) continue;
    place++;
    if (each.name === 'clipitem' || each.name === 'generatoritem') {
      const item = readItem(each, record, report);
      if (!item) continue;
      entries.push({ item: mended(item, record, report) });
      places.set(each, place);
    } else if (each.name === 'transitionitem') {
      const transition = readTransition(each, record, report);
      if (transition) entries.push({ transition });
    } else
      report.warn('xmeml-element', each.line, `a track cannot hold ${quoted(each.name)}; it is left out`);
  }
  const { items, transitions } = arrange(entries, record, report);
  const events = items.map((arranged) => {
    const event = eventOf(arranged, context);
    const at = `${type} ${index} ${places.get(arranged.item.element)!}`;
    linkable.push({ event, element: arranged.item.element, place: at });
    return event;
  });
  const { kept, over } = apart(events);
  if (over.length)
    report.warn(
      'xmeml-overlap',
      element.line,
      `${over.length} items lie over others of their track, ${quoted(over[0]!.name)} first; they are kept on tracks of their own`,
    );
  const track: CutTrack = {
    type,
    index,
    name: element.attributes['MZ.TrackName'] ?? words(element, 'name') ?? trackName({ type, index }),
    enabled: truth(element, 'enabled', true),
    events: kept,
    transitions: transitionsOf(transitions, kept),
  };
  return { track, over, channel: channelOfTrack(element) };
}

/**
 * Premiere leaves a sound's crossfade out and still writes its first channel as long as the crossfade made it; its ticks, and
 * the other channel, say how long the clip is.
 */
function mended(item: RawItem, record: Rate, report: Report): RawItem {
  const { element, start, end, name } = item;
  const length = ticksLength(element, record);
  if (start < 0 || end <= start || length === null || length < 1 || length >= end - start - 1) return item;
  if (item.out - item.in !== end - start || effectsOf(element).some(isTimeRemap)) return item;
  report.warn(
    'xmeml-ticks',
    element.line,
    `${quoted(name)} lies on ${end - start} frames of the track and Premiere's ticks say ${length}; they are taken`,
  );
  return { ...item, end: start + length, out: item.in + length };
}

/** Whole frames of the sequence between Premiere's in and out ticks; null where there are none or they are no whole frames. */
function ticksLength(element: XmlElement, { num, den }: Rate): number | null {
  const [from, to] = [childText(element, 'pproTicksIn'), childText(element, 'pproTicksOut')];
  if (from === undefined || to === undefined || !/^\d{1,15}$/.test(from) || !/^\d{1,15}$/.test(to))
    return null;
  const perFrame = (Number(TICKS_PER_SECOND) * den) / num;
  const length = (Number(to) - Number(from)) / perFrame;
  return Number.isInteger(length) ? length : null;
}

function apart(events: CutEvent[]): { kept: CutEvent[]; over: CutEvent[] } {
  const kept: CutEvent[] = [];
  const over: CutEvent[] = [];
  let end = 0;
  for (const event of inOrder(events)) {
    if (event.recordIn < end) over.push(event);
    else {
      kept.push(event);
      end = event.recordOut;
    }
  }
  return { kept, over };
}

function inOrder(events: CutEvent[]): CutEvent[] {
  return [...events].sort((a, b) => a.recordIn - b.recordIn || a.recordOut - b.recordOut);
}

function transitionsOf(met: Met[], events: CutEvent[]): CutTransition[] {
  const [begins, ends] = [new Set<number>(), new Set<number>()];
  for (const event of events) {
    begins.add(event.recordIn);
    ends.add(event.recordOut);
  }
  return met
    .map(({ transition, cut }): CutTransition => {
      const effect = child(transition.element, 'effect');
      const said = (effect && childText(effect, 'effectid')) ?? '';
      const category = (effect && childText(effect, 'effectcategory')) ?? '';
      const number = effect ? whole(childText(effect, 'wipecode')) : null;
      const [left, right] = [ends.has(cut), begins.has(cut)];
      // Names are localised; the id and category often are not.
      let kind = transitionKind(transition.name, left, right);
      if (kind === 'other' && !/dip|color|colour/i.test(`${transition.name} ${said}`))
        kind = transitionKind(/wipe/i.test(category) ? category : said, left, right);
      if (kind === 'other' && /^KGAudioTransCrossFade/i.test(said)) kind = 'dissolve';
      const read: CutTransition = { in: transition.in, out: transition.out, kind, name: transition.name };
      if (kind === 'wipe' && number !== null && number > 0 && number < 1000) read.wipe = number;
      return withCut(read, cut, events);
    })
    .sort((a, b) => a.in - b.in || a.out - b.out);
}

/** Tracks that hold, without overlaps, what the others had no room for; above them, from `index` up. */
export function overTracks(over: CutEvent[], type: CutTrack['type'], index: number): CutTrack[] {
  const tracks: CutTrack[] = [];
  // Kept by where each ends: the first is free if any is.
  const free: CutTrack[] = [];
  const endOf = (track: CutTrack) => track.events[track.events.length - 1]!.recordOut;
  for (const event of inOrder(over)) {
    let track = free[0];
    if (track && endOf(track) <= event.recordIn) free.shift();
    else {
      const name = trackName({ type, index: index + tracks.length });
      track = {
        type,
        index: index + tracks.length,
        name: `${name} (overlap)`,
        enabled: true,
        events: [],
        transitions: [],
      };
      tracks.push(track);
    }
    track.events.push(event);
    let at = free.length;
    while (at > 0 && endOf(free[at - 1]!) > event.recordOut) at--;
    free.splice(at, 0, track);
  }
  return tracks;
}

/** Ids by place: `V1-003`. */
export function nameEvents(tracks: CutTrack[]): void {
  for (const track of tracks)
    track.events.forEach((event, at) => {
      event.id = `${trackName(track)}-${String(at + 1).padStart(3, '0')}`;
    });
}
