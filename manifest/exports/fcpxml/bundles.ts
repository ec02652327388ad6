/**
 * Linked picture and sound as one clip, as Final Cut keeps them: sound of the picture's own file inside its clip, sound of a
 * recorder in a synchronized clip where the timecode of both says exactly what the cut says. Everything else stays apart.
 */
import type { CutEvent, CutList, CutTrack } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import {
  add,
  compare,
  floor,
  fraction,
  framesToSeconds,
  max,
  min,
  multiply,
  subtract,
  type Fraction,
} from '../../time/fraction.ts';
import { sameSpeed } from '../../time/rate.ts';
import { isFrozen, type Item } from './item.ts';

export interface Rider {
  event: CutEvent;
  track: CutTrack;
}

/** The sound that goes along with a picture. */
export interface Bundle {
  /** From the picture's own file. */
  own: Rider[];
  /** From files of their own, placed by timecode. */
  synced: (Rider & { item: Item; from: Fraction; length: Fraction })[];
}

export interface Bundles {
  of: Map<CutEvent, Bundle>;
  /** Sound events that some picture takes along. */
  taken: Set<CutEvent>;
}

interface Member extends Rider {
  item: Item;
}

/** `crossed` are the events that a transition lies on: their sound must stay on a storyline of its own. */
export function bundlesOf(
  list: CutList,
  items: Map<CutEvent, Item>,
  crossed: ReadonlySet<CutEvent>,
  sync: boolean,
  lose: (loss: Loss) => void,
): Bundles {
  const groups = new Map<number, Rider[]>();
  for (const track of list.tracks)
    for (const event of track.events) {
      if (event.link === undefined) continue;
      const group = groups.get(event.link);
      if (group) group.push({ event, track });
      else groups.set(event.link, [{ event, track }]);
    }
  const bundles: Bundles = { of: new Map(), taken: new Set() };
  let apart = 0;
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    const members = group.flatMap((rider): Member[] => {
      const found = items.get(rider.event);
      // A freeze has no clock on which its sound could lie apart from its picture.
      if (found?.asCut && isFrozen(found.timeMap)) return [];
      // A moved cut of the picture leaves its sound where it was: a split edit.
      const item = found?.asCut ?? found;
      return item?.whole && rider.event.kind === 'clip' && !item.asset.source.still
        ? [{ ...rider, item }]
        : [];
    });
    const bundle = members.length === group.length ? bundled(list, members, crossed, sync) : null;
    if (!bundle) {
      apart += group.length;
      continue;
    }
    bundles.of.set(bundle.picture.event, bundle);
    for (const { event } of [...bundle.own, ...bundle.synced]) bundles.taken.add(event);
  }
  if (apart)
    lose({
      what: 'link',
      where: 'sequence',
      count: apart,
      message: `${apart} linked events are not one clip in Final Cut's sense; they stand in place, but apart`,
    });
  return bundles;
}

function bundled(
  list: CutList,
  members: Member[],
  crossed: ReadonlySet<CutEvent>,
  sync: boolean,
): (Bundle & { picture: Member }) | null {
  const [picture, ...more] = members.filter(({ track }) => track.type === 'video');
  const sounds = members.filter(({ track }) => track.type === 'audio');
  if (!picture || more.length || !sounds.length) return null;
  const on = ({ event, track }: Rider) => event.enabled && track.enabled;
  const { recordIn, recordOut, speed } = picture.event;
  const together = sounds.every(
    (sound) =>
      sound.event.recordIn === recordIn &&
      sound.event.recordOut === recordOut &&
      sound.event.speed?.num === speed?.num &&
      sound.event.speed?.den === speed?.den &&
      on(sound) === on(picture) &&
      !crossed.has(sound.event),
  );
  if (!together || new Set(sounds.map(({ track }) => track)).size < sounds.length) return null;
  const own = sounds.filter(({ item }) => item.asset === picture.item.asset);
  const apart = sounds.filter(({ item }) => item.asset !== picture.item.asset);
  if (!own.every((sound) => isOwn(sound.event, picture.event, own.length))) return null;
  if (apart.length && !(sync && mayHold(list, picture))) return null;
  const synced = apart.map((sound) => inSync(picture.item, sound));
  if (synced.some((each) => each === null)) return null;
  return { picture, own, synced: synced as Bundle['synced'] };
}

/** Sound of the same file from the same place on. Two of them in one clip are told apart by their channels. */
function isOwn(sound: CutEvent, picture: CutEvent, count: number): boolean {
  return (
    sound.speed !== null &&
    sameSpeed(sound.source!.rate, picture.source!.rate) &&
    sound.sourceIn === picture.sourceIn &&
    sound.sourceOut === picture.sourceOut &&
    sound.name === picture.name &&
    !sound.markers?.length &&
    (count === 1 || (sound.channels?.length ?? 0) > 0)
  );
}

/** A synchronized clip's picture runs plainly at the sequence's rate and has timecode. */
function mayHold(list: CutList, { item, event }: Member): boolean {
  return (
    item.timeMap === null && sameSpeed(item.asset.source.rate, list.rate) && event.source!.start !== null
  );
}

/** The sound's part of the clip; null where its timecode does not put it just where the cut has it. */
function inSync(picture: Item, sound: Member): Bundle['synced'][number] | null {
  const { item, event } = sound;
  if (item.timeMap || event.source!.start === null || compare(item.start, picture.start) !== 0) return null;
  const { start, end, source } = picture.asset;
  const frames = (time: Fraction) => multiply(time, fraction(source.rate.num, source.rate.den));
  // All of the recording beside the picture, in whole frames of the picture.
  const [late, early] = [max(item.asset.start, start), min(item.asset.end, end)];
  const first = -floor(frames(subtract(start, late)));
  const last = floor(frames(subtract(early, start)));
  const from = add(start, framesToSeconds(first, source.rate));
  const length = framesToSeconds(last - first, source.rate);
  const out = add(picture.start, framesToSeconds(picture.length, source.rate));
  if (compare(from, picture.start) > 0 || compare(add(from, length), out) < 0) return null;
  return { ...sound, from, length };
}
