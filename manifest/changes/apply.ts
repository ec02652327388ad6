/** Carries a change list out: the old cut and the list give the new cut, in canonical form. What the list says is all that happens. */
import type { CutEvent, CutList, CutMarker, CutTrack, CutTransition } from '../documents/cutlist.ts';
import type { Rate } from '../documents/rate.ts';
import { canonicalCut, keyOf, trackKeys } from './canonical.ts';
import type { Change, ChangeList, ChangeWord } from './list.ts';
import { atRate, carriedMarkers, MARKERS, shiftedEvent, shiftedMarker, shiftedTransition } from './place.ts';
import { shifter } from './ripple.ts';
import { carried } from './sources.ts';

type Of<Word extends ChangeWord> = Extract<Change, { what: Word }>;

/** An event on its way, by the id the old cut gives it. */
interface Moving {
  event: CutEvent;
  /** Key of the new cut's track. */
  track: string;
}

/** Throws an Error that names the event or track where the list is not one of this cut. */
export function applyChanges(before: CutList, list: ChangeList): CutList {
  const script = byWord(list.changes);
  const { cut, fields } = applySequence(canonicalCut(before), script('sequence'));
  const shiftAt = shifter(
    script('ripple').map(({ from, by, tracks, markers }) => ({
      from,
      by,
      lanes: markers ? [...tracks, MARKERS] : tracks,
    })),
  );
  const tracks = applyTracks(cut, script);
  const moving = new Map<string, Moving>();
  const gone = new Set(script('removed').map(({ was }) => was.id));
  const renew = renewals(script('source'));
  const keys = trackKeys(cut.tracks);
  cut.tracks.forEach((track, at) => {
    const key = keys[at]!;
    for (const event of track.events)
      if (!gone.has(event.id)) {
        const by = shiftAt(key, event.recordIn);
        const renewed = renew({ ...event, ...shiftedEvent(event, by) });
        moving.set(event.id, { event: renewed, track: tracks.becomes.get(key) ?? '' });
      }
  });
  const added = applyToEvents(moving, script);
  for (const each of [...moving.values(), ...added]) tracks.on(each.track).events.push(each.event);
  cut.tracks.forEach((track, at) => {
    const key = keys[at]!;
    const kept = replaceSome(
      track.transitions.map((each) => shiftedTransition(each, track.events, key, shiftAt)),
      script('transition-removed').filter((each) => each.track === key),
      script('transition-changed').filter((each) => each.track === key),
    );
    if (kept.length > 0)
      for (const each of kept) tracks.on(tracks.becomes.get(key) ?? '').transitions.push(each);
  });
  for (const { track, value } of script('transition-added')) tracks.on(track).transitions.push(value);
  const onSequence = <Line extends { event: unknown }>(lines: Line[]) =>
    lines.filter((line) => line.event === null);
  const markers = replaceSome(
    cut.markers.map((marker) => shiftedMarker(marker, shiftAt)),
    onSequence(script('marker-removed')),
    onSequence(script('marker-changed')),
  );
  for (const { value } of onSequence(script('marker-added'))) markers.push(value);
  return canonicalCut({ ...cut, ...fields, tracks: tracks.all(), markers });
}

function byWord(changes: readonly Change[]): <Word extends ChangeWord>(word: Word) => Of<Word>[] {
  const lists = new Map<ChangeWord, Change[]>();
  for (const change of changes) {
    const list = lists.get(change.what);
    if (list) list.push(change);
    else lists.set(change.what, [change]);
  }
  return <Word extends ChangeWord>(word: Word) => (lists.get(word) ?? []) as Of<Word>[];
}

type Script = ReturnType<typeof byWord>;

function applySequence(before: CutList, lines: Of<'sequence'>[]) {
  let cut = before;
  const fields: Record<string, unknown> = {};
  for (const { field, after, frames } of lines) {
    fields[field] = after === null && field !== 'size' ? undefined : after;
    if (frames === 'converted') cut = atRate(cut, after as Rate);
  }
  return { cut, fields: fields as Partial<CutList> };
}

function applyTracks(cut: CutList, script: Script) {
  const keys = trackKeys(cut.tracks);
  const removed = new Set(script('track-removed').map(({ track }) => track));
  const moved = new Map(script('track-moved').map(({ track, to }) => [track, to]));
  const becomes = new Map<string, string>();
  const made = new Map<string, CutTrack>();
  const make = (key: string, fields: object) => {
    const [, letter, index] = /^([VA])(\d+)/.exec(key)!;
    const type = letter === 'V' ? 'video' : 'audio';
    made.set(key, { ...(fields as CutTrack), type, index: Number(index), events: [], transitions: [] });
  };
  cut.tracks.forEach((track, at) => {
    const key = keys[at]!;
    if (removed.has(key)) return;
    const to = moved.get(key) ?? key;
    becomes.set(key, to);
    const changed = script('track-changed').filter((line) => line.track === key);
    make(to, {
      ...track,
      ...Object.fromEntries(changed.map(({ field, after }) => [field, after ?? undefined])),
    });
  });
  for (const { track, fields } of script('track-added')) make(track, fields);
  const on = (key: string) => {
    const track = made.get(key);
    if (!track)
      throw new Error(
        `the change list puts something on track ${key || 'that is removed'}, which the cut does not have`,
      );
    return track;
  };
  // Tracks that claim one place stay in the order of their keys: V1 before V1 (2).
  const all = () =>
    [...made].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([, track]) => track);
  return { becomes, on, all };
}

/** Sources described otherwise in the new cut: source times and markers on the media are counted as that one counts. */
function renewals(lines: Of<'source'>[]): (event: CutEvent) => CutEvent {
  const byKey = new Map(lines.map((line) => [keyOf(line.before), line]));
  const byObject = new Map<object, Of<'source'> | undefined>();
  return (event) => {
    const { source } = event;
    if (!source || byKey.size === 0) return event;
    if (!byObject.has(source)) byObject.set(source, byKey.get(keyOf(source)));
    const line = byObject.get(source);
    if (!line) return event;
    const at = (frame: number) => carried(frame, source.rate, line.after.rate) + line.shift;
    const markers = carriedMarkers(event.markers, source.rate, line.after.rate, line.shift);
    const renewed = {
      ...event,
      source: line.after,
      sourceIn: at(event.sourceIn),
      sourceOut: at(event.sourceOut),
    };
    return markers.length > 0 ? { ...renewed, markers } : renewed;
  };
}

/** Carries out the lines about single events; returns those that are new. */
function applyToEvents(moving: Map<string, Moving>, script: Script): Moving[] {
  const find = (id: string) => {
    const found = moving.get(id);
    if (!found) throw new Error(`the change list speaks of event ${id}, which the cut does not have`);
    return found;
  };
  const shift = (event: CutEvent, record: readonly number[], source: readonly number[]) => {
    event.recordIn += record[0]!;
    event.recordOut += record[1]!;
    event.sourceIn += source[0]!;
    event.sourceOut += source[1]!;
  };
  for (const each of moving.values()) each.event = { ...each.event };
  applyMarkers(find, script);
  for (const { was, value } of script('replaced')) find(was.id).event = { ...value };
  for (const { was, by, onto } of script('moved')) {
    const each = find(was.id);
    shift(each.event, [by, by], [0, 0]);
    if (onto !== null) each.track = onto;
  }
  for (const { was, record, source } of script('trimmed')) shift(find(was.id).event, record, source);
  for (const { was, by } of script('slipped')) shift(find(was.id).event, [0, 0], [by, by]);
  for (const { was, record, source, after } of script('retimed')) {
    shift(find(was.id).event, record, source);
    find(was.id).event.speed = after;
  }
  for (const { was } of script('enabled')) find(was.id).event.enabled = true;
  for (const { was } of script('disabled')) find(was.id).event.enabled = false;
  for (const { field, after, events } of script('changed'))
    for (const { was } of events)
      Object.assign(find(was.id).event, { [field]: after ?? (field === 'source' ? null : undefined) });
  for (const { groups, events } of script('linked'))
    events.forEach(({ was }, at) => Object.assign(find(was.id).event, { link: groups[at] ?? undefined }));
  return script('added').map(({ value, now }) => ({ event: { ...value }, track: now.track }));
}

function applyMarkers(find: (id: string) => Moving, script: Script): void {
  const byEvent = new Map<
    string,
    { removed: Of<'marker-removed'>[]; changed: Of<'marker-changed'>[]; added: CutMarker[] }
  >();
  const of = (id: string) => {
    if (!byEvent.has(id)) byEvent.set(id, { removed: [], changed: [], added: [] });
    return byEvent.get(id)!;
  };
  for (const line of script('marker-removed')) if (line.event) of(line.event.id).removed.push(line);
  for (const line of script('marker-changed')) if (line.event) of(line.event.id).changed.push(line);
  for (const line of script('marker-added')) if (line.event) of(line.event.id).added.push(line.value);
  for (const [id, { removed, changed, added }] of byEvent) {
    const { event } = find(id);
    event.markers = [...replaceSome(event.markers ?? [], removed, changed), ...added];
  }
}

/** The list without what is removed, and with what is changed in its place. */
function replaceSome<Thing extends CutMarker | CutTransition>(
  things: readonly Thing[],
  removed: readonly { nth: number }[],
  changed: readonly { nth: number; after: Thing }[],
): Thing[] {
  const gone = new Set(removed.map(({ nth }) => nth));
  const after = new Map(changed.map((line) => [line.nth, line.after]));
  return things.map((thing, nth) => after.get(nth) ?? thing).filter((_, nth) => !gone.has(nth));
}
