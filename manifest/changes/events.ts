/** Finds the lines about tracks and what lies on them: matches the events, finds the ripples, then says what is left over. */
import type { CutEvent, CutList } from '../documents/cutlist.ts';
import { changesOfMarkers, changesOfTransitions, markerPoints } from './beside.ts';
import { same } from './canonical.ts';
import { fieldChanges, type FieldChanges } from './fields.ts';
import type { Gathered } from './gather.ts';
import { linkNumbers, type LinkNumber } from './links.ts';
import type { EventAt, OfEvent } from './list.ts';
import { joinReplaced, matchEvents, type Matches, type Placed, type Side } from './match.ts';
import { pairLines } from './pair.ts';
import { carriedMarkers, MARKERS, shiftedEvent } from './place.ts';
import { movesThatFit } from './trim.ts';
import { ripplesOf, shifter, type Lane, type Ripple, type ShiftAt } from './ripple.ts';
import { sourcesOf, type Described, type Sources } from './sources.ts';
import { leftovers } from './leftovers.ts';

/** Everything the lines are made from. */
export interface Compared {
  matches: Matches;
  sources: Sources;
  shiftAt: ShiftAt;
  lines: Gathered;
}

/** Both in canonical form; adds lines to `lines`. */
export function changesOfEvents(before: CutList, after: CutList, lines: Gathered): void {
  const sources = sourcesOf(before, after);
  const matches = matchEvents(before, after, sources);
  tracksChanged(matches, lines);
  const lanes = [...trackLanes(matches), markerPoints(before, after)];
  const ripples = ripplesOf(lanes);
  const shiftAt = tellRipples(ripples, lanes, matches, lines);
  const replaced = joinReplaced(matches, (old) => {
    const { recordIn, recordOut } = shiftedEvent(
      old.event,
      shiftAt(trackOf(matches.before, old), old.event.recordIn),
    );
    return [recordIn, recordOut];
  });
  const compared: Compared = { matches, sources, shiftAt, lines };
  const numbers = linkNumbers(matches.pairs, highestLink(before));
  const fields = fieldChanges(numbers);
  const renewed = new Map<Described, number>();
  for (const track of matches.before.tracks)
    for (const old of track) {
      const now = matches.pairs.get(old);
      const was = eventAt(matches.before, old);
      if (!now)
        lines.at(old.event.recordIn + shiftAt(was.track, old.event.recordIn), { what: 'removed', was });
      else if (replaced.has(old)) tellReplaced(compared, old, now, numbers);
      else tellPair(compared, old, now, fields, renewed);
    }
  tellAdded(compared, numbers);
  changesOfTransitions(compared);
  changesOfMarkers(before, after, shiftAt, lines);
  for (const [described, events] of renewed) {
    const { to, shift } = sources.renewed(described)!;
    lines.last({ what: 'source', before: described.source, after: to.source, shift, events });
  }
  fields.tell(lines);
}

function eventAt(side: Side, { event, track }: Placed): EventAt {
  return {
    id: event.id,
    track: side.keys[track]!,
    name: event.name,
    in: event.recordIn,
    out: event.recordOut,
  };
}

function trackOf(side: Side, { track }: Placed): string {
  return side.keys[track]!;
}

function highestLink({ tracks }: CutList): number {
  let highest = 0;
  for (const { events } of tracks) for (const { link = 0 } of events) if (link > highest) highest = link;
  return highest;
}

function tracksChanged({ before, after, becomes }: Matches, lines: Gathered): void {
  const reached = new Set(becomes);
  becomes.forEach((b, a) => {
    const track = before.keys[a]!;
    if (b < 0) lines.first({ what: 'track-removed', track });
    else if (after.keys[b] !== track) lines.first({ what: 'track-moved', track, to: after.keys[b]! });
  });
  after.keys.forEach((track, b) => {
    if (!reached.has(b)) lines.first({ what: 'track-added', track, fields: trackFields(after, b) });
  });
  becomes.forEach((b, a) => {
    if (b < 0) return;
    const [left, right] = [trackFields(before, a), trackFields(after, b)];
    for (const field of new Set([...Object.keys(left), ...Object.keys(right)]))
      if (!same(left[field], right[field]))
        lines.first({
          what: 'track-changed',
          track: before.keys[a]!,
          field,
          before: left[field] ?? null,
          after: right[field] ?? null,
        });
  });
}

/** What a track is, beside its place and what lies on it. */
function trackFields({ list }: Side, at: number): Record<string, unknown> {
  const {
    type: _type,
    index: _index,
    events: _events,
    transitions: _transitions,
    ...fields
  } = list.tracks[at]!;
  return fields;
}

function trackLanes({ before, after, pairs, kept }: Matches): Lane[] {
  const { rate } = after.list;
  return before.tracks.map((track, a) => ({
    key: before.keys[a]!,
    points: track
      .filter((old) => kept.has(old))
      .map((old) => {
        const { recordIn: from, recordOut } = old.event;
        const { sourceIn, sourceOut } = old;
        const now = pairs.get(old)!.event;
        const shifts = movesThatFit({ recordIn: from, recordOut, sourceIn, sourceOut }, old.event, now, rate);
        return { from, shifts };
      }),
  }));
}

/** Says the ripples, and returns how they move what lies on each track. */
function tellRipples(ripples: Ripple[], lanes: Lane[], matches: Matches, lines: Gathered): ShiftAt {
  const told = ripples.map((ripple) => {
    const staying = lanes.filter(
      ({ key, points }) =>
        !ripple.lanes.includes(key) && (points[points.length - 1]?.from ?? -1) >= ripple.from,
    );
    const everywhere =
      ripple.lanes.some((key) => key !== MARKERS) && staying.every(({ key }) => key === MARKERS);
    if (!everywhere) return { ...ripple, everywhere };
    // Tracks that end before it go along too: what was moved onto them from elsewhere then needs no words of its own.
    const moved = lanes.filter((lane) => !staying.includes(lane)).map(({ key }) => key);
    return { ...ripple, everywhere, lanes: moved };
  });
  const shiftAt = shifter(told);
  const following = followers(matches);
  for (const { from, by, lanes: moved, everywhere } of told) {
    const tracks = moved.filter((key) => key !== MARKERS);
    const markers = moved.includes(MARKERS);
    const { events, next } = following(tracks, from);
    const to = from + shiftAt(moved[0]!, from);
    lines.at(to, { what: 'ripple', from, by, to, tracks, everywhere, markers, events, next });
  }
  return shiftAt;
}

/** How many events of some tracks a ripple moves, and the first of them. */
function followers({ before, pairs }: Matches) {
  const known = new Map(
    before.tracks.map((track, at) => [before.keys[at]!, track.filter((each) => pairs.has(each))]),
  );
  return (tracks: string[], from: number) => {
    let events = 0;
    let next: EventAt | null = null;
    for (const key of tracks) {
      const track = known.get(key)!;
      let [low, high] = [0, track.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (track[middle]!.event.recordIn < from) low = middle + 1;
        else high = middle;
      }
      events += track.length - low;
      const first = track[low];
      if (first && (!next || first.event.recordIn < next.in)) next = eventAt(before, first);
    }
    return { events, next };
  };
}

function tellReplaced({ matches, lines }: Compared, old: Placed, now: Placed, numbers: LinkNumber): void {
  const at = ends(matches, old, now);
  lines.at(now.event.recordIn, { what: 'replaced', value: numbered(now.event, numbers), ...at });
}

function tellAdded({ matches: { after, pairs }, lines }: Compared, numbers: LinkNumber): void {
  const known = new Set(pairs.values());
  for (const track of after.tracks)
    for (const each of track)
      if (!known.has(each))
        lines.at(each.event.recordIn, {
          what: 'added',
          now: eventAt(after, each),
          value: numbered(each.event, numbers),
        });
}

function numbered(event: CutEvent, numbers: LinkNumber): CutEvent {
  const link = numbers(event.link);
  return link === undefined ? event : { ...event, link };
}

function ends({ before, after }: Matches, old: Placed, now: Placed): OfEvent {
  return { was: eventAt(before, old), now: eventAt(after, now) };
}

function tellPair(
  { matches, sources, shiftAt, lines }: Compared,
  old: Placed,
  now: Placed,
  fields: FieldChanges,
  renewals: Map<Described, number>,
): void {
  const at = ends(matches, old, now);
  const { sourceIn, sourceOut } = old;
  const by = shiftAt(at.was.track, old.event.recordIn);
  const stays = matches.becomes[old.track] === now.track;
  const changes = pairLines(
    {
      ...at,
      old: old.event,
      expected: { ...shiftedEvent(old.event, by), sourceIn, sourceOut },
      event: now.event,
      onto: stays ? null : at.now.track,
      reordered: stays && !matches.kept.has(old),
    },
    matches.after.list.rate,
  );
  for (const change of changes) lines.at(now.event.recordIn, change);
  fields.compare(old.event, now.event, at);
  const before = old.event.source;
  const described = before && sources.of(before);
  const renewed = described && sources.renewed(described);
  const expected = renewed ? renewed.to.source : before;
  if (described && expected !== before && renewed!.to.key !== described.key)
    renewals.set(described, (renewals.get(described) ?? 0) + 1);
  if (!same(expected, now.event.source)) fields.differs('source', expected, now.event.source, at);
  const rate = before?.rate ?? matches.before.list.rate;
  const markers = carriedMarkers(old.event.markers, rate, expected?.rate ?? rate, renewed?.shift ?? 0);
  tellEventMarkers(markers, at.was, now.event, lines);
}

function tellEventMarkers(
  expected: ReturnType<typeof carriedMarkers>,
  event: EventAt,
  now: CutEvent,
  lines: Gathered,
): void {
  const actual = now.markers ?? [];
  if (expected.length + actual.length === 0) return;
  const { removed, changed, added } = leftovers(expected, actual, [
    (marker) => `${marker.name} ${marker.comment}`,
    (marker) => String(marker.frame),
  ]);
  const place = now.recordIn;
  for (const nth of removed) lines.at(place, { what: 'marker-removed', event, nth, before: expected[nth]! });
  for (const { nth, after } of changed)
    lines.at(place, { what: 'marker-changed', event, nth, before: expected[nth]!, after });
  for (const value of added) lines.at(place, { what: 'marker-added', event, value });
}
