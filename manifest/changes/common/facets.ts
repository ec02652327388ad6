/** What one cut shows and the other's format has no word for: taken away before the two are compared, and named. */
import type { CutEvent, CutEventKind, CutList, CutTransition } from '../../documents/cutlist.ts';
import type { Silence } from '../../readers/reader.ts';
import type { Ground } from '../common.ts';

interface Facet {
  silence: Silence;
  /** A format that is silent on it may still say some of it. */
  partly?: boolean;
  what: string;
  /** How much of it a cut shows. */
  count(cut: CutList): number;
  strip(cut: CutList): void;
}

const eventsOf = (cut: CutList, fits: (event: CutEvent) => boolean) =>
  cut.tracks.reduce((sum, { events }) => sum + events.filter(fits).length, 0);

/** Events on the tracks that `fits`, and the tracks taken away. */
function tracks(silence: Silence, what: string, fits: (track: CutList['tracks'][number]) => boolean): Facet {
  return {
    silence,
    what,
    count: (cut) => cut.tracks.reduce((sum, track) => sum + (fits(track) ? track.events.length : 0), 0),
    strip: (cut) => {
      cut.tracks = cut.tracks.filter((track) => !fits(track));
    },
  };
}

const isOther = ({ kind }: CutTransition) => kind === 'other';

/** Names that an editor gives unasked. */
const UNNAMED = /^((video|audio|v|a) ?\d+)?$/i;

const FACETS: Facet[] = [
  tracks('sound', 'events of sound', ({ type }) => type === 'audio'),
  tracks('sound-past-four', 'events of sound past A4', ({ type, index }) => type === 'audio' && index > 4),
  tracks('upper-pictures', 'events above V1', ({ type, index }) => type === 'video' && index > 1),
  {
    silence: 'sound-transitions',
    what: 'transitions of sound',
    count: (cut) =>
      cut.tracks.reduce((sum, track) => sum + (track.type === 'audio' ? track.transitions.length : 0), 0),
    strip: (cut) => {
      for (const track of cut.tracks) if (track.type === 'audio') track.transitions = [];
    },
  },
  {
    silence: 'other-transitions',
    what: 'transitions of other kinds',
    count: (cut) => cut.tracks.reduce((sum, track) => sum + track.transitions.filter(isOther).length, 0),
    strip: (cut) => {
      for (const track of cut.tracks)
        track.transitions = track.transitions.filter((transition) => !isOther(transition));
    },
  },
  {
    silence: 'track-enabled',
    what: 'tracks switched off',
    count: (cut) => cut.tracks.filter(({ enabled, events }) => !enabled && events.length > 0).length,
    strip: (cut) => {
      for (const track of cut.tracks) track.enabled = true;
    },
  },
  {
    silence: 'enabled',
    what: 'events switched off',
    count: (cut) => eventsOf(cut, ({ enabled }) => !enabled),
    strip: (cut) => {
      for (const { events } of cut.tracks) for (const event of events) event.enabled = true;
    },
  },
  {
    silence: 'links',
    partly: true,
    what: 'linked events',
    count: (cut) => eventsOf(cut, ({ link }) => link !== undefined),
    strip: (cut) => {
      for (const { events } of cut.tracks) for (const event of events) delete event.link;
    },
  },
  {
    silence: 'markers',
    what: 'markers',
    count: (cut) =>
      cut.tracks.reduce(
        (sum, { events }) => sum + events.reduce((all, { markers }) => all + (markers?.length ?? 0), 0),
        cut.markers.length,
      ),
    strip: (cut) => {
      cut.markers = [];
      for (const { events } of cut.tracks) for (const event of events) delete event.markers;
    },
  },
  {
    silence: 'marker-colours',
    what: 'colours of markers',
    count: (cut) => markersOf(cut).filter(({ colour }) => colour !== '').length,
    strip: (cut) => {
      for (const marker of markersOf(cut)) marker.colour = '';
    },
  },
  {
    silence: 'track-names',
    what: 'names of tracks',
    count: (cut) => cut.tracks.filter(({ name }) => !UNNAMED.test(name)).length,
    strip: (cut) => {
      for (const track of cut.tracks) track.name = '';
    },
  },
  {
    silence: 'grades',
    what: 'ASC CDL values',
    count: (cut) => eventsOf(cut, ({ cdl }) => cdl !== undefined),
    strip: (cut) => {
      for (const { events } of cut.tracks) for (const event of events) delete event.cdl;
    },
  },
  {
    silence: 'size',
    what: 'picture size',
    count: (cut) => Number(cut.size !== null),
    strip: (cut) => {
      cut.size = null;
    },
  },
];

/** On the sequence and on media. */
export function markersOf(cut: CutList) {
  return [
    ...cut.markers,
    ...cut.tracks.flatMap(({ events }) => events.flatMap(({ markers = [] }) => markers)),
  ];
}

export function withoutTheUnsaid(ground: Ground): void {
  if (!ground.cross) return;
  disabledTracks(ground);
  for (const { silence, what, count, strip, partly } of FACETS)
    if (partly && ground.either(silence)) {
      const lacking = ground.is('after', silence) ? 'after' : 'before';
      const counts = [count(ground.before), count(ground.after)] as const;
      strip(ground.before);
      strip(ground.after);
      if (counts[0] !== counts[1]) ground.unsaid(lacking, what, Math.max(...counts));
    } else
      oneSided(ground, silence, count, (lacking, rich, found) => {
        strip(ground[rich]);
        ground.unsaid(lacking, what, found);
      });
  for (const [kind, what] of KINDS)
    oneSided(
      ground,
      'made',
      (cut) => eventsOf(cut, (event) => event.kind === kind),
      (lacking, rich, found) => {
        withoutKind(kind, ground[rich], ground[lacking]);
        ground.unsaid(lacking, what, found);
      },
    );
}

type SideName = 'before' | 'after';

/** Calls back where one side's format has no word for it, that side shows none of it, and the other does. */
function oneSided(
  ground: Ground,
  silence: Silence,
  count: (cut: CutList) => number,
  then: (lacking: SideName, rich: SideName, found: number) => void,
): void {
  for (const [lacking, rich] of [
    ['before', 'after'],
    ['after', 'before'],
  ] as const) {
    if (!ground.is(lacking, silence) || count(ground[lacking]) > 0) continue;
    const found = count(ground[rich]);
    if (found > 0) then(lacking, rich, found);
  }
}

/** A format without switches for tracks switches the clips on them off; a list says nothing of it at all. */
function disabledTracks(ground: Ground): void {
  if (!ground.either('track-enabled')) return;
  if (ground.either('enabled')) return void wholeTracksOff(ground);
  for (const cut of [ground.before, ground.after])
    for (const track of cut.tracks)
      if (!track.enabled) {
        track.enabled = true;
        for (const event of track.events) event.enabled = false;
      }
}

/** Where a list has clips of a track switched on that are all off in the other cut, it is the track that is off there. */
function wholeTracksOff(ground: Ground): void {
  for (const [lacking, rich] of [
    ['before', 'after'],
    ['after', 'before'],
  ] as const) {
    if (!ground.is(lacking, 'enabled')) continue;
    for (const track of ground[rich].tracks) {
      const other = ground[lacking].tracks.find(
        ({ type, index }) => type === track.type && index === track.index,
      );
      const off = !track.enabled || track.events.every(({ enabled }) => !enabled);
      if (!off || !other?.events.some(({ enabled }) => enabled)) continue;
      if (track.enabled) for (const each of [...track.events, ...other.events]) each.enabled = true;
      track.enabled = true;
      ground.unsaid(lacking, 'tracks switched off', 1);
    }
  }
}

const KINDS: [CutEventKind, string][] = [
  ['title', 'titles'],
  ['nested', 'nested sequences'],
  ['adjustment', 'adjustment layers'],
  ['multicam', 'multicam clips'],
  ['unknown', 'items of unknown kind'],
];

/**
 * Where the other cut holds something else in just that place, that is what the format made of it; else it made nothing, and the
 * transitions at its ends are others too.
 */
function withoutKind(kind: CutEventKind, rich: CutList, lacking: CutList): void {
  const there = new Map<string, CutEvent>();
  for (const { type, index, events } of lacking.tracks)
    for (const event of events) there.set(`${type} ${index} ${event.recordIn} ${event.recordOut}`, event);
  for (const track of rich.tracks) {
    const gone: CutEvent[] = [];
    track.events = track.events.flatMap((event) => {
      if (event.kind !== kind) return [event];
      const held = there.get(`${track.type} ${track.index} ${event.recordIn} ${event.recordOut}`);
      if (held) {
        const { link: _, markers: __, ...as } = held;
        return [{ ...event, ...as, markers: event.markers ?? [] }];
      }
      gone.push(event);
      return [];
    });
    if (gone.length === 0) continue;
    for (const cut of [rich, lacking])
      for (const each of cut.tracks)
        if (each.type === track.type && each.index === track.index)
          each.transitions = each.transitions.filter((one) => !touches(one, gone));
  }
}

/** `events` in order. */
function touches({ in: from, out }: { in: number; out: number }, events: readonly CutEvent[]): boolean {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.recordOut < from) low = middle + 1;
    else high = middle;
  }
  return low < events.length && events[low]!.recordIn <= out;
}
