/** The cut list of one EDL: channels laid on tracks, sources gathered by reel and name, markers at their places. */
import { clockOf, type Clock } from './clock.ts';
import { distinct } from './channels.ts';
import { isTimecode } from './edit.ts';
import { quoted, type IssueBook } from './issues.ts';
import { channelOf, settle, type Channel, type Join, type Placed } from './joins.ts';
import { layLanes } from './lanes.ts';
import type { RawEdit, RawList, RawMarker } from './raw.ts';
import { kindOf, sourceTable, type Used } from './sources.ts';
import { takesOf, type Take } from './takes.ts';
import { trackName } from '../../cutlist.ts';
import type { CutEvent, CutList, CutMarker, CutTrack, CutTransition } from '../../documents/cutlist.ts';
import { withCut } from '../../transitions.ts';
import { wrapDay } from '../../time/timecode.ts';
import type { Rate } from '../../time/rate.ts';

export function buildList(list: RawList, name: string, given: Rate | undefined, issues: IssueBook): CutList {
  const clock = clockOf(list, given, issues);
  const takes = takesOf(list, clock, issues);
  const channels = [
    ...channelsOf(takes, 'video', issues, clock),
    ...channelsOf(takes, 'audio', issues, clock),
  ];
  const placed = channels.flatMap((channel) => channel.events);
  for (const event of placed) settle(event);
  sayGrades(list, placed, issues);
  const markers = placeMarkers(list, takes, clock);
  const start = [...placed.map((event) => event.in), ...markers.list.map((marker) => marker.frame)].reduce(
    (least, frame) => Math.min(least, frame),
    Infinity,
  );
  const first = Number.isFinite(start) ? start : 0;
  const use = sourceTable(list, placed, issues);
  const links = linksOf(placed);
  const tracks = tracksOf(channels, issues).map(
    ({ channel, index, name: trackLabel, events, joins }): CutTrack => {
      const track = { type: channel.type, index };
      const laid = events.map((event, at) =>
        eventOf(event, `${trackName(track)}-${String(at + 1).padStart(3, '0')}`, channel, first, {
          use,
          links,
          markers: markers.media,
        }),
      );
      return {
        ...track,
        name: trackLabel,
        enabled: true,
        events: laid,
        transitions: joins.map((join) => crossing(join, first, laid)),
      };
    },
  );
  return {
    kind: 'cutlist',
    version: 1,
    name: list.title || name.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || 'EDL',
    rate: clock.rate,
    start: wrapDay(first, clock.rate),
    size: null,
    tracks,
    markers: markers.list
      .map((marker) => ({ ...marker, frame: marker.frame - first }))
      .sort((a, b) => a.frame - b.frame),
  };
}

/** Colour decisions under black, markers and edits of no length belong to no event. */
function sayGrades({ edits }: RawList, placed: readonly Placed[], issues: IssueBook): void {
  const used = new Set(placed.map(({ take }) => take.notes.cdl));
  for (const { number, pair, first, second } of edits)
    for (const cdl of [first.cdl, second?.cdl])
      // Of an outgoing clip with an event of its own the transition's reader has said it.
      if (cdl && !used.has(cdl) && !(pair !== null && second && cdl === first.cdl)) {
        const message = `The colour decision (ASC CDL) under event ${number} has no clip to belong to; it was not read.`;
        issues.add('edl-cdl', 'warning', cdl.line, message);
      }
}

function crossing({ transition, cut }: Join, first: number, events: readonly CutEvent[]): CutTransition {
  const [from, to] = [transition.in - first, transition.out - first];
  return withCut({ ...transition, in: from, out: to }, cut - first, events);
}

function channelsOf(
  takes: readonly Take[],
  type: Channel['type'],
  issues: IssueBook,
  clock: Clock,
): Channel[] {
  const byTrack = new Map<number, Take[]>();
  for (const take of takes)
    for (const index of take.channels[type]) {
      const known = byTrack.get(index);
      if (known) known.push(take);
      else byTrack.set(index, [take]);
    }
  return distinct([...byTrack.keys()]).map((index) =>
    channelOf(type, index, byTrack.get(index)!, issues, clock),
  );
}

interface Laid {
  channel: Channel;
  index: number;
  name: string;
  events: Placed[];
  joins: Channel['joins'];
}

/** A track for each channel that holds something, and on top one for each lane that its overlaps need. */
function tracksOf(channels: Channel[], issues: IssueBook): Laid[] {
  const tops = { video: 0, audio: 0 };
  for (const { type, index } of channels) tops[type] = Math.max(tops[type], index);
  const tracks: Laid[] = [];
  const added: Laid[] = [];
  for (const channel of channels) {
    const lanes = layLanes(channel.events);
    const own = trackName(channel);
    const laid: Laid[] = Array.from({ length: lanes }, (_, lane) => {
      const index = lane === 0 ? channel.index : ++tops[channel.type];
      return { channel, index, name: lane === 0 ? own : `${own} (overlap)`, events: [], joins: [] };
    });
    for (const event of channel.events) {
      laid[event.lane]!.events.push(event);
      if (event.lane > 0)
        sayOverlap(event, own, trackName({ ...channel, index: laid[event.lane]!.index }), issues);
    }
    for (const join of channel.joins) laid[join.on.lane]!.joins.push(join);
    for (const track of laid) track.joins.sort((a, b) => a.transition.in - b.transition.in);
    tracks.push(...laid.slice(0, 1));
    for (const track of laid.slice(1)) added.push(track);
  }
  const all = [...tracks, ...added];
  return [
    ...all.filter((track) => track.channel.type === 'video'),
    ...all.filter((track) => track.channel.type === 'audio'),
  ];
}

function sayOverlap({ take }: Placed, own: string, kept: string, issues: IssueBook): void {
  const message = `Event ${take.edit.number} (${quoted(take.notes.name ?? take.edit.reel)}) lies over another on ${own}; it is kept on ${kept}.`;
  issues.add('edl-overlap', 'warning', take.edit.line, message);
}

/** Picture and sound of one line move together. */
function linksOf(placed: readonly Placed[]): Map<Take, number> {
  const counts = new Map<Take, number>();
  for (const { take } of placed) counts.set(take, (counts.get(take) ?? 0) + 1);
  const links = new Map<Take, number>();
  for (const [take, count] of counts) if (count > 1) links.set(take, links.size + 1);
  return links;
}

interface Tables {
  use: (event: Placed) => Used;
  links: Map<Take, number>;
  markers: Map<RawEdit, RawMarker[]>;
}

function eventOf(placed: Placed, id: string, channel: Channel, first: number, tables: Tables): CutEvent {
  const { take } = placed;
  const { source, in: sourceIn, out: sourceOut } = tables.use(placed);
  const { notes, edit } = take;
  const event: CutEvent = {
    id,
    kind: kindOf(notes),
    name: notes.called ?? notes.name ?? source?.name ?? edit.reel,
    recordIn: placed.in - first,
    recordOut: placed.out - first,
    sourceIn,
    sourceOut,
    source,
    speed: { ...placed.range.speed },
    enabled: !notes.what.includes('CLIP IS DISABLED'),
  };
  const link = tables.links.get(take);
  if (link !== undefined) event.link = link;
  const patched = edit.patches.filter((patch) => patch.record === channel.index).map((patch) => patch.source);
  if (channel.type === 'audio' && patched.length > 0) event.channels = distinct(patched);
  // Picture and sound of one line have one colour decision, which is the picture's.
  if (notes.cdl && (channel.type === 'video' || take.channels.video.length === 0))
    event.cdl = { ...notes.cdl.grade };
  const markers = tables.markers.get(edit);
  if (markers && source)
    event.markers = markers.map((marker) => ({
      ...plain(marker),
      frame: Number(marker.at) - (source.start ?? 0),
    }));
  return event;
}

const plain = ({ name, comment, colour, duration }: RawMarker): Omit<CutMarker, 'frame'> => ({
  duration,
  name,
  comment,
  colour,
});

/** Those with a timecode lie on the record, near the edit they stand under; a bare number counts the source's frames. */
function placeMarkers(list: RawList, takes: readonly Take[], clock: Clock) {
  const markers: CutMarker[] = [];
  const media = new Map<RawEdit, RawMarker[]>();
  const places = new Map(takes.map((take) => [take.edit, take.in]));
  let near = takes[0]?.in ?? null;
  for (const marker of list.markers) {
    const edit = list.edits[marker.edit];
    if (!isTimecode(marker.at)) {
      const known = edit && media.get(edit);
      if (known) known.push(marker);
      else if (edit) media.set(edit, [marker]);
      continue;
    }
    const label = clock.record(marker.at, marker.line);
    near = (edit && places.get(edit)) ?? near ?? label;
    const frame = label + Math.round((near - label) / clock.day) * clock.day;
    markers.push({ ...plain(marker), frame });
  }
  return { list: markers, media };
}
