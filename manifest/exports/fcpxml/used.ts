/** The media that a cut plays, each once, and how far into it the cut reaches: what an asset must hold. */
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent, CutList, CutSource, CutTrack } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import {
  abs,
  add,
  fraction,
  framesToSeconds,
  max,
  multiply,
  ZERO,
  type Fraction,
} from '../../time/fraction.ts';
import type { Rate } from '../../time/rate.ts';
import { sidesOf } from '../../transitions.ts';

export type Lose = (loss: Loss) => void;

/** Two events of one clip, one file or one name share an asset. */
export function sourceKey(source: CutSource): string {
  return source.clip ?? source.file ?? `${source.name}\n${source.reel ?? ''}`;
}

export interface Used {
  source: CutSource;
  /** How far into the media the cut reaches. */
  length: Fraction;
  name: string;
}

/** By the key of each source: which media the cut plays, and how far into it. `lose` hears of media of unknown kind. */
export function usedMedia(list: CutList, lose: Lose): Map<string, Used> {
  const used = new Map<string, Used>();
  for (const track of list.tracks) {
    const tails = tailsOf(track);
    for (const event of track.events) {
      if (!event.source || !playsMedia(event)) continue;
      const key = sourceKey(event.source);
      const source = played(event.source, track, lose);
      const before = used.get(key);
      const open = source.duration === null && !source.still;
      const length = open ? reach(event, list.rate, tails.get(event) ?? 0) : ZERO;
      if (!before) used.set(key, { source, length, name: source.name || event.name });
      else {
        before.length = max(before.length, length);
        before.source = merged(before.source, source);
      }
    }
  }
  return used;
}

/** Frames that transitions show of the media behind what their event plays: past its end, backwards before its beginning. */
function tailsOf(track: CutTrack): Map<CutEvent, number> {
  const tails = new Map<CutEvent, number>();
  for (const transition of track.transitions) {
    const { before, after, cut } = sidesOf(track.events, transition);
    if (cut === null) continue;
    const shows = (event: CutEvent, frames: number) =>
      tails.set(event, Math.max(tails.get(event) ?? 0, frames));
    if (before && !isBackwards(before)) shows(before, transition.out - cut);
    if (after && isBackwards(after)) shows(after, cut - transition.in);
  }
  return tails;
}

function isBackwards({ speed }: CutEvent): boolean {
  return speed !== null && speed.num < 0;
}

/** Media that lies on a picture track has a picture and on a sound track has sound, whatever was known of it. */
function played(source: CutSource, track: CutTrack, lose: Lose): CutSource {
  const { hasPicture, channels } = source;
  if (track.type === 'video' ? hasPicture : channels > 0) return source;
  const { name: where } = source;
  const message =
    track.type === 'video'
      ? `${where}: it is not known to have a picture but lies on a picture track; one is written`
      : `${where}: its sound channels are not known; two are written`;
  lose({ what: 'source-kind', where, count: 1, message });
  return track.type === 'video' ? { ...source, hasPicture: true } : { ...source, channels: 2 };
}

/** Unknown media is described anew by each event; together they know most. A picture's rate says more than a sample rate. */
function merged(a: CutSource, b: CutSource): CutSource {
  if (a === b) return a;
  const samples = a.clip === undefined && isSampleRate(a.rate) && !isSampleRate(b.rate);
  const [base, other] = samples ? [b, a] : [a, b];
  if (a.hasPicture === b.hasPicture && a.channels === b.channels) return base;
  return {
    ...base,
    hasPicture: a.hasPicture || b.hasPicture,
    channels: Math.max(a.channels, b.channels),
    sampleRate: base.sampleRate ?? other.sampleRate,
  };
}

/** Where the event's source ends, from the media's first frame, in real seconds. */
function reach(event: CutEvent, rate: Rate, tail: number): Fraction {
  const speed = event.speed ?? { num: 1, den: 1 };
  const size = abs(fraction(speed.num, speed.den));
  const length = framesToSeconds(event.recordOut - event.recordIn + tail, rate);
  const from = framesToSeconds(event.sourceIn, event.source!.rate);
  const counted = framesToSeconds(event.sourceOut, event.source!.rate);
  if (speed.num <= 0) return add(counted, multiply(framesToSeconds(tail, rate), size));
  return max(counted, add(from, multiply(length, size)));
}

/** Whether an event can stand on media of its own: what an editor makes itself (titles, nests) has no file to point at. */
export function playsMedia(event: CutEvent): boolean {
  if (event.source === null) return false;
  if (event.kind === 'clip') return true;
  return (event.kind === 'multicam' || event.kind === 'unknown') && event.source.file !== null;
}
