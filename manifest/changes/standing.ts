/** How each event of two cuts stands, and which belong together, read back from the change list alone. */
import type { CutList } from '../documents/cutlist.ts';
import { canonicalCut, trackKeys } from './canonical.ts';
import type { ChangeList } from './list.ts';
import { atRate, MARKERS } from './place.ts';
import { shifter } from './ripple.ts';

export type Standing = 'same' | 'new' | 'gone' | 'moved' | 'changed';

export interface Span {
  /** Of the event, as the change list names it on that side. */
  id: string;
  name: string;
  in: number;
  out: number;
  standing: Standing;
  /** On old events: where it is now, by place among the new cut's tracks. */
  pair: { track: number; in: number; out: number } | null;
}

export interface Side {
  tracks: { key: string; spans: Span[] }[];
}

export interface Sides {
  old: Side;
  now: Side;
  /** Old track → new track. */
  becomes: Map<number, number>;
  used: Set<Standing>;
}

/** Places are frames at the new cut's rate where the list converted them, else each cut's own. */
export function pairsOf(list: ChangeList, before: CutList, after: CutList): Sides {
  const converted = list.changes.some(
    (change) => change.what === 'sequence' && change.frames === 'converted',
  );
  const canonical = canonicalCut(before);
  const was = converted ? atRate(canonical, list.after.rate) : canonical;
  const now = canonicalCut(after);
  const standings = standingsOf(list);
  const becomes = tracksOf(list, was, now);
  const shiftAt = shifter(
    list.changes.flatMap((change) =>
      change.what === 'ripple'
        ? [{ ...change, lanes: change.markers ? [...change.tracks, MARKERS] : change.tracks }]
        : [],
    ),
  );
  const places = new Map<string, Span['pair']>();
  const byPlace = new Map<string, Span['pair']>();
  now.tracks.forEach((track, at) =>
    track.events.forEach(({ id, recordIn, recordOut }) => {
      const place = { track: at, in: recordIn, out: recordOut };
      places.set(id, place);
      byPlace.set(`${at} ${recordIn}`, place);
    }),
  );
  const used = new Set<Standing>();
  const side = (cut: CutList, of: Map<string, Standing>, old: boolean): Side => {
    const keys = trackKeys(cut.tracks);
    return {
      tracks: cut.tracks.map((track, at) => ({
        key: keys[at]!,
        spans: track.events.map(({ id, name, recordIn, recordOut }): Span => {
          const standing = of.get(id) ?? 'same';
          used.add(standing);
          const told = standings.partner.get(id);
          // What no line speaks of is where the ripples put it.
          const found = () =>
            byPlace.get(`${becomes.get(at)} ${recordIn + shiftAt(keys[at]!, recordIn)}`) ?? null;
          const pair = !old || standing === 'gone' ? null : told === undefined ? found() : places.get(told)!;
          return { id, name, in: recordIn, out: recordOut, standing, pair };
        }),
      })),
    };
  };
  return { old: side(was, standings.old, true), now: side(now, standings.now, false), becomes, used };
}

/** A track now and what it was, by place on each side; null where it is new or gone. */
export interface TrackRow {
  old: number | null;
  now: number | null;
}

/** The new cut's tracks as an editor shows them, each with what it was; tracks that are gone below. */
export function trackRows({ old, now, becomes }: Sides): TrackRow[] {
  const was = new Map([...becomes].map(([a, b]) => [b, a]));
  const order = now.tracks.map((_, at) => at);
  const pictures = order.filter((at) => now.tracks[at]!.key.startsWith('V')).reverse();
  const sounds = order.filter((at) => !now.tracks[at]!.key.startsWith('V'));
  const gone = old.tracks.map((_, at) => at).filter((at) => !becomes.has(at));
  return [
    ...[...pictures, ...sounds].map((at): TrackRow => ({ old: was.get(at) ?? null, now: at })),
    ...gone.map((at): TrackRow => ({ old: at, now: null })),
  ];
}

function standingsOf(list: ChangeList) {
  const [old, now] = [new Map<string, Standing>(), new Map<string, Standing>()];
  const partner = new Map<string, string>();
  for (const change of list.changes)
    switch (change.what) {
      case 'added':
        now.set(change.now.id, 'new');
        break;
      case 'removed':
        old.set(change.was.id, 'gone');
        break;
      case 'moved':
      case 'trimmed':
      case 'slipped':
      case 'retimed':
      case 'replaced':
      case 'enabled':
      case 'disabled': {
        const standing = change.what === 'moved' ? 'moved' : (old.get(change.was.id) ?? 'changed');
        old.set(change.was.id, standing);
        now.set(change.now.id, standing);
        partner.set(change.was.id, change.now.id);
        break;
      }
      default:
    }
  return { old, now, partner };
}

function tracksOf(list: ChangeList, was: CutList, now: CutList): Map<number, number> {
  const moved = new Map<string, string>();
  const removed = new Set<string>();
  for (const change of list.changes) {
    if (change.what === 'track-moved') moved.set(change.track, change.to);
    if (change.what === 'track-removed') removed.add(change.track);
  }
  const places = new Map(trackKeys(now.tracks).map((key, at) => [key, at]));
  const becomes = new Map<number, number>();
  trackKeys(was.tracks).forEach((key, at) => {
    const place = places.get(moved.get(key) ?? key);
    if (!removed.has(key) && place !== undefined) becomes.set(at, place);
  });
  return becomes;
}
